// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Two investors that invest together.
struct Tie {
  InvestorId a{}, b{};                 ///< a < b
  std::uint32_t shared_rounds = 0;     ///< selected rounds with both, whatever made the tie
  std::uint32_t shared_companies = 0;  ///< companies with both, in the same round or not
  DateInterval first, last;            ///< of the shared rounds; unknown if none is dated
  double weight = 0;                   ///< as in the co-investment graph
};

/// The edges of a co-investment graph, ascending by a, then b. Of several imprecise dates the first lies between their
/// earliest low and earliest high end, the last between their latest ends. Both counts are over all selected rounds,
/// also those that `max_syndicate` kept from making ties. Fails: cancelled.
/// O(Σ over ties of the rounds of both ends).
Result<std::vector<Tie>> ties(const Deals& deals, const Coinvestment& graph, const Context& context);

}  // namespace coinvest
