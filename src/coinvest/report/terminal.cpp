// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/format.hpp"

namespace coinvest {
namespace {

constexpr std::size_t gap = 2;         // blanks between columns
constexpr std::size_t narrowest = 12;  // text is not cut below this, nor below its heading

struct Column {
  std::string name;
  bool number = false;
  bool wrapped = false;
  std::vector<std::string> cells;
  std::size_t natural = 0;  // terminal columns that heading and cells need
};

std::vector<Column> visible_columns(const Table& table) {
  std::vector<Column> columns;
  for (DisplayColumn& shown : display_columns(table)) {
    if (shown.shown == Shown::details || shown.shown == Shown::faint) continue;
    Column column{shown.name, shown.kind == DisplayColumn::Kind::number, shown.shown == Shown::wrapped,
                  std::move(shown.cells), 0};
    column.natural = display_width(column.name);
    for (std::string& cell : column.cells) {
      if (!column.number) cell = visible(cell);
      column.natural = std::max(column.natural, display_width(cell));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = widths.empty() ? 0 : gap * (widths.size() - 1);
  for (const std::size_t width : widths) sum += width;
  return sum;
}

/// A row as two columns, name and value, the values to the right as numbers are.
std::vector<Column> upright(const std::vector<Column>& columns) {
  std::vector<Column> turned{{"name", false, false, {}, 4}, {"value", true, false, {}, 5}};
  for (const Column& column : columns) {
    turned[0].cells.push_back(column.name);
    turned[1].cells.push_back(column.cells.front());
    turned[0].natural = std::max(turned[0].natural, display_width(column.name));
    turned[1].natural = std::max(turned[1].natural, display_width(column.cells.front()));
  }
  return turned;
}

/// Widths of as many columns from the left as fit into `limit`, the widest text columns cut first.
std::vector<std::size_t> fitted(const std::vector<Column>& columns, std::size_t limit) {
  for (std::size_t kept = columns.size(); kept > 0; --kept) {
    std::vector<std::size_t> widths;
    for (std::size_t position = 0; position < kept; ++position) widths.push_back(columns[position].natural);
    while (limit != 0 && total(widths) > limit) {
      std::size_t widest = kept;
      for (std::size_t position = 0; position < kept; ++position) {
        const Column& column = columns[position];
        const bool may_shrink = !column.number && widths[position] > std::max(narrowest, display_width(column.name));
        if (may_shrink && (widest == kept || widths[position] > widths[widest])) widest = position;
      }
      if (widest == kept) break;
      --widths[widest];
    }
    if (kept == 1 || limit == 0 || total(widths) <= limit) return widths;
  }
  return {};
}

void add_text(std::string& out, std::string_view text, std::size_t width) {
  for (const std::string& line : wrapped(visible(text), width)) out += line + '\n';
}

/// The lines of a cell that may go on: broken at blanks, and where there are none, between characters.
std::vector<std::string> lines_of(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  for (const std::string& line : wrapped(text, width)) {
    lines.emplace_back();
    for (const std::string_view character : characters(line)) {
      if (!lines.back().empty() && display_width(lines.back()) + display_width(character) > width) lines.emplace_back();
      lines.back() += character;
    }
  }
  return lines;
}

std::string aligned(const std::string& text, std::size_t width, bool right) {
  const std::string cut = display_width(text) > width ? clip(text, width) : text;
  const std::string blanks(width - std::min(width, display_width(cut)), ' ');
  return right ? blanks + cut : cut + blanks;
}

/// Adds one line, made of a piece per column, without blanks at its end.
template <typename Piece>
void add_line(std::string& out, std::size_t columns, const Piece& piece) {
  std::string line;
  for (std::size_t position = 0; position < columns; ++position)
    line += (position == 0 ? std::string() : std::string(gap, ' ')) + piece(position);
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
}

/// A column's values as bars of eighths of the largest, undefined ones as blanks; "" if there are too few or too many
/// to be a picture, or a value is negative.
std::string sketch(const Table& table, std::size_t limit) {
  constexpr std::array<std::string_view, 8> bars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto column = std::ranges::find(table.columns, table.sketched, &ColumnHead::name);
  const std::string head = table.sketched + " ";
  if (column == table.columns.end() || table.rows.size() < 3) return "";
  if (limit != 0 && display_width(head) + table.rows.size() > limit) return "";
  const auto value_of = [&](const std::vector<Cell>& row) -> double {
    const Cell& cell = row[static_cast<std::size_t>(column - table.columns.begin())];
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*count);
    const auto* number = std::get_if<double>(&cell);
    return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
  };
  double largest = 0;
  for (const auto& row : table.rows) {
    if (value_of(row) < 0) return "";
    largest = std::fmax(largest, value_of(row));
  }
  std::string line = head;
  for (const auto& row : table.rows) {
    const double value = value_of(row);
    const double eighths = largest > 0 ? std::ceil(value / largest * 8) : 1;
    line += std::isnan(value) ? " " : bars.at(static_cast<std::size_t>(std::clamp(eighths, 1.0, 8.0)) - 1);
  }
  return line;
}

}  // namespace

std::string write_table(const Table& table, const FormatOptions& options) {
  std::string out;
  if (!table.caption.empty()) {
    add_text(out, table.caption, options.width);
    out += '\n';
  }
  if (const std::string line = sketch(table, options.width); !line.empty()) out += line + "\n\n";
  std::vector<Column> columns = visible_columns(table);
  std::vector<std::size_t> widths = fitted(columns, options.width);
  std::size_t rows = table.rows.size();
  const std::vector<bool> is_faint = faint_rows(table);
  if (rows == 1 && widths.size() < columns.size()) {
    rows = columns.size();
    columns = upright(columns);
    widths = fitted(columns, options.width);
  }

  if (options.colour == Colouring::on) out += "\x1b[1m";
  add_line(out, widths.size(),
           [&](std::size_t at) { return aligned(columns[at].name, widths[at], columns[at].number); });
  if (options.colour == Colouring::on) out += "\x1b[0m";
  out += '\n';
  add_line(out, widths.size(), [&](std::size_t at) {
    std::string rule;
    for (std::size_t drawn = 0; drawn < widths[at]; ++drawn) rule += "─";
    return rule;
  });
  out += '\n';
  const bool last_goes_on = widths.size() == columns.size() && !columns.empty() && columns.back().wrapped;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool faint = options.colour == Colouring::on && row < is_faint.size() && is_faint[row];
    const std::vector<std::string> lines =
        last_goes_on ? lines_of(columns.back().cells[row], widths.back()) : std::vector<std::string>(1);
    for (std::size_t line = 0; line < lines.size(); ++line) {
      if (faint) out += "\x1b[2m";
      add_line(out, widths.size(), [&](std::size_t at) {
        if (last_goes_on && at + 1 == widths.size()) return lines[line];
        return aligned(line == 0 ? columns[at].cells[row] : "", widths[at], columns[at].number);
      });
      if (faint) out += "\x1b[0m";
      out += '\n';
    }
  }
  if (table.rows.empty()) out += "no rows\n";

  std::string missing;
  for (std::size_t at = widths.size(); at < columns.size(); ++at)
    missing += (missing.empty() ? "" : ", ") + columns[at].name;
  if (!missing.empty() || !table.notes.empty()) out += '\n';
  if (!missing.empty()) add_text(out, "Too wide to show here, but in the CSV: " + missing, options.width);
  for (const std::string& note : table.notes) add_text(out, note, options.width);
  return out;
}

}  // namespace coinvest
