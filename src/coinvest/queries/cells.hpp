// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

// How values become cells, the same in every table.

inline Cell text_cell(std::string_view text) {
  return std::string(text);
}

/// Undefined if the text is empty.
inline Cell text_or_nothing(std::string_view text) {
  return text.empty() ? Cell{} : Cell{std::string(text)};
}

template <typename Count>
Cell count_cell(Count value) {
  return static_cast<std::int64_t>(value);
}

inline Cell number_cell(double value) {
  return std::isnan(value) ? Cell{} : Cell{value};
}

/// Undefined if there is nothing to have a share of.
inline Cell share_cell(std::uint64_t count, std::uint64_t of) {
  if (of == 0) return {};
  return static_cast<double>(count) / static_cast<double>(of);
}

inline Cell date_cell(const DateInterval& date) {
  return text_or_nothing(format_date(date));
}
inline Cell day_cell(const std::optional<Day>& day) {
  return day ? Cell{format_day(*day)} : Cell{};
}

/// Undefined if there is no value.
template <typename Value>
Cell optional_cell(const std::optional<Value>& value) {
  if (!value) return {};
  if constexpr (std::is_floating_point_v<Value>)
    return number_cell(*value);
  else
    return count_cell(*value);
}

/// Minor units as major units: a whole number where it is one.
inline Cell money_cell(std::int64_t minor) {
  if (minor % 100 == 0) return minor / 100;
  return static_cast<double>(minor) / 100;
}

/// Ids carry their side, since the same organisation may stand on both.
inline std::string id_text(const Dataset& data, InvestorId id) {
  return "i:" + data.name(id);
}
inline std::string id_text(const Dataset& data, CompanyId id) {
  return "c:" + data.name(id);
}

/// A column that people need only when they look twice.
inline ColumnHead detail(std::string name) {
  return {std::move(name), Shown::details};
}

/// A column of a table of `Row`s: its head beside the cell that stands under it.
template <typename Row>
struct ColumnOf {
  ColumnHead head;
  std::function<Cell(const Row&)> cell;
};

/// Sets the columns of a table and adds a row for each of `rows`.
template <typename Row, typename Rows>
void fill(Table& table, const Rows& rows, const std::vector<ColumnOf<Row>>& columns) {
  for (const ColumnOf<Row>& column : columns) table.columns.push_back(column.head);
  for (const Row& row : rows) {
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (const ColumnOf<Row>& column : columns) cells.push_back(column.cell(row));
  }
}

}  // namespace coinvest
