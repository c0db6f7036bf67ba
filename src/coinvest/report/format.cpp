// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/format.hpp"

#include "coinvest/base/text.hpp"
#include "coinvest/report/xlsx.hpp"

namespace coinvest {

const Format* find_format(std::string_view name) {
  for (const Format& format : table_formats)
    if (format.name == name) return &format;
  return nullptr;
}

const Format* format_of_path(std::string_view path) {
  const std::string lower = lower_ascii(path);
  for (const Format& format : table_formats)
    if (lower.ends_with(format.extension)) return &format;
  return nullptr;
}

Result<std::string> write_tables(std::span<const Table> tables, std::string_view format, const FormatOptions& options) {
  if (format == "json") return write_tables_json(tables, options);
  if (format == "xlsx") {
    std::vector<const Table*> sheets;
    for (const Table& table : tables) sheets.push_back(&table);
    return write_workbook(sheets, options);
  }
  if (format == "csv") {
    Table all;
    all.columns = {{"table"}, {"row"}, {"column"}, {"value"}};
    for (const Table& table : tables)
      for (std::size_t row = 0; row < table.rows.size(); ++row)
        for (std::size_t column = 0; column < table.columns.size(); ++column)
          all.rows.push_back(
              {table.name, static_cast<std::int64_t>(row + 1), table.columns[column].name, table.rows[row][column]});
    return write_csv(all, options);
  }
  std::string out;
  for (const Table& table : tables) {
    if (!out.empty()) out += "\n";
    if (format == "markdown") out += "## " + table.name + "\n\n";
    auto text = find_format(format)->write(table, options);
    if (!text) return text;
    out += *text;
  }
  return out;
}

}  // namespace coinvest
