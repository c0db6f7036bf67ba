// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest {
namespace {

/// What makes a spreadsheet take a text for a formula, full-width forms included.
constexpr std::array<std::string_view, 10> formula_starts{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};

bool looks_like_formula(std::string_view text) {
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

/// A lone empty cell would be a blank line, which readers skip.
std::string ended(const std::string& line) {
  return (line.empty() ? "\"\"" : line) + "\n";
}

}  // namespace

std::string write_csv(const Table& table, const FormatOptions& options) {
  std::string line;
  for (const ColumnHead& column : table.columns)
    line += (&column == table.columns.data() ? "" : ",") + csv_field(column.name);
  return ended(line) + csv_rows(table, options);
}

std::string csv_rows(const Table& table, const FormatOptions& options) {
  std::string out, line;
  for (const auto& row : table.rows) {
    line.clear();
    for (const Cell& cell : row) {
      std::string text = exact_text(cell);
      if (options.excel_safe == ExcelSafe::yes && std::holds_alternative<std::string>(cell) && looks_like_formula(text))
        text.insert(0, "'");
      if (&cell != row.data()) line += ',';
      line += csv_field(text);
    }
    out += ended(line);
  }
  return out;
}

}  // namespace coinvest
