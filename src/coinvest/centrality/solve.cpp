// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/solve.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <utility>

#include "coinvest/centrality/measures.hpp"

namespace coinvest {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Products with parts of S.
class Scaled {
 public:
  Scaled(const GraphView& graph, const Vector& strengths) : graph_(graph), passed_(strengths.size()) {
    for (const double strength : strengths) inverse_root_.push_back(strength > 0 ? 1 / std::sqrt(strength) : 0);
  }

  /// Hands each entry of x, which begins at vertex `first`, to the neighbours of its vertex.
  void pass(const Vector& x, std::uint32_t first) {
    for (std::size_t i = 0; i < x.size(); ++i) passed_[first + i] = x[i] * inverse_root_[first + i];
  }
  /// What a vertex was handed.
  double received(std::uint32_t vertex) const {
    const auto row = graph_.neighbours_of(vertex);
    const auto weights = graph_.weights_of(vertex);
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) sum += weights[i] * passed_[row[i]];
    return sum * inverse_root_[vertex];
  }

 private:
  const GraphView& graph_;
  Vector inverse_root_, passed_;
};

}  // namespace

Result<Vector> conjugate_gradients(const Multiply& multiply, Vector b, std::string_view what,
                                   const MeasureParams& params, const Context& context) {
  Vector x(b.size(), 0.0), direction = b, product(b.size());
  Vector& residual = b;
  double squared = dot(residual, residual);
  const double enough = params.tolerance * params.tolerance * squared;
  for (std::uint32_t step = 0; squared > enough; ++step) {
    if (context.stopped()) return cancelled();
    if (step == params.max_steps)
      return fail(ErrorKind::numeric,
                  fmt::format("{} did not settle to {} in {} steps", what, params.tolerance, params.max_steps));
    multiply(direction, product);
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

Result<Vector> damped_ranks(const GraphView& graph, const Vector& query, std::string_view what,
                            const MeasureParams& params, const Context& context) {
  const double damping = params.damping;
  if (!(damping >= 0 && damping < 1))
    return fail(ErrorKind::usage, fmt::format("damping {} is not accepted: it lies in [0, 1)", damping));
  Scaled scaled(graph, strength(graph, params, context)->values);
  if (graph.kind == GraphKind::coinvest) {
    const auto multiply = [&](const Vector& x, Vector& product) {
      scaled.pass(x, 0);
      for (std::uint32_t v = 0; v < x.size(); ++v) product[v] = x[v] - damping * scaled.received(v);
    };
    return conjugate_gradients(multiply, query, what, params, context);
  }

  const std::uint32_t n = graph.investors;
  Vector of_companies(graph.companies);
  const auto multiply = [&](const Vector& x, Vector& product) {
    scaled.pass(x, 0);
    for (std::uint32_t c = 0; c < graph.companies; ++c) of_companies[c] = scaled.received(n + c);
    scaled.pass(of_companies, n);
    for (std::uint32_t v = 0; v < n; ++v) product[v] = x[v] - damping * damping * scaled.received(v);
  };
  scaled.pass({query.begin() + n, query.end()}, n);
  Vector b(query.begin(), query.begin() + n);
  for (std::uint32_t v = 0; v < n; ++v) b[v] += damping * scaled.received(v);
  auto x = conjugate_gradients(multiply, std::move(b), what, params, context);
  if (!x) return x;
  scaled.pass(*x, 0);
  for (std::uint32_t c = 0; c < graph.companies; ++c) x->push_back(query[n + c] + damping * scaled.received(n + c));
  return x;
}

}  // namespace coinvest
