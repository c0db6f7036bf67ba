// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/csv.hpp"
#include "coinvest/ingest/grid.hpp"

namespace coinvest {

/// The rows of a table, whatever kind of file they stand in.
class RowReader {
 public:
  explicit RowReader(CsvReader reader) : reader_(std::move(reader)) {}
  explicit RowReader(Grid grid) : reader_(GridReader(std::move(grid))) {}

  /// Rows of a text are split ahead of their use, as CsvReader says.
  void split_ahead() {
    if (auto* csv = std::get_if<CsvReader>(&reader_)) csv->split_ahead();
  }
  /// Goes to the next row; false at the end.
  Result<bool> next() {
    return std::visit([](auto& reader) { return reader.next(); }, reader_);
  }
  /// The cells of the row: views that hold until the next call.
  std::span<const std::string_view> fields() const {
    return std::visit([](const auto& reader) { return reader.fields(); }, reader_);
  }
  /// Where the row begins: physical line, or number of the row in its sheet, from 1.
  std::uint64_t line() const {
    return std::visit([](const auto& reader) { return reader.line(); }, reader_);
  }
  /// The row as it stands in a text; of a sheet or JSON, its cells as one CSV record. Holds until the next call.
  std::string_view record() {
    if (const auto* csv = std::get_if<CsvReader>(&reader_)) return csv->record();
    record_.clear();
    for (std::size_t column = 0; column < fields().size(); ++column)
      record_ += (column == 0 ? "" : ",") + csv_field(fields()[column]);
    return record_;
  }
  /// How much is behind us, of `size`.
  std::size_t position() const {
    return std::visit([](const auto& reader) { return reader.position(); }, reader_);
  }
  std::size_t size() const {
    return std::visit([](const auto& reader) { return reader.size(); }, reader_);
  }
  /// Cells that were read as empty although something stood in them.
  std::span<const Grid::Fault> faults() const {
    const auto* grid = std::get_if<GridReader>(&reader_);
    return grid == nullptr ? std::span<const Grid::Fault>() : grid->faults();
  }

 private:
  std::variant<CsvReader, GridReader> reader_;
  std::string record_;
};

}  // namespace coinvest
