// SPDX-License-Identifier: Apache-2.0
#include "cli/report_batch.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>

#include "cli/interruption.hpp"
#include "coinvest/base/counted.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/manifest.hpp"
#include "coinvest/report/names.hpp"

namespace coinvest::cli {
namespace {

namespace fs = std::filesystem;

/// A report to make, and what the index says of it once it is there.
struct Job {
  std::string folder;
  ReportOptions options;
  std::vector<std::string> arguments;  ///< by which the index makes it again
  std::uint64_t seed, rounds;
  Result<ReportContent> head = fail(ErrorKind::cancelled, "not made");
  Result<std::vector<Cell>> size = fail(ErrorKind::cancelled, "not made");
  Result<std::string> manifest = fail(ErrorKind::cancelled, "not made");
  std::vector<std::string> said = {};
};

/// The reports of one data set.
struct Group {
  std::vector<std::size_t> orders;
  std::vector<Job> jobs;
};

/// Leaves the slices of most rounds, in their order; 0: all.
void keep_largest(std::vector<Slice>& slices, std::uint64_t most) {
  if (most == 0 || slices.size() <= most) return;
  std::vector<std::pair<std::uint64_t, std::string>> sizes;
  for (const Slice& slice : slices) sizes.emplace_back(slice.rounds, slice.name);
  std::ranges::stable_sort(sizes, std::greater(), [](const auto& size) { return size.first; });
  sizes.resize(most);
  std::erase_if(slices, [&](const Slice& slice) {
    return std::ranges::find(sizes, slice.name, [](const auto& size) { return size.second; }) == sizes.end();
  });
}

class Batch {
 public:
  Batch(Indexed indexed, Session& session, const FinishReport& finish)
      : indexed_(indexed), session_(session), finish_(finish) {
    for (const char* reserved : {"tables", "graphs"}) folders_.unique(reserved);
  }

  Result<BatchResult> run(const std::vector<ReportOrder>& orders, const std::string& title) {
    for (const ReportOrder& order : orders) {
      parsed_.push_back(std::make_unique<ParsedOrder>());
      if (auto done = parsed_.back()->parse(order); !done) return tl::unexpected(done.error());
    }
    std::map<std::vector<std::string>, std::size_t> group_of;
    std::vector<Group> groups;
    for (std::size_t i = 0; i < orders.size(); ++i) {
      const auto [at, added] = group_of.emplace(parsed_[i]->dataset_key(), groups.size());
      if (added) groups.emplace_back();
      groups[at->second].orders.push_back(i);
    }
    result_.index.title = title;
    if (!parsed_.empty()) result_.index.language = parsed_.front()->options.language;
    for (Group& group : groups) {
      run_group(group, orders);
      if (session_.context.stopped()) return cancelled();
    }
    add_index(groups);
    return std::move(result_);
  }

 private:
  void run_group(Group& group, const std::vector<ReportOrder>& orders) {
    session_.context.start("reading", 0);
    const auto data = parsed_[group.orders.front()]->options.input.load(session_);
    for (const std::size_t i : group.orders) {
      const auto planned = data ? plan(group, orders[i], *parsed_[i], *data) : tl::unexpected(data.error());
      if (!planned) result_.failed.push_back({orders[i].folder, planned.error()});
    }
    if (!data) return;
    // The largest first, so that no thread begins a long report when the others are done.
    std::vector<Job*> order;
    for (Job& job : group.jobs) order.push_back(&job);
    std::ranges::stable_sort(order, std::greater(), [](const Job* job) { return job->rounds; });
    const std::size_t workers = std::min<std::size_t>(session_.context.threads, order.size());
    if (workers == 0) return;
    const auto threads_of_each = static_cast<unsigned>(session_.context.threads / workers);
    std::atomic<std::size_t> next{0};
    session_.context.start("writing reports", order.size());
    parallel_for(workers, session_.context, [&](std::size_t) {
      for (std::size_t at = next++; at < order.size() && !session_.context.stopped(); at = next++) {
        if (orders.size() == 1 && order.size() == 1) {
          make(*order[at], *data, session_);
        } else {
          Session alone(*session_.context.stop);
          alone.quiet = true;
          alone.context.threads = threads_of_each;
          alone.context.progress = nullptr;
          alone.heard = &order[at]->said;
          make(*order[at], *data, alone);
        }
        session_.context.advance();
      }
    });
    tell(group);
    if (auto added = add_database(group, *data); !added) result_.failed.push_back({"data.db", added.error()});
  }

  /// Puts the database of slices beside the index.
  Result<void> add_database(const Group& group, const Dataset& data) {
    const auto wants = [&](std::size_t i) { return is_beside_index(parsed_[i]->options); };
    if (std::ranges::none_of(group.orders, wants)) return {};
    const std::string name = databases_.unique("data") + ".db";
    auto bytes = database_bytes(data, name, session_.context);
    if (!bytes) return tl::unexpected(bytes.error());
    result_.index.databases.push_back({name, std::move(*bytes)});
    return {};
  }

  bool is_beside_index(const ReportOptions& options) const {
    return options.sqlite && options.by && indexed_ == Indexed::yes;
  }

  /// What the reports had to say, once each.
  void tell(const Group& group) {
    std::vector<std::pair<std::string, std::vector<std::string>>> folders_of;
    for (const Job& job : group.jobs)
      for (const std::string& sentence : job.said) {
        auto known = std::ranges::find(folders_of, sentence, [](const auto& told) { return told.first; });
        if (known == folders_of.end()) known = folders_of.insert(known, {sentence, {}});
        known->second.push_back(job.folder);
      }
    for (const auto& [sentence, folders] : folders_of)
      session_.say(fmt::format(
          "{}{}: {}", folders.front(),
          folders.size() == 1 ? "" : " and " + counted(folders.size() - 1, "other report", "other reports"), sentence));
  }

  /// Adds the jobs of one order.
  Result<void> plan(Group& group, const ReportOrder& order, const ParsedOrder& parsed, const Dataset& data) {
    const ReportOptions& options = parsed.options;
    const Deals deals = select(data, options.selection.selection);
    if (!options.by) {
      group.jobs.push_back({folders_.unique(order.folder), options, options.arguments, parsed.seed(), deals.size()});
      return {};
    }
    const auto slicing = cut(deals, parsed);
    if (!slicing) return tl::unexpected(slicing.error());
    std::vector<Slice> slices = (*slicing)->slices;
    if (!options.slice.empty()) {
      std::vector<std::string_view> names;
      for (const Slice& slice : (*slicing)->slices) names.push_back(slice.name);
      std::erase_if(slices, [&](const Slice& slice) { return slice.name != options.slice; });
      if (slices.empty())
        return fail(ErrorKind::usage,
                    fmt::format("there is no slice '{}'{}", visible(options.slice), did_you_mean(options.slice, names)),
                    order.where);
    }
    keep_largest(slices, options.max_slices);
    for (const Slice& slice : slices) add_slice(group, order, parsed, slice);
    return {};
  }

  void add_slice(Group& group, const ReportOrder& order, const ParsedOrder& parsed, const Slice& slice) {
    std::string folder = order.folder;
    if (parsed.options.slice.empty()) folder += (folder.empty() ? "" : "-") + slice.name;
    if (folder.empty()) folder = slice.name;
    Job& job = group.jobs.emplace_back(Job{folders_.unique(folder), parsed.options, {}, parsed.seed(), slice.rounds});
    job.options.selection.selection = slice.selection;
    job.options.members = slice.members;
    if (job.options.slice.empty()) job.options.arguments.push_back("--slice=" + slice.name);
    job.options.slice = slice.name;
    std::erase_if(job.options.arguments, [](const std::string& text) { return text.starts_with("--max-slices="); });
    job.arguments = job.options.arguments;
    if (!is_beside_index(parsed.options)) return;
    // By itself such a slice is a report without a database.
    job.options.sqlite = false;
    std::erase_if(job.options.arguments, [](const std::string& text) { return text.starts_with("--sqlite="); });
  }

  /// The slices of an order's selection; computed once for orders that differ in the slice they ask for alone.
  Result<const Slicing*> cut(const Deals& deals, const ParsedOrder& parsed) {
    std::vector<std::string> key = parsed.dataset_key();
    for (const std::string& argument : parsed.options.arguments)
      if (!argument.starts_with("--slice=") && !argument.starts_with("--max-slices=")) key.push_back(argument);
    const auto known = std::ranges::find(slicings_, key, [](const auto& slicing) { return slicing.first; });
    if (known != slicings_.end()) return &known->second;
    const auto ties = parsed.options.graph.ties();
    if (!ties) return tl::unexpected(ties.error());
    Context context = session_.context;
    context.seed = parsed.seed();
    auto made = cut_into_slices(deals, *parsed.options.by, *ties, context);
    if (!made) return tl::unexpected(made.error());
    slicings_.emplace_back(std::move(key), std::move(*made));
    return &slicings_.back().second;
  }

  void make(Job& job, const Dataset& data, Session& session) const {
    session.context.seed = job.seed;
    const Deals deals = job.options.deals_of(data, job.options.selection.selection);
    job.size = size_cells(deals, job.folder);
    job.head = report_head(job.options, deals, session.context);
    if (!job.size || !job.head) {
      job.manifest = tl::unexpected(job.size ? job.head.error() : job.size.error());
      return;
    }
    job.manifest = finish_(job.folder, *job.head, [&] { return report_content(job.options, data, session); });
  }

  void add_index(const std::vector<Group>& groups) {
    ReportContent& index = result_.index;
    Table table{"reports", "One row per report", {{"folder", Shown::linked}, {"report"}}, {}, {}, {}};
    for (const ColumnHead& column : size_columns()) table.columns.push_back(column);
    for (const Group& group : groups) {
      for (const Job& job : group.jobs) {
        if (!job.manifest) {
          result_.failed.push_back({job.folder, job.manifest.error()});
          continue;
        }
        std::vector<Cell>& row = table.rows.emplace_back(std::vector<Cell>{job.folder, job.head->title});
        row.insert(row.end(), job.size->begin(), job.size->end());
        index.graphviz = job.head->graphviz;
        index.reports.push_back({job.folder, job.head->datasets, job.arguments, *job.manifest});
        for (const InputFile& input : job.head->inputs)
          if (std::ranges::none_of(index.inputs, [&](const InputFile& known) {
                return known.name == input.name && known.sha256 == input.sha256;
              }))
            index.inputs.push_back(input);
        for (const std::string& dataset : job.head->datasets)
          if (std::ranges::find(index.datasets, dataset) == index.datasets.end()) index.datasets.push_back(dataset);
      }
    }
    for (const auto& [key, slicing] : slicings_)
      if (slicing.rounds_in_none > 0)
        table.notes.push_back(fmt::format("{} of a selection {} in no slice",
                                          counted(slicing.rounds_in_none, "round", "rounds"),
                                          slicing.rounds_in_none == 1 ? "is" : "are"));
    if (index.language == Language::zh)
      index.finding = fmt::format("{} 个数据集的 {} 份报告。", index.datasets.size(), table.rows.size());
    else
      index.finding = fmt::format("{} of {}.", counted(table.rows.size(), "report", "reports"),
                                  counted(index.datasets.size(), "data set", "data sets"));
    index.sections.push_back({"reports", "Reports", {}, {}, {std::move(table)}});
  }

  Indexed indexed_;
  Session& session_;
  const FinishReport& finish_;
  std::vector<std::unique_ptr<ParsedOrder>> parsed_;
  std::deque<std::pair<std::vector<std::string>, Slicing>> slicings_;
  UniqueNames folders_, databases_;
  BatchResult result_;
};

/// Fails if the folder holds something else than a batch.
Result<void> check_folder(const std::string& folder, Overwrite overwrite) {
  std::error_code error;
  if (!fs::exists(folder, error)) return {};
  if (!fs::is_directory(folder, error)) return fail(ErrorKind::io, "exists and is not a folder", {folder, 0, ""});
  const auto text = read_file(folder + "/manifest.json");
  const auto manifest = text ? read_manifest(*text) : std::nullopt;
  const bool is_report = text && (!manifest || manifest->reports.empty());
  if (is_report && overwrite == Overwrite::refuse)
    return fail(ErrorKind::io, "holds a report already; --overwrite would replace it", {folder, 0, ""});
  if (text || fs::exists(folder + "/.coinvest-manifest.tmp", error)) return {};
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (!entry.is_directory(error))
      return fail(ErrorKind::io, "holds files of somebody else; choose another folder", {folder, 0, ""});
  return {};
}

}  // namespace

Result<BatchResult> run_batch(const std::vector<ReportOrder>& orders, const std::string& title, Indexed indexed,
                              Session& session, const FinishReport& finish) {
  return Batch(indexed, session, finish).run(orders, title);
}

Result<std::string> write_one(const ReportContent& content, const std::string& folder, Overwrite overwrite,
                              const Context& context) {
  const auto files = report_files(content, COINVEST_VERSION);
  if (!files) return tl::unexpected(files.error());
  const Tidying tidying;
  if (auto written = write_report(*files, folder, overwrite, context); !written) return tl::unexpected(written.error());
  return sha256_hex(files->back().bytes);
}

Result<void> write_batch(const std::vector<ReportOrder>& orders, const std::string& title, const std::string& folder,
                         Overwrite overwrite, Session& session) {
  if (auto good = check_folder(folder, overwrite); !good) return good;
  std::atomic<std::uint64_t> written{0};
  const FinishReport finish = [&](const std::string& name, const ReportContent& head, const auto& make) {
    const std::string place = folder + "/" + name;
    if (is_current(head, place, COINVEST_VERSION))
      return read_file(place + "/manifest.json").map([](const std::string& bytes) { return sha256_hex(bytes); });
    const auto content = make();
    if (!content) return Result<std::string>(tl::unexpected(content.error()));
    ++written;
    return write_one(*content, place, overwrite, session.context);
  };
  const auto batch = run_batch(orders, title, Indexed::yes, session, finish);
  if (!batch) return tl::unexpected(batch.error());
  const std::size_t there = batch->index.reports.size();
  if (!batch->failed.empty()) session.quiet = false;  // errors are told in any case
  for (const FailedReport& failed : batch->failed)
    session.say(fmt::format("{}: {}", failed.folder, describe(failed.error)));
  if (!batch->failed.empty())
    return fail(ErrorKind::io,
                fmt::format("{} failed; {} there, without an index", counted(batch->failed.size(), "report", "reports"),
                            counted(there, "other is", "others are")));
  if (there == 0) return fail(ErrorKind::input, "no selected round lies in any slice");
  if (!is_current(batch->index, folder, COINVEST_VERSION))
    if (auto index = write_one(batch->index, folder, overwrite, session.context); !index)
      return tl::unexpected(index.error());
  session.say_to_watcher(
      fmt::format("wrote {} of {} to {}", written.load(), counted(there, "report", "reports"), folder));
  return {};
}

}  // namespace coinvest::cli
