// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/display.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace coinvest {
namespace {

constexpr int significant = 4;
constexpr double readable_limit = 1e15;  // beyond it doubles are written with an exponent

/// Digits grouped by three, in numbers of at least `shortest` digits before the point.
std::string grouped(std::string text, std::size_t shortest) {
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  std::size_t position = std::min(text.find('.'), text.size());
  if (position - begin < shortest) return text;
  while (position > begin + 3) text.insert(position -= 3, 1, ',');
  return text;
}

/// The number of a cell; nothing if it is not a number, or not a finite one.
std::optional<double> number(const Cell& cell) {
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*count);
  if (const auto* value = std::get_if<double>(&cell); value != nullptr && std::isfinite(*value)) return *value;
  return std::nullopt;
}

std::string fixed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  // "-0.00" says nothing that "0.00" does not.
  if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-')) text.erase(0, 1);
  return text;
}

/// Decimals that suit all values of a column; nothing if no number of decimals does, because small values among large
/// ones would lose their digits.
std::optional<int> common_decimals(const std::vector<double>& values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  if (largest >= readable_limit) return std::nullopt;
  int decimals = significant;
  for (double power = 1.0; power <= largest && decimals > 0; power *= 10.0) --decimals;
  const double smallest = 100.0 * std::pow(10.0, -decimals);
  int needed = 0;
  for (const double value : values) {
    const std::string text = fixed(value, decimals);
    double shown = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), shown);
    if (std::abs(value) < smallest && shown != value) return std::nullopt;
    if (decimals == 0) continue;
    const std::size_t last = text.find_last_not_of('0');
    needed = std::max(needed, static_cast<int>(last) - static_cast<int>(text.find('.')));
  }
  return needed;
}

/// How the numbers of a column are written alike.
struct Style {
  std::optional<int> decimals;  ///< of doubles; nothing: each as it needs
  std::size_t grouped_from;     ///< digits: 5 leaves years alone, 4 goes with larger numbers
};

template <typename Cells>
Style common_style(const Cells& cells) {
  std::vector<double> doubles;
  double largest = 0.0;
  for (const Cell& cell : cells) {
    const auto value = number(cell);
    if (value) largest = std::max(largest, std::abs(*value));
    if (value && std::holds_alternative<double>(cell)) doubles.push_back(*value);
  }
  return {common_decimals(doubles), largest >= 1e4 ? std::size_t{4} : std::size_t{5}};
}

std::string readable(const Cell& cell, const Style& style) {
  if (const auto* truth = std::get_if<bool>(&cell)) return *truth ? "yes" : "no";
  const auto value = number(cell);
  if (!value) return exact_text(cell);
  if (std::holds_alternative<std::int64_t>(cell)) return grouped(exact_text(cell), style.grouped_from);
  if (style.decimals) return grouped(fixed(*value, *style.decimals), style.grouped_from);
  if (std::abs(*value) >= 1e4 && std::abs(*value) < readable_limit) return grouped(fixed(*value, 0), 4);
  return fmt::format("{:.{}g}", *value + 0.0, significant);
}

}  // namespace

std::vector<DisplayColumn> display_columns(const Table& table, std::size_t rows) {
  const std::size_t shown = std::min(rows, table.rows.size());
  std::vector<DisplayColumn> columns;
  for (std::size_t position = 0; position < table.columns.size(); ++position) {
    std::vector<Cell> cells;
    for (std::size_t row = 0; row < shown; ++row) cells.push_back(table.rows[row][position]);
    const auto is_number = [](const Cell& cell) { return number(cell).has_value(); };
    const auto is_other = [](const Cell& cell) {
      return std::holds_alternative<std::string>(cell) || std::holds_alternative<bool>(cell);
    };
    const bool numbers =
        std::any_of(cells.begin(), cells.end(), is_number) && std::none_of(cells.begin(), cells.end(), is_other);
    DisplayColumn column{table.columns[position].name,
                         table.columns[position].shown,
                         numbers ? DisplayColumn::Kind::number : DisplayColumn::Kind::text,
                         {}};
    const Style style = common_style(cells);
    for (const Cell& cell : cells) column.cells.push_back(readable(cell, style));
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<bool> faint_rows(const Table& table) {
  std::vector<bool> faint(table.rows.size());
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    if (table.columns[at].shown != Shown::faint) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (table.rows[row][at] == Cell{true}) faint[row] = true;
  }
  return faint;
}

std::string exact_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *count);
  if (const auto* truth = std::get_if<bool>(&cell)) return *truth ? "true" : "false";
  // Adding zero makes minus zero plain zero.
  if (const auto value = number(cell)) return fmt::format("{}", *value + 0.0);
  return "";
}

std::string display_text(const Cell& cell) {
  return readable(cell, {common_style(std::array{cell}).decimals, 4});
}

}  // namespace coinvest
