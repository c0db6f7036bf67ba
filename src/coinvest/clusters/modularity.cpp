// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "coinvest/clusters/method.hpp"

namespace coinvest {

double modularity(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution) {
  if (graph.edges() == 0) return std::numeric_limits<double>::quiet_NaN();
  double inside = 0, total = 0;  // both count every edge twice
  std::vector<double> strength(graph.vertices(), 0.0);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto row = graph.neighbours_of(v);
    const auto weights = graph.weights_of(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      total += weights[i];
      strength[cluster[v]] += weights[i];
      if (cluster[row[i]] == cluster[v]) inside += weights[i];
    }
  }
  double expected = 0;
  for (const double s : strength) expected += s / total * (s / total);
  return inside / total - resolution * expected;
}

double constant_potts(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution) {
  double inside = 0;  // counts every edge twice
  std::vector<double> size(graph.vertices(), 0.0);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    ++size[cluster[v]];
    const auto row = graph.neighbours_of(v);
    for (std::size_t i = 0; i < row.size(); ++i)
      if (cluster[row[i]] == cluster[v]) inside += graph.weights_of(v)[i];
  }
  double pairs = 0;
  for (const double n : size) pairs += n * (n - 1) / 2;
  return inside / 2 - resolution * pairs;
}

double barber_modularity(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution) {
  if (graph.edges() == 0) return std::numeric_limits<double>::quiet_NaN();
  double inside = 0, total = 0;
  std::vector<double> of_investors(graph.vertices(), 0.0), of_companies(graph.vertices(), 0.0);
  for (std::uint32_t investor = 0; investor < graph.investors; ++investor) {
    const auto row = graph.neighbours_of(investor);
    const auto weights = graph.weights_of(investor);
    for (std::size_t i = 0; i < row.size(); ++i) {
      total += weights[i];
      of_investors[cluster[investor]] += weights[i];
      of_companies[cluster[row[i]]] += weights[i];
      if (cluster[row[i]] == cluster[investor]) inside += weights[i];
    }
  }
  double expected = 0;
  for (std::size_t c = 0; c < of_investors.size(); ++c) expected += of_investors[c] / total * (of_companies[c] / total);
  return inside / total - resolution * expected;
}

}  // namespace coinvest
