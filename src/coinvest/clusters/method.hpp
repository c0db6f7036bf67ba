// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/view.hpp"

namespace coinvest {

/// Cluster numbers of the vertices: 0 is the largest cluster, of equal sizes the one with the lowest vertex.
struct Clustering {
  std::vector<std::uint32_t> cluster;  ///< per vertex
  std::uint32_t count = 0;
};

struct ClusterParams {
  double resolution = 1.0;     ///< γ of modularity
  std::uint32_t passes = 100;  ///< at most so many of leiden and louvain; both end before when nothing moves
};

struct ClusterMethod {
  std::string_view name, summary, cost, source;
  DefinedOn graphs;
  Result<Clustering> (*run)(const GraphView&, const ClusterParams&, const Context&);
  double (*modularity)(const GraphView&, std::span<const std::uint32_t>,
                       double resolution);  ///< what its clusters are judged by
};

std::span<const ClusterMethod> cluster_methods();
const ClusterMethod* find_cluster_method(std::string_view name);

/// Newman's weighted modularity with resolution γ: 1/(2M) Σ_ij [A_ij − γ s_i s_j/(2M)] δ(g_i, g_j). NaN without edges.
/// O(V+E). Source: Newman & Girvan 2004, doi:10.1103/PhysRevE.69.026113.
double modularity(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution = 1.0);

/// Barber's weighted modularity of a bipartite graph: 1/M Σ_ic [B_ic − γ k_i d_c/M] δ(g_i, g_c). NaN without edges.
/// O(V+E). Source: Barber 2007, doi:10.1103/PhysRevE.76.066102.
double barber_modularity(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution = 1.0);

}  // namespace coinvest
