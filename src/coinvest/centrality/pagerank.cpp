// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/solve.hpp"

namespace coinvest {

Result<Column> pagerank(const GraphView& graph, const MeasureParams& params, const Context& context) {
  Column column;
  column.variant = fmt::format("weighted, damping {}, dangling mass spread uniformly", params.damping);
  const std::uint32_t n = graph.vertices();
  if (context.stopped()) return cancelled();

  // What every vertex has from teleports. Isolates have nothing else, so what they send back is known beforehand.
  std::uint32_t isolates = 0;
  for (std::uint32_t v = 0; v < n; ++v) isolates += graph.degree(v) == 0 ? 1U : 0U;
  const double base = (1 - params.damping) / (n - params.damping * isolates);
  // Ranks over the roots of the strengths solve a symmetric system.
  std::vector<double> root = strength(graph, params, context)->values, query(n, 0.0);
  for (std::uint32_t v = 0; v < n; ++v) {
    root[v] = std::sqrt(root[v]);
    if (root[v] > 0) query[v] = base / root[v];
  }
  auto ranks = damped_ranks(graph, query, "pagerank", params, context);
  if (!ranks) return tl::unexpected(ranks.error());
  for (std::uint32_t v = 0; v < n; ++v) (*ranks)[v] = root[v] > 0 ? (*ranks)[v] * root[v] : base;
  const double total = std::accumulate(ranks->begin(), ranks->end(), 0.0);  // one, but for rounding
  for (double& value : *ranks) value /= total;
  column.values = std::move(*ranks);
  return column;
}

}  // namespace coinvest
