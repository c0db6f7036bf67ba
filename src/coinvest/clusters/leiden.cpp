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
  Leiden(const GraphView& graph, double resolution, const Context& context)
      : base_(whole(graph)), attraction_(attraction(base_, resolution)), context_(context), random_(context.seed) {}

  /// Improves the partition once through all levels of aggregation; false if interrupted.
  bool pass(Labels& partition) {
    Network coarse;
    const Network* network = &base_;
    Labels node_of(base_.nodes());
    std::iota(node_of.begin(), node_of.end(), 0U);
    Labels community = partition;
    while (true) {
      move_nodes(*network, attraction_, community, random_, context_);
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
        return outward[label] >= attraction_.pull * strength[label] * (community_strength - strength[label]);
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
          const double label_gain = attraction_.gain(tally[label], network.strength[node], strength[label]);
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

  Network base_;
  Attraction attraction_;
  const Context& context_;
  Random random_;
};

}  // namespace

Result<Clustering> leiden(const GraphView& graph, const ClusterParams& params, const Context& context) {
  if (auto accepted = check_resolution(params); !accepted) return tl::unexpected(accepted.error());
  Labels partition(graph.vertices());
  std::iota(partition.begin(), partition.end(), 0U);
  if (graph.edges() == 0) return number_by_size(partition);

  Leiden algorithm(graph, params.resolution, context);
  for (std::uint32_t pass = 0; pass < params.passes; ++pass) {
    const Labels before = partition;
    if (!algorithm.pass(partition)) return cancelled();
    compact(partition);
    if (partition == before) break;
  }
  return number_by_size(connected_parts(graph, partition));
}

}  // namespace coinvest
