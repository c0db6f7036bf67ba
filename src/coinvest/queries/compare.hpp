// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What one profile of the literature says of every investor, by one of its measures.
struct ProfileScores {
  std::string name;            ///< "hll2007_degree"; "crunchbase_deals"
  std::vector<double> values;  ///< of every investor of the comparison; NaN where undefined
};

/// The profiles side by side, on the same rounds.
struct Comparison {
  std::vector<InvestorId> investors;  ///< ascending
  std::vector<ProfileScores> scores;
};

/// Every measure of every profile, without means over windows, and for the profile without a network the number of
/// deals. All on the rounds given: the windows of the profiles themselves, such as the single year of li2023, are not
/// applied. Fails as the projection and the measures do.
Result<Comparison> compare_profiles(const Deals& deals, const Context& context);

/// One row per pair of scores: a, b, n (investors with both), spearman, kendall (tau-b). Scores that are equal to ten
/// digits are ties. O(n log n) per pair.
Table correlations_table(const Comparison& comparison);

/// One row per investor: id, name, spread, and its rank by every score, equal ones sharing the mean of their places.
/// spread: highest less lowest of these ranks, each as a share of the investors ranked. Largest first.
Table movers_table(const Comparison& comparison, const Dataset& data);

}  // namespace coinvest
