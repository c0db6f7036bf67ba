// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/ingest/csv.hpp"

namespace coinvest {

/// A table that is read at once, as sheets of workbooks and JSON are: rows of the cells that are not empty, the header
/// first. A text is held once, however many cells show it.
struct Grid {
  struct Text {
    std::size_t begin = 0, size = 0;  ///< in `texts`
  };
  struct Cell {
    std::size_t column = 0;
    Text text;
  };
  struct Row {
    std::uint64_t line = 0;          ///< of a file, or the number of the row in its sheet
    std::size_t begin = 0, end = 0;  ///< in `cells`
  };
  /// What stood in a cell and is no value: read as empty.
  struct Fault {
    std::uint64_t line = 0;
    std::size_t column = 0;
    std::string what;
  };

  std::string texts;
  std::vector<Cell> cells;
  std::vector<Row> rows;  ///< without blank ones
  std::vector<Fault> faults;
  std::size_t width = 0;  ///< columns

  Text store(std::string_view text);
  std::string_view view(Text text) const { return std::string_view(texts).substr(text.begin, text.size); }
  /// Adds a row; without cells it is blank and left out. Fails (limit): too many columns, a text too long.
  Result<void> add_row(std::uint64_t line, std::span<const Cell> row, const std::string& file, TableLimits limits);
};

/// Steps through the rows of a grid as CsvReader does through the records of a text.
class GridReader {
 public:
  explicit GridReader(Grid grid) : grid_(std::make_unique<const Grid>(std::move(grid))) {}

  Result<bool> next();
  std::span<const std::string_view> fields() const { return fields_; }
  std::uint64_t line() const { return grid_->rows[behind_ - 1].line; }
  std::size_t position() const { return behind_; }
  std::size_t size() const { return grid_->rows.size(); }
  std::span<const Grid::Fault> faults() const { return grid_->faults; }

 private:
  std::unique_ptr<const Grid> grid_;  ///< on the heap: views outlive moves of the reader
  std::size_t behind_ = 0;
  std::vector<std::string_view> fields_;
};

}  // namespace coinvest
