// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/base/chart.hpp"
#include "coinvest/base/date.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest {

/// A chart of marks as a drawing with places: a name per row, columns from left to right as far apart as their dates
/// where they are known, `dates` being parallel to them; a mark for each thing done, joined by a line from the first to
/// the last. Every mark carries row, column and meaning in its tooltip.
Drawing timeline_view(const MarkChart& chart, std::span<const DateInterval> dates);

}  // namespace coinvest
