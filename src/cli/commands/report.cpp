// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "cli/command.hpp"
#include "cli/report_content.hpp"

namespace coinvest::cli {
namespace {

class Report final : public Task {
 public:
  explicit Report(CLI::App& app) : options_(app), run_(app) {
    app.add_option("-o,--output", folder_, "Folder to write")->type_name("DIR")->required()->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace an earlier report in that folder")->group("Output");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = options_.input.load(session);
    if (!data) return tl::unexpected(data.error());
    const auto content = report_content(options_, *data, session);
    if (!content) return tl::unexpected(content.error());
    auto written =
        write_report(*content, folder_, overwrite_ ? Overwrite::replace : Overwrite::refuse, COINVEST_VERSION);
    if (!written) return written;
    session.say_to_watcher(fmt::format("wrote {}", (std::filesystem::path(folder_) / "index.html").string()));
    return {};
  }

 private:
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
