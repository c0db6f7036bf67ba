// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest {

std::string escape_markdown(std::string_view text) {
  static constexpr std::string_view markup = "\\`*_[]<>|~&#$";
  std::string one_line(text);
  std::replace_if(
      one_line.begin(), one_line.end(), [](char letter) { return letter == '\n' || letter == '\t'; }, ' ');
  std::string out;
  for (const char letter : visible(one_line)) {
    if (markup.find(letter) != std::string_view::npos) out += '\\';
    out += letter;
  }
  return out;
}

std::string markdown_table(const Table& table, std::size_t rows) {
  const std::vector<DisplayColumn> columns = display_columns(table, rows);
  const std::size_t shown = std::min(rows, table.rows.size());
  std::string out = "|";
  for (const DisplayColumn& column : columns) out += fmt::format(" {} |", escape_markdown(column.name));
  out += "\n|";
  for (const DisplayColumn& column : columns) out += column.kind == DisplayColumn::Kind::number ? "---:|" : "---|";
  out += '\n';
  for (std::size_t row = 0; row < shown; ++row) {
    out += '|';
    for (const DisplayColumn& column : columns) out += fmt::format(" {} |", escape_markdown(column.cells[row]));
    out += '\n';
  }
  if (table.rows.empty()) out += "\nNo rows.\n";
  for (const std::string& note : table.notes) out += fmt::format("\n{}\n", escape_markdown(note));
  return out;
}

std::string write_markdown(const Table& table, const FormatOptions&) {
  const std::string caption = table.caption.empty() ? "" : escape_markdown(table.caption) + "\n\n";
  return caption + markdown_table(table, table.rows.size());
}

}  // namespace coinvest
