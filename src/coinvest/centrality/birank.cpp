// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"

namespace coinvest {

Result<Column> birank(const GraphView& graph, const MeasureParams& params, const Context& context) {
  const double damping = params.damping;
  if (!(damping >= 0 && damping < 1))
    return fail(ErrorKind::usage, fmt::format("damping {} is not accepted: it lies in [0, 1)", damping));
  Column column;
  column.variant = fmt::format("weighted, alpha = beta = {}, uniform query; normalised: share of the side", damping);

  std::vector<double> root = strength(graph, params, context)->values;
  for (double& value : root) value = std::sqrt(value);
  // Ranks over the root of the strength: what a vertex passes on per unit of weight.
  const std::uint32_t n = graph.investors, all = graph.vertices();
  std::vector<double> rank(all), passed(all, 0.0);
  const auto set = [&](std::uint32_t v, double value) {
    rank[v] = value;
    passed[v] = root[v] > 0 ? value / root[v] : 0;
  };
  for (std::uint32_t v = 0; v < all; ++v) set(v, 1.0 / (v < n ? n : graph.companies));
  // One side from the other: companies from investors, then investors from companies. Returns the change (L1).
  const auto update = [&](std::uint32_t begin, std::uint32_t end) {
    double change = 0;
    for (std::uint32_t v = begin; v < end; ++v) {
      const auto row = graph.neighbours_of(v);
      const auto weights = graph.weights_of(v);
      double received = 0;
      for (std::size_t i = 0; i < row.size(); ++i) received += weights[i] * passed[row[i]];
      if (root[v] > 0) received /= root[v];
      const double value = damping * received + (1 - damping) / (end - begin);
      change += std::abs(value - rank[v]);
      set(v, value);
    }
    return change;
  };
  double change = 1;
  for (std::uint32_t step = 0; change > params.tolerance && step < params.max_steps; ++step) {
    if (context.stopped()) return cancelled();
    change = update(n, all);
    change += update(0, n);
  }
  if (change > params.tolerance)
    return fail(ErrorKind::numeric,
                fmt::format("birank did not settle to {} in {} steps", params.tolerance, params.max_steps));

  Maxima sums;
  for (std::uint32_t v = 0; v < all; ++v) (v < n ? sums.investor : sums.company) += rank[v];
  column.values = std::move(rank);
  normalise(column, graph, sums);
  return column;
}

}  // namespace coinvest
