// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/model/rates.hpp"

namespace coinvest {

/// Reads exchange rates: a table with the columns currency and rate, and perhaps date (of a day, month, quarter or
/// year; empty: always) and to, which is one currency in all rows (without it: USD). Fails (io, input) at the first
/// fault.
Result<Rates> read_rates(const std::string& path);

}  // namespace coinvest
