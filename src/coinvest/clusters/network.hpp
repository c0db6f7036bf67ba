// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/view.hpp"

// What Louvain and Leiden share; inside this room only.

namespace coinvest {

using Labels = std::vector<std::uint32_t>;
using Random = std::mt19937_64;

/// A number in [0, bound). The distributions of the standard library differ from one implementation to the next.
std::uint32_t draw(Random& random, std::uint32_t bound);

void shuffle(std::span<std::uint32_t> items, Random& random);

/// The graph at one level of aggregation. What lies inside a node counts in its mass alone: the strength of its
/// vertices, or how many they are, by the objective.
struct Network {
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;
  std::vector<double> mass;

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(mass.size()); }

  template <typename Visit>
  void for_neighbours(std::uint32_t node, Visit visit) const {
    for (std::uint64_t i = offsets[node]; i < offsets[node + 1]; ++i) visit(neighbours[i], weights[i]);
  }
};

/// The numbers below `count`, shuffled.
Labels random_order(std::uint32_t count, std::uint64_t seed);

/// Every vertex a node: node i is vertex order[i].
Network whole(const GraphView& graph, const Labels& order, Objective objective);

/// The labels of nodes, by vertex.
Labels of_vertices(const Labels& labels, const Labels& order);

/// Every part a node: nodes of one part are joined.
Network aggregate(const Network& network, const Labels& part, std::uint32_t parts);

/// The labels replaced by 0, 1, ... in order of first appearance; returns how many there are.
std::uint32_t compact(Labels& labels);

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

/// Positive weights gathered by label, for one node at a time. Written without a branch: whether a label is new is a
/// coin toss to the processor, and costs more than all the rest.
class Tally {
 public:
  explicit Tally(std::uint32_t labels) : weight_(labels, 0.0), labels_(labels + std::size_t{1}) {}

  void add(std::uint32_t label, double weight) {
    labels_[count_] = label;
    count_ += weight_[label] > 0 ? 0U : 1U;
    weight_[label] += weight;
  }
  /// The labels of a node's neighbours.
  void add(const Network& network, std::uint32_t node, const Labels& label) {
    network.for_neighbours(node, [&](std::uint32_t other, double weight) { add(label[other], weight); });
  }
  double operator[](std::uint32_t label) const { return weight_[label]; }
  /// In the order in which they came.
  std::span<const std::uint32_t> labels() const { return std::span(labels_).first(count_); }
  void clear() {
    for (const std::uint32_t label : labels()) weight_[label] = 0;
    count_ = 0;
  }

 private:
  std::vector<double> weight_;
  Labels labels_;
  std::size_t count_ = 0;
};

/// The objective as local moves see it, in units of edge weight.
struct Attraction {
  double pull = 0;        ///< resolution; of modularity over the total strength
  double least_gain = 0;  ///< smaller ones are rounding, and could be taken for ever

  /// What joining a community of this mass gains.
  double gain(double weight_to, double mass, double community_mass) const {
    return weight_to - pull * mass * community_mass;
  }
};

/// Of a network with edges.
Attraction attraction(const Network& network, const ClusterParams& params);

/// Moves nodes to the neighbouring (or an empty) community with the largest gain until none wants to move; a node is
/// looked at again when a neighbour has left it. Ends early once the stop flag is raised.
void move_nodes(const Network& network, const Attraction& attraction, Labels& community, const Context& context);

/// Cuts clusters that hang together through others only: that never lowers modularity, Barber's included.
Labels connected_parts(const GraphView& graph, const Labels& cluster);

}  // namespace coinvest
