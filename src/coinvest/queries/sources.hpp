// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

// Where the numbers come from: the rows of the input behind each investor, company and round of a selection. `sources`
// reads "rounds.csv:2; investments.csv:4-7, 9".

/// One row per investor of the graph: id, name, companies, rounds, component (1 the largest), sources.
Result<Table> investor_sources(const Deals& deals, const Bipartite& graph, const Context& context);
/// The same per company: id, name, investors, rounds, component, sources.
Result<Table> company_sources(const Deals& deals, const Bipartite& graph, const Context& context);
/// One row per selected round: company, round, date, investors, sources.
Table round_sources(const Deals& deals);

}  // namespace coinvest
