// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/leading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/connected_components.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {
namespace {

constexpr double tie_tolerance = 1e-9;  // relative, between the eigenvalues of two components

using Vertices = std::vector<std::uint32_t>;

/// The vertices of every component, ascending.
std::vector<Vertices> components_of(const GraphView& graph) {
  std::vector<std::uint32_t> label(graph.vertices());
  const std::uint32_t count = boost::connected_components(
      graph, boost::make_iterator_property_map(label.begin(), get(boost::vertex_index, graph)));
  std::vector<Vertices> components(count);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) components[label[v]].push_back(v);
  return components;
}

double weighted_sum(const GraphView& graph, std::uint32_t vertex, const std::vector<double>& x) {
  const auto row = graph.neighbours_of(vertex);
  const auto weights = graph.weights_of(vertex);
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += weights[i] * x[row[i]];
  return sum;
}

double length_of(std::span<const std::uint32_t> vertices, const std::vector<double>& x) {
  double sum = 0;
  for (const std::uint32_t v : vertices) sum += x[v] * x[v];
  return std::sqrt(sum);
}

void scale(std::span<const std::uint32_t> vertices, std::vector<double>& x, double factor) {
  for (const std::uint32_t v : vertices) x[v] *= factor;
}

/// Power iteration on one component at a time, in vectors as long as the graph. The matrix is positive, symmetric and
/// without an eigenvalue as large as the leading one but negative: A + I, or BBᵀ on the bipartite graph, where A's own
/// spectrum is symmetric and iterating on it swings for ever.
class PowerIteration {
 public:
  PowerIteration(const GraphView& graph, const MeasureParams& params)
      : graph_(graph), params_(params), x_(graph.vertices(), 0.0), product_(graph.vertices(), 0.0) {}

  /// The largest eigenvalue of A or BBᵀ on the component; x() then holds its vector. Gives up with 0 as soon as
  /// the eigenvalue is known to lie below `floor`. Fails (numeric, cancelled).
  Result<double> run(const Vertices& component, double floor, const Context& context) {
    const auto companies = std::ranges::lower_bound(component, graph_.investors);
    const std::span investors(component.begin(), companies);
    for (const std::uint32_t v : investors) x_[v] = 1 / std::sqrt(static_cast<double>(investors.size()));
    // Of the size of A: beside a larger shift small weights would vanish, and the start would seem settled.
    double shift = 0;
    if (graph_.kind == GraphKind::coinvest)
      for (const std::uint32_t v : investors) {
        const auto weights = graph_.weights_of(v);
        shift = std::max(shift, std::accumulate(weights.begin(), weights.end(), 0.0));
      }
    shift = std::min(shift, 1.0);

    for (std::uint32_t step = 0; step < params_.max_steps; ++step) {
      if (context.stopped()) return cancelled();
      if (graph_.kind == GraphKind::bipartite) {
        for (const std::uint32_t v : std::span(companies, component.end())) x_[v] = weighted_sum(graph_, v, x_);
      }
      double bound = 0, value = 0;
      for (const std::uint32_t v : investors) {
        product_[v] = weighted_sum(graph_, v, x_) + shift * x_[v];
        value += x_[v] * product_[v];
        // Collatz and Wielandt: no eigenvalue exceeds the largest of these ratios.
        bound = x_[v] > 1e-290 ? std::max(bound, product_[v] / x_[v]) : std::numeric_limits<double>::infinity();
      }
      if (bound - shift < floor) return 0.0;
      const double factor = 1 / length_of(investors, product_);
      double change = 0;
      for (const std::uint32_t v : investors) {
        const double entry = product_[v] * factor;
        change += (entry - x_[v]) * (entry - x_[v]);
        x_[v] = entry;
      }
      if (std::sqrt(change) <= params_.tolerance) {
        if (graph_.kind == GraphKind::bipartite) set_companies(std::span(companies, component.end()));
        return value - shift;
      }
    }
    return fail(ErrorKind::numeric,
                fmt::format("the eigenvector did not settle to {} in {} steps", params_.tolerance, params_.max_steps));
  }

  const std::vector<double>& x() const { return x_; }

 private:
  void set_companies(std::span<const std::uint32_t> companies) {
    for (const std::uint32_t v : companies) x_[v] = weighted_sum(graph_, v, x_);
    scale(companies, x_, 1 / length_of(companies, x_));
  }

  const GraphView& graph_;
  const MeasureParams& params_;
  std::vector<double> x_, product_;
};

/// The largest row sum of the component's matrix: its eigenvalues do not exceed it, and large ones come first.
double row_sum_bound(const GraphView& graph, const Vertices& component, const std::vector<double>& strengths) {
  double bound = 0;
  for (const std::uint32_t v : component) {
    if (v >= graph.investors) break;
    const double sum = graph.kind == GraphKind::bipartite ? weighted_sum(graph, v, strengths) : strengths[v];
    bound = std::max(bound, sum);
  }
  return bound;
}

}  // namespace

Result<Leading> leading_vector(const GraphView& graph, const MeasureParams& params, const Context& context) {
  // Products of very small or large weights would leave the doubles. Powers of two change nothing else.
  const double heaviest = graph.weights.empty() ? 1 : std::ranges::max(graph.weights);
  if (heaviest < 1e-100 || heaviest > 1e100) {
    const int exponent = std::ilogb(heaviest);
    std::vector<double> weights;
    for (const double weight : graph.weights) weights.push_back(std::scalbn(weight, -exponent));
    GraphView scaled = graph;
    scaled.weights = weights;
    auto found = leading_vector(scaled, params, context);
    if (found)
      found->eigenvalue = std::scalbn(found->eigenvalue, graph.kind == GraphKind::bipartite ? 2 * exponent : exponent);
    return found;
  }
  Leading leading;
  const std::uint32_t n = graph.vertices();
  if (graph.edges() == 0) {
    leading.vector.assign(n, std::numeric_limits<double>::quiet_NaN());
    leading.why.assign(n, Why::no_edges);
    return leading;
  }

  const auto components = components_of(graph);
  const Column strengths = *strength(graph, params, context);
  std::vector<double> bound;
  for (const Vertices& component : components) bound.push_back(row_sum_bound(graph, component, strengths.values));
  std::vector<std::size_t> order(components.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t c) { return bound[c]; });

  PowerIteration iteration(graph, params);
  std::vector<double> eigenvalue(components.size(), 0.0);
  double largest = 0;
  for (const std::size_t c : order) {
    const double floor = largest * (1 - 2 * tie_tolerance);
    if (bound[c] < floor || bound[c] == 0) break;
    const auto value = iteration.run(components[c], floor, context);
    if (!value) return tl::unexpected(value.error());
    eigenvalue[c] = *value;
    largest = std::max(largest, *value);
  }

  std::vector<std::size_t> dominant;
  for (std::size_t c = 0; c < components.size(); ++c) {
    if (eigenvalue[c] >= largest * (1 - tie_tolerance)) dominant.push_back(c);
  }
  leading.eigenvalue = largest;
  leading.vector.assign(n, 0.0);
  leading.why.assign(n, Why::not_in_dominant_component);
  const bool tied = dominant.size() > 1;
  for (const std::size_t c : dominant) {
    for (const std::uint32_t v : components[c]) {
      leading.vector[v] = tied ? std::numeric_limits<double>::quiet_NaN() : iteration.x()[v];
      leading.why[v] = tied ? Why::tied_components : Why::none;
    }
  }
  return leading;
}

}  // namespace coinvest
