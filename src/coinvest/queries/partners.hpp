// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "coinvest/base/table.hpp"
#include "coinvest/ties/validation.hpp"

namespace coinvest {

/// What ties are tested with.
enum class Validation : std::uint8_t {
  hypergeometric,  ///< chance, given how much each investor invests
  bicm,            ///< chance, given also how many investors each company attracts
  disparity,       ///< none against chance: the backbone of each investor's strongest ties
};

struct TieValidation {
  Validation with = Validation::hypergeometric;
  ValidateOptions options;
};

/// Ties, the heaviest first, equal ones by names: a, b, shared_rounds, shared_companies, first, last, weight, and with
/// a validation p_over, p_under, q, validated (empty without); a_led and b_led, shared rounds each has led; a_first,
/// same_time, b_first and order_unknown, shared companies by who came in first, with precedence and its sign test.
/// Fails as its parts do.
Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const std::optional<TieValidation>& validation,
                         const Context& context);

}  // namespace coinvest
