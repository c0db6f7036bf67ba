// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"

namespace coinvest {

/// Whether text cells that a spreadsheet would run as a formula get a `'` before them.
enum class ExcelSafe : std::uint8_t { no, yes };
enum class Colouring : std::uint8_t { off, on };

/// Named values in their order: the options that shape a result.
using Parameters = std::vector<std::pair<std::string, Cell>>;

/// What a writer must know beside the table; each reads only its own part.
struct FormatOptions {
  std::string tool_version = {};         ///< json, xlsx
  Parameters parameters = {};            ///< json, xlsx
  ExcelSafe excel_safe = ExcelSafe::no;  ///< csv
  Colouring colour = Colouring::off;     ///< table
  std::size_t width = 80;                ///< table: columns of the terminal; 0: without a limit
};

/// For people at a terminal: caption, heading and thin rule, numbers right-aligned with about four significant digits
/// and digit groups, notes. Columns of Shown::details are left out. Text columns are cut with "…" to fit the width;
/// columns that still do not fit are left out from the right and named in a line of their own. Control characters are
/// visible.
std::string write_table(const Table& table, const FormatOptions& options);

/// RFC 4180 with a header, `\n`, UTF-8, full precision (shortest round-trip), undefined values empty.
std::string write_csv(const Table& table, const FormatOptions& options);
/// The same without the header.
std::string csv_rows(const Table& table, const FormatOptions& options);

/// `{"tool":{},"parameters":{},"data":{},"name","caption","notes":[],"columns":[],"rows":[[]]}`, null where undefined,
/// a row per line. `<`, U+2028 and U+2029 are escaped: the text may stand inside a page.
std::string write_json(const Table& table, const FormatOptions& options);

/// A pipe table as in GitHub's Markdown with all columns, numbers as at the terminal; nothing in a cell is markup.
std::string write_markdown(const Table& table, const FormatOptions& options);

/// An Excel workbook with the table and a sheet about it, as write_workbook says.
Result<std::string> write_xlsx(const Table& table, const FormatOptions& options);

/// Several tables as one output in any format of `table_formats`: one below the other, under headings in Markdown; in
/// JSON `tables`, an object by name; a sheet each in XLSX; in CSV one table of table, row, column, value. Fails as the
/// format does.
Result<std::string> write_tables(std::span<const Table> tables, std::string_view format, const FormatOptions& options);
std::string write_tables_json(std::span<const Table> tables, const FormatOptions& options);

/// Whether a format can be printed, or must go to a file.
enum class Medium : std::uint8_t { text, file };

/// An output format of a table.
struct Format {
  std::string_view name;
  std::string_view extension;  ///< of file names, with its dot
  std::string_view summary;
  Result<std::string> (*write)(const Table&, const FormatOptions&);
  Medium medium = Medium::text;
};

/// A writer that cannot fail, as one that might.
template <std::string (*writer)(const Table&, const FormatOptions&)>
Result<std::string> always(const Table& table, const FormatOptions& options) {
  return writer(table, options);
}

inline constexpr std::array<Format, 5> table_formats{{
    {"table", ".txt", "aligned columns for people, fitted to the terminal", always<write_table>},
    {"csv", ".csv", "comma-separated values, all columns, full precision", always<write_csv>},
    {"json", ".json", "one object with tool, parameters, data, columns and rows", always<write_json>},
    {"markdown", ".md", "a Markdown table, all columns, rounded numbers", always<write_markdown>},
    {"xlsx", ".xlsx", "an Excel workbook, all columns, a sheet about them", write_xlsx, Medium::file},
}};

/// The format of this name; null if there is none.
const Format* find_format(std::string_view name);

/// The format whose extension ends `path`, in letters of either case; null if none does.
const Format* format_of_path(std::string_view path);

}  // namespace coinvest
