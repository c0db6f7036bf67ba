// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "coinvest/base/parallel.hpp"
#include "coinvest/centrality/measures.hpp"

namespace coinvest {
namespace {

using Vector = std::vector<double>;

constexpr std::size_t block = 1 << 15;

std::size_t blocks_of(std::size_t n) {
  return (n + block - 1) / block;
}

/// Calls body(number, first, last) for blocks of [0, n), in parallel: the cut depends on n alone.
template <typename Body>
void in_blocks(std::size_t n, double steps, const Context& context, const Body& body) {
  parallel_for(blocks_of(n), for_steps(context, steps),
               [&](std::size_t number) { body(number, number * block, std::min(n, (number + 1) * block)); });
}

double dot(const Vector& a, const Vector& b, const Context& context) {
  Vector sums(blocks_of(a.size()), 0.0);
  in_blocks(a.size(), static_cast<double>(a.size()), context,
            [&](std::size_t number, std::size_t first, std::size_t last) {
              for (std::size_t i = first; i < last; ++i) sums[number] += a[i] * b[i];
            });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

/// Products with parts of S.
class Scaled {
 public:
  Scaled(const GraphView& graph, const Vector& strengths, const Context& context)
      : graph_(graph), context_(context), passed_(strengths.size()) {
    for (const double strength : strengths) inverse_root_.push_back(strength > 0 ? 1 / std::sqrt(strength) : 0);
  }

  /// Hands each entry of x, which begins at vertex `first`, to the neighbours of its vertex.
  void pass(const Vector& x, std::uint32_t first) {
    in_blocks(x.size(), static_cast<double>(x.size()), context_, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) passed_[first + i] = x[i] * inverse_root_[first + i];
    });
  }
  /// result[i] = of(i, what vertex first + i was handed).
  template <typename Of>
  void receive(Vector& result, std::uint32_t first, const Of& of) const {
    const double steps = static_cast<double>(graph_.neighbours.size());
    in_blocks(result.size(), steps, context_, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) result[i] = of(i, received(first + static_cast<std::uint32_t>(i)));
    });
  }

 private:
  double received(std::uint32_t vertex) const {
    const auto row = graph_.neighbours_of(vertex);
    const auto weights = graph_.weights_of(vertex);
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) sum += weights[i] * passed_[row[i]];
    return sum * inverse_root_[vertex];
  }

  const GraphView& graph_;
  const Context& context_;
  Vector inverse_root_, passed_;
};

}  // namespace

Result<Vector> conjugate_gradients(const Multiply& multiply, Vector b, std::string_view what,
                                   const MeasureParams& params, const Context& context) {
  Vector x(b.size(), 0.0), direction = b, product(b.size());
  Vector& residual = b;
  double squared = dot(residual, residual, context);
  const double enough = params.tolerance * params.tolerance * squared;
  for (std::uint32_t step = 0; squared > enough; ++step) {
    if (context.stopped()) return cancelled();
    if (step == params.max_steps)
      return fail(ErrorKind::numeric,
                  fmt::format("{} did not settle to {} in {} steps", what, params.tolerance, params.max_steps));
    multiply(direction, product);
    const double length = squared / dot(direction, product, context);
    in_blocks(x.size(), static_cast<double>(x.size()), context, [&](std::size_t, std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) {
        x[v] += length * direction[v];
        residual[v] -= length * product[v];
      }
    });
    const double before = std::exchange(squared, dot(residual, residual, context));
    in_blocks(x.size(), static_cast<double>(x.size()), context, [&](std::size_t, std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) direction[v] = residual[v] + squared / before * direction[v];
    });
  }
  if (context.stopped()) return cancelled();
  return x;
}

Result<Vector> damped_ranks(const GraphView& graph, const Vector& query, std::string_view what,
                            const MeasureParams& params, const Context& context) {
  const double damping = params.damping;
  if (!(damping >= 0 && damping < 1))
    return fail(ErrorKind::usage, fmt::format("damping {} is not accepted: it lies in [0, 1)", damping));
  Scaled scaled(graph, strength(graph, params, context)->values, context);
  if (graph.kind == GraphKind::coinvest) {
    const auto multiply = [&](const Vector& x, Vector& product) {
      scaled.pass(x, 0);
      scaled.receive(product, 0, [&](std::size_t v, double handed) { return x[v] - damping * handed; });
    };
    return conjugate_gradients(multiply, query, what, params, context);
  }

  const std::uint32_t n = graph.investors;
  Vector of_companies(graph.companies);
  const auto multiply = [&](const Vector& x, Vector& product) {
    scaled.pass(x, 0);
    scaled.receive(of_companies, n, [](std::size_t, double handed) { return handed; });
    scaled.pass(of_companies, n);
    scaled.receive(product, 0, [&](std::size_t v, double handed) { return x[v] - damping * damping * handed; });
  };
  scaled.pass({query.begin() + n, query.end()}, n);
  Vector b(query.begin(), query.begin() + n);
  scaled.receive(b, 0, [&](std::size_t v, double handed) { return query[v] + damping * handed; });
  auto x = conjugate_gradients(multiply, std::move(b), what, params, context);
  if (!x) return x;
  scaled.pass(*x, 0);
  scaled.receive(of_companies, n, [&](std::size_t c, double handed) { return query[n + c] + damping * handed; });
  if (context.stopped()) return cancelled();
  x->insert(x->end(), of_companies.begin(), of_companies.end());
  return x;
}

}  // namespace coinvest
