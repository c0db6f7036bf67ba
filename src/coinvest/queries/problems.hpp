// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

enum class Problems : std::uint8_t { all, rejected_rows };

/// What deserves a look once all rows are read: names much like another one (`likely_pairs` from 0.85 on), names on
/// both sides, exits before the entry, amounts out of line with their peers, in file and line order.
std::vector<Problem> findings(const Dataset& data);

/// Every row that was rejected, changed or deserves a look: file, line, column, kind, text, in file and line order;
/// without `findings` if only rejected rows are asked for.
Table problems_table(const Dataset& data, Problems which = Problems::all);

/// The same counted: kind, effect (rejected, kept), count, rows, share. `rows` are those read; of dates on 1 January
/// and on the first of a month, which exports write for years and months, the rounds dated to the day.
Table problem_kinds_table(const Dataset& data);

/// The rejected rows as they stand in their files: file, line, column, kind, text, row.
Table rejects_table(const Dataset& data);

/// Data quality of a selection: rows read, kept and left out by reason, problems by kind, undisclosed and imprecise
/// amounts, imprecise and suspect dates, rounds without a known lead or any named investor, rows by grade, how far
/// names were counted to managers, the as-of day and how late rounds were known: item, count, of, share.
Table quality_table(const Deals& deals);

}  // namespace coinvest
