// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/holding.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace coinvest {
namespace {

using Pair = std::pair<CompanyId, InvestorId>;

Pair pair_of(const Holding& holding) {
  return {holding.company, holding.investor};
}

}  // namespace

std::vector<Holding> holdings(const Deals& deals) {
  std::vector<Holding> all;
  all.reserve(deals.investors.size());
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position))
      all.push_back({deals.company(position), investor, deals.date(position), position});
  // Unknown dates begin at the last day there is: the first row of a pair is its first dated one.
  const auto order = [](const Holding& h) { return std::tuple(pair_of(h), h.entered.low, h.entered.high, h.round); };
  std::sort(all.begin(), all.end(), [&](const Holding& a, const Holding& b) { return order(a) < order(b); });

  std::size_t kept = 0;
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (kept == 0 || pair_of(all[kept - 1]) != pair_of(all[row])) {
      all[kept++] = all[row];
    } else if (all[row].entered.known()) {
      DateInterval& entered = all[kept - 1].entered;
      entered.high = std::min(entered.high, all[row].entered.high);
    }
  }
  all.resize(kept);
  return all;
}

std::span<const Holding> holders_of(std::span<const Holding> all, CompanyId company) {
  const auto begin =
      std::partition_point(all.begin(), all.end(), [&](const Holding& h) { return h.company < company; });
  const auto end = std::partition_point(begin, all.end(), [&](const Holding& h) { return h.company == company; });
  return {begin, end};
}

const Holding* find_holding(std::span<const Holding> all, CompanyId company, InvestorId investor) {
  const Pair wanted{company, investor};
  const auto found =
      std::partition_point(all.begin(), all.end(), [&](const Holding& h) { return pair_of(h) < wanted; });
  return found != all.end() && pair_of(*found) == wanted ? &*found : nullptr;
}

std::optional<Day> as_of_day(const Deals& deals) {
  return deals.selection.as_of ? deals.selection.as_of : last_day(deals);
}

}  // namespace coinvest
