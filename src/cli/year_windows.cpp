// SPDX-License-Identifier: Apache-2.0
#include "cli/year_windows.hpp"

namespace coinvest::cli {
namespace {

Day end_of_year(Day day) {
  return std::chrono::year_month_day(day).year() / std::chrono::December / 31;
}

}  // namespace

YearWindows::YearWindows(CLI::App& app, const std::string& purpose) {
  constexpr const char* group = "Over time";
  windows_ = add_period(app, "--windows", ends_, "Years at whose end the first and the last window end: " + purpose)
                 ->group(group);
  for (const char* bound : {"--from", "--to"}) windows_->excludes(app.get_option(bound));
  add_count(app, "--window", years_, 1, 200, "Years in a window")->default_str("5")->needs(windows_)->group(group);
  add_count(app, "--step", step_, 1, 200, "Years from one window to the next")
      ->default_str("1")
      ->needs(windows_)
      ->group(group);
}

std::vector<PanelWindow> YearWindows::windows() const {
  const auto every_year = panel_windows(end_of_year(ends_->from), end_of_year(ends_->to), static_cast<int>(years_), 0);
  std::vector<PanelWindow> windows;
  for (std::size_t w = 0; w < every_year.size(); w += step_) windows.push_back(every_year[w]);
  return windows;
}

void YearWindows::describe(Parameters& parameters) const {
  parameters.emplace_back("windows", fmt::format("{}..{}", format_day(ends_->from), format_day(ends_->to)));
  parameters.emplace_back("window", static_cast<std::int64_t>(years_));
  parameters.emplace_back("step", static_cast<std::int64_t>(step_));
}

}  // namespace coinvest::cli
