// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest {

/// Rows below the heading that a sheet can hold.
inline constexpr std::size_t most_sheet_rows = 1'048'575;

/// Tables as an Excel workbook: a sheet each, of the table's name made unique and short enough, and a last one called
/// `about` with captions, notes, scalars and parameters. The heading is bold and stays in sight, columns have a filter
/// and fit their cells. Texts are texts, never formulas or links; numbers are numbers with 16 significant digits;
/// undefined values are empty cells. Texts of more than 32,767 bytes end in "…", and `about` says so. The same tables
/// give the same bytes. Fails (limit): a table with more rows than a sheet; (io): the system has no temporary file.
Result<std::string> write_workbook(std::span<const Table* const> tables, const FormatOptions& options);

}  // namespace coinvest
