// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "coinvest/centrality/leading.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/solve.hpp"

namespace coinvest {
namespace {

using Vector = std::vector<double>;

}  // namespace

Result<Column> beta_status(const GraphView& graph, const MeasureParams& params, const Context& context) {
  if (!(std::abs(params.beta) < 1))
    return fail(ErrorKind::usage, fmt::format("beta {} is not accepted: it lies in (-1, 1)", params.beta));
  Column column;
  column.variant = fmt::format("weighted, beta = {}/largest eigenvalue, mean square 1", params.beta);
  const std::uint32_t n = graph.vertices();
  if (graph.edges() == 0) {
    column.values.assign(n, std::numeric_limits<double>::quiet_NaN());
    column.why.assign(n, Why::no_edges);
    return column;
  }
  const auto leading = leading_vector(graph, params, context);
  if (!leading) return tl::unexpected(leading.error());
  const Column strengths = *strength(graph, params, context);
  // For |β| below 1/λ₁ the matrix I − βA is symmetric and positive definite.
  const double beta = params.beta / leading->eigenvalue;
  const auto multiply = [&](const Vector& x, Vector& product) {
    for (std::uint32_t v = 0; v < n; ++v) {
      const auto row = graph.neighbours_of(v);
      const auto weights = graph.weights_of(v);
      double sum = 0;
      for (std::size_t i = 0; i < row.size(); ++i) sum += weights[i] * x[row[i]];
      product[v] = x[v] - beta * sum;
    }
  };
  auto status = conjugate_gradients(multiply, strengths.values, "beta", params, context);
  if (!status) return tl::unexpected(status.error());
  const double scale = std::sqrt(n / std::inner_product(status->begin(), status->end(), status->begin(), 0.0));
  for (double& value : *status) value *= scale;
  column.values = std::move(*status);
  return column;
}

}  // namespace coinvest
