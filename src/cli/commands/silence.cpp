// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/silence.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/leaving.hpp"

namespace coinvest::cli {
namespace {

class SilenceTask final : public Task {
 public:
  explicit SilenceTask(CLI::App& app) : query_(app, SelectionOptions::Without::sector) {
    app.add_option("--sector", question_.sector, "The sector that may have been left")->type_name("NAME")->required();
    add_period(app, "--period", period_, "The time of silence: 2022, or 2022-01..2022-06")->required();
    add_period(app, "--history", history_, "What it is compared with (default: the 24 months before)");
    app.add_flag_callback(
        "--all", [this] { question_.listed = Listed::all; }, "Also investors with fewer than two deals in the history");
  }

  Result<void> run(Session& session) override {
    question_.period = *period_;
    question_.history = history_;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      const auto rows = silence(deals, question_);
      if (!rows) return tl::unexpected(rows.error());
      parameters.emplace_back("sector", question_.sector);
      parameters.emplace_back("period", format_day(question_.period.from) + ".." + format_day(question_.period.to));
      if (history_) parameters.emplace_back("history", format_day(history_->from) + ".." + format_day(history_->to));
      return silence_table(deals, question_, *rows);
    });
  }

 private:
  TableQuery query_;
  SilenceQuestion question_{};
  std::optional<DayRange> period_, history_;
};

}  // namespace

std::unique_ptr<Task> make_silence(CLI::App& app) {
  return std::make_unique<SilenceTask>(app);
}

}  // namespace coinvest::cli
