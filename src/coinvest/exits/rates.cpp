// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/rates.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "coinvest/base/statistics.hpp"

namespace coinvest {
namespace {

bool is_liquidity(const ExitEvent& event) {
  return kind_of(event.code).liquidity == Liquidity::yes;
}

void divide(ExitRate& rate) {
  if (rate.entered == 0) return;
  const Proportion wilson = wilson_95(rate.exited, rate.entered);
  rate.rate = wilson.share;
  rate.rate_low = wilson.low;
  rate.rate_high = wilson.high;
}

}  // namespace

std::vector<ExitRate> exit_rates(const Deals& deals, std::span<const ExitEvent> events) {
  const std::optional<Day> as_of = as_of_day(deals);
  std::map<InvestorId, ExitRate> rates;
  for (const Holding& holding : holdings(deals)) {
    ExitRate& rate = rates[holding.investor];
    rate.investor = holding.investor;
    rate.as_of = as_of;
    ++rate.entered;
  }
  // Events are ascending by company and investor: those of one pair stand together.
  for (std::size_t first = 0, next = 0; first < events.size(); first = next) {
    std::uint64_t all = 0, early = 0;
    for (; next < events.size() && events[next].company == events[first].company &&
           events[next].investor == events[first].investor;
         ++next) {
      if (!is_liquidity(events[next]) || events[next].anomaly == ExitAnomaly::never_entered) continue;
      ++all;
      if (events[next].anomaly == ExitAnomaly::exit_before_entry) ++early;
    }
    if (!events[first].investor || all == 0) continue;
    ExitRate& rate = rates.at(*events[first].investor);
    ++rate.exited;
    if (all == early) ++rate.exited_before_entry;
  }
  std::vector<ExitRate> result;
  result.reserve(rates.size());
  for (auto& [investor, rate] : rates) {
    divide(rate);
    result.push_back(rate);
  }
  return result;
}

ExitRate company_exit_rate(const Deals& deals, std::span<const ExitEvent> events) {
  ExitRate rate;
  rate.as_of = as_of_day(deals);
  std::optional<CompanyId> last_entered, last_exited;
  const std::vector<Holding> held = holdings(deals);
  for (const Holding& holding : held)
    if (std::exchange(last_entered, holding.company) != holding.company) ++rate.entered;
  for (const ExitEvent& event : events) {
    if (event.investor || !is_liquidity(event) || holders_of(held, event.company).empty()) continue;
    if (std::exchange(last_exited, event.company) != event.company) ++rate.exited;
  }
  divide(rate);
  return rate;
}

}  // namespace coinvest
