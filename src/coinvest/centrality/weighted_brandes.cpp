// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/weighted_brandes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <ranges>
#include <utility>

namespace coinvest {
namespace {

constexpr double tolerance = 1e-12;
constexpr double far = std::numeric_limits<double>::infinity();

}  // namespace

WeightedBrandes::WeightedBrandes(const GraphView& graph)
    : graph_(graph),
      distance_(graph.vertices(), far),
      paths_(graph.vertices(), 0.0),
      dependency_(graph.vertices(), 0.0),
      settled_(graph.vertices(), 0),
      before_(graph.vertices()) {
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    for (const double weight : graph.weights_of(v)) least_weight_ = std::min(least_weight_, weight);
}

BrandesOutcome WeightedBrandes::add(std::span<const std::uint32_t> sources, std::span<double> sums,
                                    std::span<double> squares, const Context& context) {
  for (const std::uint32_t source : sources) {
    if (!search(source, context)) return BrandesOutcome::interrupted;
    for (const std::uint32_t v : order_ | std::views::reverse) {
      if (!std::isfinite(paths_[v])) return BrandesOutcome::overflow;
      for (const std::uint32_t before : before_[v])
        dependency_[before] += paths_[before] / paths_[v] * (1 + dependency_[v]);
      if (v == source) continue;
      sums[v] += dependency_[v];
      if (!squares.empty()) squares[v] += dependency_[v] * dependency_[v];
    }
  }
  return BrandesOutcome::done;
}

/// Dijkstra's algorithm; equal distances are settled in the order of vertices. False if interrupted.
bool WeightedBrandes::search(std::uint32_t source, const Context& context) {
  for (const std::uint32_t v : order_) {
    distance_[v] = far;
    paths_[v] = dependency_[v] = 0;
    settled_[v] = 0;
    before_[v].clear();
  }
  order_.clear();
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  distance_[source] = 0;
  paths_[source] = 1;
  open.emplace(0, source);
  while (!open.empty()) {
    const auto [distance, v] = open.top();
    open.pop();
    if (std::exchange(settled_[v], std::uint8_t{1}) != 0) continue;
    if (order_.size() % 256 == 0 && context.stopped()) return false;
    order_.push_back(v);
    const auto row = graph_.neighbours_of(v);
    const auto weights = graph_.weights_of(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::uint32_t to = row[i];
      const double through = distance + least_weight_ / weights[i];
      if (settled_[to] != 0 || through > distance_[to] * (1 + tolerance)) continue;
      if (through < distance_[to] * (1 - tolerance)) {
        distance_[to] = through;
        paths_[to] = 0;
        before_[to].clear();
        open.emplace(through, to);
      }
      paths_[to] += paths_[v];
      before_[to].push_back(v);
    }
  }
  return true;
}

}  // namespace coinvest
