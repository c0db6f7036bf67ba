// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/view.hpp"

// What Louvain and Leiden share; inside this room only.

namespace coinvest {

using Labels = std::vector<std::uint32_t>;
using Random = std::mt19937_64;

/// A number in [0, bound). The distributions of the standard library differ from one implementation to the next.
std::uint64_t draw(Random& random, std::uint64_t bound);

void shuffle(std::span<std::uint32_t> items, Random& random);

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

/// Every vertex a node.
Network whole(const GraphView& graph);

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

/// Modularity as local moves see it, in units of edge weight.
struct Attraction {
  double pull = 0;        ///< resolution over the total strength
  double least_gain = 0;  ///< smaller ones are rounding, and could be taken for ever

  /// What joining a community of this strength gains.
  double gain(double weight_to, double strength, double community_strength) const {
    return weight_to - pull * strength * community_strength;
  }
};

/// Of a network with edges.
Attraction attraction(const Network& network, double resolution);

/// Moves nodes to the neighbouring (or an empty) community with the largest gain until none wants to move; a node is
/// looked at again when a neighbour has left it. Ends early once the stop flag is raised.
void move_nodes(const Network& network, const Attraction& attraction, Labels& community, Random& random,
                const Context& context);

/// Cuts clusters that hang together through others only: that never lowers modularity, Barber's included.
Labels connected_parts(const GraphView& graph, const Labels& cluster);

}  // namespace coinvest
