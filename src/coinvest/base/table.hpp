// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "coinvest/base/chart.hpp"

namespace coinvest {

/// One value of a table: undefined, text, a count, a number, or yes/no.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

/// Where a column is shown. Machines always get all columns.
enum class Shown : std::uint8_t {
  always,
  linked,   ///< always; the folder of a report, to which a page links
  wrapped,  ///< always; as the last column of a terminal table it goes on in further lines instead of being cut
  details,  ///< left out of the terminal table and of the first view of a page: ids, reasons, sources
  faint,    ///< the same, of yes or no: people see rows with `yes` in grey, because little stands behind them
};

struct ColumnHead {
  std::string name;  ///< as in the CSV header
  Shown shown = Shown::always;
};

/// A named table of typed cells: what every query gives back, and what CSV, JSON, Markdown, terminal and HTML print.
struct Table {
  std::string name;     ///< file-name-safe: "centrality"
  std::string caption;  ///< one line for people: what, variant, denominators, dates
  std::vector<ColumnHead> columns;
  std::vector<std::vector<Cell>> rows;             ///< each as long as `columns`
  std::vector<std::pair<std::string, Cell>> data;  ///< scalars that belong to the whole table ("modularity"), for JSON
  std::vector<std::string> notes;                  ///< sentences that a reader must see beside the numbers
  std::optional<Chart> chart = {};                 ///< the same as a picture
  std::string sketched = {};  ///< the column that a terminal draws as a line of bars above the rows
};

}  // namespace coinvest
