// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/grid.hpp"

#include <algorithm>

namespace coinvest {

Grid::Text Grid::store(std::string_view text) {
  const Text stored{texts.size(), text.size()};
  texts.append(text);
  return stored;
}

Result<void> Grid::add_row(std::uint64_t line, std::span<const Cell> row, const std::string& file, TableLimits limits) {
  if (row.empty()) return {};
  for (const Cell& cell : row) {
    if (cell.text.size > limits.field_bytes) return too_long("a field", limits, {file, line, ""});
    if (cell.column >= limits.columns) return too_many_columns(limits, {file, line, ""});
    width = std::max(width, cell.column + 1);
  }
  rows.push_back({line, cells.size(), cells.size() + row.size()});
  cells.insert(cells.end(), row.begin(), row.end());
  return {};
}

Result<bool> GridReader::next() {
  if (behind_ == grid_->rows.size()) return false;
  const Grid::Row& row = grid_->rows[behind_++];
  fields_.assign(grid_->width, {});
  for (std::size_t i = row.begin; i < row.end; ++i) fields_[grid_->cells[i].column] = grid_->view(grid_->cells[i].text);
  return true;
}

}  // namespace coinvest
