// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "cli/command.hpp"
#include "cli/report_batch.hpp"

namespace coinvest::cli {
namespace {

class Report final : public Task {
 public:
  explicit Report(CLI::App& app) : app_(app), options_(app), run_(app) {
    app.add_option("-o,--output", folder_, "Folder to write")->type_name("DIR")->required()->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace an earlier report in that folder")->group("Output");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const Overwrite overwrite = overwrite_ ? Overwrite::replace : Overwrite::refuse;
    ReportOrder order{"", options_.input.paths, {}, given_options(app_), {}};
    for (const std::string& path : order.paths) order.datasets.push_back(own_name(path));
    if (options_.by && options_.slice.empty() && !order.paths.empty())
      return write_batch({order}, options_.title.empty() ? order.datasets.front() : options_.title, folder_, overwrite,
                         session);
    const auto batch =
        run_batch({order}, "", Indexed::no, session, [&](const std::string&, const ReportContent&, const auto& make) {
          const auto content = make();
          return content ? write_one(*content, folder_, overwrite, session.context) : tl::unexpected(content.error());
        });
    if (!batch) return tl::unexpected(batch.error());
    if (!batch->failed.empty()) return tl::unexpected(batch->failed.front().error);
    session.say_to_watcher(fmt::format("wrote {}", (std::filesystem::path(folder_) / "index.html").string()));
    return {};
  }

 private:
  CLI::App& app_;
  ReportOptions options_;
  RunOptions run_;
  std::string folder_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_report(CLI::App& app) {
  return std::make_unique<Report>(app);
}

}  // namespace coinvest::cli
