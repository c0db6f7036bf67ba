// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/silence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "coinvest/base/statistics.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/holding.hpp"

namespace coinvest {
namespace {

constexpr double significant = 0.05;

Activity state_after(int months, const ActivityBands& bands) {
  if (bands.lapsed && months >= *bands.lapsed) return Activity::lapsed;
  return months >= bands.dormant ? Activity::dormant : months >= bands.slowing ? Activity::slowing : Activity::active;
}

/// When one investor's deals were; `dates` may be in any order.
Dormancy judged(InvestorId investor, std::vector<DateInterval> dates, std::optional<Day> as_of,
                const DormancyRules& rules) {
  Dormancy row;
  row.investor = investor;
  row.deals = dates.size();
  row.as_of = as_of;
  std::erase_if(dates, [](const DateInterval& date) { return !date.known(); });
  if (dates.empty() || !as_of) return row;
  std::sort(dates.begin(), dates.end(), [](const DateInterval& a, const DateInterval& b) {
    return std::pair(a.high, a.low) < std::pair(b.high, b.low);
  });
  row.last_deal = dates.back();
  const auto months_on = [&](Day day) { return std::max(0, full_months(row.last_deal.high, day)); };
  row.months = months_on(*as_of);
  row.state = state_after(*row.months, rules.bands);
  if (state_after(months_on(*as_of - std::chrono::days{rules.report_lag_days}), rules.bands) != row.state)
    row.state = Activity::not_judgeable;

  std::vector<int> gaps;
  for (std::size_t i = 1; i < dates.size(); ++i) gaps.push_back(full_months(dates[i - 1].high, dates[i].high));
  if (gaps.empty()) return row;
  row.median_gap = upper_median(std::move(gaps));
  row.unusual = dates.size() >= 4 && *row.months > std::max(24, 3 * *row.median_gap);
  return row;
}

/// Dormancy on the rounds for which `inside` holds.
template <typename Inside>
std::vector<Dormancy> dormancy_of(const Deals& deals, const DormancyRules& rules, const Inside& inside) {
  std::map<InvestorId, std::vector<DateInterval>> dates;
  if (rules.counted == DealsCounted::new_companies) {
    for (const Holding& holding : holdings(deals))
      if (inside(holding.round)) dates[holding.investor].push_back(holding.entered);
  } else {
    for (std::size_t position = 0; position < deals.size(); ++position)
      if (inside(position))
        for (const InvestorId investor : deals.participants(position)) dates[investor].push_back(deals.date(position));
  }
  const std::optional<Day> as_of = as_of_day(deals);
  std::vector<Dormancy> rows;
  rows.reserve(dates.size());
  for (auto& [investor, of] : dates) rows.push_back(judged(investor, std::move(of), as_of, rules));
  return rows;
}

/// Per round: is it of the sector? All are of no sector.
std::vector<std::uint8_t> rounds_of(const Deals& deals, const std::optional<std::string>& sector) {
  std::vector<std::uint8_t> inside(deals.size(), 1);
  if (!sector) return inside;
  const std::string key = match_key(*sector);
  std::map<std::string_view, bool> is_sector;  // few distinct texts, many rounds
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const auto [answer, is_new] = is_sector.try_emplace(deals.sector(position));
    if (is_new) answer->second = match_key(answer->first) == key;
    inside[position] = answer->second;
  }
  return inside;
}

tl::unexpected<Error> unknown_sector(const Deals& deals, std::string_view wanted) {
  constexpr std::size_t most_named = 10;
  std::map<std::string_view, std::uint64_t> rounds;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (!deals.sector(position).empty()) ++rounds[deals.sector(position)];
  if (rounds.empty())
    return fail(ErrorKind::usage, "no selected round has a sector; without one, the whole market is asked");
  std::vector<std::pair<std::string_view, std::uint64_t>> order(rounds.begin(), rounds.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string_view> names;
  std::string list;
  for (const auto& [name, count] : order) {
    names.push_back(name);
    if (names.size() <= most_named) list += (list.empty() ? "" : ", ") + visible(name);
  }
  if (names.size() > most_named) list += " and " + std::to_string(names.size() - most_named) + " more";
  return fail(ErrorKind::usage, "no selected round belongs to the sector '" + visible(wanted) + "'" +
                                    did_you_mean(wanted, names, ".") + " Sectors by rounds: " + list);
}

double days_of(const DayRange& range) {
  return static_cast<double>((range.to - range.from).count() + 1);
}

Verdict verdict_of(const Silence& row, const DayRange& seen, const DayRange& history) {
  if (row.deals_in_period > 0) return Verdict::still_investing;
  if (row.p_zero && *row.p_zero < significant)
    return row.outside_deals > 0 ? Verdict::left_sector : Verdict::left_market;
  if (seen.to < seen.from) return Verdict::too_few_deals;
  const double rate_before = static_cast<double>(row.sector_before) / days_of(history);
  const double rate_in_period = static_cast<double>(row.sector_in_period) / days_of(seen);
  return rate_in_period < rate_before / 2 ? Verdict::sector_froze : Verdict::too_few_deals;
}

std::optional<Day> significant_from(const Silence& row, const DayRange& period) {
  constexpr double farthest = 36'525;  // days: a century
  if (period.to < period.from || row.deals_in_period > 0 || row.expected.value_or(0) <= 0) return {};
  // exp(-expected · n / days) < 0.05 holds first after n = floor(wait) + 1 days; the n-th is n - 1 after the first.
  const double wait = -std::log(significant) / *row.expected * days_of(period);
  if (wait > farthest) return {};
  return period.from + std::chrono::days{static_cast<int>(wait)};
}

}  // namespace

std::string_view name_of(Activity state) {
  constexpr std::array<std::string_view, 6> names{"active", "slowing",     "dormant",
                                                  "lapsed", "never_dated", "not_judgeable"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 5> names{"still investing", "sector froze", "too few deals to tell",
                                                  "left the sector", "left the market"};
  return names[static_cast<std::size_t>(verdict)];
}

std::vector<Dormancy> dormancy(const Deals& deals, const DormancyRules& rules) {
  return dormancy_of(deals, rules, [](std::size_t) { return true; });
}

Result<std::vector<Silence>> silence(const Deals& deals, const SilenceQuestion& question) {
  const DayRange& period = question.period;
  const DayRange history =
      question.history.value_or(DayRange{plus_years(period.from, -2), period.from - std::chrono::days{1}});
  for (const DayRange& range : {period, history})
    if (range.to < range.from)
      return fail(ErrorKind::usage, "a range of days must not end before it begins: " + format_day(range.from) + ".." +
                                        format_day(range.to));
  if (history.to >= period.from)
    return fail(ErrorKind::usage, "the history must end before the period begins on " + format_day(period.from));

  DayRange seen = period;  // days that nobody could know yet are no days without deals
  for (const auto& bound : {deals.selection.as_of, deals.selection.known_by})
    if (bound) seen.to = std::min(seen.to, *bound);

  const std::vector<std::uint8_t> is_inside = rounds_of(deals, question.sector);
  if (question.sector && std::find(is_inside.begin(), is_inside.end(), 1) == is_inside.end())
    return unknown_sector(deals, *question.sector);

  std::map<InvestorId, Silence> rows;
  std::uint64_t sector_before = 0, sector_in_period = 0;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const DateInterval date = deals.date(position);
    const PartialDate rule = deals.selection.partial_date;
    const bool inside = is_inside[position] != 0;
    const bool before = inside && lies_in(date, history.from, history.to, rule);
    // Under `overlap` one round may touch both: it stands in each.
    const bool in_period = lies_in(date, period.from, period.to, rule);
    if (before) ++sector_before;
    if (inside && in_period) ++sector_in_period;
    if (!before && !in_period) continue;
    for (const InvestorId investor : deals.participants(position)) {
      Silence& row = rows[investor];
      if (before) ++row.deals_before;
      if (in_period) ++(inside ? row.deals_in_period : row.outside_deals);
    }
  }

  const std::vector<Dormancy> last =
      dormancy_of(deals, question.dormancy, [&](std::size_t position) { return is_inside[position] != 0; });
  std::vector<Silence> listed;
  std::vector<double> p;
  for (auto& [investor, row] : rows) {
    const bool enough =
        question.listed == Listed::with_history ? row.deals_before >= 2 : row.deals_before + row.deals_in_period >= 1;
    if (!enough) continue;
    row.investor = investor;
    row.sector_before = sector_before;
    row.sector_in_period = sector_in_period;
    if (sector_before > 0) {
      row.expected = static_cast<double>(row.deals_before) / static_cast<double>(sector_before) *
                     static_cast<double>(sector_in_period);
      row.p_zero = std::exp(-*row.expected);
      p.push_back(*row.p_zero);
    }
    row.significant_from = significant_from(row, seen);
    const auto own = std::lower_bound(last.begin(), last.end(), investor,
                                      [](const Dormancy& d, InvestorId wanted) { return d.investor < wanted; });
    // Counted as new companies alone, an investor may have no deal left in the sector.
    if (own != last.end() && own->investor == investor) row.dormancy = *own;
    row.verdict = verdict_of(row, seen, history);
    listed.push_back(row);
  }
  const std::vector<double> q = benjamini_hochberg(p, p.size());  // all have a p-value, or none has
  for (std::size_t row = 0; row < q.size(); ++row) listed[row].q = q[row];
  return listed;
}

}  // namespace coinvest
