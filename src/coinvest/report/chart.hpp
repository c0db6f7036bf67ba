// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/base/chart.hpp"

namespace coinvest {

/// A chart as an SVG picture with its title, legend and notes: step curves with axes, a band about each and its median;
/// or marks in rows and columns. Shapes and text only; names are never markup. The same chart gives the same bytes.
std::string chart_svg(const Chart& chart);
std::string mark_chart_svg(const MarkChart& chart);

}  // namespace coinvest
