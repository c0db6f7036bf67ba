// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <tuple>
#include <utility>

#include "coinvest/clusters/methods.hpp"

namespace coinvest {
namespace {

using Labels = std::vector<std::uint32_t>;
using Random = std::mt19937_64;

/// A number in [0, bound). The distributions of the standard library differ from one implementation to the next.
std::uint64_t draw(Random& random, std::uint64_t bound) {
  const std::uint64_t usable = Random::max() - Random::max() % bound;
  std::uint64_t value = random();
  while (value >= usable) value = random();
  return value % bound;
}

void shuffle(std::span<std::uint32_t> items, Random& random) {
  for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[draw(random, left)]);
}

/// The graph at one level of aggregation. What lies inside a node counts in its strength alone.
struct Network {
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;
  std::vector<double> strength;

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(strength.size()); }

  template <typename Visit>
  void for_neighbours(std::uint32_t node, Visit visit) const {
    for (std::uint64_t i = offsets[node]; i < offsets[node + 1]; ++i) visit(neighbours[i], weights[i]);
  }
};

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

/// The labels replaced by 0, 1, ... in order of first appearance; returns how many there are.
std::uint32_t compact(Labels& labels) {
  Labels number(labels.size(), ~std::uint32_t{0});
  std::uint32_t count = 0;
  for (std::uint32_t& label : labels) {
    if (number[label] == ~std::uint32_t{0}) number[label] = count++;
    label = number[label];
  }
  return count;
}

/// The members of every label, all in one row.
struct Groups {
  std::vector<std::size_t> begin;
  Labels members;

  Groups(const Labels& labels, std::uint32_t count) : begin(count + 1, 0), members(labels.size()) {
    for (const std::uint32_t label : labels) ++begin[label + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t node = 0; node < labels.size(); ++node) members[next[labels[node]]++] = node;
  }
  std::span<std::uint32_t> of(std::uint32_t label) {
    return std::span(members).subspan(begin[label], begin[label + 1] - begin[label]);
  }
};

/// Weights gathered by label, for one node at a time.
class Tally {
 public:
  explicit Tally(std::uint32_t labels) : weight_(labels, 0.0) {}

  void add(std::uint32_t label, double weight) {
    if (weight_[label] == 0) labels_.push_back(label);
    weight_[label] += weight;
  }
  double operator[](std::uint32_t label) const { return weight_[label]; }
  const Labels& labels() const { return labels_; }
  void clear() {
    for (const std::uint32_t label : labels_) weight_[label] = 0;
    labels_.clear();
  }

 private:
  std::vector<double> weight_;
  Labels labels_;
};

class Leiden {
 public:
  Leiden(const GraphView& graph, double resolution, const Context& context)
      : base_(whole(graph)), context_(context), random_(context.seed) {
    const double total = std::accumulate(base_.strength.begin(), base_.strength.end(), 0.0);
    pull_ = resolution / total;
    least_gain_ = 1e-12 * total;
  }

  /// Improves the partition once through all levels of aggregation; false if interrupted.
  bool pass(Labels& partition) {
    Network coarse;
    const Network* network = &base_;
    Labels node_of(base_.nodes());
    std::iota(node_of.begin(), node_of.end(), 0U);
    Labels community = partition;
    while (true) {
      move_nodes(*network, community);
      const std::uint32_t communities = compact(community);
      for (std::size_t v = 0; v < partition.size(); ++v) partition[v] = community[node_of[v]];
      if (context_.stopped()) return false;
      if (communities == network->nodes()) return true;

      Labels refined = refine(*network, Groups(community, communities));
      if (context_.stopped()) return false;
      const std::uint32_t parts = compact(refined);
      if (parts == network->nodes()) return true;
      Labels community_of_part(parts);
      for (std::uint32_t node = 0; node < network->nodes(); ++node) community_of_part[refined[node]] = community[node];
      for (std::uint32_t& node : node_of) node = refined[node];
      coarse = aggregate(*network, refined, parts);
      network = &coarse;
      community = std::move(community_of_part);
    }
  }

 private:
  /// What joining a community of this strength gains, in units of edge weight.
  double gain(double weight_to, double strength, double community_strength) const {
    return weight_to - pull_ * strength * community_strength;
  }

  /// Moves nodes to the neighbouring (or an empty) community with the largest gain until none wants to move; a node
  /// is looked at again when a neighbour has left it.
  void move_nodes(const Network& network, Labels& community) {
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
    shuffle(queue, random_);
    std::vector<std::uint8_t> queued(n, 1);
    Tally tally(n);
    for (std::size_t waiting = n, next = 0; waiting > 0; --waiting, next = next + 1 == n ? 0 : next + 1) {
      if (next % 1024 == 0 && context_.stopped()) return;
      const std::uint32_t node = queue[next];
      queued[node] = 0;
      network.for_neighbours(node, [&](std::uint32_t other, double weight) { tally.add(community[other], weight); });

      const std::uint32_t old = community[node];
      strength[old] -= network.strength[node];
      if (--size[old] == 0) empty.push_back(old);
      std::uint32_t best = old;
      double best_gain = gain(tally[old], network.strength[node], strength[old]);
      for (const std::uint32_t label : tally.labels()) {
        const double label_gain = gain(tally[label], network.strength[node], strength[label]);
        if (label_gain > best_gain + least_gain_) std::tie(best, best_gain) = std::pair(label, label_gain);
      }
      if (best_gain < -least_gain_) best = empty.back();
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

  /// Splits every community into parts: nodes start alone and join a part of their community, if both are well
  /// connected to the rest of it, so that every part is connected.
  Labels refine(const Network& network, Groups communities) {
    const std::uint32_t n = network.nodes();
    Labels part(n), size(n, 1);
    std::iota(part.begin(), part.end(), 0U);
    std::vector<double> strength = network.strength;
    std::vector<double> outward(n, 0.0);  // weight from a part to the rest of its community
    Labels inside(n, ~std::uint32_t{0});  // the community a node is seen to belong to
    Tally tally(n);
    for (std::uint32_t c = 0; c + 1 < communities.begin.size(); ++c) {
      const auto members = communities.of(c);
      double community_strength = 0;
      for (const std::uint32_t node : members) {
        inside[node] = c;
        community_strength += network.strength[node];
      }
      for (const std::uint32_t node : members) {
        network.for_neighbours(node, [&](std::uint32_t other, double weight) {
          if (inside[other] == c) outward[node] += weight;
        });
      }
      const auto well_connected = [&](std::uint32_t label) {
        return outward[label] >= pull_ * strength[label] * (community_strength - strength[label]);
      };
      shuffle(members, random_);
      for (const std::uint32_t node : members) {
        if (context_.stopped()) return part;
        if (size[node] != 1 || part[node] != node || !well_connected(node)) continue;
        network.for_neighbours(node, [&](std::uint32_t other, double weight) {
          if (inside[other] == c) tally.add(part[other], weight);
        });
        std::uint32_t best = node;
        double best_gain = 0;
        for (const std::uint32_t label : tally.labels()) {
          const double label_gain = gain(tally[label], network.strength[node], strength[label]);
          if (label_gain > best_gain && well_connected(label)) std::tie(best, best_gain) = std::pair(label, label_gain);
        }
        if (best != node) {
          outward[best] += outward[node] - 2 * tally[best];
          strength[best] += network.strength[node];
          ++size[best];
          part[node] = best;
        }
        tally.clear();
      }
    }
    return part;
  }

  static Network aggregate(const Network& network, const Labels& part, std::uint32_t parts) {
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

  Network base_;
  const Context& context_;
  Random random_;
  double pull_ = 0;        ///< resolution over the total strength
  double least_gain_ = 0;  ///< smaller ones are rounding, and could be taken for ever
};

/// Cuts clusters that hang together through others only: that never lowers modularity.
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

}  // namespace

Result<Clustering> leiden(const GraphView& graph, const ClusterParams& params, const Context& context) {
  if (!(params.resolution >= 0 && std::isfinite(params.resolution))) {
    return fail(ErrorKind::usage, fmt::format("resolution {} is not accepted: it is 0 or more", params.resolution));
  }
  constexpr int most_passes = 100;
  Labels partition(graph.vertices());
  std::iota(partition.begin(), partition.end(), 0U);
  if (graph.edges() == 0) return number_by_size(partition);

  Leiden algorithm(graph, params.resolution, context);
  for (int pass = 0; pass < most_passes; ++pass) {
    const Labels before = partition;
    if (!algorithm.pass(partition)) return cancelled();
    compact(partition);
    if (partition == before) break;
  }
  return number_by_size(connected_parts(graph, partition));
}

}  // namespace coinvest
