// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace coinvest {

/// Where a step curve changes: from `x` on its height is `y`, probably between `low` and `high`.
struct ChartStep {
  double x = 0, y = 0;
  std::optional<double> low, high;
};

struct ChartCurve {
  std::string name;              ///< for the legend; how many it stands on included
  std::vector<ChartStep> steps;  ///< ascending by x, the first at 0
  double end = 0;                ///< x up to which it was seen
  std::optional<double> median;  ///< x at which it falls to one half
};

/// Curves that fall in steps from 1, such as survival curves.
struct StepChart {
  std::string title, x_label, y_label;  ///< labels with their units
  std::vector<ChartCurve> curves;
  std::vector<std::string> notes;  ///< below the picture
};

/// A mark says by its shape what happened; its colour only repeats it.
enum class Mark : std::uint8_t { none, square, dot, ring, cross, question };

/// Who did what in which column, from left to right.
struct MarkChart {
  struct Heading {
    std::string name, below;
  };
  struct Row {
    std::string name;
    std::vector<Mark> marks;  ///< one per column; a line joins the first and the last
  };
  std::string title;
  std::vector<Heading> columns;
  std::vector<Row> rows;
  std::vector<std::pair<Mark, std::string>> legend;
  std::vector<std::string> notes;  ///< below the picture
};

using Chart = std::variant<StepChart, MarkChart>;

}  // namespace coinvest
