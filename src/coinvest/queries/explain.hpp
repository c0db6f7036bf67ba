// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/rank_intervals.hpp"

namespace coinvest {

// Where a number comes from: `number` (what, value) has it and its rule in words, a second table the rows of the input
// behind it, `left_out` the rounds without which it would be another one, as `leave_one_out` says.

/// The weight of the tie of two investors: number, rounds, left_out. Without a tie the weight is 0, and nothing is left
/// out. Fails as the graph does, and (usage) if both are the same.
Result<std::vector<Table>> explain_pair(const Deals& deals, const TieOptions& options, InvestorId a, InvestorId b,
                                        std::uint64_t most, const Context& context);

/// An investor or a company.
struct Ranked {
  std::optional<InvestorId> investor;
  CompanyId company{};  ///< if it is no investor
};

/// The rank by one measure: number, rounds, left_out. `rank` makes the table of ranks as `ranking` does, by that
/// measure alone. Fails as `rank` does.
Result<std::vector<Table>> explain_rank(const Deals& deals, const Measure& measure, const Ranked& who,
                                        const RankDeals& rank, std::uint64_t most, const Context& context);

/// Whether a company, or one of its investors, is out: number, events with the reason why each decides or does not, and
/// of an investor the rounds in which it took part.
std::vector<Table> explain_exit(const Deals& deals, CompanyId company, std::optional<InvestorId> investor);

}  // namespace coinvest
