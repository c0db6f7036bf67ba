// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/base/chart.hpp"

namespace coinvest {

/// Step curves as an SVG picture: axes with units, a band about each curve, its median, a legend if there are several,
/// title and notes as text. Shapes and text only; names are never markup. The same chart gives the same bytes.
std::string chart_svg(const StepChart& chart);

}  // namespace coinvest
