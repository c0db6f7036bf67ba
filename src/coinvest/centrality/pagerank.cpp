// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "coinvest/centrality/measures.hpp"

namespace coinvest {

Result<Column> pagerank(const GraphView& graph, const MeasureParams& params, const Context& context) {
  const double damping = params.damping;
  if (!(damping >= 0 && damping < 1)) {
    return fail(ErrorKind::usage, fmt::format("damping {} is not accepted: it lies in [0, 1)", damping));
  }
  Column column;
  column.variant = fmt::format("weighted, damping {}, dangling mass spread uniformly", damping);
  const std::uint32_t n = graph.vertices();
  if (n == 0) return column;

  const Column strengths = *strength(graph, params, context);
  std::vector<double> rank(n, 1.0 / n), next(n), sent(n);
  for (std::uint32_t step = 0; step < params.max_steps; ++step) {
    if (context.stopped()) return cancelled();
    double dangling = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      const bool has_ties = graph.degree(v) > 0;
      sent[v] = has_ties ? rank[v] / strengths.values[v] : 0;
      if (!has_ties) dangling += rank[v];
    }
    const double base = (1 - damping + damping * dangling) / n;
    double change = 0, total = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      const auto row = graph.neighbours_of(v);
      const auto weights = graph.weights_of(v);
      double received = 0;
      for (std::size_t i = 0; i < row.size(); ++i) received += weights[i] * sent[row[i]];
      next[v] = base + damping * received;
      change += std::abs(next[v] - rank[v]);
      total += next[v];
    }
    // The mass is conserved but for rounding, which would add up over the steps.
    for (double& value : next) value /= total;
    rank.swap(next);
    if (change <= params.tolerance) {
      column.values = std::move(rank);
      return column;
    }
  }
  return fail(ErrorKind::numeric,
              fmt::format("pagerank did not settle to {} in {} steps", params.tolerance, params.max_steps));
}

}  // namespace coinvest
