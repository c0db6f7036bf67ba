// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "coinvest/centrality/leading.hpp"
#include "coinvest/centrality/measures.hpp"

namespace coinvest {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// y = (I − βA)x.
void multiply(const GraphView& graph, double beta, const Vector& x, Vector& y) {
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto row = graph.neighbours_of(v);
    const auto weights = graph.weights_of(v);
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) sum += weights[i] * x[row[i]];
    y[v] = x[v] - beta * sum;
  }
}

/// x with (I − βA)x = b by conjugate gradients: for |β| below 1/λ₁ the matrix is symmetric and positive definite.
Result<Vector> solve(const GraphView& graph, double beta, const Vector& b, const MeasureParams& params,
                     const Context& context) {
  Vector x(b.size(), 0.0), residual = b, direction = b, product(b.size());
  double squared = dot(residual, residual);
  const double enough = params.tolerance * params.tolerance * squared;
  for (std::uint32_t step = 0; squared > enough; ++step) {
    if (context.stopped()) return cancelled();
    if (step == params.max_steps)
      return fail(ErrorKind::numeric,
                  fmt::format("beta did not settle to {} in {} steps", params.tolerance, params.max_steps));
    multiply(graph, beta, direction, product);
    const double length = squared / dot(direction, product);
    for (std::size_t v = 0; v < x.size(); ++v) {
      x[v] += length * direction[v];
      residual[v] -= length * product[v];
    }
    const double before = std::exchange(squared, dot(residual, residual));
    for (std::size_t v = 0; v < x.size(); ++v) direction[v] = residual[v] + squared / before * direction[v];
  }
  return x;
}

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
  auto status = solve(graph, params.beta / leading->eigenvalue, strengths.values, params, context);
  if (!status) return tl::unexpected(status.error());
  const double scale = std::sqrt(n / dot(*status, *status));
  for (double& value : *status) value *= scale;
  column.values = std::move(*status);
  return column;
}

}  // namespace coinvest
