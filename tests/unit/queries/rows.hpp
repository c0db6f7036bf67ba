// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "coinvest/base/table.hpp"

namespace coinvest::tests {

using NamedCells = std::map<std::string, Cell>;

/// The cells of one row by the names of their columns.
inline NamedCells cells_of(const Table& table, std::size_t row) {
  NamedCells cells;
  for (std::size_t c = 0; c < table.columns.size(); ++c) cells[table.columns[c].name] = table.rows.at(row).at(c);
  return cells;
}

/// The rows by the text in one column.
inline std::map<std::string, NamedCells> rows_by(const Table& table, const std::string& column) {
  std::map<std::string, NamedCells> rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    NamedCells cells = cells_of(table, row);
    rows.emplace(std::get<std::string>(cells.at(column)), cells);
  }
  return rows;
}

inline Cell count(std::int64_t value) {
  return Cell{value};
}

}  // namespace coinvest::tests
