// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <variant>

#include "coinvest/base/text.hpp"
#include "coinvest/report/canvas.hpp"

namespace coinvest {
namespace {

// Pixels of the plot inside its picture, and the hues of Okabe and Ito, darkest first.
constexpr double width = 760, left = 64, right = 24, plot_height = 320, text_size = chart_text_size;
constexpr double plot_width = width - left - right;
constexpr std::array<std::string_view, 7> hues{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                               "#B5A600", "#56B4E9", "#E69F00"};
constexpr std::string_view ink = chart_ink, soft = chart_soft, grid = chart_grid;

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
  Picture(const StepChart& chart, Language language) : chart_(chart), language_(language) {
    for (const ChartCurve& curve : chart.curves) longest_ = std::max(longest_, curve.end);
    if (longest_ <= 0) longest_ = 1;
  }

  std::string svg() {
    const std::string title = said(chart_.title);
    canvas_.title(title, right);
    top_ = canvas_.y + 36;
    axes();
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) band(chart_.curves[i], hues[i % hues.size()]);
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) line(chart_.curves[i], hues[i % hues.size()]);
    canvas_.y = top_ + plot_height + 44;
    legend();
    std::vector<std::string> notes;
    for (const std::string& note : chart_.notes) notes.push_back(said(note));
    canvas_.notes(notes, right);
    return canvas_.svg(title);
  }

 private:
  double x_of(double x) const { return left + plot_width * x / longest_; }
  double y_of(double y) const { return top_ + plot_height * (1 - y); }

  void axes() {
    for (const int percent : {0, 25, 50, 75, 100}) {
      const double y = y_of(percent / 100.0);
      canvas_.rule(left, y, left + plot_width, y, percent == 0 ? soft : grid);
      canvas_.text(left - 8, y + 4, fmt::format("{} %", percent), text_size, soft, "end");
    }
    const double tick = tick_of(longest_);
    for (int i = 0; i * tick <= longest_ * (1 + 1e-9); ++i) {
      canvas_.rule(x_of(i * tick), y_of(0), x_of(i * tick), y_of(0) + 5, soft);
      canvas_.text(x_of(i * tick), y_of(0) + 19, fmt::format("{:g}", i * tick), text_size, soft, "middle");
    }
    canvas_.text(left + plot_width / 2, y_of(0) + 38, said(chart_.x_label), text_size, ink, "middle");
    canvas_.text(left, top_ - 9, said(chart_.y_label), text_size, ink, "start");
  }

  /// The area between the ends of the steps' intervals.
  void band(const ChartCurve& curve, std::string_view hue) {
    std::string over, under;
    for (std::size_t i = 0; i < curve.steps.size() && curve.steps[i].low && curve.steps[i].high; ++i) {
      const ChartStep& step = curve.steps[i];
      const double until = i + 1 < curve.steps.size() ? curve.steps[i + 1].x : curve.end;
      over +=
          fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x_of(step.x), y_of(*step.high), x_of(until), y_of(*step.high));
      under.insert(
          0, fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", x_of(until), y_of(*step.low), x_of(step.x), y_of(*step.low)));
    }
    if (over.empty()) return;
    under.pop_back();
    canvas_.add(fmt::format("<polygon points=\"{}{}\" fill=\"{}\" fill-opacity=\"0.16\"/>\n", over, under, hue));
  }

  void line(const ChartCurve& curve, std::string_view hue) {
    if (curve.median && *curve.median <= curve.end) {
      canvas_.rule(left, y_of(0.5), x_of(*curve.median), y_of(0.5), hue, " stroke-dasharray=\"4 3\"");
      canvas_.rule(x_of(*curve.median), y_of(0.5), x_of(*curve.median), y_of(0), hue, " stroke-dasharray=\"4 3\"");
    }
    std::string path;
    for (const ChartStep& step : curve.steps)
      path += path.empty() ? fmt::format("M{:.1f},{:.1f}", x_of(step.x), y_of(step.y))
                           : fmt::format("H{:.1f}V{:.1f}", x_of(step.x), y_of(step.y));
    if (!path.empty())
      canvas_.add(fmt::format("<path d=\"{}H{:.1f}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", path,
                              x_of(curve.end), hue));
  }

  void legend() {
    constexpr double room = width - left - right - 30;
    for (std::size_t i = 0; i < chart_.curves.size(); ++i) {
      const ChartCurve& curve = chart_.curves[i];
      const std::string median =
          said(curve.median ? fmt::format("; median {:.1f}", *curve.median) : "; median not reached");
      canvas_.y += 20;
      canvas_.rule(left, canvas_.y - 4, left + 22, canvas_.y - 4, hues[i % hues.size()], " stroke-width=\"3\"");
      const auto limit = static_cast<std::size_t>(room / (0.53 * text_size)) - display_width(median);
      canvas_.text(left + 30, canvas_.y, clip(said(curve.name), limit) + median, text_size, ink, "start");
    }
    if (chart_.curves.empty()) canvas_.text(left, canvas_.y += 20, said("Nothing to show."), text_size, ink, "start");
    canvas_.y += 6;
  }

  std::string said(std::string_view english) const { return say(language_, english); }

  const StepChart& chart_;
  Language language_;
  Canvas canvas_{width};
  double longest_ = 0, top_ = 0;
};

}  // namespace

std::string chart_svg(const Chart& chart, Language language) {
  if (const auto* marks = std::get_if<MarkChart>(&chart)) return mark_chart_svg(*marks);
  return Picture(std::get<StepChart>(chart), language).svg();
}

}  // namespace coinvest
