// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/ingest/container.hpp"
#include "coinvest/ingest/grid.hpp"

namespace coinvest {

/// True if the bytes begin as a ZIP archive does, which an Excel workbook is.
bool is_zip(std::string_view bytes);

/// The rows of a sheet of an Excel workbook (.xlsx): the one of this name, or the first that is not hidden. Cells are
/// what people see, up to number formats: shared, rich and inline texts; dates of all formats as ISO 8601; numbers
/// without exponent; `true` and `false`; stored results of formulas. Merged cells all have the value of the first, in
/// rows that hold something else. Error values and formulas without a stored result are faults. A row's line is its
/// number in the sheet. Nothing outside of the bytes is looked at. O(bytes) time; memory of the sheet's XML tree.
/// Fails (input): no workbook, damaged, with a password, no such sheet (all are named), a document type declaration in
/// its XML; (limit): more entries, larger or denser than `limits`, and as Grid::add_row.
Result<Grid> read_xlsx(std::string_view bytes, const std::string& file, const std::string& sheet = "",
                       UnpackLimits limits = {.bytes = std::uint64_t{1} << 30}, TableLimits table_limits = {});

}  // namespace coinvest
