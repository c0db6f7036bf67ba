// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "coinvest/base/table.hpp"

namespace coinvest {

/// A column of a table as people read it.
struct DisplayColumn {
  enum class Kind : std::uint8_t { text, number };

  std::string name;
  Shown shown = Shown::always;
  Kind kind = Kind::text;          ///< number: it has values, and all are numbers
  std::vector<std::string> cells;  ///< one per row; undefined: empty
};

/// The first `rows` rows of a table, column by column. Numbers of a column share their decimals, about four significant
/// digits in all, and are grouped by three if one has five digits before the point. O(cells).
std::vector<DisplayColumn> display_columns(const Table& table,
                                           std::size_t rows = std::numeric_limits<std::size_t>::max());

/// Per row: does a column of Shown::faint say yes?
std::vector<bool> faint_rows(const Table& table);

/// A cell for machines: shortest decimal that reads back as the same number, `true` or `false`, undefined and values
/// that are not finite empty.
std::string exact_text(const Cell& cell);

/// A cell for people that stands alone: digits grouped, about four significant ones.
std::string display_text(const Cell& cell);

}  // namespace coinvest
