// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/lead_ties.hpp"

#include <algorithm>

namespace coinvest {

LeadTies build_lead_ties(const Deals& deals, std::span<const InvestorId> investors, std::uint32_t max_syndicate) {
  struct Arc {
    std::uint32_t leader, follower;
    auto operator<=>(const Arc&) const = default;
  };
  std::vector<Arc> arcs;  // one per round
  bool any_lead = false;
  const auto vertex_of = [&](InvestorId investor) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(investors, investor) - investors.begin());
  };
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const auto participants = deals.participants(round);
    const auto leads = std::span(deals.leads).subspan(deals.offsets[round], participants.size());
    if (max_syndicate != 0 && participants.size() > max_syndicate) continue;
    for (std::size_t i = 0; i < participants.size(); ++i) {
      if (leads[i] != Lead::yes) continue;
      any_lead = true;
      for (std::size_t j = 0; j < participants.size(); ++j)
        if (leads[j] != Lead::yes) arcs.push_back({vertex_of(participants[i]), vertex_of(participants[j])});
    }
  }
  LeadTies ties;
  if (!any_lead) return ties;
  std::ranges::sort(arcs);
  ties.offsets.assign(investors.size() + 1, 0);
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    if (i > 0 && arcs[i] == arcs[i - 1]) {
      ++ties.weights.back();
      continue;
    }
    ties.followers.push_back(arcs[i].follower);
    ties.weights.push_back(1);
    ++ties.offsets[arcs[i].leader + std::size_t{1}];
  }
  for (std::size_t v = 1; v < ties.offsets.size(); ++v) ties.offsets[v] += ties.offsets[v - 1];
  return ties;
}

}  // namespace coinvest
