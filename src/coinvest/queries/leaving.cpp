// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/leaving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "coinvest/exits/rates.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

Cell optional_number(const std::optional<double>& value) {
  return value ? Cell{*value} : Cell{};
}

template <typename Count>
Cell optional_count(const std::optional<Count>& value) {
  return value ? count_cell(*value) : Cell{};
}

Cell low_cell(const DateInterval& date) {
  return date.known() ? Cell{format_day(date.low)} : Cell{};
}
Cell high_cell(const DateInterval& date) {
  return date.known() ? Cell{format_day(date.high)} : Cell{};
}

std::string as_of_text(const std::optional<Day>& day) {
  return day ? ", as of " + format_day(*day) : std::string();
}

Table events_view(const Deals& deals, std::span<const ExitEvent> events) {
  const Dataset& data = *deals.data;
  Table table;
  table.name = "exits";
  table.columns = {{"company"},         {"investor"},         {"code"},
                   {"grade"},           {"date_low"},         detail("date_high"),
                   {"entered"},         {"holding_days_low"}, detail("holding_days_high"),
                   {"anomaly"},         detail("counts"),     detail("counterpart"),
                   detail("candidate"), detail("source"),     detail("also")};
  std::uint64_t counted = 0;
  for (const ExitEvent& event : events) {
    if (event.decisive) ++counted;
    table.rows.push_back(
        {data.name(event.company), event.investor ? text_cell(data.name(*event.investor)) : Cell{},
         text_cell(name_of(event.code)), text_cell(name_of(event.grade)), low_cell(event.date), high_cell(event.date),
         date_cell(event.entered), event.holding ? count_cell(event.holding->low) : Cell{},
         event.holding ? count_cell(event.holding->high) : Cell{}, text_or_nothing(name_of(event.anomaly)),
         event.decisive, text_or_nothing(event.counterpart),
         event.candidate ? text_cell(name_of(*event.candidate)) : Cell{}, text_cell(data.place(event.source)),
         event.also ? text_cell(data.place(*event.also)) : Cell{}});
  }
  table.caption = fmt::format("{} events of companies and investors, {} of them exits that count{}", events.size(),
                              counted, as_of_text(as_of_day(deals)));
  table.notes.push_back(
      "a row without investor is the company's own event; grade E1: liquidity for all its holders, "
      "which is not yet anybody's leaving");
  return table;
}

Table investors_view(const Deals& deals, std::span<const ExitEvent> events) {
  const Dataset& data = *deals.data;
  struct Counts {
    std::uint64_t exits = 0, ipo = 0, sold = 0, left = 0, written_off = 0;
  };
  std::vector<Counts> counts(data.investors.size());
  for (const ExitEvent& event : events) {
    if (!event.investor || !event.decisive) continue;
    Counts& of = counts[index(*event.investor)];
    ++of.exits;
    if (event.code == ExitCode::writeoff)
      ++of.written_off;
    else if (event.code == ExitCode::ipo)
      ++of.ipo;
    else if (kind_of(event.code).liquidity == Liquidity::yes)
      ++of.sold;
    else
      ++of.left;
  }
  Table table;
  table.name = "exits-by-investor";
  table.columns = {detail("id"), {"name"},        {"deals"},     {"exits"},  {"ipo"},  {"acquired"},
                   {"left"},     {"written_off"}, {"last_deal"}, {"months"}, {"state"}};
  std::vector<Dormancy> rows = dormancy(deals);
  std::stable_sort(rows.begin(), rows.end(), [&](const Dormancy& a, const Dormancy& b) {
    return std::tuple(counts[index(b.investor)].exits, b.deals) < std::tuple(counts[index(a.investor)].exits, a.deals);
  });
  for (const Dormancy& row : rows) {
    const Counts& of = counts[index(row.investor)];
    table.rows.push_back({id_text(data, row.investor), data.name(row.investor), count_cell(row.deals),
                          count_cell(of.exits), count_cell(of.ipo), count_cell(of.sold), count_cell(of.left),
                          count_cell(of.written_off), date_cell(row.last_deal), optional_count(row.months),
                          text_cell(name_of(row.state))});
  }
  table.caption = fmt::format("Exits that count, each company once, and months since the last deal{}",
                              as_of_text(as_of_day(deals)));
  table.notes.push_back("a long silence is not an exit");
  return table;
}

Table rates_view(const Deals& deals, std::span<const ExitEvent> events) {
  const Dataset& data = *deals.data;
  Table table;
  table.name = "exit-rates";
  table.columns = {detail("id"),   {"name"},     {"entered"},   {"exited"},
                   {"rate"},       {"rate_low"}, {"rate_high"}, detail("exited_before_entry"),
                   detail("as_of")};
  std::vector<ExitRate> rates = exit_rates(deals, events);
  std::stable_sort(rates.begin(), rates.end(), [](const ExitRate& a, const ExitRate& b) {
    return std::tuple(b.exited, b.rate) < std::tuple(a.exited, a.rate);
  });
  for (const ExitRate& rate : rates)
    table.rows.push_back({id_text(data, *rate.investor), data.name(*rate.investor), count_cell(rate.entered),
                          count_cell(rate.exited), optional_number(rate.rate), optional_number(rate.rate_low),
                          optional_number(rate.rate_high), count_cell(rate.exited_before_entry), day_cell(rate.as_of)});
  const ExitRate all = company_exit_rate(deals, events);
  table.data = {{"companies_entered", count_cell(all.entered)},
                {"companies_exited", count_cell(all.exited)},
                {"rate", optional_number(all.rate)},
                {"as_of", day_cell(all.as_of)}};
  table.caption = fmt::format("Share of the companies entered that were listed or sold{}: {} of {} companies{}",
                              as_of_text(all.as_of), all.exited, all.entered,
                              all.rate ? fmt::format(" ({:.2f} %)", 100 * *all.rate) : "");
  table.notes.push_back(
      "rate_low and rate_high: 95 % Wilson interval; each company counts once; a listing is "
      "liquidity, realised only with a later sale");
  return table;
}

Table holding_view(const Deals& deals, std::span<const ExitEvent> events) {
  const HoldingSummary summary = holding_summary(deals, events);
  Table table;
  table.name = "holding";
  table.caption = fmt::format("Days from the first dated participation to the exit{}", as_of_text(summary.as_of));
  table.columns = {{"realised"}, {"censored"},       {"lower_quartile"},
                   {"median"},   {"upper_quartile"}, {"kaplan_meier_median"},
                   {"as_of"}};
  table.rows.push_back({count_cell(summary.realised), count_cell(summary.censored),
                        optional_count(summary.lower_quartile), optional_count(summary.median),
                        optional_count(summary.upper_quartile), optional_count(summary.kaplan_meier_median),
                        day_cell(summary.as_of)});
  table.notes.push_back(
      "quartiles are of positions that ended and therefore too short; the Kaplan-Meier median counts "
      "those still held as well, and is empty while more than half are held");
  return table;
}

constexpr std::array<ExitView, 4> all_views{{
    {"events", "every event, with its evidence and source row", events_view},
    {"investors", "exits per investor, and how long ago the last deal was", investors_view},
    {"rates", "share of companies listed or sold, with denominators", rates_view},
    {"holding", "how long positions were held", holding_view},
}};

}  // namespace

std::span<const ExitView> exit_views() {
  return all_views;
}

const ExitView* find_exit_view(std::string_view name) {
  const auto row = std::find_if(all_views.begin(), all_views.end(), [&](const ExitView& v) { return v.name == name; });
  return row == all_views.end() ? nullptr : &*row;
}

Table silence_table(const Deals& deals, const SilenceQuestion& question, std::span<const Silence> rows) {
  const Dataset& data = *deals.data;
  Table table;
  table.name = "silence";
  table.columns = {detail("id"),
                   {"name"},
                   {"deals_before"},
                   detail("deals_in_period"),
                   detail("sector_before"),
                   detail("sector_in_period"),
                   {"expected"},
                   {"p_zero"},
                   {"q"},
                   {"last_deal"},
                   {"months"},
                   detail("state"),
                   {"outside_deals"},
                   {"verdict"}};
  std::vector<const Silence*> order;
  for (const Silence& row : rows) order.push_back(&row);
  std::stable_sort(order.begin(), order.end(), [](const Silence* a, const Silence* b) {
    const bool a_invests = a->verdict == Verdict::still_investing;
    const bool b_invests = b->verdict == Verdict::still_investing;
    if (a_invests != b_invests) return b_invests;
    return a->p_zero.value_or(2) < b->p_zero.value_or(2);
  });
  for (const Silence* row : order)
    table.rows.push_back({id_text(data, row->investor), data.name(row->investor), count_cell(row->deals_before),
                          count_cell(row->deals_in_period), count_cell(row->sector_before),
                          count_cell(row->sector_in_period), optional_number(row->expected),
                          optional_number(row->p_zero), optional_number(row->q), date_cell(row->last_deal),
                          optional_count(row->months), text_cell(name_of(row->state)), count_cell(row->outside_deals),
                          text_cell(name_of(row->verdict))});
  table.caption = fmt::format("Who stopped investing in {} from {} to {}", question.sector,
                              format_day(question.period.from), format_day(question.period.to));
  if (!rows.empty())
    table.caption += fmt::format(": the sector had {} rounds in the history and {} in the period",
                                 rows[0].sector_before, rows[0].sector_in_period);
  table.notes.push_back(
      "p_zero: chance of no deal had the investor kept its share of the sector's rounds; q: the same "
      "adjusted for everybody listed");
  return table;
}

Table registry_table(const Deals& deals, std::span<const RegistryEvent> events) {
  const Dataset& data = *deals.data;
  Table table;
  table.name = "registry";
  table.columns = {{"company"},
                   {"date"},
                   {"holder"},
                   {"event"},
                   {"counterpart"},
                   {"capital"},
                   {"grade", Shown::details},
                   detail("unbalanced"),
                   detail("basis"),
                   detail("label"),
                   detail("source")};
  for (const RegistryEvent& event : events) {
    std::string name(name_of(event.event));
    table.rows.push_back({data.name(event.company), date_cell(event.date),
                          event.holder ? text_cell(data.name(*event.holder)) : Cell{}, std::move(name),
                          text_or_nothing(event.counterpart), text_or_nothing(event.capital), text_cell(event.grade),
                          event.unbalanced ? Cell{*event.unbalanced} : Cell{}, text_or_nothing(name_of(event.basis)),
                          text_or_nothing(name_of(event.label)), text_cell(data.place(event.source))});
  }
  table.caption = fmt::format("{} changes of shareholders and capital as events", events.size());
  table.notes.push_back("capital is registered capital, never a price");
  return table;
}

}  // namespace coinvest
