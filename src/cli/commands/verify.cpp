// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "cli/command.hpp"
#include "cli/report_batch.hpp"
#include "coinvest/base/counted.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/manifest.hpp"

namespace coinvest::cli {
namespace {

namespace fs = std::filesystem;

enum class Difference : std::uint8_t { missing, changed, extra, input_missing, input_changed, not_made };

constexpr std::string_view name_of(Difference difference) {
  constexpr std::array<std::string_view, 6> names{"missing",       "changed",       "extra",
                                                  "input missing", "input changed", "not made"};
  return names[static_cast<std::size_t>(difference)];
}

std::string maker(std::string_view version, std::string_view graphviz, std::string_view zlib) {
  return fmt::format("coinvest {} with Graphviz {} and zlib {}", version, graphviz.empty() ? "absent" : graphviz,
                     zlib.empty() ? "unknown" : zlib);
}

/// Compares reports with what their manifests make of the data now.
class Verification {
 public:
  Verification(std::string folder, std::vector<std::string> data)
      : folder_(std::move(folder)), data_(std::move(data)) {}

  Result<void> run(Session& session) {
    const auto manifest = manifest_of("");
    if (!manifest) return tl::unexpected(manifest.error());
    made_by_ = maker(manifest->tool_version, manifest->graphviz, manifest->zlib);
    std::vector<ReportOrder> orders;
    if (manifest->reports.empty()) {
      add_order(orders, "", *manifest);
    } else {
      list_extra("", *manifest);
      for (const SubReport& report : manifest->reports) {
        auto part = manifest_of(report.folder);
        if (!part) {
          add(Difference::missing, report.folder + "/manifest.json", part.error().message);
          continue;
        }
        part->options = report.options;  // the index knows of its database, too
        add_order(orders, report.folder, *part);
      }
    }
    const auto batch =
        run_batch(orders, manifest->title, manifest->reports.empty() ? Indexed::no : Indexed::yes, session,
                  [&](const std::string& name, const ReportContent& head, const auto& make) -> Result<std::string> {
                    return compare(manifest->reports.empty() ? "" : name, head, make);
                  });
    if (!batch) return tl::unexpected(batch.error());
    for (const FailedReport& failed : batch->failed)
      if (failed.error.kind != ErrorKind::cancelled) add(Difference::not_made, failed.folder, describe(failed.error));
    if (!manifest->reports.empty()) {
      const bool whole = batch->failed.empty() && rows_.empty();
      if (whole)
        compare_files("", batch->index);
      else
        compare_hashes("", *manifest);
    }
    return {};
  }

  Table table() const {
    Table table{"differences", "", {{"difference"}, {"file"}, {"what", Shown::wrapped}}, {}, {}, {}};
    for (const auto& [file, difference, what] : rows_)
      table.rows.push_back({std::string(cli::name_of(difference)), file, what});
    table.caption = fmt::format("{} of {} compared", counted(rows_.size(), "difference", "differences"),
                                counted(files_, "file", "files"));
    return table;
  }
  std::size_t differences() const { return rows_.size(); }
  std::size_t files() const { return files_; }
  const std::string& made_by() const { return made_by_; }

 private:
  /// The manifest of a report, "" for the folder itself. What it was made from is named without folders: nobody's
  /// manifest says which files are read here.
  Result<Manifest> manifest_of(const std::string& report) const {
    const std::string place = path_in(folder_, report);
    const auto text = bytes_in_folder(path_in(report, "manifest.json"));
    if (!text)
      return fail(ErrorKind::io, "holds no finished report: manifest.json " + text.error().message, {place, 0, ""});
    auto manifest = checked_manifest(*text);
    const Place where{place + "/manifest.json", 0, ""};
    if (!manifest) return fail(ErrorKind::input, manifest.error().message, where);
    std::vector<std::string> names = manifest->datasets;
    const auto note = [&](const std::string& name) { return names.emplace_back(name); };
    with_files(manifest->options, note);
    for (const SubReport& part : manifest->reports) with_files(part.options, note);
    for (const std::string& name : names)
      if (!is_without_folders(name))
        return fail(
            ErrorKind::input,
            fmt::format("names '{}', which is no name without folders; --data PATH says where data lie", visible(name)),
            where);
    return manifest;
  }

  /// The bytes of a file of the report, which lies in its folder, also if links lead to it.
  Result<std::string> bytes_in_folder(const std::string& name) const {
    const std::string path = folder_ + "/" + name;
    std::error_code error;
    const fs::path root = fs::weakly_canonical(folder_, error), real = fs::weakly_canonical(path, error);
    if (std::ranges::mismatch(root, real).in1 != root.end())
      return fail(ErrorKind::io, "is a link out of the folder", {path, 0, ""});
    if (fs::exists(real, error) && !fs::is_regular_file(real, error))
      return fail(ErrorKind::io, "is no regular file", {path, 0, ""});
    return read_file(path);
  }

  static std::string path_in(const std::string& folder, const std::string& name) {
    return folder.empty() || name.empty() ? folder + name : folder + "/" + name;
  }

  void add(Difference difference, const std::string& file, const std::string& what) {
    const std::scoped_lock lock(mutex_);
    rows_.insert({file, difference, what});
  }

  /// Where a data set or another file that was read lies now; "" if it is nowhere.
  std::string located(const std::string& name, std::size_t of) const {
    if (name == "-") return name;
    for (const std::string& place : data_)
      if (own_name(place) == name) return place;
    std::vector<std::string> places = data_;
    places.push_back(folder_ + "/..");
    places.push_back(".");
    std::error_code error;
    for (const std::string& place : places)
      if (const fs::path path = fs::path(place) / name; fs::exists(path, error)) return path.string();
    return data_.size() == 1 && of == 1 ? data_.front() : "";
  }

  void add_order(std::vector<ReportOrder>& orders, const std::string& folder, const Manifest& manifest) {
    list_extra(folder, manifest);
    ReportOrder order{folder, {}, manifest.datasets, {}, {}};
    bool complete = true;
    std::error_code error;
    const auto find = [&](const std::string& name, std::size_t of) {
      std::string path = located(name, of);
      // The aliases, claims, ... of a data set often lie in its folder.
      for (const std::string& dataset : order.paths)
        if (const fs::path beside = fs::path(dataset) / name; path.empty() && fs::exists(beside, error))
          path = beside.string();
      if (path.empty()) add(Difference::input_missing, name, "was read then; --data PATH says where it lies now");
      complete = complete && !path.empty();
      return path;
    };
    for (const std::string& name : manifest.datasets) order.paths.push_back(find(name, manifest.datasets.size()));
    order.options = with_files(manifest.options, [&](const std::string& name) { return find(name, 2); });
    if (complete)
      orders.push_back(std::move(order));
    else
      compare_hashes(folder, manifest);
  }

  void list_extra(const std::string& report, const Manifest& manifest) {
    const std::string root = report.empty() ? folder_ : folder_ + "/" + report;
    std::set<std::string> known{"manifest.json"};
    for (const ListedFile& file : manifest.outputs) known.insert(file.name);
    std::set<std::string> reports;
    for (const SubReport& part : manifest.reports) reports.insert(part.folder);
    std::error_code error;
    for (fs::recursive_directory_iterator at(root, error); !error && at != fs::recursive_directory_iterator();
         at.increment(error)) {
      const std::string name = at->path().lexically_relative(root).string();
      if (reports.contains(name))
        at.disable_recursion_pending();
      else if (!at->is_directory(error) && !known.contains(name))
        add(Difference::extra, path_in(report, name), "is no file of the report");
    }
  }

  void compare_hashes(const std::string& report, const Manifest& manifest) {
    for (const ListedFile& file : manifest.outputs) {
      const auto bytes = bytes_in_folder(path_in(report, file.name));
      count();
      if (!bytes)
        add(Difference::missing, path_in(report, file.name), bytes.error().message);
      else if (sha256_hex(*bytes) != file.sha256)
        add(Difference::changed, path_in(report, file.name), "has another SHA-256 than the manifest says");
    }
  }

  /// Whether what was read then is what is there now.
  bool same_inputs(const Manifest& manifest, const ReportContent& head) {
    bool same = true;
    const auto differ = [&](const std::string& file, const std::string& what) {
      add(Difference::input_changed, file, what);
      same = false;
    };
    std::vector<const InputFile*> now;
    for (const InputFile& file : head.inputs) now.push_back(&file);
    for (const ListedFile& then : manifest.inputs) {
      const auto named = [&](const InputFile* file) { return file->name == then.name; };
      const auto equal = [&](const InputFile* file) { return named(file) && file->sha256 == then.sha256; };
      auto found = std::ranges::find_if(now, equal);
      if (found == now.end()) {
        found = std::ranges::find_if(now, named);
        differ(then.name, found == now.end() ? "was read then, and is not now" : "has other bytes than it had then");
      }
      if (found != now.end()) now.erase(found);
    }
    for (const InputFile* file : now) differ(file->name, "is read now, and was not then");
    return same;
  }

  Result<std::string> compare(const std::string& report, const ReportContent& head,
                              const std::function<Result<ReportContent>()>& make) {
    const auto manifest = manifest_of(report);
    if (!manifest) return tl::unexpected(manifest.error());
    if (!same_inputs(*manifest, head)) {
      compare_hashes(report, *manifest);
      return std::string();
    }
    const auto content = make();
    if (!content) return tl::unexpected(content.error());
    return compare_files(report, *content);
  }

  Result<std::string> compare_files(const std::string& report, const ReportContent& content) {
    const auto files = report_files(content, COINVEST_VERSION);
    if (!files) return tl::unexpected(files.error());
    for (const OutputFile& file : *files) {
      const std::string name = path_in(report, file.name);
      const auto bytes = bytes_in_folder(name);
      count();
      if (!bytes)
        add(Difference::missing, name, bytes.error().message);
      else if (*bytes != file.bytes)
        add(Difference::changed, name, fmt::format("differs from byte {} on", first_difference(*bytes, file.bytes)));
    }
    return sha256_hex(files->back().bytes);
  }

  static std::size_t first_difference(const std::string& a, const std::string& b) {
    const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return static_cast<std::size_t>(at - a.begin()) + 1;
  }

  void count() {
    const std::scoped_lock lock(mutex_);
    ++files_;
  }

  std::string folder_;
  std::vector<std::string> data_;
  std::string made_by_;
  std::mutex mutex_;
  std::set<std::tuple<std::string, Difference, std::string>> rows_;
  std::size_t files_ = 0;
};

class VerifyTask final : public Task {
 public:
  explicit VerifyTask(CLI::App& app) : run_(app), output_(app) {
    app.remove_option(app.get_option("--seed"));  // the manifest says it
    app.add_option("folder", folder_, "A report, or a folder of them")->type_name("DIR")->required();
    app.add_option("--data", data_,
                   "Where the data sets lie: they, or folders that hold them; may be given several times (default: "
                   "beside the report, and here)")
        ->type_name("PATH")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    Verification verification(std::filesystem::path(folder_).lexically_normal().string(), data_);
    if (auto done = verification.run(session); !done) return done;
    Table table = verification.table();
    const auto graphviz = graphviz_version(session.context);
    const std::string us = maker(COINVEST_VERSION, graphviz.value_or(""), version_of_zlib());
    if (us != verification.made_by())
      table.notes.push_back(fmt::format("made by {}; this is {}", verification.made_by(), us));
    if (auto written = output_.write(std::move(table), {}); !written) return written;
    if (verification.differences() == 0) return {};
    return fail(ErrorKind::io,
                fmt::format("{} from what the manifest makes",
                            counted(verification.differences(), "difference", "differences")),
                {folder_, 0, ""});
  }

 private:
  RunOptions run_;
  OutputOptions output_;
  std::string folder_;
  std::vector<std::string> data_;
};

}  // namespace

std::unique_ptr<Task> make_verify(CLI::App& app) {
  return std::make_unique<VerifyTask>(app);
}

}  // namespace coinvest::cli
