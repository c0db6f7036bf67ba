// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/claims.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// A claim with its answer today and, where a day of knowledge was given, on that day.
struct Answered {
  const Claim* claim;  ///< always one
  ClaimAnswer today;
  std::optional<Day> known_by;
  std::optional<ClaimAnswer> then;
};

Result<std::vector<Answered>> answer_all(const Dataset& data, const ClaimsFile& file) {
  std::vector<Answered> all;
  for (const Claim& claim : file.claims) {
    const auto today = answer_of(data, claim, {});
    if (!today) return tl::unexpected(today.error());
    for (const Day day : file.known_by) {
      const auto then = answer_of(data, claim, day);
      if (!then) return tl::unexpected(then.error());
      all.push_back({&claim, *today, day, *then});
    }
    if (file.known_by.empty()) all.push_back({&claim, *today, {}, {}});
  }
  return all;
}

/// Verdicts counted, today and on each day of knowledge.
std::string caption_of(const Dataset& data, const std::vector<Answered>& rows) {
  using Counts = std::array<std::size_t, 3>;
  const auto words = [](const Counts& counts) {
    return fmt::format("holds {}, fails {}, cannot be told {}", counts[0], counts[1], counts[2]);
  };
  Counts today{};
  std::map<Day, Counts> then;
  const Claim* last = nullptr;
  for (const Answered& row : rows) {
    if (row.claim != last) ++today.at(static_cast<std::size_t>(verdict_of(*row.claim, row.today)));
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): no row is without a claim
    if (row.then) ++then[*row.known_by].at(static_cast<std::size_t>(verdict_of(*row.claim, *row.then)));
    last = row.claim;
  }
  std::string text = fmt::format("Claims against {}; as known today: {}",
                                 counted(data.rounds.size(), "round", "rounds"), words(today));
  for (const auto& [day, counts] : then) text += fmt::format("; as known on {}: {}", format_day(day), words(counts));
  return text;
}

/// The number of an answer as a cell, dates as text; undefined if unbounded.
Cell claim_cell(ClaimUnit unit, std::int64_t number) {
  if (number == NumberRange::least || number == NumberRange::most) return {};
  switch (unit) {
    case ClaimUnit::money:
      return money_cell(number);
    case ClaimUnit::date:
      return format_day(Day{std::chrono::days{number}});
    case ClaimUnit::count:
    case ClaimUnit::days:
      break;
  }
  return number;
}

Cell value_cell(const Claim& claim, const ClaimAnswer& answer) {
  return answer.value ? claim_cell(claim.kind->unit, *answer.value) : Cell{};
}

Cell money_count(const Claim& claim, const ClaimAnswer& answer, std::uint64_t count) {
  const bool adds_money = claim.kind->unit == ClaimUnit::money || claim.threshold != 0;
  return adds_money && answer.value ? count_cell(count) : Cell{};
}

Cell sources_cell(const Dataset& data, const ClaimAnswer& answer) {
  std::vector<std::string> places;
  for (const ClaimRow& row : answer.rows) places.push_back(data.place(row.source));
  return text_or_nothing(fmt::format("{}", fmt::join(places, "; ")));
}

}  // namespace

std::string_view name_of(ClaimVerdict verdict) {
  constexpr std::array<std::string_view, 3> names{"holds", "fails", "cannot be told"};
  return names.at(static_cast<std::size_t>(verdict));
}

ClaimVerdict verdict_of(const Claim& claim, const ClaimAnswer& answer) {
  if (!answer.value) return ClaimVerdict::cannot_be_told;
  const auto& [low, high] = answer.range;
  if (low >= claim.expected.low && high <= claim.expected.high) return ClaimVerdict::holds;
  if (high < claim.expected.low || low > claim.expected.high) return ClaimVerdict::fails;
  return ClaimVerdict::cannot_be_told;
}

Result<ClaimAnswer> answer_of(const Dataset& data, const Claim& claim, std::optional<Day> known_by) {
  Claim then = claim;
  then.selection.known_by = known_by;
  return claim.kind->answer(data, then);
}

Result<Table> claims_table(const Dataset& data, const ClaimsFile& file) {
  const auto rows = answer_all(data, file);
  if (!rows) return tl::unexpected(rows.error());
  using Row = Answered;
  // A column of the answer then: undefined where no day of knowledge was given.
  const auto then = [](auto cell) {
    return [cell](const Row& r) { return r.then ? cell(*r.claim, *r.then) : Cell{}; };
  };
  const auto today = [](auto cell) { return [cell](const Row& r) { return cell(*r.claim, r.today); }; };
  const auto verdict = [](const Claim& c, const ClaimAnswer& a) { return text_cell(name_of(verdict_of(c, a))); };
  const auto low = [](const Claim& c, const ClaimAnswer& a) {
    return a.value ? claim_cell(c.kind->unit, a.range.low) : Cell{};
  };
  const auto high = [](const Claim& c, const ClaimAnswer& a) {
    return a.value ? claim_cell(c.kind->unit, a.range.high) : Cell{};
  };
  const auto count = [](const Claim&, const ClaimAnswer& a) { return count_cell(a.rows.size()); };
  const auto exact = [](const Claim& c, const ClaimAnswer& a) {
    return c.kind->unit == ClaimUnit::money ? money_cell(a.exact) : Cell{};
  };
  const auto undisclosed = [](const Claim& c, const ClaimAnswer& a) { return money_count(c, a, a.undisclosed); };
  const auto other_currency = [](const Claim& c, const ClaimAnswer& a) { return money_count(c, a, a.other_currency); };
  const auto sources = [&](const Claim&, const ClaimAnswer& a) { return sources_cell(data, a); };
  const auto why = [](const Claim&, const ClaimAnswer& a) { return text_or_nothing(a.value ? "" : a.why); };

  Table table;
  table.name = "claims";
  table.caption = caption_of(data, *rows);
  fill<Row>(table, *rows,
            {{{"claim"}, [](const Row& r) { return text_cell(r.claim->id); }},
             {{"statement"}, [](const Row& r) { return text_cell(r.claim->statement); }},
             {{"value"}, today(value_cell)},
             {{"rows"}, today(count)},
             {{"verdict"}, today(verdict)},
             {{"verdict_known_by"}, then(verdict)},
             {{"known_by"}, [](const Row& r) { return day_cell(r.known_by); }},
             {{"value_known_by"}, then(value_cell)},
             {detail("rows_known_by"), then(count)},
             {{"expectation"}, [](const Row& r) { return text_cell(r.claim->expectation); }},
             {detail("kind"), [](const Row& r) { return text_cell(r.claim->kind->name); }},
             {detail("value_low"), today(low)},
             {detail("value_high"), today(high)},
             {detail("exact"), today(exact)},
             {detail("undisclosed"), today(undisclosed)},
             {detail("other_currency"), today(other_currency)},
             {detail("why"), today(why)},
             {detail("value_low_known_by"), then(low)},
             {detail("value_high_known_by"), then(high)},
             {detail("exact_known_by"), then(exact)},
             {detail("undisclosed_known_by"), then(undisclosed)},
             {detail("other_currency_known_by"), then(other_currency)},
             {detail("why_known_by"), then(why)},
             {detail("currency"), [](const Row& r) { return text_or_nothing(r.today.currency.text()); }},
             {detail("note"), [](const Row& r) { return text_or_nothing(r.claim->note); }},
             {detail("cited"), [](const Row& r) { return text_or_nothing(r.claim->source); }},
             {detail("sources"), today(sources)},
             {detail("sources_known_by"), then(sources)}});
  if (!rows->empty())
    table.notes.push_back(
        "money is the least that the amounts say; a verdict cannot be told where imprecise dates or amounts, or "
        "amounts "
        "that nobody disclosed, could turn it");
  return table;
}

Result<Table> claim_rows_table(const Dataset& data, const ClaimsFile& file) {
  struct Row {
    const Claim* claim;
    std::optional<Day> known_by;
    ClaimRow row;
  };
  std::vector<Row> rows;
  std::vector<std::optional<Day>> days{{}};
  days.insert(days.end(), file.known_by.begin(), file.known_by.end());
  for (const Claim& claim : file.claims)
    for (const std::optional<Day>& day : days) {
      auto answer = answer_of(data, claim, day);
      if (!answer) return tl::unexpected(answer.error());
      for (ClaimRow& row : answer->rows) rows.push_back({&claim, day, std::move(row)});
    }
  const auto amount = [](const Row& r, std::int64_t Amount::*end) {
    const bool known = r.row.amount && r.row.amount->disclosed() && (*r.row.amount).*end != Amount::unbounded;
    return known ? money_cell((*r.row.amount).*end) : Cell{};
  };
  Table table;
  table.name = "claim-rows";
  table.caption = "The rows that answers rest on; amounts are those of whole rounds";
  fill<Row>(
      table, rows,
      {{{"claim"}, [](const Row& r) { return text_cell(r.claim->id); }},
       {{"known_by"}, [](const Row& r) { return r.known_by ? day_cell(r.known_by) : text_cell("today"); }},
       {{"source"}, [&](const Row& r) { return text_cell(data.place(r.row.source)); }},
       {{"date"}, [](const Row& r) { return date_cell(r.row.date); }},
       {{"company"}, [&](const Row& r) { return text_cell(data.name(r.row.company)); }},
       {{"what"}, [](const Row& r) { return text_or_nothing(r.row.what); }},
       {{"amount_low"}, [&](const Row& r) { return amount(r, &Amount::low); }},
       {{"investor"}, [&](const Row& r) { return r.row.investor ? text_cell(data.name(*r.row.investor)) : Cell{}; }},
       {detail("amount_high"), [&](const Row& r) { return amount(r, &Amount::high); }},
       {detail("currency"),
        [](const Row& r) { return r.row.amount ? text_or_nothing(r.row.amount->currency.text()) : Cell{}; }}});
  return table;
}

}  // namespace coinvest
