// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/leaving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

Cell low_cell(const DateInterval& date) {
  return date.known() ? day_cell(date.low) : Cell{};
}
Cell high_cell(const DateInterval& date) {
  return date.known() ? day_cell(date.high) : Cell{};
}

Table events_view(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion&) {
  const Dataset& data = *deals.data;
  using Row = ExitEvent;
  Table table;
  table.name = "exits";
  fill<Row>(
      table, events,
      {{{"company"}, [&](const Row& e) { return text_cell(data.name(e.company)); }},
       {{"investor"}, [&](const Row& e) { return e.investor ? text_cell(data.name(*e.investor)) : Cell{}; }},
       {{"code"}, [](const Row& e) { return text_cell(name_of(e.code)); }},
       {{"grade"}, [](const Row& e) { return text_cell(name_of(e.grade)); }},
       {{"date_low"}, [](const Row& e) { return low_cell(e.date); }},
       {detail("date_high"), [](const Row& e) { return high_cell(e.date); }},
       {{"entered"}, [](const Row& e) { return date_cell(e.entered); }},
       {{"holding_days_low"}, [](const Row& e) { return e.holding ? count_cell(e.holding->low) : Cell{}; }},
       {detail("holding_days_high"), [](const Row& e) { return e.holding ? count_cell(e.holding->high) : Cell{}; }},
       {{"anomaly"}, [](const Row& e) { return text_or_nothing(name_of(e.anomaly)); }},
       {detail("source"), [&](const Row& e) { return text_cell(data.place(e.source)); }},
       {detail("also"), [&](const Row& e) { return e.also ? text_cell(data.place(*e.also)) : Cell{}; }},
       {detail("counts"), [](const Row& e) { return Cell{e.decisive}; }},
       {detail("counterpart"), [](const Row& e) { return text_or_nothing(e.counterpart); }},
       {detail("candidate"), [](const Row& e) { return e.candidate ? text_cell(name_of(*e.candidate)) : Cell{}; }}});
  const auto that_count =
      std::count_if(events.begin(), events.end(), [](const Row& e) { return e.decisive && e.investor; });
  table.caption = fmt::format("{} of companies and investors, {} of them exits of investors that count{}",
                              counted(events.size(), "event", "events"),
                              grouped(static_cast<std::uint64_t>(that_count)), as_of_text(as_of_day(deals)));
  table.notes.push_back(
      "a row without investor is the company's own event; grade E1: liquidity for all its holders, which is not yet "
      "anybody's leaving");
  return table;
}

Table investors_view(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion&) {
  const Dataset& data = *deals.data;
  struct Counts {
    std::uint64_t exits = 0, listed = 0, acquired = 0, left = 0, written_off = 0;
  };
  std::vector<Counts> counts(data.investors.size());
  for (const ExitEvent& event : events) {
    if (!event.investor || !event.decisive) continue;
    Counts& of = counts[index(*event.investor)];
    ++of.exits;
    ++(event.code == ExitCode::writeoff                  ? of.written_off
       : event.code == ExitCode::ipo                     ? of.listed
       : kind_of(event.code).liquidity == Liquidity::yes ? of.acquired
                                                         : of.left);
  }
  const auto count_of = [&](const Dormancy& row) -> const Counts& { return counts[index(row.investor)]; };

  std::vector<Dormancy> rows = dormancy(deals);
  std::stable_sort(rows.begin(), rows.end(), [&](const Dormancy& a, const Dormancy& b) {
    return std::tuple(count_of(b).exits, b.deals) < std::tuple(count_of(a).exits, a.deals);
  });
  using Row = Dormancy;
  Table table;
  table.name = "exits-by-investor";
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.investor)); }},
             {{"deals"}, [](const Row& r) { return count_cell(r.deals); }},
             {{"exits"}, [&](const Row& r) { return count_cell(count_of(r).exits); }},
             {{"listed"}, [&](const Row& r) { return count_cell(count_of(r).listed); }},
             {{"acquired"}, [&](const Row& r) { return count_cell(count_of(r).acquired); }},
             {{"left"}, [&](const Row& r) { return count_cell(count_of(r).left); }},
             {detail("written_off"), [&](const Row& r) { return count_cell(count_of(r).written_off); }},
             {{"last_deal"}, [](const Row& r) { return date_cell(r.last_deal); }},
             {{"months"}, [](const Row& r) { return optional_cell(r.months); }},
             {{"state"}, [](const Row& r) { return text_cell(name_of(r.state)); }}});
  std::uint64_t exits = 0;
  for (const Counts& of : counts) exits += of.exits;
  table.caption = fmt::format("Exits that count, each company once, and full months since the last deal{}: {} from {}",
                              as_of_text(as_of_day(deals)), counted(exits, "exit", "exits"),
                              counted(holdings(deals).size(), "position", "positions"));
  table.notes.push_back("a long silence is not an exit");
  return table;
}

constexpr std::array<ExitView, 5> all_views{{
    {"events", "every event, with its evidence and source row", "exit-pick", events_view},
    {"investors", "exits per investor, and how long ago the last deal was", "exit-pick", investors_view},
    {"rates", "exits over entries, with denominators and intervals", "rate", rates_table},
    {"holding", "how long positions were held", "by write-offs exit-pick", holding_table},
    {"survival", "share of positions still held after so many days; also as SVG", "by write-offs exit-pick",
     survival_table},
}};

}  // namespace

std::span<const ExitView> exit_views() {
  return all_views;
}

const ExitView* find_exit_view(std::string_view name) {
  const auto row = std::find_if(all_views.begin(), all_views.end(), [&](const ExitView& v) { return v.name == name; });
  return row == all_views.end() ? nullptr : &*row;
}

namespace {

/// What is judged up to `last` reaches into the days whose deals may be unreported.
void note_lag(Table& table, const Deals& deals, const DormancyRules& rules, Day last) {
  const std::optional<Day> as_of = as_of_day(deals);
  if (rules.report_lag_days == 0 || !as_of) return;
  const Day complete = *as_of - std::chrono::days{rules.report_lag_days};
  if (last <= complete) return;
  table.notes.push_back(fmt::format("deals after {} may still be unreported ({} days before the as-of day)",
                                    format_day(complete), rules.report_lag_days));
}

}  // namespace

Table silence_table(const Deals& deals, const SilenceQuestion& question, std::span<const Silence> unordered) {
  const Dataset& data = *deals.data;
  std::vector<Silence> rows(unordered.begin(), unordered.end());
  std::stable_sort(rows.begin(), rows.end(), [](const Silence& a, const Silence& b) {
    const auto key = [](const Silence& row) {
      return std::pair(row.verdict == Verdict::still_investing, row.p_zero.value_or(2));
    };
    return key(a) < key(b);
  });
  using Row = Silence;
  Table table;
  table.name = "silence";
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.investor)); }},
             {{"deals_before"}, [](const Row& r) { return count_cell(r.deals_before); }},
             {detail("deals_in_period"), [](const Row& r) { return count_cell(r.deals_in_period); }},
             {detail("sector_before"), [](const Row& r) { return count_cell(r.sector_before); }},
             {detail("sector_in_period"), [](const Row& r) { return count_cell(r.sector_in_period); }},
             {{"expected"}, [](const Row& r) { return optional_cell(r.expected); }},
             {{"p_zero"}, [](const Row& r) { return optional_cell(r.p_zero); }},
             {detail("q"), [](const Row& r) { return optional_cell(r.q); }},
             {{"last_deal"}, [](const Row& r) { return date_cell(r.dormancy.last_deal); }},
             {detail("months"), [](const Row& r) { return optional_cell(r.dormancy.months); }},
             {detail("state"), [](const Row& r) { return text_cell(name_of(r.dormancy.state)); }},
             {detail("outside_deals"), [](const Row& r) { return count_cell(r.outside_deals); }},
             {{"verdict"}, [](const Row& r) { return text_cell(name_of(r.verdict)); }},
             {detail("significant_from"), [](const Row& r) { return day_cell(r.significant_from); }},
             {detail("unusual"), [](const Row& r) { return Cell{r.dormancy.unusual}; }}});
  table.caption = fmt::format("Who stopped investing{} from {} to {}", question.sector ? " in " + *question.sector : "",
                              format_day(question.period.from), format_day(question.period.to));
  if (!rows.empty())
    table.caption +=
        fmt::format(": the {} had {} in the history and {} in the period", question.sector ? "sector" : "market",
                    counted(rows[0].sector_before, "round", "rounds"), rows[0].sector_in_period);
  table.notes.push_back(
      "p_zero: chance of no deal had the investor kept its share of the rounds; in the CSV also q, the same adjusted "
      "for "
      "everybody listed, and significant_from, the day from which silence would be evidence (p_zero < 0.05)");
  table.notes.push_back("a verdict speaks of the period alone: many investors come back");
  note_lag(table, deals, question.dormancy, question.period.to);
  return table;
}

Table dormancy_table(const Deals& deals, const DormancyRules& rules) {
  const Dataset& data = *deals.data;
  std::vector<Dormancy> rows = dormancy(deals, rules);
  std::stable_sort(rows.begin(), rows.end(), [](const Dormancy& a, const Dormancy& b) {
    return std::tuple(b.unusual, b.deals) < std::tuple(a.unusual, a.deals);
  });
  std::map<Activity, std::uint64_t> states;
  std::uint64_t unusual = 0;
  for (const Dormancy& row : rows) {
    ++states[row.state];
    if (row.unusual) ++unusual;
  }
  using Row = Dormancy;
  Table table;
  table.name = "dormancy";
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.investor)); }},
             {{"deals"}, [](const Row& r) { return count_cell(r.deals); }},
             {{"last_deal"}, [](const Row& r) { return date_cell(r.last_deal); }},
             {{"months"}, [](const Row& r) { return optional_cell(r.months); }},
             {{"state"}, [](const Row& r) { return text_cell(name_of(r.state)); }},
             {{"median_gap"}, [](const Row& r) { return optional_cell(r.median_gap); }},
             {{"unusual"}, [](const Row& r) { return Cell{r.unusual}; }},
             {detail("as_of"), [](const Row& r) { return day_cell(r.as_of); }}});
  std::string counts;
  table.data.emplace_back("investors", count_cell(rows.size()));
  for (const auto& [state, count] : states) {
    counts += fmt::format(", {} {}", count, name_of(state));
    table.data.emplace_back(std::string(name_of(state)), count_cell(count));
  }
  table.data.emplace_back("unusual", count_cell(unusual));
  const std::optional<Day> as_of = as_of_day(deals);
  table.caption = fmt::format("Full months since the last deal{}: {}{}", as_of_text(as_of),
                              counted(rows.size(), "investor", "investors"), counts);
  table.notes.push_back(
      "unusual: four dated deals or more, and silent for longer than 24 months and three times the median gap between "
      "its deals; a long silence is not an exit");
  if (as_of) note_lag(table, deals, rules, *as_of);
  return table;
}

Table registry_table(const Deals& deals, std::span<const RegistryEvent> events) {
  const Dataset& data = *deals.data;
  using Row = RegistryEvent;
  Table table;
  table.name = "registry";
  table.caption = counted(events.size(), "change", "changes") + " of shareholders and capital as events";
  fill<Row>(table, events,
            {{{"company"}, [&](const Row& e) { return text_cell(data.name(e.company)); }},
             {{"date"}, [](const Row& e) { return date_cell(e.date); }},
             {{"holder"}, [&](const Row& e) { return e.holder ? text_cell(data.name(*e.holder)) : Cell{}; }},
             {{"event"}, [](const Row& e) { return text_cell(name_of(e.event)); }},
             {{"counterpart"}, [](const Row& e) { return text_or_nothing(e.counterpart); }},
             {{"capital"},
              [](const Row& e) { return e.capital_minor ? money_cell(*e.capital_minor) : text_or_nothing(e.capital); }},
             {detail("grade"), [](const Row& e) { return text_cell(e.grade); }},
             {detail("unbalanced"), [](const Row& e) { return e.unbalanced ? Cell{*e.unbalanced} : Cell{}; }},
             {detail("basis"), [](const Row& e) { return text_or_nothing(name_of(e.basis)); }},
             {detail("label"), [](const Row& e) { return text_or_nothing(name_of(e.label)); }},
             {detail("extent"), [](const Row& e) { return text_or_nothing(name_of(e.extent)); }},
             {detail("currency"), [](const Row& e) { return text_or_nothing(e.currency.text()); }},
             {detail("residual"), [](const Row& e) { return e.residual ? money_cell(*e.residual) : Cell{}; }},
             {detail("shareholder"),
              [&](const Row& e) { return e.shareholder ? text_cell(data.name(*e.shareholder)) : Cell{}; }},
             {detail("round"),
              [&](const Row& e) { return e.round ? text_cell(data.text(data.rounds.id[index(*e.round)])) : Cell{}; }},
             {detail("source"), [&](const Row& e) { return text_cell(data.place(e.source)); }}});
  table.notes.push_back("capital is registered capital, never a price");
  const auto unbalanced = std::ranges::count_if(events, [](const Row& e) { return e.unbalanced.value_or(false); });
  if (unbalanced > 0)
    table.notes.push_back(
        counted(static_cast<std::size_t>(unbalanced), "event is of a change", "events are of changes") +
        " whose capital does not add up");
  return table;
}

}  // namespace coinvest
