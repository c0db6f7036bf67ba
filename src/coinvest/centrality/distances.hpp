// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/view.hpp"

namespace coinvest {

/// What is added up over all other vertices that are within reach.
enum class DistanceSum : std::uint8_t {
  distances,  ///< numbers of steps: exact integers
  inverses,   ///< 1/steps
};

/// The sum of every vertex. Exact: breadth-first searches from 512 sources at once, O(VE/512) word operations; memory
/// O(V+E) per thread and 64 sums per vertex. `what`: a literal, for progress. Fails: cancelled.
/// Source: Then et al. 2014, doi:10.14778/2735496.2735507.
Result<std::vector<double>> sum_over_distances(const GraphView& graph, DistanceSum sum, const char* what,
                                               const Context& context);

}  // namespace coinvest
