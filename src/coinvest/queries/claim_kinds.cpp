// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "coinvest/queries/claim_inquiry.hpp"
#include "coinvest/queries/sums.hpp"

namespace coinvest {
namespace {

/// What `measure` finds in the rounds that count. It only grows with more rounds, so that imprecise dates leave it
/// between what the rounds surely inside the window give and what those that touch it give.
template <typename Measured>
Result<ClaimAnswer> growing(const Dataset& data, const Claim& claim, const Measured& measure) {
  const auto inquiry = inquire(data, claim);
  if (!inquiry) return tl::unexpected(inquiry.error());
  Result<ClaimAnswer> least = measure(*inquiry, inquiry->choose(PartialDate::strict));
  if (!least) return least;
  Result<ClaimAnswer> most = measure(*inquiry, inquiry->choose(PartialDate::overlap));
  if (!most) return most;
  Result<ClaimAnswer> answer = measure(*inquiry, inquiry->choose(claim.selection.partial_date));
  if (answer) answer->range = {least->range.low, most->range.high};
  return answer;
}

ClaimAnswer counted(std::size_t count, std::vector<ClaimRow> rows) {
  ClaimAnswer answer;
  const auto number = static_cast<std::int64_t>(count);
  answer.value = number;
  answer.range = {number, number};
  answer.rows = std::move(rows);
  return answer;
}

Result<ClaimAnswer> rounds_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry&, const Chosen& chosen) -> Result<ClaimAnswer> {
    return counted(chosen.rounds.size(), rows_of(chosen));
  });
}

std::map<CompanyId, std::vector<std::size_t>> by_company(const Chosen& chosen) {
  std::map<CompanyId, std::vector<std::size_t>> companies;
  for (std::size_t i = 0; i < chosen.rounds.size(); ++i) companies[chosen.deals.company(chosen.rounds[i])].push_back(i);
  return companies;
}

Result<ClaimAnswer> companies_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry& inquiry, const Chosen& chosen) -> Result<ClaimAnswer> {
    std::size_t count = 0;
    std::vector<ClaimRow> rows;
    for (const auto& [company, rounds] : by_company(chosen)) {
      if (rounds.size() < inquiry.claim->least_rounds) continue;
      ++count;
      for (const std::size_t i : rounds) rows.push_back(row_of(chosen, i));
    }
    return counted(count, std::move(rows));
  });
}

/// Every participation in the chosen rounds, by investor.
std::map<InvestorId, std::vector<ClaimRow>> participants(const Chosen& chosen) {
  std::map<InvestorId, std::vector<ClaimRow>> all;
  const Deals& deals = chosen.deals;
  for (const std::size_t round : chosen.rounds)
    for (std::size_t at = deals.offsets[round]; at < deals.offsets[round + 1]; ++at)
      all[deals.investors[at]].push_back(participation_row(deals, round, at));
  return all;
}

std::vector<ClaimRow> joined(std::map<InvestorId, std::vector<ClaimRow>> of_investors) {
  std::vector<ClaimRow> rows;
  for (auto& of_one : of_investors) std::ranges::move(of_one.second, std::back_inserter(rows));
  return rows;
}

Result<ClaimAnswer> investors_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry&, const Chosen& chosen) -> Result<ClaimAnswer> {
    auto all = participants(chosen);
    const std::size_t count = all.size();
    return counted(count, joined(std::move(all)));
  });
}

/// Sum of the i-th chosen rounds, in one currency. What says nothing, or in another currency, may be any amount.
Result<ClaimAnswer> sum_of(const Chosen& chosen, const std::vector<std::size_t>& rounds, Currency currency,
                           const Claim& claim) {
  Sum sum;
  for (const std::size_t i : rounds) sum.add(chosen.deals.amount(chosen.rounds[i]), currency);
  const auto total = sum.total("claim " + claim.id);
  if (!total) return fail(total.error().kind, total.error().message, claim.where);
  const bool all_known = total->undisclosed == 0 && total->other_currency == 0;
  ClaimAnswer answer;
  answer.currency = currency;
  answer.exact = total->exact;
  answer.value = total->low;
  answer.range = {total->low, all_known ? total->high.value_or(NumberRange::most) : NumberRange::most};
  answer.undisclosed = total->undisclosed;
  answer.other_currency = total->other_currency;
  return answer;
}

/// The claim's own currency, else that of most disclosed rounds, of equals the first by name.
Currency currency_of(const Inquiry& inquiry) {
  if (inquiry.claim->currency.known()) return inquiry.claim->currency;
  const Chosen chosen = inquiry.choose(PartialDate::overlap);
  std::vector<Amount> amounts;
  for (const std::size_t round : chosen.rounds) amounts.push_back(chosen.deals.amount(round));
  return most_frequent_currency(amounts);
}

Result<ClaimAnswer> sum_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry& inquiry, const Chosen& chosen) -> Result<ClaimAnswer> {
    std::vector<std::size_t> all(chosen.rounds.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    auto answer = sum_of(chosen, all, currency_of(inquiry), *inquiry.claim);
    if (answer) answer->rows = rows_of(chosen);
    return answer;
  });
}

Result<ClaimAnswer> companies_raising_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry& inquiry, const Chosen& chosen) -> Result<ClaimAnswer> {
    ClaimAnswer answer = counted(0, {});
    answer.currency = currency_of(inquiry);
    for (const auto& [company, rounds] : by_company(chosen)) {
      auto sum = sum_of(chosen, rounds, answer.currency, *inquiry.claim);
      if (!sum) return sum;
      answer.undisclosed += sum->undisclosed;
      answer.other_currency += sum->other_currency;
      if (sum->range.high >= inquiry.claim->threshold) ++answer.range.high;
      if (sum->range.low < inquiry.claim->threshold) continue;
      ++answer.range.low;
      for (const std::size_t i : rounds) answer.rows.push_back(row_of(chosen, i));
    }
    answer.value = answer.range.low;
    return answer;
  });
}

/// Indices of the chosen rounds that have a date.
std::vector<std::size_t> dated(const Chosen& chosen) {
  std::vector<std::size_t> rounds;
  for (std::size_t i = 0; i < chosen.rounds.size(); ++i)
    if (chosen.deals.date(chosen.rounds[i]).known()) rounds.push_back(i);
  return rounds;
}

std::int64_t number_of(Day day) {
  return day.time_since_epoch().count();
}

/// When the n-th of some dated rounds was, whatever the order of imprecise ones; `n` from 0.
DateInterval nth_date(const Chosen& chosen, const std::vector<std::size_t>& rounds, std::size_t n) {
  std::vector<Day> lows, highs;
  for (const std::size_t i : rounds) {
    lows.push_back(chosen.deals.date(chosen.rounds[i]).low);
    highs.push_back(chosen.deals.date(chosen.rounds[i]).high);
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  return {lows.at(n), highs.at(n)};
}

/// A date or a time: the middle day stands for an imprecise one, and the rows are those that may be meant.
ClaimAnswer timed(const Chosen& chosen, const std::vector<std::size_t>& rounds, const DateInterval& when,
                  const DateInterval& since) {
  ClaimAnswer answer;
  answer.range = {number_of(when.low) - number_of(since.high), number_of(when.high) - number_of(since.low)};
  answer.value = number_of(middle(when)) - number_of(middle(since));
  for (const std::size_t i : rounds) {
    const DateInterval date = chosen.deals.date(chosen.rounds[i]);
    if (date.low <= when.high && date.high >= when.low) answer.rows.push_back(row_of(chosen, i));
  }
  return answer;
}

constexpr DateInterval epoch = DateInterval::of(Day{});

enum class Which : std::uint8_t { first, last };

/// The date of one of the rounds, `place` from the first or the last one. Rounds that may lie outside the window may be
/// missing, and those that may lie inside may be there: the first is the earlier the more there are, the last the
/// later.
Result<ClaimAnswer> date_of_round(const Inquiry& inquiry, Which which, std::size_t place, const DateInterval& since) {
  const auto when = [&](PartialDate rule) -> std::optional<DateInterval> {
    const Chosen chosen = inquiry.choose(rule);
    const std::vector<std::size_t> rounds = dated(chosen);
    if (rounds.size() <= place) return {};
    return nth_date(chosen, rounds, which == Which::first ? place : rounds.size() - 1 - place);
  };
  const Selection& selection = inquiry.claim->selection;
  const Chosen chosen = inquiry.choose(selection.partial_date);
  const auto meant = when(selection.partial_date);
  ClaimAnswer answer;
  answer.why = place == 0 ? "no dated round" : "fewer dated rounds";
  if (!meant) return answer;
  answer = timed(chosen, dated(chosen), *meant, since);

  const auto surely = when(PartialDate::strict), perhaps = when(PartialDate::overlap);
  const auto& earliest = which == Which::first ? perhaps : surely;
  const auto& latest = which == Which::first ? surely : perhaps;
  answer.range = {};
  if (earliest) answer.range.low = number_of(std::max(earliest->low, selection.from.value_or(Day::min())));
  if (latest) answer.range.high = number_of(std::min(latest->high, selection.to.value_or(Day::max())));
  if (earliest) answer.range.low -= number_of(since.high);
  if (latest) answer.range.high -= number_of(since.low);
  return answer;
}

template <Which which>
Result<ClaimAnswer> deal_kind(const Dataset& data, const Claim& claim) {
  const auto inquiry = inquire(data, claim);
  if (!inquiry) return tl::unexpected(inquiry.error());
  return date_of_round(*inquiry, which, 0, epoch);
}

Result<ClaimAnswer> time_to_round_kind(const Dataset& data, const Claim& claim) {
  const auto inquiry = inquire(data, claim);
  if (!inquiry) return tl::unexpected(inquiry.error());
  const DateInterval since = claim.since.known() ? claim.since : data.companies.founded[index(*inquiry->company)];
  if (since.known()) return date_of_round(*inquiry, Which::first, claim.nth - 1, since);
  ClaimAnswer answer;
  answer.why = "the founding has no date";
  return answer;
}

/// The most rounds of one company in any `days` days.
ClaimAnswer densest(const Chosen& chosen, std::int64_t days, PartialDate rule) {
  std::vector<std::size_t> best;
  for (const auto& [company, of_company] : by_company(chosen)) {
    std::vector<DateInterval> dates;
    for (const std::size_t i : of_company) dates.push_back(chosen.deals.date(chosen.rounds[i]));
    for (const DateInterval& date : dates) {
      if (!date.known()) continue;
      for (const Day from : {date.low, date.high, middle(date)}) {  // one of these begins a densest window
        std::vector<std::size_t> inside;
        for (std::size_t k = 0; k < dates.size(); ++k)
          if (lies_in(dates[k], from, from + std::chrono::days{days - 1}, rule)) inside.push_back(of_company[k]);
        if (inside.size() > best.size()) best = inside;
      }
    }
  }
  std::vector<ClaimRow> rows;
  for (const std::size_t i : best) rows.push_back(row_of(chosen, i));
  return counted(best.size(), std::move(rows));
}

Result<ClaimAnswer> rounds_in_days_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry& inquiry, const Chosen& chosen) -> Result<ClaimAnswer> {
    return densest(chosen, inquiry.claim->days, chosen.deals.selection.partial_date);
  });
}

/// Two periods compared by their participants; what adds to one of them takes from the answer what the other adds.
template <typename Measured>
Result<ClaimAnswer> compared(const Dataset& data, const Claim& claim, const Measured& measure) {
  const auto inquiry = inquire(data, claim);
  if (!inquiry) return tl::unexpected(inquiry.error());
  const auto with = [&](PartialDate rule_before, PartialDate rule) {
    return measure(participants(inquiry->choose(rule_before, claim.before)), participants(inquiry->choose(rule)));
  };
  ClaimAnswer answer = with(claim.selection.partial_date, claim.selection.partial_date);
  const std::int64_t one = *with(PartialDate::strict, PartialDate::overlap).value;
  const std::int64_t other = *with(PartialDate::overlap, PartialDate::strict).value;
  answer.range = {std::min(one, other), std::max(one, other)};
  return answer;
}

using Participants = std::map<InvestorId, std::vector<ClaimRow>>;

Result<ClaimAnswer> investor_change_kind(const Dataset& data, const Claim& claim) {
  return compared(data, claim, [](Participants before, Participants now) {
    ClaimAnswer answer;
    answer.value = static_cast<std::int64_t>(now.size()) - static_cast<std::int64_t>(before.size());
    answer.rows = joined(std::move(before));
    for (ClaimRow& row : joined(std::move(now))) answer.rows.push_back(std::move(row));
    return answer;
  });
}

Result<ClaimAnswer> investors_gone_kind(const Dataset& data, const Claim& claim) {
  return compared(data, claim, [](Participants before, const Participants& now) {
    std::erase_if(before, [&](const auto& entry) { return now.contains(entry.first); });
    const std::size_t count = before.size();
    return counted(count, joined(std::move(before)));
  });
}

Result<ClaimAnswer> registry_kind(const Dataset& data, const Claim& claim) {
  return growing(data, claim, [](const Inquiry& inquiry, const Chosen& chosen) -> Result<ClaimAnswer> {
    const std::vector<RegistryCode>& changes = inquiry.claim->changes;
    const RollupMap rollup(*inquiry.data, chosen.deals.rollup);
    std::vector<ClaimRow> rows;
    for (const RegistryEvent& event : registry_events(chosen.deals)) {
      if (inquiry.company && event.company != *inquiry.company) continue;
      if (inquiry.investor && event.holder != rollup.of(*inquiry.investor, event.date)) continue;
      if (!changes.empty() && std::find(changes.begin(), changes.end(), event.event) == changes.end()) continue;
      std::string what(name_of(event.event));
      if (!event.capital.empty()) what += " (capital " + event.capital + ")";
      rows.push_back({event.source, event.date, event.company, event.holder, std::move(what), {}});
    }
    const std::size_t count = rows.size();
    return counted(count, std::move(rows));
  });
}

constexpr std::array<ClaimKind, 12> kinds{{
    {"rounds", "number of rounds", ClaimUnit::count, "", "", rounds_kind},
    {"sum", "money of the rounds, in one currency", ClaimUnit::money, "", "currency", sum_kind},
    {"companies", "companies with at least one round, or as many as min_rounds says", ClaimUnit::count, "",
     "min_rounds", companies_kind},
    {"companies_raising", "companies whose rounds add up to the threshold", ClaimUnit::count, "threshold", "currency",
     companies_raising_kind},
    {"investors", "distinct investors", ClaimUnit::count, "", "", investors_kind},
    {"investor_change", "distinct investors minus those of the period before", ClaimUnit::count, "before", "",
     investor_change_kind},
    {"investors_gone", "investors of the period before that made no deal in this one", ClaimUnit::count, "before", "",
     investors_gone_kind},
    {"first_deal", "date of the first round", ClaimUnit::date, "", "", deal_kind<Which::first>},
    {"last_deal", "date of the last round", ClaimUnit::date, "", "", deal_kind<Which::last>},
    {"time_to_round", "days from the founding, or from since, to the n-th round of a company", ClaimUnit::days,
     "company", "nth,since", time_to_round_kind},
    {"rounds_in_days", "the most rounds of one company in any so many days", ClaimUnit::count, "days", "",
     rounds_in_days_kind},
    {"registry", "changes of shareholders and capital", ClaimUnit::count, "", "change", registry_kind},
}};

}  // namespace

std::span<const ClaimKind> claim_kinds() {
  return kinds;
}

}  // namespace coinvest
