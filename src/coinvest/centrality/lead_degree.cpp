// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"

namespace coinvest {
namespace {

/// A column of the counts, or undefined where no round says who led it.
Column column_of(const GraphView& graph, std::vector<double> counts) {
  Column column;
  column.variant = "unique partners in rounds with a known lead; normalised by the number of possible partners";
  column.values = std::move(counts);
  if (graph.leads.offsets.empty()) {
    column.values.assign(graph.vertices(), std::numeric_limits<double>::quiet_NaN());
    column.normalised = column.values;
    explain_undefined(column, Why::no_leads);
  } else {
    normalise(column, graph, {.investor = static_cast<double>(graph.investors) - 1, .company = 0});
  }
  return column;
}

}  // namespace

Result<Column> outdegree(const GraphView& graph, const MeasureParams&, const Context&) {
  std::vector<double> counts;
  const auto offsets = graph.leads.offsets;
  for (std::size_t v = 1; v < offsets.size(); ++v) counts.push_back(static_cast<double>(offsets[v] - offsets[v - 1]));
  return column_of(graph, std::move(counts));
}

Result<Column> indegree(const GraphView& graph, const MeasureParams&, const Context&) {
  std::vector<double> counts(graph.vertices(), 0.0);
  for (const std::uint32_t follower : graph.leads.ends) ++counts[follower];
  return column_of(graph, std::move(counts));
}

}  // namespace coinvest
