// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/exits/positions.hpp"

namespace coinvest {

/// Is a write-off the end of a holding period, or only the last day on which it was seen?
enum class WriteOffs : std::uint8_t { end, censored };

struct HoldingQuestion {
  PositionsBy by = PositionsBy::all;
  WriteOffs write_offs = WriteOffs::end;
};

/// How long a position was held: until it ended, or for as long as it was seen. Of imprecise dates a range.
struct Spell {
  DaysRange days;
  bool ended = false;
  constexpr std::int64_t middle() const { return (days.low + days.high) / 2; }
};

/// A day on which positions ended, counted from the entry.
struct SurvivalStep {
  std::int64_t days = 0;
  std::uint64_t at_risk = 0;   ///< positions held at least so long
  std::uint64_t ended = 0;     ///< of these, ended after exactly so many days
  std::uint64_t censored = 0;  ///< seen no longer than that, or until before the next step
  double survival = 1;         ///< estimated share still held after this day
  std::optional<double> low = {},
                        high = {};  ///< 95 % by Greenwood's formula, cut to [0, 1]; nothing once nobody is left
};

/// The Kaplan–Meier curve: a first step at 0 days, then one per day on which any ended. at_risk of a step less its
/// ended and censored is at_risk of the next. Empty without spells. O(n log n).
/// Source: Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; Greenwood 1926.
std::vector<SurvivalStep> kaplan_meier(std::span<const Spell> spells);

/// The first day at which no more than half are held; nothing while more are.
std::optional<std::int64_t> median_of(std::span<const SurvivalStep> curve);

/// How long the positions of a group were held, in days; of imprecise dates the middle. Order statistics are elements
/// of the sample: the one at position floor(q·n) from 0, so that the median of an even number is the upper one.
struct HoldingSummary {
  Group group;
  std::uint64_t realised = 0;   ///< positions with a dated exit after a dated entry
  std::uint64_t censored = 0;   ///< positions with a dated entry, not left by the as-of day
  std::uint64_t imprecise = 0;  ///< of the realised, those known as a range of days
  std::optional<std::int64_t> median, lower_quartile, upper_quartile;  ///< of the realised ones: biased down
  std::optional<std::int64_t> median_low, median_high;                 ///< were all as short, as long as they may be
  std::optional<std::int64_t> kaplan_meier_median;                     ///< nothing while more than half are still held
  std::optional<Day> as_of;
  std::optional<std::int64_t>
      well_seen;  ///< days up to which `too_few` or more are at risk; nothing if there are fewer
  std::vector<SurvivalStep> curve;
};

/// One per group with a realised or censored position, ascending. Any exit that counts ends a position (write-offs by
/// `question`); positions with an undated exit or with an exit before the entry are left out. O(n log n).
std::vector<HoldingSummary> holding_periods(const Deals& deals, std::span<const ExitEvent> events,
                                            const HoldingQuestion& question = {});

}  // namespace coinvest
