// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/lead_ties.hpp"

namespace coinvest {

/// What makes two investors a tie.
enum class TieBy : std::uint8_t {
  round,    ///< both took part in one round (the strict sense)
  company,  ///< both hold one company, whenever they came in (the wide sense)
  window,   ///< both invested in one company within so many days, in whatever rounds
};

/// With x shared rounds or companies, of N with a named investor, of which the two ends have k_a and k_b.
enum class TieWeight : std::uint8_t {
  binary,   ///< 1
  count,    ///< x: an exact integer
  newman,   ///< sum over the shared ones of 1/(participants − 1) (Newman 2001, doi:10.1103/PhysRevE.64.016132)
  jaccard,  ///< x / (k_a + k_b − x)
  overlap,  ///< x / min(k_a, k_b)
  cosine,   ///< x / √(k_a k_b)
  lift,     ///< x N / (k_a k_b): how often what chance would give
  recency,  ///< sum over the shared ones of 2^(−age/half-life), from the day on which both were in to the as-of day
};

struct TieOptions {
  TieBy by = TieBy::round;
  TieWeight weight = TieWeight::count;
  std::uint32_t days = 0;           ///< of TieBy::window
  double half_life = 3;             ///< of TieWeight::recency, in years of 365.25 days
  std::uint32_t min_shared = 1;     ///< ties of fewer shared rounds or companies are left out
  std::uint32_t max_syndicate = 0;  ///< groups of more participants make no ties; 0: no bound
  std::uint64_t max_ties = 50'000'000;
};

/// The co-investment graph: the investors of the bipartite graph, isolates included, and their ties.
struct Coinvestment {
  std::vector<InvestorId> investors;  ///< of vertex v, ascending
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;
  std::vector<std::uint32_t> shared;  ///< parallel to neighbours: shared rounds or companies
  LeadTies leads;                     ///< by round, whatever makes the ties; not cut by min_shared
  std::uint64_t skipped_groups = 0;   ///< rounds or companies above max_syndicate
  std::uint64_t undated_ties = 0;     ///< by recency: left out, since nothing that is shared has a date

  GraphView view() const;
};

/// Projects onto the investors. Pairs are estimated first; fails (limit) above max_ties, naming the largest groups,
/// (usage) on a half-life that is not above 0, or cancelled. Whether imprecise dates lie within a window of days is
/// decided by the selection's rule for partial dates. Groups above max_syndicate still count among an investor's
/// rounds and companies. O(Σ d²) for group sizes d; memory O(ties + n) per thread. Same bytes for any number of
/// threads.
Result<Coinvestment> build_coinvestment(const Deals& deals, const Bipartite& graph, const TieOptions& options,
                                        const Context& context);

/// The number of ties that the default options would make, without making them and whatever `max_ties` says: memory
/// O(n) per thread; O(Σ d) where investors share one group only. Fails (cancelled).
Result<std::uint64_t> count_ties(const Deals& deals, const Bipartite& graph, TieBy by, const Context& context);

}  // namespace coinvest
