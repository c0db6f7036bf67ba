// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What the companies of a portfolio are told apart by.
enum class SpreadOver : std::uint8_t {
  sector,
  stage,  ///< at which the investor came in: of its earliest round there that has a stage
};

/// How concentrated each portfolio is, the largest first, equal ones by name: id, name, companies, known (of these,
/// with a known sector or stage), groups, hhi (Σ share², over the known ones), largest, largest_share,
/// top3_capital_share (of the three companies with most of the investor's own disclosed capital), capital_companies and
/// currency (how many companies that rests on, and in which currency: that of most of its disclosed amounts). Amounts
/// are lower ends. Undefined without known companies, and without disclosed amounts. O(participations · log).
Table concentration_table(const Deals& deals, SpreadOver over);

/// Who holds the same companies as one investor, the most similar portfolio first: id, name, companies, shared,
/// jaccard, share_of_theirs, share_of_mine, shared_companies. Only those with a shared company. Fails (input) on a name
/// that is none, with the nearest ones.
Result<Table> portfolio_overlap(const Deals& deals, std::string_view investor);

/// Which investors hold companies of the sector of one company, itself left out: those with most of them first: id,
/// name, companies, rivals, share, holds (the company itself), rival_companies. Fails (input) on a name that is none,
/// with the nearest ones, and on a company without a sector.
Result<Table> rival_overlap(const Deals& deals, std::string_view company);

}  // namespace coinvest
