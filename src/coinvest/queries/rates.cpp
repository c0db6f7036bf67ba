// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/statistics.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

constexpr double days_per_year = 365.25;

Cell group_id(const Dataset& data, const Group& group) {
  return group.investor ? Cell{id_text(data, *group.investor)} : text_cell(group.name);
}
Cell group_name(const Dataset& data, const Group& group) {
  return group.investor ? text_cell(data.name(*group.investor)) : text_cell(group.name);
}

/// The columns that say which group a row is; of one group only, details.
template <typename Row>
std::vector<ColumnOf<Row>> group_columns(const Dataset& data, PositionsBy by) {
  return {{detail("id"), [&data](const Row& r) { return group_id(data, r.group); }},
          {{"name", by == PositionsBy::all ? Shown::details : Shown::always},
           [&data](const Row& r) { return group_name(data, r.group); }}};
}

template <typename Row>
void fill_groups(Table& table, const Dataset& data, PositionsBy by, const std::vector<Row>& rows,
                 const std::vector<ColumnOf<Row>>& columns) {
  std::vector<ColumnOf<Row>> all = group_columns<Row>(data, by);
  all.insert(all.end(), columns.begin(), columns.end());
  fill<Row>(table, rows, all);
}

ColumnHead faint(std::string name) {
  return {std::move(name), Shown::faint};
}

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format(" ({:.2f} %)", 100 * *share) : "";
}

std::string_view words_of(PositionsBy by) {
  constexpr std::array<std::string_view, 5> words{"", ", by investor", ", by year of entry", ", by sector of entry",
                                                  ", by stage of entry"};
  return words[static_cast<std::size_t>(by)];
}

std::string mature_text(const RatesQuestion& question) {
  if (!question.mature_years) return "";
  return fmt::format(", of entries at least {} {} before", *question.mature_years,
                     *question.mature_years == 1 ? "year" : "years");
}

/// The columns of every exit rate, and then `more`.
std::vector<ColumnOf<ExitRate>> rate_columns(const std::vector<ColumnOf<ExitRate>>& more) {
  using Row = ExitRate;
  std::vector<ColumnOf<Row>> columns{{{"entered"}, [](const Row& r) { return count_cell(r.entered); }},
                                     {{"exited"}, [](const Row& r) { return count_cell(r.exited); }},
                                     {{"rate"}, [](const Row& r) { return optional_cell(r.rate); }},
                                     {{"rate_low"}, [](const Row& r) { return optional_cell(r.rate_low); }},
                                     {{"rate_high"}, [](const Row& r) { return optional_cell(r.rate_high); }},
                                     {detail("as_of"), [](const Row& r) { return day_cell(r.as_of); }},
                                     {faint("small"), [](const Row& r) { return Cell{r.entered < too_few}; }}};
  columns.insert(columns.end(), more.begin(), more.end());
  return columns;
}

ColumnOf<ExitRate> early_column() {
  return {detail("exited_before_entry"), [](const ExitRate& r) { return count_cell(r.exited_before_entry); }};
}

std::string wilson_note() {
  return fmt::format("rate_low and rate_high: 95 % Wilson interval; small: fewer than {} entered", too_few);
}

/// Groups of investors by exits, all others by name as they are.
std::vector<ExitRate> ordered(std::vector<ExitRate> rates, PositionsBy by) {
  if (by == PositionsBy::investor)
    std::stable_sort(rates.begin(), rates.end(), [](const ExitRate& a, const ExitRate& b) {
      return std::tuple(b.exited, b.rate) < std::tuple(a.exited, a.rate);
    });
  return rates;
}

Table liquidity_rates(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  const RateQuestion asked{RateOf::liquidity, question.by.value_or(PositionsBy::investor), question.mature_years};
  Table table;
  fill_groups(table, *deals.data, asked.by, ordered(exit_rates(deals, events, asked), asked.by),
              rate_columns({early_column()}));
  const ExitRate all = overall_exit_rate(deals, events, asked);
  table.data = {{"companies_entered", count_cell(all.entered)},
                {"companies_exited", count_cell(all.exited)},
                {"rate", optional_cell(all.rate)},
                {"as_of", day_cell(all.as_of)}};
  table.caption = fmt::format("Share of the companies entered that were listed or sold{}{}{}: {} of {}{}",
                              words_of(asked.by), as_of_text(all.as_of), mature_text(question), grouped(all.exited),
                              counted(all.entered, "company", "companies"), percent(all.rate));
  table.notes = {wilson_note() + "; each company counts once; a listing is liquidity, realised only with a later sale"};
  return table;
}

Table any_exit_rates(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  const RateQuestion asked{RateOf::any_exit, question.by.value_or(PositionsBy::investor), question.mature_years};
  const auto success = [](const ExitRate& r, double Proportion::*part) {
    return r.exited == 0 ? Cell{} : number_cell(wilson_95(r.succeeded, r.exited).*part);
  };
  const std::vector<ColumnOf<ExitRate>> columns =
      rate_columns({early_column(),
                    {detail("succeeded"), [](const ExitRate& r) { return count_cell(r.succeeded); }},
                    {{"success_share"}, [&](const ExitRate& r) { return success(r, &Proportion::share); }},
                    {detail("success_low"), [&](const ExitRate& r) { return success(r, &Proportion::low); }},
                    {detail("success_high"), [&](const ExitRate& r) { return success(r, &Proportion::high); }}});
  Table table;
  fill_groups(table, *deals.data, asked.by, ordered(exit_rates(deals, events, asked), asked.by), columns);
  const ExitRate all = overall_exit_rate(deals, events, asked);
  table.data = {{"positions_entered", count_cell(all.entered)},
                {"positions_exited", count_cell(all.exited)},
                {"rate", optional_cell(all.rate)},
                {"succeeded", count_cell(all.succeeded)},
                {"as_of", day_cell(all.as_of)}};
  table.caption = fmt::format(
      "Share of positions with any exit, write-offs too{}{}{}: {} of {}{}, {} of {} "
      "by listing or sale of the company",
      words_of(asked.by), as_of_text(all.as_of), mature_text(question), grouped(all.exited),
      counted(all.entered, "position", "positions"), percent(all.rate), grouped(all.succeeded),
      counted(all.exited, "exit", "exits"));
  table.notes = {wilson_note() +
                 "; a position is one investor in one company; success_share: exits by listing or sale of the company "
                 "among all exits"};
  return table;
}

Table lagged_exit_rates(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  const LaggedRates lagged = lagged_rates(deals, events, question.lag_years);
  const ExitRate& total = lagged.total;
  Table table;
  fill_groups(table, *deals.data, PositionsBy::cohort, lagged.years, rate_columns({}));
  table.data = {{"positions_entered", count_cell(total.entered)},
                {"positions_exited", count_cell(total.exited)},
                {"rate", optional_cell(total.rate)},
                {"rate_low", optional_cell(total.rate_low)},
                {"rate_high", optional_cell(total.rate_high)},
                {"lag", count_cell(question.lag_years)},
                {"as_of", day_cell(total.as_of)}};
  table.caption = fmt::format("Exits {} {} after, over entries per year{}", question.lag_years,
                              question.lag_years == 1 ? "year" : "years", as_of_text(total.as_of));
  if (total.entered > 0)
    table.caption += fmt::format(": {}, {} exits over {} entries{}", total.group.name, total.exited, total.entered,
                                 percent(total.rate));
  table.notes = {
      "the exits of a row are those of another year's entries: a rate above 1 is possible and then has no interval; "
      "those of the as-of day's year may not all have happened yet",
      fmt::format("left out: {} entries and {} exits whose date lies in no single year, {} exits before the entry",
                  lagged.without_year_entered, lagged.without_year_exited, lagged.exited_before_entry)};
  return table;
}

Table channel_shares(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  const PositionsBy by = question.by.value_or(PositionsBy::all);
  std::vector<ExitChannel> channels = exit_channels(deals, events, by);
  std::stable_sort(channels.begin(), channels.end(), [](const ExitChannel& a, const ExitChannel& b) {
    return std::tie(b.all_exits, a.group, b.exits) < std::tie(a.all_exits, b.group, a.exits);
  });
  using Row = ExitChannel;
  const std::optional<Day> as_of = as_of_day(deals);
  Table table;
  fill_groups<Row>(table, *deals.data, by, channels,
                   {{{"code"}, [](const Row& r) { return text_cell(name_of(r.code)); }},
                    {{"exits"}, [](const Row& r) { return count_cell(r.exits); }},
                    {{"all_exits"}, [](const Row& r) { return count_cell(r.all_exits); }},
                    {{"share"}, [](const Row& r) { return number_cell(r.share); }},
                    {{"share_low"}, [](const Row& r) { return number_cell(r.share_low); }},
                    {{"share_high"}, [](const Row& r) { return number_cell(r.share_high); }},
                    {detail("as_of"), [&](const Row&) { return day_cell(as_of); }},
                    {faint("small"), [](const Row& r) { return Cell{r.all_exits < too_few}; }}});
  table.caption = fmt::format("Ways of leaving among the positions left{}{}", words_of(by), as_of_text(as_of));
  table.notes = {fmt::format("share_low and share_high: 95 % Wilson interval; small: fewer than {} exits", too_few)};
  return table;
}

constexpr std::array<RateKind, 4> all_kinds{{
    {"liquidity", "companies listed or sold over companies entered, each once (XR1)", "by mature", liquidity_rates},
    {"any-exit", "positions with any exit, write-offs too, over positions entered (XR2)", "by mature exit-pick",
     any_exit_rates},
    {"lagged", "exits of a year over entries of an earlier one (XR3)", "lag exit-pick", lagged_exit_rates},
    {"channels", "each way of leaving over all exits (XR4)", "by exit-pick", channel_shares},
}};

std::string write_offs_text(WriteOffs write_offs) {
  return write_offs == WriteOffs::end ? "" : "; a write-off is no end but the last day seen";
}

/// Curves of the largest groups, as many as there are colours that people tell apart.
StepChart survival_chart(const Dataset& data, const Table& table, std::vector<HoldingSummary> groups) {
  constexpr std::size_t most = 7;
  StepChart chart{table.caption, "years since the first dated participation", "share still held", {}, table.notes};
  const std::size_t all = groups.size();
  std::erase_if(groups, [](const HoldingSummary& group) { return !group.well_seen; });
  const auto size = [](const HoldingSummary& group) { return group.realised + group.censored; };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const HoldingSummary& a, const HoldingSummary& b) { return size(b) < size(a); });
  if (groups.size() > most) groups.resize(most);
  std::sort(groups.begin(), groups.end(),
            [](const HoldingSummary& a, const HoldingSummary& b) { return a.group < b.group; });
  const auto years = [](std::int64_t days) { return static_cast<double>(days) / days_per_year; };
  for (const HoldingSummary& group : groups) {
    ChartCurve curve;
    const std::string name = group.group.investor ? data.name(*group.group.investor) : group.group.name;
    curve.name =
        fmt::format("{}: {}, {} ended", name, counted(size(group), "position", "positions"), grouped(group.realised));
    for (const SurvivalStep& step : group.curve)
      if (step.days <= *group.well_seen) curve.steps.push_back({years(step.days), step.survival, step.low, step.high});
    curve.end = years(*group.well_seen);
    if (group.kaplan_meier_median) curve.median = years(*group.kaplan_meier_median);
    chart.curves.push_back(std::move(curve));
  }
  chart.notes.push_back(
      "Drawn for as long as five positions or more are at risk" +
      (all > groups.size() ? fmt::format("; {} of {} groups, the table has all", groups.size(), all) : std::string()));
  return chart;
}

}  // namespace

std::span<const RateKind> rate_kinds() {
  return all_kinds;
}

std::string as_of_text(const std::optional<Day>& day) {
  return day ? ", as of " + format_day(*day) : std::string();
}

Table rates_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  Table table = question.rate->make(deals, events, question);
  table.name = question.rate == &all_kinds.front() ? "exit-rates" : fmt::format("exit-rates-{}", question.rate->name);
  return table;
}

Table holding_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  using Row = HoldingSummary;
  const PositionsBy by = question.by.value_or(PositionsBy::all);
  std::vector<Row> rows = holding_periods(deals, events, {by, question.write_offs});
  if (rows.empty() && by == PositionsBy::all) {
    rows.emplace_back().group.name = "all";
    rows.back().as_of = as_of_day(deals);
  }
  if (by == PositionsBy::investor)
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return b.realised < a.realised; });
  Table table;
  table.name = "holding";
  table.caption = fmt::format("Days from the first dated participation to the exit{}{}", words_of(by),
                              as_of_text(as_of_day(deals)));
  fill_groups<Row>(table, *deals.data, by, rows,
                   {{{"realised"}, [](const Row& r) { return count_cell(r.realised); }},
                    {{"censored"}, [](const Row& r) { return count_cell(r.censored); }},
                    {{"lower_quartile"}, [](const Row& r) { return optional_cell(r.lower_quartile); }},
                    {{"median"}, [](const Row& r) { return optional_cell(r.median); }},
                    {{"upper_quartile"}, [](const Row& r) { return optional_cell(r.upper_quartile); }},
                    {{"kaplan_meier_median"}, [](const Row& r) { return optional_cell(r.kaplan_meier_median); }},
                    {detail("median_low"), [](const Row& r) { return optional_cell(r.median_low); }},
                    {detail("median_high"), [](const Row& r) { return optional_cell(r.median_high); }},
                    {detail("imprecise"), [](const Row& r) { return count_cell(r.imprecise); }},
                    {detail("as_of"), [](const Row& r) { return day_cell(r.as_of); }},
                    {faint("small"), [](const Row& r) { return Cell{r.realised + r.censored < too_few}; }}});
  table.notes.push_back(
      "realised: dated exits of positions, censored: positions still held; quartiles are of positions that ended and "
      "therefore too short; the Kaplan-Meier median counts those still held as well, and is empty while more than half "
      "are held; of imprecise dates the middle" +
      write_offs_text(question.write_offs));
  return table;
}

Table survival_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question) {
  const PositionsBy by = question.by.value_or(PositionsBy::all);
  const std::vector<HoldingSummary> groups = holding_periods(deals, events, {by, question.write_offs});
  struct Row : SurvivalStep {
    const Group& group;
  };
  std::vector<Row> rows;
  std::uint64_t realised = 0, censored = 0;
  for (const HoldingSummary& group : groups) {
    for (const SurvivalStep& step : group.curve) rows.push_back({step, group.group});
    realised += group.realised;
    censored += group.censored;
  }
  Table table;
  table.name = "survival";
  table.caption = fmt::format("Share of positions still held{}{}: {}, of which {} ended", words_of(by),
                              as_of_text(as_of_day(deals)), counted(realised + censored, "position", "positions"),
                              grouped(realised));
  fill_groups<Row>(table, *deals.data, by, rows,
                   {{{"days"}, [](const Row& r) { return count_cell(r.days); }},
                    {{"years"}, [](const Row& r) { return number_cell(static_cast<double>(r.days) / days_per_year); }},
                    {{"at_risk"}, [](const Row& r) { return count_cell(r.at_risk); }},
                    {{"events"}, [](const Row& r) { return count_cell(r.ended); }},
                    {{"censored"}, [](const Row& r) { return count_cell(r.censored); }},
                    {{"survival"}, [](const Row& r) { return number_cell(r.survival); }},
                    {{"survival_low"}, [](const Row& r) { return optional_cell(r.low); }},
                    {{"survival_high"}, [](const Row& r) { return optional_cell(r.high); }}});
  table.notes.push_back(
      "Kaplan-Meier estimate with Greenwood's 95 % band; positions still held count as held at least "
      "so long; of imprecise dates the middle" +
      write_offs_text(question.write_offs));
  table.chart = survival_chart(*deals.data, table, groups);
  return table;
}

}  // namespace coinvest
