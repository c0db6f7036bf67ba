// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/clusters/method.hpp"

namespace coinvest {

// The clustering methods, one file each. All take bipartite and co-investment graphs and fail with `cancelled` when
// the stop flag is raised. Definitions and sources: docs/methods.md.

/// The connected components; isolates are clusters of their own. O(V+E).
Result<Clustering> components(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Communities of high weighted modularity by the Leiden algorithm: local moving, refinement, aggregation, repeated
/// until nothing moves. A bipartite graph is treated as an ordinary one: investors and companies share clusters, and
/// the null model expects ties within a side too. Every cluster is connected; components are never merged; isolates
/// and the vertices of a graph without edges are clusters of their own. The seed decides the order of the moves.
/// About O(E) per pass, ten to forty passes; memory O(V+E). Fails (usage) on a resolution that is negative or not
/// finite. Source: Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.
Result<Clustering> leiden(const GraphView& graph, const ClusterParams& params, const Context& context);

/// Renumbers arbitrary labels below the number of vertices: the largest cluster becomes 0, of equal sizes the one with
/// the lowest vertex comes first. O(V log V).
Clustering number_by_size(std::span<const std::uint32_t> labels);

}  // namespace coinvest
