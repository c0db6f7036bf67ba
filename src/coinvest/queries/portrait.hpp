// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/graph/coinvestment.hpp"

namespace coinvest {

/// All about one investor, in tables: overview (what, value), ranks (by measure, among how many), portfolio, sectors,
/// stages, and partners with the hypergeometric test of their ties at its default alpha. An investor without a selected
/// round has an overview alone. `graph` is of ties by round. O(everything that the tables are made of). Fails as they
/// do.
Result<std::vector<Table>> investor_portrait(const Deals& deals, const Bipartite& bipartite, const Coinvestment& graph,
                                             InvestorId investor, const Context& context);

/// All about one company: overview, rounds, investors, events.
std::vector<Table> company_portrait(const Deals& deals, CompanyId company);

}  // namespace coinvest
