// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/holding.hpp"

#include <algorithm>
#include <utility>

#include "coinvest/exits/events.hpp"

namespace coinvest {
namespace {

using Pair = std::pair<CompanyId, InvestorId>;

Pair pair_of(const Holding& holding) {
  return {holding.company, holding.investor};
}

std::int64_t quantile(const std::vector<std::int64_t>& sorted, std::size_t quarters) {
  return sorted[sorted.size() * quarters / 4];
}

/// A position's length and whether it ended then or was only seen so far.
struct Spell {
  std::int64_t days;
  bool ended;
};

std::optional<std::int64_t> kaplan_meier_median(std::vector<Spell> spells) {
  std::sort(spells.begin(), spells.end(), [](const Spell& a, const Spell& b) { return a.days < b.days; });
  double surviving = 1;
  for (std::size_t first = 0; first < spells.size();) {
    std::size_t next = first, ended = 0;
    while (next < spells.size() && spells[next].days == spells[first].days)
      if (spells[next++].ended) ++ended;
    surviving *= 1 - static_cast<double>(ended) / static_cast<double>(spells.size() - first);
    if (surviving <= 0.5) return spells[first].days;
    first = next;
  }
  return {};
}

}  // namespace

std::vector<Holding> holdings(const Deals& deals) {
  std::vector<Holding> all;
  all.reserve(deals.investors.size());
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position))
      all.push_back({deals.company(position), investor, deals.date(position)});
  std::sort(all.begin(), all.end(), [](const Holding& a, const Holding& b) { return pair_of(a) < pair_of(b); });

  std::size_t kept = 0;
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (kept == 0 || pair_of(all[kept - 1]) != pair_of(all[row])) {
      all[kept++] = all[row];
    } else if (all[row].entered.known()) {
      DateInterval& entered = all[kept - 1].entered;
      entered = entered.known() ? DateInterval{std::min(entered.low, all[row].entered.low),
                                               std::min(entered.high, all[row].entered.high)}
                                : all[row].entered;
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

HoldingSummary holding_summary(const Deals& deals, std::span<const ExitEvent> events,
                               std::optional<InvestorId> investor) {
  HoldingSummary summary;
  summary.as_of = as_of_day(deals);
  std::vector<Pair> left;  // pairs with any exit that counts, ascending as events are
  std::vector<std::int64_t> realised;
  std::vector<Spell> spells;
  for (const ExitEvent& event : events) {
    if (!event.investor || (investor && event.investor != investor)) continue;
    if (event.counts_as_exit) left.emplace_back(event.company, *event.investor);
    if (!event.decisive || !event.holding) continue;
    realised.push_back((event.holding->low + event.holding->high) / 2);
    spells.push_back({realised.back(), true});
  }
  for (const Holding& holding : holdings(deals)) {
    if (investor && holding.investor != *investor) continue;
    if (!holding.entered.known() || !summary.as_of || std::binary_search(left.begin(), left.end(), pair_of(holding)))
      continue;
    spells.push_back({std::max<std::int64_t>(0, (*summary.as_of - middle(holding.entered)).count()), false});
  }
  summary.realised = realised.size();
  summary.censored = spells.size() - realised.size();
  if (!realised.empty()) {
    std::sort(realised.begin(), realised.end());
    summary.lower_quartile = quantile(realised, 1);
    summary.median = quantile(realised, 2);
    summary.upper_quartile = quantile(realised, 3);
  }
  summary.kaplan_meier_median = kaplan_meier_median(std::move(spells));
  return summary;
}

}  // namespace coinvest
