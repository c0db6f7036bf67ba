// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "coinvest/centrality/brandes.hpp"
#include "coinvest/graph/view.hpp"

namespace coinvest {

/// Brandes' algorithm where an edge is 1/weight long. Lengths that agree to a relative 1e-12 are equal: sums of the
/// same lengths in another order are.
class WeightedBrandes {
 public:
  explicit WeightedBrandes(const GraphView& graph);

  /// Adds the dependencies of all paths from each source to `sums`; to `squares`, unless it is empty, the squares of
  /// these. O((V+E) log V) for a source.
  BrandesOutcome add(std::span<const std::uint32_t> sources, std::span<double> sums, std::span<double> squares,
                     const Context& context);

 private:
  bool search(std::uint32_t source, const Context& context);

  const GraphView& graph_;
  std::vector<double> distance_, paths_, dependency_;  ///< by vertex
  std::vector<std::uint8_t> settled_;
  /// Lengths count in units of the longest edge, so that their sums stay finite.
  double least_weight_ = std::numeric_limits<double>::infinity();
  std::vector<std::vector<std::uint32_t>> before_;  ///< predecessors on shortest paths
  std::vector<std::uint32_t> order_;                ///< vertices within reach, nearest first
};

}  // namespace coinvest
