// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/clusters/method.hpp"

namespace coinvest {

// The clustering methods, one file each. Isolates and the vertices of a graph without edges are clusters of their own;
// every cluster is connected. All fail with `cancelled` when the stop flag is raised. Definitions and sources:
// docs/methods.md.

/// The connected components; isolates are clusters of their own. O(V+E).
Result<Clustering> components(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Communities of high weighted modularity by the Leiden algorithm: local moving, refinement, aggregation, repeated
/// until nothing moves. A bipartite graph is treated as an ordinary one: investors and companies share clusters, and
/// the null model expects ties within a side too. Every cluster is connected; components are never merged; isolates
/// and the vertices of a graph without edges are clusters of their own. The seed decides the order of the moves.
/// About O(E) per pass, ten to forty passes; memory O(V+E). Fails (usage) on a resolution that is negative or not
/// finite. Source: Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.
Result<Clustering> leiden(const GraphView& graph, const ClusterParams& params, const Context& context);

/// As leiden, without refinement: aggregation by whole communities, repeated until nothing moves; clusters that fell
/// apart are cut. Fails (usage) on a resolution that is negative or not finite.
/// Source: Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi:10.1088/1742-5468/2008/10/P10008.
Result<Clustering> louvain(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Clusters of investors and companies with high Barber modularity: label propagation between the sides and joining of
/// clusters (LPAb+), from 4 to 400 seeded starts, of which the best counts. Edge weights count. On threads, with a
/// stream of random numbers per start. Fails (usage) on a co-investment graph, and on a resolution that is negative or
/// not finite. About O(E) per pass and start; memory O(V) per start.
/// Source: Liu & Murata 2010, doi:10.1007/978-3-642-04409-0_50; weights: Beckett 2016, doi:10.1098/rsos.140536.
Result<Clustering> bipartite_clusters(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Communities by Ward's merging of neighbours whose random walks of four steps end alike, cut where modularity is
/// largest. Components on their own; every vertex has a loop of the mean weight of its ties; equal distances are merged
/// by lowest numbers; the distance to a merged community is an estimate until it is the smallest. No resolution, no
/// seed. O(EV) time, 4V² bytes for the largest component. Fails (limit) above 30,000 vertices in one component. Source:
/// Pons & Latapy 2006, doi:10.7155/jgaa.00124.
Result<Clustering> walktrap(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Fails (usage) on a resolution that is negative or not finite.
Result<void> check_resolution(const ClusterParams& params);

/// Renumbers arbitrary labels below the number of vertices: the largest cluster becomes 0, of equal sizes the one with
/// the lowest vertex comes first. O(V log V).
Clustering number_by_size(std::span<const std::uint32_t> labels);

}  // namespace coinvest
