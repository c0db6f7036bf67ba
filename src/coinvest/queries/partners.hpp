// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "coinvest/base/table.hpp"
#include "coinvest/ties/hypergeometric.hpp"

namespace coinvest {

/// Ties, the heaviest first, equal ones by names: a, b, shared_rounds, shared_companies, first, last, weight, and with
/// a validation p_over, p_under, q, validated (empty without). Fails as its parts do.
Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const std::optional<ValidateOptions>& validate,
                         const Context& context);

}  // namespace coinvest
