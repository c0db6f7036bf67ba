// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <filesystem>

#include "cli/command.hpp"
#include "cli/report_batch.hpp"
#include "cli/toml_options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/report/names.hpp"

namespace coinvest::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> file_keys{"title", "all", "report"};

/// A batch file: a title, the options of all reports under [all], and a [[report]] each with its own.
struct BatchFile {
  std::string title;
  std::vector<ReportOrder> orders;
};

class BatchReader {
 public:
  explicit BatchReader(std::string path) : path_(std::move(path)), folder_(fs::path(path_).parent_path().string()) {
    report_keys_ = option_keys(known_.app(), [](std::string_view name) { return !is_of_running(name); });
    report_keys_.insert(report_keys_.end(), {"name", "dataset"});
  }

  Result<BatchFile> read() {
    const auto text = read_file(path_);
    if (!text) return tl::unexpected(text.error());
    const auto table = parse_toml(*text, path_);
    if (!table) return tl::unexpected(table.error());
    if (auto known = check_keys(*table, file_keys, path_); !known) return tl::unexpected(known.error());
    BatchFile batch;
    const toml::node *title = table->get("title"), *all = table->get("all");
    if (title != nullptr && !title->is_string()) return wrong(*title, "the title is no text");
    if (all != nullptr && !all->is_table()) return wrong(*all, "the options of all reports are a table: [all]");
    batch.title = title != nullptr ? title->as_string()->get() : own_name(path_);
    const toml::array* reports = (*table)["report"].as_array();
    if (reports == nullptr || reports->empty()) return fail(ErrorKind::input, "names no [[report]]", {path_, 0, ""});
    for (const toml::node& node : *reports) {
      auto order = order_of(node, all != nullptr ? all->as_table() : nullptr);
      if (!order) return tl::unexpected(order.error());
      batch.orders.push_back(std::move(*order));
    }
    return batch;
  }

 private:
  Result<ReportOrder> order_of(const toml::node& node, const toml::table* all) {
    const toml::table* entry = node.as_table();
    if (entry == nullptr) return wrong(node, "a report is a table: [[report]]");
    if (auto known = check_keys(*entry, report_keys_, path_); !known) return tl::unexpected(known.error());
    toml::table whole = *entry;
    if (all != nullptr) {
      if (auto known = check_keys(*all, report_keys_, path_); !known) return tl::unexpected(known.error());
      for (const auto& [key, value] : *all) whole.insert(key.str(), value);  // what the report says itself stays
    }
    ReportOrder order;
    order.where = place_of(node, path_);
    for (const auto& [key, value] : whole) {
      auto words = texts_of(value, path_);
      if (!words) return tl::unexpected(words.error());
      if (key == "dataset") {
        for (const std::string& path : *words) {
          order.paths.push_back(beside(path));
          order.datasets.push_back(own_name(path));
        }
      } else if (key == "name") {
        order.folder = words->empty() ? "" : words->front();
      } else {
        add_option(order.options, std::string(key.str()), std::move(*words));
      }
    }
    if (order.paths.empty()) return wrong(node, "names no dataset");
    if (order.folder.empty()) order.folder = order.datasets.front();
    order.options = with_files(std::move(order.options), [this](const std::string& path) { return beside(path); });
    return order;
  }

  void add_option(std::vector<std::string>& options, const std::string& key, std::vector<std::string> texts) {
    for (const std::string& value : values_for(*known_.app().get_option("--" + key), std::move(texts)))
      options.push_back(fmt::format("--{}={}", key, value));
  }

  std::string beside(const std::string& path) const { return (fs::path(folder_) / path).string(); }

  tl::unexpected<Error> wrong(const toml::node& node, std::string message) const {
    return fail(ErrorKind::input, std::move(message), place_of(node, path_));
  }

  std::string path_, folder_;
  ParsedOrder known_;
  std::vector<std::string_view> report_keys_;
};

class BatchTask final : public Task {
 public:
  explicit BatchTask(CLI::App& app) : run_(app) {
    app.remove_option(app.get_option("--seed"));  // an option of each report
    app.add_option("file", file_, "Which reports, in TOML")->type_name("FILE.toml")->required();
    app.add_option("-o,--output", folder_, "Folder to write")->type_name("DIR")->required()->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace earlier reports in that folder that differ")->group("Output");
    app.footer(
        "The file has a [[report]] each, with `dataset` (one path or several, beside the file), `name` (of the "
        "folder)\n"
        "and any option of `coinvest report`: sector = \"gpu\". Options under [all] are those of every report.");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto batch = BatchReader(file_).read();
    if (!batch) return tl::unexpected(batch.error());
    return write_batch(batch->orders, batch->title, folder_, overwrite_ ? Overwrite::replace : Overwrite::refuse,
                       session);
  }

 private:
  RunOptions run_;
  std::string file_, folder_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_batch(CLI::App& app) {
  return std::make_unique<BatchTask>(app);
}

}  // namespace coinvest::cli
