// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/silence.hpp"

#include <charconv>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/queries/leaving.hpp"

namespace coinvest::cli {
namespace {

enum class Bands : std::uint8_t { standard, crunchbase };
const Choices<Bands> band_choices{{"default", Bands::standard}, {"crunchbase", Bands::crunchbase}};

class SilenceTask final : public Task {
 public:
  explicit SilenceTask(CLI::App& app) : query_(app, SelectionOptions::Without::sector) {
    app.add_option("--sector", question_.sector, "The sector that may have been left (default: the whole market)")
        ->type_name("NAME");
    add_period(app, "--period", period_,
               "The time of silence: 2022, or 2022-01..2022-06. Without it: when each investor invested last");
    add_period(app, "--history", question_.history, "What it is compared with (default: the 24 months before)");
    app.add_flag_callback(
        "--all", [this] { question_.listed = Listed::all; }, "Also investors with fewer than two deals in the history");
    add_choice(app, "--bands", bands_, band_choices,
               "Months at which an investor is slowing, dormant, lapsed: 12, 24, 60; crunchbase: 12, 18, never");
    const auto read_lag = [this](std::string text) {
      if (text.ends_with('d')) text.pop_back();
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rules().report_lag_days);
      if (error != std::errc{} || end != text.data() + text.size() || rules().report_lag_days < 0 ||
          rules().report_lag_days > 3'660)
        throw CLI::ValidationError("--report-lag",
                                   fmt::format("'{}' is no number of days like 90d, up to 3660d", text));
    };
    app.add_option_function<std::string>(
           "--report-lag", read_lag,
           "So many days before the as-of day are not fully reported yet: states that began there are not judgeable")
        ->type_name("DAYS");
    app.add_flag_callback(
        "--new-only", [this] { rules().counted = DealsCounted::new_companies; },
        "Months and states: follow-on rounds are no deals");
  }

  Result<void> run(Session& session) override {
    if (bands_ == Bands::crunchbase) rules().bands = crunchbase_bands;
    if (!period_ && (question_.sector || question_.history || question_.listed == Listed::all))
      return fail(ErrorKind::usage, "--period is missing: --sector, --history and --all ask about a time of silence");
    if (period_) question_.period = *period_;
    return query_.run(session, [&](const Deals& deals, Parameters& parameters) -> Result<Table> {
      describe(parameters);
      if (!period_) return dormancy_table(deals, rules());
      const auto rows = silence(deals, question_);
      if (!rows) return tl::unexpected(rows.error());
      return silence_table(deals, question_, *rows);
    });
  }

 private:
  DormancyRules& rules() { return question_.dormancy; }

  void describe(Parameters& parameters) {
    const auto range = [](const DayRange& days) { return format_day(days.from) + ".." + format_day(days.to); };
    if (question_.sector) parameters.emplace_back("sector", *question_.sector);
    if (period_) parameters.emplace_back("period", range(*period_));
    if (question_.history) parameters.emplace_back("history", range(*question_.history));
    parameters.emplace_back("bands", std::string(word_of(band_choices, bands_)));
    parameters.emplace_back("report_lag_days", std::int64_t{rules().report_lag_days});
    parameters.emplace_back("new_only", rules().counted == DealsCounted::new_companies);
  }

  TableQuery query_;
  SilenceQuestion question_{};
  std::optional<DayRange> period_;
  Bands bands_ = Bands::standard;
};

}  // namespace

std::unique_ptr<Task> make_silence(CLI::App& app) {
  return std::make_unique<SilenceTask>(app);
}

}  // namespace coinvest::cli
