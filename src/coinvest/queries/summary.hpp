// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/rates.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What groups are, as far as it decides about their order and columns; of periods the number is that of their months.
enum class GroupKind : std::uint8_t { year = 12, quarter = 3, investor = 1, other = 0 };

constexpr bool is_period(GroupKind kind) {
  return kind == GroupKind::year || kind == GroupKind::quarter;
}

/// A way to group rounds: one row per way, for help and `--by`.
struct Grouping {
  std::string_view name, summary;
  GroupKind kind;
  std::vector<std::string> (*keys)(const Deals&, std::size_t round);  ///< the groups that a round stands in
};
std::span<const Grouping> groupings();
/// Fails (usage) if no grouping has the name.
Result<Grouping> grouping_called(std::string_view name);

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

/// How what companies were worth went from round to round: one row, or one per group of the later rounds in the order
/// of `summary_by`. A step leads from a company's dated round that says a valuation to the next one that does, whatever
/// was selected before; its multiple is the latter's pre-money over the former's post-money, as an interval. Pre-money
/// is post-money less the round's amount where only that is said, and the reverse. `up`, `flat` and `down` are beyond
/// doubt; `undecided` are others in one currency, and rounds whose dates do not say which came first. `median` is that
/// of the `exact` multiples; `median_low` and `median_high` are those of both ends of all multiples. Of an even number
/// the upper one. Fails (usage): no such grouping. O(R log R).
Result<Table> steps(const Deals& deals, std::optional<std::string_view> grouping = {});

}  // namespace coinvest
