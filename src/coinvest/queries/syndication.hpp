// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/base/table.hpp"
#include "coinvest/graph/coinvestment.hpp"

namespace coinvest {

/// How common investing together is: measure, value, part, whole. Rows: round_syndication_rate (rounds of at least two
/// investors, unnamed ones too, among rounds with any), company_syndication_rate (companies of at least two distinct
/// investors among companies with any), mean_round_size and largest_round (named investors), sole_investor_rate (rounds
/// of exactly one), repeat_partner_rate (ties of at least two shared rounds, or companies, among ties). Undefined where
/// the whole is 0. O(participations + ties).
Table syndication_table(const Deals& deals, const Coinvestment& graph);

/// The same per investor, those with most rounds first, equal ones by name: id, name, rounds, syndicated,
/// syndication_rate, sole, mean_round_size, partners, repeat_partners, repeat_partner_rate.
Table syndicators_table(const Deals& deals, const Coinvestment& graph);

}  // namespace coinvest
