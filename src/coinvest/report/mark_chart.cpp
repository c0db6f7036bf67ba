// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "coinvest/base/text.hpp"
#include "coinvest/report/canvas.hpp"
#include "coinvest/report/chart.hpp"

namespace coinvest {
namespace {

constexpr double margin = 24, name_width = 190, column_width = 74, row_height = 21, least_width = 560;

void draw(Canvas& canvas, Mark mark, double x, double y) {
  constexpr std::string_view blue = "#0072B2", orange = "#D55E00";
  switch (mark) {
    case Mark::none:
      return;
    case Mark::square:
      canvas.add(fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"12\" height=\"12\" fill=\"{}\"/>\n", x - 6, y - 6,
                             orange));
      return;
    case Mark::dot:
      canvas.add(fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5.5\" fill=\"{}\"/>\n", x, y, blue));
      return;
    case Mark::ring:
      canvas.add(fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"#FFFFFF\" stroke=\"{}\"/>\n", x, y,
                             chart_soft));
      return;
    case Mark::cross:
      for (const double side : {-1.0, 1.0})
        canvas.rule(x - 5, y - 5 * side, x + 5, y + 5 * side, chart_ink, " stroke-width=\"2\"");
      return;
    case Mark::question:
      canvas.text(x, y + 4, "?", chart_text_size, chart_soft, "middle");
      return;
  }
}

}  // namespace

std::string mark_chart_svg(const MarkChart& chart) {
  const auto x_of = [](std::size_t column) {
    return margin + name_width + column_width * (static_cast<double>(column) + 0.5);
  };
  const double right = x_of(chart.columns.size()) - column_width / 2;
  Canvas canvas(std::max(least_width, right + margin));
  canvas.title(chart.title, margin);

  canvas.y += 30;
  for (std::size_t column = 0; column < chart.columns.size(); ++column) {
    const auto fitting = [](std::string_view words, double size) {
      return lines_of(words, size, column_width).front();
    };
    canvas.text(x_of(column), canvas.y, fitting(chart.columns[column].name, chart_text_size), chart_text_size,
                chart_ink, "middle", " font-weight=\"600\"");
    canvas.text(x_of(column), canvas.y + 15, fitting(chart.columns[column].below, chart_text_size - 2),
                chart_text_size - 2, chart_soft, "middle");
  }
  canvas.y += 24;
  for (const MarkChart::Row& row : chart.rows) {
    canvas.rule(margin, canvas.y, right, canvas.y, chart_grid);
    canvas.y += row_height;
    const double middle = canvas.y - row_height / 2;
    canvas.text(margin, middle + 4, clip(row.name, 28), chart_text_size, chart_ink, "start");
    const auto is_marked = [](Mark mark) { return mark != Mark::none; };
    const auto first = std::ranges::find_if(row.marks, is_marked);
    const auto last = std::find_if(row.marks.rbegin(), row.marks.rend(), is_marked);
    if (first != row.marks.end())
      canvas.rule(x_of(static_cast<std::size_t>(first - row.marks.begin())), middle,
                  x_of(static_cast<std::size_t>(row.marks.rend() - last) - 1), middle, "#B8C0C8",
                  " stroke-width=\"1.5\"");
    for (std::size_t column = 0; column < row.marks.size(); ++column)
      draw(canvas, row.marks[column], x_of(column), middle);
  }

  canvas.y += 26;
  double x = margin + 6;
  for (const auto& [mark, meaning] : chart.legend) {
    draw(canvas, mark, x, canvas.y - 4);
    canvas.text(x + 14, canvas.y, meaning, chart_text_size, chart_ink, "start");
    x += 34 + 0.58 * chart_text_size * static_cast<double>(display_width(meaning));
  }
  canvas.y += 8;
  canvas.notes(chart.notes, margin);
  return canvas.svg(chart.title);
}

}  // namespace coinvest
