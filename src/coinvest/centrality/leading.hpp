// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coinvest/centrality/measure.hpp"

namespace coinvest {

/// The largest eigenvalue of a graph, and its vector.
struct Leading {
  double eigenvalue = 0;       ///< of A; on the bipartite graph of BBᵀ, the square of that of A; 0 without edges
  std::vector<double> vector;  ///< ≥ 0; of length 1, on the bipartite graph on each side; NaN where not unique
  std::vector<Why> why;        ///< of every vertex
};

/// Power iteration on one component after the other, skipping those whose eigenvalues are bounded below the best one.
/// O(steps · E). Fails (numeric) when max_steps do not reach the tolerance, or cancelled.
Result<Leading> leading_vector(const GraphView& graph, const MeasureParams& params, const Context& context);

}  // namespace coinvest
