// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/clusters/method.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {

/// Membership: id, name, side, cluster (from 1, the largest first). Within a cluster members with more ties come first.
/// The table's data holds method, clusters, resolution and modularity.
Table clusters_table(const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
                     const ClusterParams& params);

/// One row per cluster: size, share of the vertices, ties inside, share of its ties that stay inside, leading members.
/// The same data as `clusters_table`. Single vertices without ties are counted in one note, not listed.
Table cluster_quality(const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
                      const ClusterParams& params);

}  // namespace coinvest
