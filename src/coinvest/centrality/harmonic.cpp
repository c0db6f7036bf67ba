// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/distances.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"

namespace coinvest {

Result<Column> harmonic(const GraphView& graph, const MeasureParams&, const Context& context) {
  auto sums = sum_over_distances(graph, DistanceSum::inverses, "harmonic", context);
  if (!sums) return tl::unexpected(sums.error());
  Column column;
  column.variant = "unweighted, 0 for vertices out of reach";
  column.values = std::move(*sums);
  const double n = graph.investors, m = graph.companies;
  if (graph.kind == GraphKind::bipartite) {
    normalise(column, graph, {.investor = m + (n - 1) / 2, .company = n + (m - 1) / 2});
  } else {
    normalise(column, graph, {.investor = n - 1, .company = 0});
  }
  return column;
}

}  // namespace coinvest
