// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "coinvest/clusters/method.hpp"
#include "coinvest/clusters/quality.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {

/// Membership: id, name, side, cluster (from 1, the largest first). Within a cluster members with more ties come first.
/// The table's data holds method, clusters, resolution and modularity.
Table clusters_table(const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
                     const ClusterParams& params);

/// One row per cluster: size, share of the vertices, ties inside, share of its ties that stay inside, leading members,
/// the sector of most of its companies with its share, and a name made of both. The same data as `clusters_table`,
/// the share of all tie weight that lies inside clusters, and `trust` where given, with a note where clusters are not
/// to be trusted. Single vertices without ties are counted in one note, not listed.
Table cluster_quality(const NamedGraph& graph, const Deals& deals, const Clustering& clustering,
                      const ClusterMethod& method, const ClusterParams& params, const std::optional<Trust>& trust);

}  // namespace coinvest
