// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "coinvest/centrality/leading.hpp"
#include "coinvest/centrality/measures.hpp"

namespace coinvest {

Result<Column> eigenvector(const GraphView& graph, const MeasureParams& params, const Context& context) {
  auto leading = leading_vector(graph, params, context);
  if (!leading) return tl::unexpected(leading.error());
  Column column;
  column.variant = graph.kind == GraphKind::bipartite ? "leading singular vectors, each side of unit length"
                                                      : "weighted, of unit length";
  column.values = std::move(leading->vector);
  column.why = std::move(leading->why);
  const std::uint32_t n = graph.vertices();
  const auto largest_of = [&](std::uint32_t begin, std::uint32_t end) {
    double best = 0;
    for (std::uint32_t v = begin; v < end; ++v) best = std::fmax(best, column.values[v]);
    return best;
  };
  double investor = largest_of(0, graph.investors), company = largest_of(graph.investors, n);
  if (params.vector_maximum == VectorMaximum::possible) {
    investor = graph.kind == GraphKind::bipartite ? 1 : std::sqrt(0.5);
    company = 1;
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    const double side = v < graph.investors ? investor : company;
    column.normalised.push_back(side > 0 ? column.values[v] / side : column.values[v]);
  }
  return column;
}

}  // namespace coinvest
