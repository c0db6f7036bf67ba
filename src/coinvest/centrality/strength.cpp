// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <numeric>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"

namespace coinvest {

Result<Column> strength(const GraphView& graph, const MeasureParams&, const Context&) {
  Column column;
  column.variant = "sum of edge weights";
  column.values.reserve(graph.vertices());
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto weights = graph.weights_of(v);
    // Everybody in the bipartite graph has deals: without an edge, none of them has a known weight.
    column.values.push_back(graph.kind == GraphKind::bipartite && weights.empty()
                                ? std::numeric_limits<double>::quiet_NaN()
                                : std::accumulate(weights.begin(), weights.end(), 0.0));
  }
  explain_undefined(column, Why::no_known_weight);
  return column;
}

}  // namespace coinvest
