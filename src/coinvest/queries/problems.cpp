// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>

#include "coinvest/base/counted.hpp"
#include "coinvest/exits/holding.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {

namespace {

std::vector<Cell> problem_row(const Dataset& data, const Problem& problem) {
  return {data.files[index(problem.where.file)].name, count_cell(problem.where.line), text_or_nothing(problem.column),
          text_cell(name_of(problem.kind)), problem.text};
}

/// Dates that may be less precise than they look.
struct RoundDates {
  std::uint64_t days = 0, first_of_january = 0, first_of_month = 0;
};

template <typename Dates>
RoundDates suspect_dates(const Dates& announced) {
  RoundDates dates;
  for (const DateInterval& date : announced) {
    if (!date.known() || date.low != date.high) continue;
    const std::chrono::year_month_day day{date.low};
    ++dates.days;
    if (day.day() != std::chrono::day{1}) continue;
    ++dates.first_of_month;
    if (day.month() == std::chrono::January) ++dates.first_of_january;
  }
  return dates;
}

}  // namespace

Table problems_table(const Dataset& data, Problems which) {
  Table table;
  table.name = which == Problems::all ? "check" : "rejects";
  table.columns = {{"file"}, {"line"}, {"column"}, {"kind"}, {"text", Shown::wrapped}};
  std::vector<Problem> problems = data.problems;
  if (which == Problems::all) {
    std::ranges::move(findings(data), std::back_inserter(problems));
    std::ranges::stable_sort(problems, {}, &Problem::where);
  }
  std::uint64_t rejected = 0;
  for (const Problem& problem : problems) {
    if (is_rejection(problem.kind)) ++rejected;
    if (which == Problems::all || is_rejection(problem.kind)) table.rows.push_back(problem_row(data, problem));
  }
  table.caption =
      fmt::format("{} rejected, {} changed or noted", counted(rejected, "row", "rows"), problems.size() - rejected);
  table.data = {{"rejected", count_cell(rejected)}, {"noted", count_cell(problems.size() - rejected)}};
  return table;
}

Table problem_kinds_table(const Dataset& data) {
  std::map<ProblemKind, std::uint64_t> counts;
  for (const Problem& problem : data.problems) ++counts[problem.kind];
  for (const Problem& problem : findings(data)) ++counts[problem.kind];
  std::uint64_t rows = 0;
  for (const InputFile& file : data.files) rows += file.rows;

  Table table;
  table.name = "check-by-kind";
  table.caption = fmt::format("What {} gave rise to", counted(rows, "row", "rows"));
  table.columns = {{"kind"}, {"effect"}, {"count"}, {"rows"}, {"share"}};
  const auto add = [&](std::string_view kind, std::string_view effect, std::uint64_t count, std::uint64_t of) {
    table.rows.push_back(
        {text_cell(kind), text_cell(effect), count_cell(count), count_cell(of), share_cell(count, of)});
  };
  for (const auto& [kind, count] : counts) add(name_of(kind), is_rejection(kind) ? "rejected" : "kept", count, rows);
  const RoundDates dates = suspect_dates(data.rounds.announced);
  if (dates.first_of_january > 0) add("first_of_january", "kept", dates.first_of_january, dates.days);
  if (dates.first_of_month > 0) add("first_of_month", "kept", dates.first_of_month, dates.days);
  return table;
}

Table rejects_table(const Dataset& data) {
  Table table;
  table.name = "rejects";
  table.columns = {{"file"}, {"line"}, {"column"}, {"kind"}, {"text"}, {"row"}};
  for (const Problem& problem : data.problems) {
    if (!is_rejection(problem.kind)) continue;
    table.rows.push_back(problem_row(data, problem));
    table.rows.back().push_back(text_or_nothing(problem.row));
  }
  return table;
}

Table quality_table(const Deals& deals) {
  Table table;
  table.name = "data-quality";
  table.caption = "What the numbers stand on";
  table.columns = {{"item"}, {"count"}, {"of"}, {"share"}};
  const auto add = [&](std::string item, std::uint64_t count, std::uint64_t of) {
    table.rows.push_back({std::move(item), count_cell(count), count_cell(of), share_cell(count, of)});
  };

  const Dataset& data = *deals.data;
  const std::uint64_t all = data.rounds.size();
  add("rounds selected", deals.size(), all);
  const LeftOut& out = deals.left_out;
  for (const auto& [reason, count] : {std::pair<const char*, std::uint64_t>{"counted under another row", out.duplicate},
                                      {"of another kind", out.kind},
                                      {"of another sector", out.sector},
                                      {"of another country", out.country},
                                      {"of another stage", out.stage},
                                      {"below the grade asked for", out.grade},
                                      {"not yet known", out.not_yet_known},
                                      {"undated", out.undated},
                                      {"outside the dates", out.outside_dates}})
    if (count > 0) add(fmt::format("rounds left out: {}", reason), count, all);
  if (out.ambiguous_dates > 0) add("rounds whose partial date decides", out.ambiguous_dates, all);

  std::uint64_t undisclosed = 0, imprecise = 0, wide_date = 0, no_lead = 0, nameless = 0, incomplete = 0, rolled_up = 0;
  std::vector<DateInterval> dates;
  std::vector<std::int64_t> lags;  // days from a round to when it was known, where both are to the day
  std::map<std::string, std::uint64_t> grades;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const Amount& amount = deals.amount(round);
    const DateInterval date = deals.date(round);
    const std::size_t row = index(deals.rounds[round]);
    if (!amount.disclosed())
      ++undisclosed;
    else if (amount.precision != Precision::exact)
      ++imprecise;
    if (!date.known() || date.low != date.high) ++wide_date;
    dates.push_back(date);
    const DateInterval& known_on = data.rounds.known_on[row];
    if (date.known() && date.low == date.high && known_on.known() && known_on.low == known_on.high)
      lags.push_back((known_on.low - date.low).count());
    if (deals.participants(round).empty()) ++nameless;
    const auto leads = std::span(deals.leads).subspan(deals.offsets[round], deals.participants(round).size());
    if (std::find(leads.begin(), leads.end(), Lead::yes) == leads.end()) ++no_lead;
    if (data.rounds.incomplete[row] != 0 || data.rounds.unknown_participants[row] > 0) ++incomplete;
    ++grades[std::string(name_of(data.rounds.grade[row]))];
  }
  add("rounds of undisclosed amount", undisclosed, deals.size());
  add("rounds of imprecise amount", imprecise, deals.size());
  add("rounds without a date to the day", wide_date, deals.size());
  const RoundDates suspect = suspect_dates(dates);
  if (suspect.first_of_january > 0) add("rounds dated to 1 January", suspect.first_of_january, suspect.days);
  if (suspect.first_of_month > 0) add("rounds dated to the first of a month", suspect.first_of_month, suspect.days);
  const auto late = static_cast<std::uint64_t>(std::ranges::count_if(lags, [](std::int64_t days) { return days > 0; }));
  if (late > 0) add("rounds known later than they happened", late, lags.size());
  add("rounds without a known lead", no_lead, deals.size());
  add("rounds without a named investor", nameless, deals.size());
  add("rounds with further unnamed investors", incomplete, deals.size());
  for (const auto& [grade, count] : grades)
    add(grade.empty() ? "rounds without a grade" : "rounds of grade " + grade, count, deals.size());
  if (out.unknown_then > 0) add("participations not yet known", out.unknown_then, data.participations.size());
  if (out.investor_type > 0) add("participations of another type", out.investor_type, data.participations.size());
  for (std::size_t at = 0; at < deals.rows.size(); ++at)
    if (deals.investors[at] != data.participations.investor[index(deals.rows[at])]) ++rolled_up;
  if (deals.rollup != Rollup::none) add("participations counted to a manager or group", rolled_up, deals.rows.size());
  if (out.collapsed > 0) add("participations joined by roll-up", out.collapsed, data.participations.size());

  std::map<ProblemKind, std::uint64_t> kinds;
  for (const Problem& problem : data.problems) ++kinds[problem.kind];
  std::uint64_t rows = 0;
  for (const InputFile& file : data.files) rows += file.rows;
  std::uint64_t rejected = 0;
  for (const Problem& problem : data.problems) rejected += is_rejection(problem.kind) ? 1U : 0U;
  add("rows read", rows, rows);
  add("rows rejected", rejected, rows);
  for (const auto& [kind, count] : kinds)
    add(fmt::format("rows {}: {}", is_rejection(kind) ? "rejected" : "changed or noted", name_of(kind)), count, rows);
  if (const auto day = as_of_day(deals)) {
    table.data.emplace_back("as_of_day", format_day(*day));
    table.notes.push_back(fmt::format("As of {}.", format_day(*day)));
  }
  if (late > 0) {
    std::ranges::sort(lags);
    table.data.emplace_back("median_lag_days", lags[lags.size() / 2]);
    table.data.emplace_back("longest_lag_days", lags.back());
    table.notes.push_back(fmt::format("Rounds were known {} days after they happened in the median, {} at the longest.",
                                      lags[lags.size() / 2], lags.back()));
  }
  return table;
}

}  // namespace coinvest
