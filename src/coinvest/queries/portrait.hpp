// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/coinvestment.hpp"

namespace coinvest {

/// All about one investor, in tables: overview (what, value), ranks (by measure, those of `also` after the quick ones,
/// among how many), portfolio, missed_rounds (which it could have joined), sectors, stages, and partners with the
/// hypergeometric test of their ties at its default alpha. An investor without a selected round has an overview alone.
/// `graph` is of ties by round. O(everything that the tables are made of). Fails as they do.
Result<std::vector<Table>> investor_portrait(const Deals& deals, const Bipartite& bipartite, const Coinvestment& graph,
                                             InvestorId investor, std::span<const Measure* const> also,
                                             const Context& context);

/// All about one company: overview, rounds, investors, events.
std::vector<Table> company_portrait(const Deals& deals, CompanyId company);

}  // namespace coinvest
