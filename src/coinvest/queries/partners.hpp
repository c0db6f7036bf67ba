// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "coinvest/base/table.hpp"
#include "coinvest/ties/validate.hpp"

namespace coinvest {

/// Ties, the heaviest first, equal ones by names: a, b, shared_rounds, shared_companies, first, last, weight, and with
/// a validation p_over, p_under, q, validated, stance (preferred, neutral, avoided) and p_least (empty without); a_led
/// and b_led, shared rounds each has led; a_first, same_time, b_first and order_unknown, shared companies by who came
/// in first, with precedence and its sign test; p_b_given_a and p_a_given_b, the share of the rounds (or companies) of
/// the one that the other has, too. `options` made the graph. Fails as its parts do.
Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const TieOptions& options,
                         const std::optional<TieValidation>& validation, const Context& context);

/// Says what made no ties because of its size or for want of a date.
void note_left_out(Table& table, const Coinvestment& graph);

/// Says of what the weights of the bipartite graph are made, and what they do not know.
void note_unknown_weights(Table& table, const Bipartite& graph);

/// What the test can find, per number of rounds (or companies) of the less active end: chosen, investors, ties,
/// validated, p_least, needed. Fails as its parts do.
Result<Table> power_table(const Deals& deals, const Coinvestment& graph, const TieValidation& validation,
                          const Context& context);

}  // namespace coinvest
