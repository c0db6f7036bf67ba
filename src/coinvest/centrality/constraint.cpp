// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"

namespace coinvest {

Result<Column> constraint(const GraphView& graph, const MeasureParams& params, const Context& context) {
  const std::vector<double> strengths = strength(graph, params, context)->values;
  Column column;
  column.variant = "weighted, over direct contacts";
  column.values.assign(graph.vertices(), std::numeric_limits<double>::quiet_NaN());
  context.start("constraint", graph.vertices());
  for_vertices_in_blocks(graph, context, [&](std::uint32_t first, std::uint32_t last) {
    std::vector<double> through(graph.vertices(), 0.0);  // sum over q of p_vq p_qj, for the contacts j of one v
    for (std::uint32_t v = first; v < last && !context.stopped(); ++v) {
      const auto contacts = graph.neighbours_of(v);
      const auto weights = graph.weights_of(v);
      for (std::size_t q = 0; q < contacts.size(); ++q) {
        const auto row = graph.neighbours_of(contacts[q]);
        const auto ties = graph.weights_of(contacts[q]);
        const double share = weights[q] / strengths[v] / strengths[contacts[q]];
        for (std::size_t j = 0; j < row.size(); ++j) through[row[j]] += share * ties[j];
      }
      double sum = 0;
      for (std::size_t j = 0; j < contacts.size(); ++j) {
        const double invested = weights[j] / strengths[v] + through[contacts[j]];
        sum += invested * invested;
      }
      for (const std::uint32_t q : contacts)
        for (const std::uint32_t j : graph.neighbours_of(q)) through[j] = 0;
      if (!contacts.empty()) column.values[v] = sum;
    }
    context.advance(last - first);
  });
  if (context.stopped()) return cancelled();
  explain_undefined(column, Why::isolate);
  return column;
}

}  // namespace coinvest
