// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr double least_gap = 84, points_per_year = 60, row_height = 20;
constexpr double name_width = 180;  // of the nodes of shape row_name
constexpr std::size_t widest_name = 30, widest_heading = 15;

struct Sign {
  NodeShape shape = NodeShape::heading;
  std::string_view text;    ///< in the node
  std::string_view legend;  ///< the same as a character
};

Sign sign_of(Mark mark) {
  constexpr std::array<Sign, 6> signs{{{},
                                       {NodeShape::square, "", "■"},
                                       {NodeShape::dot, "", "●"},
                                       {NodeShape::ring, "", "○"},
                                       {NodeShape::heading, "×", "×"},
                                       {NodeShape::heading, "?", "?"}}};
  return signs[static_cast<std::size_t>(mark)];
}

/// Where the columns stand: in proportion to time, but never too near to read; those without a date follow.
std::vector<double> columns_of(std::span<const DateInterval> dates) {
  constexpr double first_column = name_width / 2 + 0.6 * least_gap;
  std::vector<double> columns;
  for (const DateInterval& date : dates) {
    double x = columns.empty() ? first_column : columns.back() + least_gap;
    if (date.known() && dates.front().known()) {
      const auto days = static_cast<double>((date.low - dates.front().low).count());
      x = std::max(x, first_column + points_per_year * days / 365.25);
    }
    columns.push_back(x);
  }
  return columns;
}

class Sheet {
 public:
  explicit Sheet(Drawing& drawing) : drawing_(drawing) {}

  std::uint32_t add(NodeShape shape, Point at, std::string_view label, std::string tooltip) {
    DrawingNode node;
    node.shape = shape;
    node.id = static_cast<std::uint32_t>(drawing_.nodes.size());
    node.label = label;
    node.tooltip = std::move(tooltip);
    node.at = at;
    drawing_.nodes.push_back(std::move(node));
    return drawing_.nodes.back().id;
  }

 private:
  Drawing& drawing_;
};

}  // namespace

Drawing timeline_view(const MarkChart& chart, std::span<const DateInterval> dates) {
  Drawing drawing;
  drawing.name = "timeline";
  drawing.title = chart.title;
  const std::vector<double> columns = columns_of(dates);
  Sheet sheet(drawing);
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto& [name, below] = chart.columns[column];
    // The date is there in any case: rounds of one name are told apart by it.
    const std::string_view words =
        trim(std::string_view(name).substr(0, name.size() - (name.ends_with(below) ? below.size() : 0)));
    sheet.add(NodeShape::heading, {columns[column], 2 * row_height}, clip(words, widest_heading), name);
    sheet.add(NodeShape::heading, {columns[column], 1.25 * row_height}, below, name);
  }
  for (std::size_t row = 0; row < chart.rows.size(); ++row) {
    const auto& [name, marks] = chart.rows[row];
    const double y = -row_height * static_cast<double>(row);
    sheet.add(NodeShape::row_name, {0, y}, clip(name, widest_name), name);
    std::optional<std::uint32_t> first, last;
    for (std::size_t column = 0; column < marks.size(); ++column) {
      if (marks[column] == Mark::none) continue;
      const Sign sign = sign_of(marks[column]);
      const auto meaning = std::ranges::find(chart.legend, marks[column], &std::pair<Mark, std::string>::first);
      last = sheet.add(sign.shape, {columns[column], y}, sign.text,
                       fmt::format("{}, {}: {}", name, chart.columns[column].name,
                                   meaning == chart.legend.end() ? "" : meaning->second));
      if (!first) first = last;
    }
    if (first != last) drawing.edges.push_back({.from = *first, .to = *last, .tooltip = name});
  }
  std::string legend;
  for (const auto& [mark, meaning] : chart.legend)
    legend += fmt::format("{}{} {}", legend.empty() ? "" : "  ·  ", sign_of(mark).legend, meaning);
  if (!legend.empty()) drawing.caption.push_back(legend);
  drawing.caption.insert(drawing.caption.end(), chart.notes.begin(), chart.notes.end());
  return drawing;
}

}  // namespace coinvest
