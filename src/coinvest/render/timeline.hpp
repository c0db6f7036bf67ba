// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/base/chart.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest {

/// A chart of marks as a drawing with places: a name per row, columns from left to right as far apart as their times
/// where they have any, a mark for each thing done, joined by a line from the first to the last. Every mark carries
/// row, column and meaning in its tooltip.
Drawing timeline_view(const MarkChart& chart);

}  // namespace coinvest
