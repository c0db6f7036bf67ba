// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/base/chart.hpp"
#include "coinvest/report/phrases.hpp"

namespace coinvest {

/// A chart as an SVG picture with its title, legend and notes: step curves with axes, a band about each and its median;
/// or marks in rows and columns. Shapes and text only; names are never markup. Curves say what they say in `language`.
/// The same chart gives the same bytes.
std::string chart_svg(const Chart& chart, Language language = Language::en);
std::string mark_chart_svg(const MarkChart& chart);

}  // namespace coinvest
