// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <variant>

#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/coinvestment.hpp"

namespace coinvest {

/// Mutual information of two partitions of the same vertices over the mean of their entropies: 1 if they are the same,
/// 0 if one says nothing about the other. 1 if both are trivial. O(V log V).
/// Source: Danon et al. 2005, doi:10.1088/1742-5468/2005/09/P09008.
double mutual_information(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

/// Share of vertex pairs on which two partitions agree, corrected for chance: 1 if they are the same, 0 on average for
/// random ones. 1 if chance alone agrees everywhere. O(V log V). Source: Hubert & Arabie 1985, doi:10.1007/BF01908075.
double adjusted_rand_index(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

/// How the graph was made of the deals: what its random counterparts are made like.
using GraphRecipe = std::variant<BipartiteOptions, TieOptions>;

struct TrustParams {
  std::uint32_t seeds = 20;
  std::uint32_t randomisations = 100;
  std::uint32_t passes = 3;  ///< of leiden and louvain in these runs: later passes cost much and change little
};

/// How far clusters can be trusted. NaN: not asked for, or no spread to compare with.
struct Trust {
  TrustParams made;
  double nmi = std::numeric_limits<double>::quiet_NaN();
  double ari = std::numeric_limits<double>::quiet_NaN();  ///< both: mean over all pairs of seeds
  double null_mean = std::numeric_limits<double>::quiet_NaN();
  double null_deviation = std::numeric_limits<double>::quiet_NaN();
  /// (modularity − null_mean) / null_deviation, where modularity is that of the first seed in as many passes.
  double z = std::numeric_limits<double>::quiet_NaN();

  static constexpr double least_nmi = 0.7, least_z = 3;
};

/// Finds the clusters of `graph` with `seeds` seeds from that of the context on, and in graphs whose deals
/// were drawn at random with the same degrees (of investors and rounds where rounds make the weights, else of
/// investors and companies). Agreement is over vertices with a tie: those without always agree. Runs on threads, with
/// streams of random numbers per task; bytes do not depend on threads. Costs seeds + randomisations runs of the method,
/// and one seed is enough for a method without any. Fails as the method does.
Result<Trust> trust(const Deals& deals, const GraphRecipe& recipe, const GraphView& graph, const ClusterMethod& method,
                    const ClusterParams& params, const TrustParams& trust_params, const Context& context);

}  // namespace coinvest
