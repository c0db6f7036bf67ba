// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "coinvest/model/selection.hpp"

// Inside this room only.

namespace coinvest {

/// The day up to which ages count: the as-of day, else the last one of all.
inline Day day_of_ages(const Deals& deals) {
  return deals.selection.as_of.value_or(last_day(deals).value_or(Day{}));
}

/// 2^(−age/half-life), in years of 365.25 days; days after `as_of` have no age. Positive, however old.
inline double recency(Day day, Day as_of, double half_life) {
  const auto days = static_cast<double>(std::max(as_of - day, std::chrono::days(0)).count());
  return std::max(std::exp2(-days / 365.25 / half_life), std::numeric_limits<double>::min());
}

}  // namespace coinvest
