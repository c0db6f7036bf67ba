// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "coinvest/queries/claims.hpp"

namespace coinvest {

// For the kinds of claims: which rounds one asks about, and the rows that say so.

/// The rounds of a claim, with the participations of its investor.
struct Chosen {
  Deals deals;
  std::vector<std::size_t> rounds;  ///< positions in `deals`
  std::vector<std::size_t> mine;    ///< parallel: where the claim's investor stands in the deals' columns; or empty
};

/// A claim whose names were found.
struct Inquiry {
  const Dataset* data;
  const Claim* claim;
  std::optional<CompanyId> company;
  std::optional<InvestorId> investor;

  /// The claim's rounds, or those of another period, with dates read by `rule`.
  Chosen choose(PartialDate rule, const std::optional<DayRange>& period = {}) const;
};

/// Finds company and investor under any of their spellings. Fails (input) with the nearest name.
Result<Inquiry> inquire(const Dataset& data, const Claim& claim);

/// A participant of a round; `at` is its place in the deals' columns.
ClaimRow participation_row(const Deals& deals, std::size_t round, std::size_t at);

/// The i-th chosen round: the row of its investor where one is asked for, else its own.
ClaimRow row_of(const Chosen& chosen, std::size_t i);
std::vector<ClaimRow> rows_of(const Chosen& chosen);

}  // namespace coinvest
