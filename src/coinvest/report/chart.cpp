// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/report/escape.hpp"

namespace coinvest {
namespace {

// Pixels of the plot inside its picture, and the hues of Okabe and Ito, darkest first.
constexpr double width = 760, left = 64, right = 24, plot_height = 320, title_size = 15, text_size = 12;
constexpr double plot_width = width - left - right;
constexpr std::array<std::string_view, 7> hues{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                               "#B5A600", "#56B4E9", "#E69F00"};
constexpr std::string_view ink = "#1A1A1A", soft = "#5F6B7A", grid = "#E3E7EB";

/// Lines of text that fit a width; a column of a terminal is about 0.53 of the letter's size.
std::vector<std::string> lines_of(std::string_view text, double size, double room) {
  const auto limit = static_cast<std::size_t>(room / (0.53 * size));
  std::vector<std::string> lines(1);
  for (const std::string_view word : split(text, ' ')) {
    if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > limit) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + std::string(word);
  }
  for (std::string& line : lines) line = clip(line, limit);
  return lines;
}

/// The distance of about six ticks: 1, 2 or 5 times a power of ten.
double tick_of(double longest) {
  const double rough = std::max(longest, 1e-9) / 6;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 5.0})
    if (rough <= step * power) return step * power;
  return 10 * power;
}

class Picture {
 public:
  explicit Picture(const StepChart& chart) : chart_(chart) {
    for (const ChartCurve& curve : chart.curves) longest_ = std::max(longest_, curve.end);
    if (longest_ <= 0) longest_ = 1;
  }

  std::string svg() {
    for (const std::string& line : lines_of(chart_.title, title_size, width - 2 * right)) {
      y_ += title_size * 1.35;
      text(right, y_, line, title_size, ink, "start", " font-weight=\"600\"");
    }
    top_ = y_ + 36;
    axes();
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) band(chart_.curves[i], hues[i % hues.size()]);
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) line(chart_.curves[i], hues[i % hues.size()]);
    y_ = top_ + plot_height + 44;
    legend();
    for (const std::string& note : chart_.notes)
      for (const std::string& written : lines_of(note, text_size - 1, width - 2 * right))
        text(right, y_ += 16, written, text_size - 1, soft, "start");
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1:.0f}\" viewBox=\"0 0 {0} {1:.0f}\" "
        "font-family=\"Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif\">\n<title>{2}</title>\n"
        "<rect width=\"{0}\" height=\"{1:.0f}\" fill=\"#FFFFFF\"/>\n{3}</svg>\n",
        width, y_ + 18, escape_html(chart_.title), body_);
  }

 private:
  double x_of(double x) const { return left + plot_width * x / longest_; }
  double y_of(double y) const { return top_ + plot_height * (1 - y); }

  void text(double x, double y, std::string_view words, double size, std::string_view colour, std::string_view anchor,
            std::string_view more = "") {
    body_ +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" fill=\"{}\" text-anchor=\"{}\"{}>{}</text>\n", x,
                    y, size, colour, anchor, more, escape_html(words));
  }
  void rule(double x1, double y1, double x2, double y2, std::string_view colour, std::string_view more = "") {
    body_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"{}/>\n", x1, y1,
                         x2, y2, colour, more);
  }

  void axes() {
    for (const int percent : {0, 25, 50, 75, 100}) {
      const double y = y_of(percent / 100.0);
      rule(left, y, left + plot_width, y, percent == 0 ? soft : grid);
      text(left - 8, y + 4, fmt::format("{} %", percent), text_size, soft, "end");
    }
    const double tick = tick_of(longest_);
    for (int i = 0; i * tick <= longest_ * (1 + 1e-9); ++i) {
      rule(x_of(i * tick), y_of(0), x_of(i * tick), y_of(0) + 5, soft);
      text(x_of(i * tick), y_of(0) + 19, fmt::format("{:g}", i * tick), text_size, soft, "middle");
    }
    text(left + plot_width / 2, y_of(0) + 38, chart_.x_label, text_size, ink, "middle");
    text(left, top_ - 9, chart_.y_label, text_size, ink, "start");
  }

  /// The area between the ends of the steps' intervals.
  void band(const ChartCurve& curve, std::string_view hue) {
    std::string over, under;
    for (std::size_t i = 0; i < curve.steps.size() && curve.steps[i].low && curve.steps[i].high; ++i) {
      const ChartStep& step = curve.steps[i];
      const double until = i + 1 < curve.steps.size() ? curve.steps[i + 1].x : curve.end;
      over +=
          fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x_of(step.x), y_of(*step.high), x_of(until), y_of(*step.high));
      under = fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x_of(until), y_of(*step.low), x_of(step.x), y_of(*step.low)) +
              under;
    }
    if (over.empty()) return;
    under.pop_back();
    body_ += fmt::format("<polygon points=\"{}{}\" fill=\"{}\" fill-opacity=\"0.16\"/>\n", over, under, hue);
  }

  void line(const ChartCurve& curve, std::string_view hue) {
    if (curve.median && *curve.median <= curve.end) {
      rule(left, y_of(0.5), x_of(*curve.median), y_of(0.5), hue, " stroke-dasharray=\"4 3\"");
      rule(x_of(*curve.median), y_of(0.5), x_of(*curve.median), y_of(0), hue, " stroke-dasharray=\"4 3\"");
    }
    std::string path;
    for (const ChartStep& step : curve.steps)
      path += path.empty() ? fmt::format("M{:.1f},{:.1f}", x_of(step.x), y_of(step.y))
                           : fmt::format("H{:.1f}V{:.1f}", x_of(step.x), y_of(step.y));
    if (!path.empty())
      body_ += fmt::format("<path d=\"{}H{:.1f}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", path,
                           x_of(curve.end), hue);
  }

  void legend() {
    constexpr double room = width - left - right - 30;
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) {
      const ChartCurve& curve = chart_.curves[i];
      const std::string median = curve.median ? fmt::format("; median {:.1f}", *curve.median) : "; median not reached";
      y_ += 20;
      rule(left, y_ - 4, left + 22, y_ - 4, hues[i % hues.size()], " stroke-width=\"3\"");
      const auto limit = static_cast<std::size_t>(room / (0.53 * text_size)) - median.size();
      text(left + 30, y_, clip(curve.name, limit) + median, text_size, ink, "start");
    }
    if (chart_.curves.empty()) text(left, y_ += 20, "Nothing to show.", text_size, ink, "start");
    y_ += 6;
  }

  const StepChart& chart_;
  double longest_ = 0, top_ = 0, y_ = 0;
  std::string body_;
};

}  // namespace

std::string chart_svg(const StepChart& chart) {
  return Picture(chart).svg();
}

}  // namespace coinvest
