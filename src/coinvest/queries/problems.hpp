// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

enum class Problems : std::uint8_t { all, rejected_rows };

/// Every row that was rejected, changed or deserves a look: file, line, column, kind, text, in file and line order.
Table problems_table(const Dataset& data, Problems which = Problems::all);

/// Data quality of a selection: rows read, kept and left out by reason, problems by kind, undisclosed and imprecise
/// amounts, imprecise dates, rounds without a known lead or any named investor, rows by grade: item, count, of, share.
Table quality_table(const Deals& deals);

}  // namespace coinvest
