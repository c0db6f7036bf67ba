// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/network.hpp"

#include <tuple>
#include <utility>

namespace coinvest {

std::uint32_t draw(Random& random, std::uint32_t bound) {
  // Lemire 2019, doi:10.1145/3230636: a product in place of a division, which costs more than all else in a shuffle.
  const auto product = [&] { return (random() >> 32) * bound; };
  std::uint64_t value = product();
  if (static_cast<std::uint32_t>(value) < bound) {
    const std::uint32_t uneven = -bound % bound;
    while (static_cast<std::uint32_t>(value) < uneven) value = product();
  }
  return static_cast<std::uint32_t>(value >> 32);
}

void shuffle(std::span<std::uint32_t> items, Random& random) {
  for (auto left = static_cast<std::uint32_t>(items.size()); left > 1; --left)
    std::swap(items[left - 1], items[draw(random, left)]);
}

Labels random_order(std::uint32_t count, std::uint64_t seed) {
  Labels order(count);
  std::iota(order.begin(), order.end(), 0U);
  Random random(seed);
  shuffle(order, random);
  return order;
}

Network whole(const GraphView& graph, const Labels& order, Objective objective) {
  Labels node_of(order.size());
  for (std::uint32_t node = 0; node < order.size(); ++node) node_of[order[node]] = node;
  Network network;
  network.offsets.push_back(0);
  network.neighbours.reserve(graph.neighbours.size());
  network.weights.reserve(graph.weights.size());
  for (const std::uint32_t vertex : order) {
    for (const std::uint32_t other : graph.neighbours_of(vertex)) network.neighbours.push_back(node_of[other]);
    const auto weights = graph.weights_of(vertex);
    network.weights.insert(network.weights.end(), weights.begin(), weights.end());
    network.offsets.push_back(network.neighbours.size());
    network.mass.push_back(objective == Objective::modularity ? std::accumulate(weights.begin(), weights.end(), 0.0)
                                                              : 1);
  }
  return network;
}

Labels of_vertices(const Labels& labels, const Labels& order) {
  Labels of_vertex(labels.size());
  for (std::size_t node = 0; node < order.size(); ++node) of_vertex[order[node]] = labels[node];
  return of_vertex;
}

std::uint32_t compact(Labels& labels) {
  Labels number(labels.size(), ~std::uint32_t{0});
  std::uint32_t count = 0;
  for (std::uint32_t& label : labels) {
    if (number[label] == ~std::uint32_t{0}) number[label] = count++;
    label = number[label];
  }
  return count;
}

Network aggregate(const Network& network, const Labels& part, std::uint32_t parts) {
  Network coarse;
  coarse.mass.assign(parts, 0.0);
  coarse.offsets.push_back(0);
  Groups groups(part, parts);
  Tally tally(parts);
  for (std::uint32_t p = 0; p < parts; ++p) {
    for (const std::uint32_t node : groups.of(p)) {
      coarse.mass[p] += network.mass[node];
      tally.add(network, node, part);
    }
    for (const std::uint32_t other : tally.labels()) {
      if (other == p) continue;
      coarse.neighbours.push_back(other);
      coarse.weights.push_back(tally[other]);
    }
    coarse.offsets.push_back(coarse.neighbours.size());
    tally.clear();
  }
  return coarse;
}

Attraction attraction(const Network& network, const ClusterParams& params) {
  const double total = std::accumulate(network.weights.begin(), network.weights.end(), 0.0);
  return {params.objective == Objective::modularity ? params.resolution / total : params.resolution, 1e-12 * total};
}

void move_nodes(const Network& network, const Attraction& attraction, Labels& community, const Context& context) {
  const std::uint32_t n = network.nodes();
  std::vector<double> mass(n, 0.0);
  Labels size(n, 0), empty;
  for (std::uint32_t node = 0; node < n; ++node) {
    mass[community[node]] += network.mass[node];
    ++size[community[node]];
  }
  for (std::uint32_t label = n; label-- > 0;) {
    if (size[label] == 0) empty.push_back(label);
  }

  Labels queue(n);
  std::iota(queue.begin(), queue.end(), 0U);
  std::vector<std::uint8_t> queued(n, 1);
  Tally tally(n);
  for (std::size_t waiting = n, next = 0; waiting > 0; --waiting, next = next + 1 == n ? 0 : next + 1) {
    if (next % 1024 == 0 && context.stopped()) return;
    const std::uint32_t node = queue[next];
    queued[node] = 0;
    tally.add(network, node, community);

    const std::uint32_t old = community[node];
    mass[old] -= network.mass[node];
    if (--size[old] == 0) empty.push_back(old);
    std::uint32_t best = old;
    double best_gain = attraction.gain(tally[old], network.mass[node], mass[old]);
    for (const std::uint32_t label : tally.labels()) {
      const double label_gain = attraction.gain(tally[label], network.mass[node], mass[label]);
      if (label_gain > best_gain + attraction.least_gain) std::tie(best, best_gain) = std::pair(label, label_gain);
    }
    if (best_gain < -attraction.least_gain) best = empty.back();
    if (size[best]++ == 0) empty.pop_back();
    mass[best] += network.mass[node];
    community[node] = best;
    tally.clear();
    if (best == old) continue;
    network.for_neighbours(node, [&](std::uint32_t other, double) {
      if (community[other] == best || queued[other] != 0) return;
      queued[other] = 1;
      queue[(next + waiting++) % n] = other;
    });
  }
}

Labels connected_parts(const GraphView& graph, const Labels& cluster) {
  constexpr std::uint32_t unseen = ~std::uint32_t{0};
  Labels part(graph.vertices(), unseen), stack;
  for (std::uint32_t start = 0; start < graph.vertices(); ++start) {
    if (part[start] != unseen) continue;
    part[start] = start;
    stack.push_back(start);
    while (!stack.empty()) {
      const std::uint32_t v = stack.back();
      stack.pop_back();
      for (const std::uint32_t other : graph.neighbours_of(v)) {
        if (part[other] != unseen || cluster[other] != cluster[v]) continue;
        part[other] = start;
        stack.push_back(other);
      }
    }
  }
  return part;
}

}  // namespace coinvest
