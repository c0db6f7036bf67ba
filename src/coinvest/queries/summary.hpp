// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/rates.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// A way to group rounds: one row per way, for help and `--by`.
struct Grouping {
  std::string_view name, summary;
};
std::span<const Grouping> groupings();

/// One row: investors, companies, rounds, edges, components of the bipartite graph, ties in both senses, and money.
/// Money is summed in the currency of `rates`, else in that of most disclosed rounds; rounds that are not in it are
/// counted in `other_currency`. `amount_exact` adds exact amounts, `amount_low` and `amount_high` the intervals of all
/// disclosed ones (no high while one is unbounded); `undisclosed` counts rounds. Fails (limit) if a sum leaves 64 bits.
Result<Table> summary(const Deals& deals, const Context& context, const std::optional<Rates>& rates = {});

/// One row per group, periods ascending, all others by number of rounds, then name: rounds, companies, investors, money
/// as above, first rounds of companies with their share of the dated rounds; of periods also investors who came and
/// left, of investors rounds led, companies new to them and returned to. What was before the selection's dates, or
/// outside its sectors, counts for what is first. A round of several investors stands in each one's group when grouped
/// by investor or type: then amounts are those of whole rounds. Dates wider than a quarter or year stand under their
/// own name ("2022"), none under "undated". O(P log P).
Result<Table> summary_by(const Deals& deals, std::string_view grouping, const std::optional<Rates>& rates = {});

/// One row per stage that has a place in the order, ascending: companies with a selected dated round of it, how many
/// had one of a later stage afterwards (in whatever sector, window or stage), their share with its 95 % Wilson
/// interval; how many had any later round, and the median days to it, of imprecise dates the middle, of an even number
/// the upper one; `recent` companies came to the stage less than 24 months before the as-of day and have not left it:
/// they may yet. O(R log R).
Table graduation(const Deals& deals);

}  // namespace coinvest
