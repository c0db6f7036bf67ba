// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/leaving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "coinvest/exits/rates.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

Cell low_cell(const DateInterval& date) {
  return date.known() ? day_cell(date.low) : Cell{};
}
Cell high_cell(const DateInterval& date) {
  return date.known() ? day_cell(date.high) : Cell{};
}

std::string as_of_text(const std::optional<Day>& day) {
  return day ? ", as of " + format_day(*day) : std::string();
}

Table events_view(const Deals& deals, std::span<const ExitEvent> events) {
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
  const auto counted = std::count_if(events.begin(), events.end(), [](const Row& e) { return e.decisive; });
  table.caption = fmt::format("{} events of companies and investors, {} of them exits that count{}", events.size(),
                              counted, as_of_text(as_of_day(deals)));
  table.notes.push_back(
      "a row without investor is the company's own event; grade E1: liquidity for all its holders, which is not yet "
      "anybody's leaving");
  return table;
}

Table investors_view(const Deals& deals, std::span<const ExitEvent> events) {
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
  table.caption = fmt::format("Exits that count, each company once, and full months since the last deal{}",
                              as_of_text(as_of_day(deals)));
  table.notes.push_back("a long silence is not an exit");
  return table;
}

Table rates_view(const Deals& deals, std::span<const ExitEvent> events) {
  const Dataset& data = *deals.data;
  std::vector<ExitRate> rates = exit_rates(deals, events);
  std::stable_sort(rates.begin(), rates.end(), [](const ExitRate& a, const ExitRate& b) {
    return std::tuple(b.exited, b.rate) < std::tuple(a.exited, a.rate);
  });
  using Row = ExitRate;
  Table table;
  table.name = "exit-rates";
  fill<Row>(table, rates,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, *r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(*r.investor)); }},
             {{"entered"}, [](const Row& r) { return count_cell(r.entered); }},
             {{"exited"}, [](const Row& r) { return count_cell(r.exited); }},
             {{"rate"}, [](const Row& r) { return optional_cell(r.rate); }},
             {{"rate_low"}, [](const Row& r) { return optional_cell(r.rate_low); }},
             {{"rate_high"}, [](const Row& r) { return optional_cell(r.rate_high); }},
             {detail("as_of"), [](const Row& r) { return day_cell(r.as_of); }},
             {detail("exited_before_entry"), [](const Row& r) { return count_cell(r.exited_before_entry); }}});
  const ExitRate all = company_exit_rate(deals, events);
  table.data = {{"companies_entered", count_cell(all.entered)},
                {"companies_exited", count_cell(all.exited)},
                {"rate", optional_cell(all.rate)},
                {"as_of", day_cell(all.as_of)}};
  table.caption = fmt::format("Share of the companies entered that were listed or sold{}: {} of {} companies{}",
                              as_of_text(all.as_of), all.exited, all.entered,
                              all.rate ? fmt::format(" ({:.2f} %)", 100 * *all.rate) : "");
  table.notes.push_back(
      "rate_low and rate_high: 95 % Wilson interval; each company counts once; a listing is liquidity, realised only "
      "with a later sale");
  return table;
}

Table holding_view(const Deals& deals, std::span<const ExitEvent> events) {
  using Row = HoldingSummary;
  const std::array<Row, 1> rows{holding_summary(deals, events)};
  Table table;
  table.name = "holding";
  table.caption = fmt::format("Days from the first dated participation to the exit{}", as_of_text(rows[0].as_of));
  fill<Row>(table, rows,
            {{{"realised"}, [](const Row& r) { return count_cell(r.realised); }},
             {{"censored"}, [](const Row& r) { return count_cell(r.censored); }},
             {{"lower_quartile"}, [](const Row& r) { return optional_cell(r.lower_quartile); }},
             {{"median"}, [](const Row& r) { return optional_cell(r.median); }},
             {{"upper_quartile"}, [](const Row& r) { return optional_cell(r.upper_quartile); }},
             {{"kaplan_meier_median"}, [](const Row& r) { return optional_cell(r.kaplan_meier_median); }},
             {detail("as_of"), [](const Row& r) { return day_cell(r.as_of); }}});
  table.notes.push_back(
      "quartiles are of positions that ended and therefore too short; the Kaplan-Meier median counts those still held "
      "as well, and is empty while more than half are held");
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
             {{"last_deal"}, [](const Row& r) { return date_cell(r.last_deal); }},
             {detail("months"), [](const Row& r) { return optional_cell(r.months); }},
             {detail("state"), [](const Row& r) { return text_cell(name_of(r.state)); }},
             {detail("outside_deals"), [](const Row& r) { return count_cell(r.outside_deals); }},
             {{"verdict"}, [](const Row& r) { return text_cell(name_of(r.verdict)); }}});
  table.caption = fmt::format("Who stopped investing in {} from {} to {}", question.sector,
                              format_day(question.period.from), format_day(question.period.to));
  if (!rows.empty())
    table.caption += fmt::format(": the sector had {} rounds in the history and {} in the period",
                                 rows[0].sector_before, rows[0].sector_in_period);
  table.notes.push_back(
      "p_zero: chance of no deal had the investor kept its share of the sector's rounds; q in the CSV: the same "
      "adjusted "
      "for everybody listed");
  return table;
}

Table registry_table(const Deals& deals, std::span<const RegistryEvent> events) {
  const Dataset& data = *deals.data;
  using Row = RegistryEvent;
  Table table;
  table.name = "registry";
  table.caption = fmt::format("{} changes of shareholders and capital as events", events.size());
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
    table.notes.push_back(fmt::format("{} events are of changes whose capital does not add up", unbalanced));
  return table;
}

}  // namespace coinvest
