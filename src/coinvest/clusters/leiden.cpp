// SPDX-License-Identifier: Apache-2.0
#include <numeric>
#include <tuple>
#include <utility>

#include "coinvest/clusters/methods.hpp"
#include "coinvest/clusters/network.hpp"

namespace coinvest {
namespace {

class Leiden {
 public:
  Leiden(const GraphView& graph, const Labels& order, const ClusterParams& params, const Context& context)
      : base_(whole(graph, order, params.objective)), attraction_(attraction(base_, params)), context_(context) {}

  /// Improves the partition once through all levels of aggregation; false if interrupted.
  bool pass(Labels& partition) {
    Network coarse;
    const Network* network = &base_;
    Labels node_of(base_.nodes());
    std::iota(node_of.begin(), node_of.end(), 0U);
    Labels community = partition;
    while (true) {
      move_nodes(*network, attraction_, community, context_);
      const std::uint32_t communities = compact(community);
      for (std::size_t v = 0; v < partition.size(); ++v) partition[v] = community[node_of[v]];
      if (context_.stopped()) return false;
      if (communities == network->nodes()) return true;

      Labels refined = refine(*network, community, communities);
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
  /// Splits every community into parts: nodes start alone and join a part of their community, if both are well
  /// connected to the rest of it, so that every part is connected.
  Labels refine(const Network& network, const Labels& community, std::uint32_t communities) {
    const std::uint32_t n = network.nodes();
    Labels part(n), size(n, 1);
    std::iota(part.begin(), part.end(), 0U);
    std::vector<double> mass = network.mass;
    // Edges inside communities alone: the others are of no concern here, and too many to be asked again and again.
    inside_.offsets.assign(1, 0);
    inside_.neighbours.resize(network.neighbours.size());
    inside_.weights.resize(network.weights.size());
    std::vector<double> outward(n);  // weight from a part to the rest of its community
    for (std::uint32_t node = 0; node < n; ++node) {
      std::uint64_t end = inside_.offsets.back();
      double weight_inside = 0;
      network.for_neighbours(node, [&](std::uint32_t other, double weight) {
        const bool kept = community[other] == community[node];
        inside_.neighbours[end] = other;
        inside_.weights[end] = weight;
        end += kept ? 1U : 0U;
        weight_inside += kept ? weight : 0;
      });
      outward[node] = weight_inside;
      inside_.offsets.push_back(end);
    }

    Groups groups(community, communities);
    Tally tally(n);
    for (std::uint32_t c = 0; c < communities; ++c) {
      if (context_.stopped()) return part;
      const auto members = groups.of(c);
      double community_mass = 0;
      for (const std::uint32_t node : members) community_mass += network.mass[node];
      const auto well_connected = [&](std::uint32_t label) {
        return outward[label] >= attraction_.pull * mass[label] * (community_mass - mass[label]);
      };
      for (const std::uint32_t node : members) {
        if (size[node] != 1 || part[node] != node || !well_connected(node)) continue;
        tally.add(inside_, node, part);
        std::uint32_t best = node;
        double best_gain = 0;
        for (const std::uint32_t label : tally.labels()) {
          const double label_gain = attraction_.gain(tally[label], network.mass[node], mass[label]);
          if (label_gain > best_gain && well_connected(label)) std::tie(best, best_gain) = std::pair(label, label_gain);
        }
        if (best != node) {
          outward[best] += outward[node] - 2 * tally[best];
          mass[best] += network.mass[node];
          ++size[best];
          part[node] = best;
        }
        tally.clear();
      }
    }
    return part;
  }

  Network base_, inside_;
  Attraction attraction_;
  const Context& context_;
};

}  // namespace

Result<Clustering> leiden(const GraphView& graph, const ClusterParams& params, const Context& context) {
  if (auto accepted = check_resolution(params); !accepted) return tl::unexpected(accepted.error());
  Labels partition(graph.vertices());
  std::iota(partition.begin(), partition.end(), 0U);
  if (graph.edges() == 0) return number_by_size(partition);

  const Labels order = random_order(graph.vertices(), context.seed);
  Leiden algorithm(graph, order, params, context);
  for (std::uint32_t pass = 0; pass < params.passes; ++pass) {
    const Labels before = partition;
    if (!algorithm.pass(partition)) return cancelled();
    compact(partition);
    if (partition == before) break;
  }
  return number_by_size(connected_parts(graph, of_vertices(partition, order)));
}

}  // namespace coinvest
