// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "coinvest/clusters/methods.hpp"
#include "coinvest/clusters/network.hpp"

namespace coinvest {

Result<Clustering> louvain(const GraphView& graph, const ClusterParams& params, const Context& context) {
  if (auto accepted = check_resolution(params); !accepted) return tl::unexpected(accepted.error());
  Labels partition(graph.vertices());
  std::iota(partition.begin(), partition.end(), 0U);
  if (graph.edges() == 0) return number_by_size(partition);

  const Labels order = random_order(graph.vertices(), context.seed);
  const Network base = whole(graph, order, params.objective);
  const Attraction attracted = attraction(base, params);
  for (std::uint32_t pass = 0; pass < params.passes; ++pass) {
    const Labels before = partition;
    Network coarse;
    const Network* network = &base;
    Labels community = partition;
    while (true) {
      move_nodes(*network, attracted, community, context);
      if (context.stopped()) return cancelled();
      const std::uint32_t communities = compact(community);
      if (network == &base) {
        partition = community;
      } else {
        for (std::uint32_t& node : partition) node = community[node];
      }
      if (communities == network->nodes()) break;
      coarse = aggregate(*network, community, communities);
      network = &coarse;
      community.resize(communities);
      std::iota(community.begin(), community.end(), 0U);
    }
    compact(partition);
    if (partition == before) break;
  }
  return number_by_size(connected_parts(graph, of_vertices(partition, order)));
}

}  // namespace coinvest
