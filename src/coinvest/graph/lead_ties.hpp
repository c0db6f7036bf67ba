// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "coinvest/graph/view.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Who led whom: an arc from every lead of a round to everybody in it who did not lead. Co-leads have no arc between
/// them, and rounds without a known lead none at all. Several rounds make one arc.
struct LeadTies {
  std::vector<std::uint64_t> offsets;    ///< of the leaders' rows, vertices + 1; empty if no round has a known lead
  std::vector<std::uint32_t> followers;  ///< ascending in each row
  std::vector<double> weights;           ///< parallel: in how many rounds

  ArcView view() const { return {offsets, followers, weights}; }
};

/// `investors`: those of the vertices, ascending; all participants are among them. Rounds with more than
/// `max_syndicate` investors make no arcs (0: no bound). O(Σ leads · participants).
LeadTies build_lead_ties(const Deals& deals, std::span<const InvestorId> investors, std::uint32_t max_syndicate);

}  // namespace coinvest
