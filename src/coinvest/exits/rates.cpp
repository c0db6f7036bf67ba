// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/rates.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "coinvest/base/statistics.hpp"

namespace coinvest {
namespace {

bool is_success(const ExitEvent& event) {
  return kind_of(event.code).liquidity == Liquidity::yes;
}

void divide(ExitRate& rate) {
  if (rate.entered == 0) return;
  rate.rate = static_cast<double>(rate.exited) / static_cast<double>(rate.entered);
  if (rate.exited > rate.entered) return;
  const Proportion wilson = wilson_95(rate.exited, rate.entered);
  rate.rate_low = wilson.low;
  rate.rate_high = wilson.high;
}

/// One per company: the earliest entry, with an IPO or sale if any of its investors saw one.
std::vector<Position> each_company_once(const std::vector<Position>& all) {
  std::vector<Position> companies;
  for (const Position& position : all) {
    if (companies.empty() || companies.back().holding.company != position.holding.company) {
      companies.push_back(position);
      continue;
    }
    Position& first = companies.back();
    const auto when = [](const Position& p) { return std::pair(p.holding.entered.low, p.holding.entered.high); };
    if (when(position) < when(first)) first.holding = position.holding;
    if (first.liquidity == nullptr || (before_entry(first.liquidity) && position.liquidity != nullptr))
      first.liquidity = position.liquidity;
  }
  return companies;
}

}  // namespace

std::vector<ExitRate> exit_rates(const Deals& deals, std::span<const ExitEvent> events, const RateQuestion& question) {
  const std::optional<Day> as_of = as_of_day(deals);
  std::vector<Position> all = positions(deals, events);
  if (question.mature_years)
    std::erase_if(all, [&](const Position& position) {
      const DateInterval& entered = position.holding.entered;
      return !entered.known() || !as_of || entered.high > plus_years(*as_of, -*question.mature_years);
    });
  if (question.of == RateOf::liquidity && question.by != PositionsBy::investor) all = each_company_once(all);

  std::map<Group, ExitRate> rates;
  for (const Position& position : all) {
    Group group = group_of(deals, position.holding, question.by);
    ExitRate& rate = rates[group];
    rate.group = std::move(group);
    rate.as_of = as_of;
    ++rate.entered;
    const ExitEvent* exit = question.of == RateOf::liquidity ? position.liquidity : position.exit;
    if (exit == nullptr) continue;
    ++rate.exited;
    if (before_entry(exit)) ++rate.exited_before_entry;
    if (is_success(*exit)) ++rate.succeeded;
  }
  std::vector<ExitRate> result;
  result.reserve(rates.size());
  for (auto& [group, rate] : rates) {
    divide(rate);
    result.push_back(std::move(rate));
  }
  return result;
}

ExitRate overall_exit_rate(const Deals& deals, std::span<const ExitEvent> events, RateQuestion question) {
  question.by = PositionsBy::all;
  const std::vector<ExitRate> rates = exit_rates(deals, events, question);
  ExitRate none;
  none.as_of = as_of_day(deals);
  return rates.empty() ? none : rates.front();
}

LaggedRates lagged_rates(const Deals& deals, std::span<const ExitEvent> events, int lag) {
  LaggedRates result;
  const std::optional<Day> as_of = as_of_day(deals);
  std::map<int, ExitRate> years;
  std::map<int, std::uint64_t> exits;
  for (const Position& position : positions(deals, events)) {
    if (const auto entered = year_of(position.holding.entered))
      ++years[*entered].entered;
    else
      ++result.without_year_entered;
    if (position.exit == nullptr) continue;
    if (before_entry(position.exit))
      ++result.exited_before_entry;
    else if (const auto left = year_of(position.exit->date))
      ++exits[*left];
    else
      ++result.without_year_exited;
  }
  result.total.as_of = as_of;
  if (years.empty() || !as_of) return result;
  const int first = years.begin()->first;
  const int last = std::min(years.rbegin()->first, *year_of(DateInterval::of(*as_of)) - lag);
  for (int year = first; year <= last; ++year) {
    ExitRate rate = years[year];
    rate.group.name = std::to_string(year);
    rate.as_of = as_of;
    rate.exited = exits[year + lag];
    result.total.entered += rate.entered;
    result.total.exited += rate.exited;
    divide(rate);
    result.years.push_back(std::move(rate));
  }
  divide(result.total);
  result.total.group.name = std::to_string(first) + ".." + std::to_string(last);
  return result;
}

std::vector<ExitChannel> exit_channels(const Deals& deals, std::span<const ExitEvent> events, PositionsBy by) {
  std::map<Group, std::map<ExitCode, std::uint64_t>> counts;
  for (const Position& position : positions(deals, events))
    if (position.exit != nullptr) ++counts[group_of(deals, position.holding, by)][position.exit->code];
  std::vector<ExitChannel> channels;
  for (const auto& [group, codes] : counts) {
    std::uint64_t all = 0;
    for (const auto& [code, exits] : codes) all += exits;
    for (const auto& [code, exits] : codes) {
      const Proportion wilson = wilson_95(exits, all);
      channels.push_back({group, code, exits, all, wilson.share, wilson.low, wilson.high});
    }
  }
  return channels;
}

}  // namespace coinvest
