// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// What the charts draw with; inside this room only.

namespace coinvest {

inline constexpr std::string_view chart_ink = "#1A1A1A", chart_soft = "#5F6B7A", chart_grid = "#E3E7EB";
inline constexpr double chart_title_size = 15, chart_text_size = 12;

/// Text cut into lines that fit a width of pixels at a size of letters.
std::vector<std::string> lines_of(std::string_view text, double size, double room);

/// An SVG picture under construction: shapes and text, which is never markup. `y` is how far down it is filled.
class Canvas {
 public:
  explicit Canvas(double width) : width_(width) {}

  void text(double x, double y, std::string_view words, double size, std::string_view colour, std::string_view anchor,
            std::string_view more = "");
  void rule(double x1, double y1, double x2, double y2, std::string_view colour, std::string_view more = "");
  /// Any other element, whole.
  void add(std::string_view element) { body_ += element; }
  /// Lines of a title below all that is there, and of notes.
  void title(std::string_view words, double margin);
  void notes(const std::vector<std::string>& notes, double margin);
  /// The document.
  std::string svg(std::string_view title) const;

  double y = 0;

 private:
  double width_;
  std::string body_;
};

}  // namespace coinvest
