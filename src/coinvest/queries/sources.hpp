// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

// Where the numbers come from: the rows of the input behind each investor, company and round of a selection. `sources`
// reads "rounds.csv:2; investments.csv:4-7, 9".

/// Where an investor stands in `deals.investors` as a participant of a round; nothing if it took no part. O(log).
std::optional<std::uint64_t> place_in(const Deals& deals, std::size_t position, InvestorId investor);

/// Rows as a person looks them up: each once, in file and line order.
std::string text_of(const Dataset& data, std::vector<SourceRow> rows);

/// The row of a round, and those that say that this investor took part in it.
std::vector<SourceRow> rows_behind(const Deals& deals, std::size_t position, std::span<const InvestorId> investors);

/// One row per investor of the graph: id, name, companies, rounds, component (1 the largest), sources.
Result<Table> investor_sources(const Deals& deals, const Bipartite& graph, const Context& context);
/// The same per company: id, name, investors, rounds, component, sources.
Result<Table> company_sources(const Deals& deals, const Bipartite& graph, const Context& context);
/// One row per selected round: company, round, date, investors, sources.
Table round_sources(const Deals& deals);

}  // namespace coinvest
