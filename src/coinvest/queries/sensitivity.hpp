// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// How much the ranks of the first `top` investors depend on three choices: ties by round or company, names as written
/// or counted to their manager, imprecise dates strictly inside the window or overlapping it. Investors stand by the
/// number of their co-investors; equal numbers share a rank. One row per investor: rank (as asked), id, name, rank_low
/// and rank_high (over the eight variants), absent (variants in which nobody has this name), then its rank in each:
/// round_none_strict, .... A variant of too many ties has no ranks, and a note tells. Cost: up to nine projections,
/// fewer where choices make no difference.
Result<Table> sensitivity_table(const Deals& deals, const TieOptions& ties, std::size_t top, const Context& context);

}  // namespace coinvest
