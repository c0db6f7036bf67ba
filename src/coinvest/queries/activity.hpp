// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What a database shows of an investor, without any network: deals, those that it led, full months since the last one
/// in bands of 12 and 18, and the dollars of its rounds, each round counted whole: sums of what is known, with the
/// rounds of unknown amount and of other currencies counted apart. Most deals first, then byte order of names.
/// `usd_high` is undefined while one amount has no upper bound. Fails (limit) if a sum leaves 64 bits.
Result<Table> activity(const Deals& deals);

}  // namespace coinvest
