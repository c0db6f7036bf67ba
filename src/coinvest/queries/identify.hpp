// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/ingest/review.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

enum class NameSide : std::uint8_t { investors, companies, both };

/// Two names that may be one organisation.
struct LikelyPair {
  std::uint32_t a = 0, b = 0;  ///< indices of investors, or of companies; a < b
  double score = 0;            ///< in (0, 1]: a rank, not a probability
  std::string evidence;        ///< for the person who decides: "words 0.86; 3 shared companies"
};

/// Pairs of names of one side whose score is at least `least`, by falling score, then names. Names are compared by
/// their words and, in Chinese, by their pairs of characters without registry place and legal form, rare ones counting
/// more; by letters; and by initials; shared companies and countries raise the score. Pairs that the alias table
/// joins, or both names of which it knows, are left out. docs/methods.md has the formula. O(names · names per word).
/// Same pairs for any number of threads. Fails if cancelled.
Result<std::vector<LikelyPair>> likely_pairs(const Dataset& data, NameSide side, double least, const Context& context);

/// The pairs as a table for review: a, b, score, evidence, decision (empty), and side if both are asked for.
Result<Table> review_table(const Dataset& data, NameSide side, double least, const Context& context);

/// The alias table that the data set has, with the names that were found to be the same: each under the name of its
/// group that is canonical already, else that of most participations. Fails (input), with the place of the decision: a
/// name that no investor has, two names said to be the same and different.
Result<Table> reviewed_aliases(const Dataset& data, std::span<const Reviewed> reviewed);

}  // namespace coinvest
