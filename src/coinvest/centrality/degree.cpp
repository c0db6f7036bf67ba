// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"

namespace coinvest {

Result<Column> degree_centrality(const GraphView& graph, const MeasureParams&, const Context&) {
  Column column;
  column.variant = "unweighted; normalised by the number of possible neighbours";
  column.values.reserve(graph.vertices());
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) column.values.push_back(static_cast<double>(graph.degree(v)));
  if (graph.kind == GraphKind::bipartite) {
    normalise(column, graph,
              {.investor = static_cast<double>(graph.companies), .company = static_cast<double>(graph.investors)});
  } else {
    normalise(column, graph, {.investor = static_cast<double>(graph.investors) - 1, .company = 0});
  }
  return column;
}

}  // namespace coinvest
