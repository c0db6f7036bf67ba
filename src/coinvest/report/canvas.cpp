// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/canvas.hpp"

#include <fmt/format.h>

#include "coinvest/base/text.hpp"
#include "coinvest/report/escape.hpp"

namespace coinvest {

std::vector<std::string> lines_of(std::string_view text, double size, double room) {
  const auto limit = static_cast<std::size_t>(room / (0.53 * size));  // a column of a terminal in this size
  std::vector<std::string> lines = wrapped(text, limit);
  for (std::string& line : lines) line = clip(line, limit);
  return lines;
}

void Canvas::text(double x, double at, std::string_view words, double size, std::string_view colour,
                  std::string_view anchor, std::string_view more) {
  body_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" fill=\"{}\" text-anchor=\"{}\"{}>{}</text>\n",
                       x, at, size, colour, anchor, more, escape_html(words));
}

void Canvas::rule(double x1, double y1, double x2, double y2, std::string_view colour, std::string_view more) {
  body_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"{}/>\n", x1, y1, x2,
                       y2, colour, more);
}

void Canvas::title(std::string_view words, double margin) {
  for (const std::string& line : lines_of(words, chart_title_size, width_ - 2 * margin))
    text(margin, y += chart_title_size * 1.35, line, chart_title_size, chart_ink, "start", " font-weight=\"600\"");
}

void Canvas::notes(const std::vector<std::string>& notes, double margin) {
  for (const std::string& note : notes)
    for (const std::string& line : lines_of(note, chart_text_size - 1, width_ - 2 * margin))
      text(margin, y += 16, line, chart_text_size - 1, chart_soft, "start");
}

std::string Canvas::svg(std::string_view title) const {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1:.0f}\" viewBox=\"0 0 {0} {1:.0f}\" "
      "font-family=\"Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif\">\n<title>{2}</title>\n"
      "<rect width=\"{0}\" height=\"{1:.0f}\" fill=\"#FFFFFF\"/>\n{3}</svg>\n",
      width_, y + 18, escape_html(title), body_);
}

}  // namespace coinvest
