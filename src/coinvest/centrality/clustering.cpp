// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <numeric>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"

namespace coinvest {
namespace {

/// How much two sets of `a` and `b` neighbours overlap that have `shared` in common.
double overlap(PairOverlap rule, double shared, double a, double b) {
  switch (rule) {
    case PairOverlap::min:
      return shared / std::min(a, b);
    case PairOverlap::max:
      return shared / std::max(a, b);
    case PairOverlap::dot:
      break;
  }
  return shared / (a + b - shared);
}

}  // namespace

Result<Column> clustering(const GraphView& graph, const MeasureParams& params, const Context& context) {
  Column column;
  column.variant = params.overlap == PairOverlap::min   ? "Latapy min"
                   : params.overlap == PairOverlap::max ? "Latapy max"
                                                        : "Latapy dot";
  column.values.assign(graph.vertices(), std::numeric_limits<double>::quiet_NaN());
  // Two investors close a path of three edges for every pair of companies that they share: seen from both of them.
  std::vector<double> pairs_shared(graph.investors, 0.0);
  context.start("clustering", graph.vertices());
  for_vertices_in_blocks(graph, context, [&](std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> shared(graph.vertices(), 0), partners;
    for (std::uint32_t v = first; v < last && !context.stopped(); ++v) {
      partners.clear();
      for (const std::uint32_t neighbour : graph.neighbours_of(v)) {
        for (const std::uint32_t partner : graph.neighbours_of(neighbour))
          if (partner != v && shared[partner]++ == 0) partners.push_back(partner);
      }
      double sum = 0, pairs = 0;
      for (const std::uint32_t partner : partners) {
        sum += overlap(params.overlap, shared[partner], static_cast<double>(graph.degree(v)),
                       static_cast<double>(graph.degree(partner)));
        pairs += shared[partner] * (shared[partner] - 1.0) / 2;
        shared[partner] = 0;
      }
      if (v < graph.investors) pairs_shared[v] = pairs;
      if (!partners.empty()) column.values[v] = sum / static_cast<double>(partners.size());
    }
    context.advance(last - first);
  });
  if (context.stopped()) return cancelled();
  const double cycles = std::accumulate(pairs_shared.begin(), pairs_shared.end(), 0.0) / 2;
  double paths = 0;
  for (std::uint32_t i = 0; i < graph.investors; ++i)
    for (const std::uint32_t c : graph.neighbours_of(i))
      paths += static_cast<double>((graph.degree(i) - 1) * (graph.degree(c) - 1));
  if (paths > 0) column.whole = 4 * cycles / paths;
  explain_undefined(column, Why::no_partners);
  return column;
}

}  // namespace coinvest
