// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/network.hpp"

#include <tuple>
#include <utility>

namespace coinvest {

std::uint64_t draw(Random& random, std::uint64_t bound) {
  const std::uint64_t usable = Random::max() - Random::max() % bound;
  std::uint64_t value = random();
  while (value >= usable) value = random();
  return value % bound;
}

void shuffle(std::span<std::uint32_t> items, Random& random) {
  for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[draw(random, left)]);
}

Network whole(const GraphView& graph) {
  Network network;
  network.offsets.assign(graph.offsets.begin(), graph.offsets.end());
  network.neighbours.assign(graph.neighbours.begin(), graph.neighbours.end());
  network.weights.assign(graph.weights.begin(), graph.weights.end());
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto weights = graph.weights_of(v);
    network.strength.push_back(std::accumulate(weights.begin(), weights.end(), 0.0));
  }
  return network;
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
  coarse.strength.assign(parts, 0.0);
  coarse.offsets.push_back(0);
  Groups groups(part, parts);
  Tally tally(parts);
  for (std::uint32_t p = 0; p < parts; ++p) {
    for (const std::uint32_t node : groups.of(p)) {
      coarse.strength[p] += network.strength[node];
      network.for_neighbours(node, [&](std::uint32_t other, double weight) {
        if (part[other] != p) tally.add(part[other], weight);
      });
    }
    for (const std::uint32_t other : tally.labels()) {
      coarse.neighbours.push_back(other);
      coarse.weights.push_back(tally[other]);
    }
    coarse.offsets.push_back(coarse.neighbours.size());
    tally.clear();
  }
  return coarse;
}

Attraction attraction(const Network& network, double resolution) {
  const double total = std::accumulate(network.strength.begin(), network.strength.end(), 0.0);
  return {resolution / total, 1e-12 * total};
}

void move_nodes(const Network& network, const Attraction& attraction, Labels& community, Random& random,
                const Context& context) {
  const std::uint32_t n = network.nodes();
  std::vector<double> strength(n, 0.0);
  Labels size(n, 0), empty;
  for (std::uint32_t node = 0; node < n; ++node) {
    strength[community[node]] += network.strength[node];
    ++size[community[node]];
  }
  for (std::uint32_t label = n; label-- > 0;) {
    if (size[label] == 0) empty.push_back(label);
  }

  Labels queue(n);
  std::iota(queue.begin(), queue.end(), 0U);
  shuffle(queue, random);
  std::vector<std::uint8_t> queued(n, 1);
  Tally tally(n);
  for (std::size_t waiting = n, next = 0; waiting > 0; --waiting, next = next + 1 == n ? 0 : next + 1) {
    if (next % 1024 == 0 && context.stopped()) return;
    const std::uint32_t node = queue[next];
    queued[node] = 0;
    network.for_neighbours(node, [&](std::uint32_t other, double weight) { tally.add(community[other], weight); });

    const std::uint32_t old = community[node];
    strength[old] -= network.strength[node];
    if (--size[old] == 0) empty.push_back(old);
    std::uint32_t best = old;
    double best_gain = attraction.gain(tally[old], network.strength[node], strength[old]);
    for (const std::uint32_t label : tally.labels()) {
      const double label_gain = attraction.gain(tally[label], network.strength[node], strength[label]);
      if (label_gain > best_gain + attraction.least_gain) std::tie(best, best_gain) = std::pair(label, label_gain);
    }
    if (best_gain < -attraction.least_gain) best = empty.back();
    if (size[best]++ == 0) empty.pop_back();
    strength[best] += network.strength[node];
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
