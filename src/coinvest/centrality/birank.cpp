// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/solve.hpp"

namespace coinvest {

Result<Column> birank(const GraphView& graph, const MeasureParams& params, const Context& context) {
  const std::uint32_t n = graph.investors, all = graph.vertices();
  if (!params.query.empty() && params.query.size() != all)
    return fail(ErrorKind::usage, "the query of birank is that of another graph");
  if (context.stopped()) return cancelled();
  Column column;
  column.variant = fmt::format("weighted, alpha = beta = {}, {}; normalised: share of the side", params.damping,
                               params.query.empty() ? "uniform query" : "query: " + params.query_name);
  std::vector<double> query(all);
  for (std::uint32_t v = 0; v < all; ++v) {
    const double start = params.query.empty() ? 1.0 / (v < n ? n : graph.companies) : params.query[v];
    query[v] = (1 - params.damping) * start;
  }
  auto ranks = damped_ranks(graph, query, "birank", params, context);
  if (!ranks) return tl::unexpected(ranks.error());

  Maxima sums;
  for (std::uint32_t v = 0; v < all; ++v) (v < n ? sums.investor : sums.company) += (*ranks)[v];
  column.values = std::move(*ranks);
  normalise(column, graph, sums);
  return column;
}

}  // namespace coinvest
