// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "coinvest/centrality/measures.hpp"

namespace coinvest {

Result<Column> strength(const GraphView& graph, const MeasureParams&, const Context&) {
  Column column;
  column.variant = "sum of edge weights";
  column.values.reserve(graph.vertices());
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto weights = graph.weights_of(v);
    column.values.push_back(std::accumulate(weights.begin(), weights.end(), 0.0));
  }
  return column;
}

}  // namespace coinvest
