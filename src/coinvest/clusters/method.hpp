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

/// What leiden and louvain make large.
enum class Objective : std::uint8_t {
  modularity,
  constant_potts,  ///< weight inside clusters − γ pairs inside: clusters are denser than γ, whatever the size of the
                   ///< graph
};

struct ClusterParams {
  double resolution = 1.0;  ///< γ of the objective
  Objective objective = Objective::modularity;
  std::uint32_t passes = 100;  ///< at most so many of leiden and louvain; both end before when nothing moves
};

/// What a method can be asked to make large.
enum class Objectives : std::uint8_t { its_own, any };

/// Whether other seeds may give other clusters.
enum class Seeded : std::uint8_t { no, yes };

struct ClusterMethod {
  std::string_view name, summary, cost, source;
  DefinedOn graphs;
  Objectives objectives;
  Seeded seeded;
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

/// The constant Potts model: Σ_c [weight inside c − γ n_c(n_c−1)/2], in units of weight. O(V+E).
/// Source: Traag, Van Dooren & Nesterov 2011, doi:10.1103/PhysRevE.84.016114.
double constant_potts(const GraphView& graph, std::span<const std::uint32_t> cluster, double resolution = 1.0);

/// γ of the modularity that clusters are judged by: that of the objective, or 1 if the objective is another.
inline double judged_resolution(const ClusterParams& params) {
  return params.objective == Objective::modularity ? params.resolution : 1;
}

}  // namespace coinvest
