// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

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
  context.start("clustering", graph.vertices());
  for_vertices_in_blocks(graph.vertices(), context, [&](std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> shared(graph.vertices(), 0), partners;
    for (std::uint32_t v = first; v < last && !context.stopped(); ++v) {
      partners.clear();
      for (const std::uint32_t neighbour : graph.neighbours_of(v)) {
        for (const std::uint32_t partner : graph.neighbours_of(neighbour))
          if (partner != v && shared[partner]++ == 0) partners.push_back(partner);
      }
      double sum = 0;
      for (const std::uint32_t partner : partners) {
        sum += overlap(params.overlap, shared[partner], static_cast<double>(graph.degree(v)),
                       static_cast<double>(graph.degree(partner)));
        shared[partner] = 0;
      }
      if (!partners.empty()) column.values[v] = sum / static_cast<double>(partners.size());
    }
    context.advance(last - first);
  });
  if (context.stopped()) return cancelled();
  explain_undefined(column, Why::no_partners);
  return column;
}

}  // namespace coinvest
