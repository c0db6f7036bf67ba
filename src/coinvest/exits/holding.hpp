// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/model/selection.hpp"

namespace coinvest {

struct ExitEvent;

/// An investor that took part in at least one selected round of a company.
struct Holding {
  CompanyId company{};
  InvestorId investor{};
  DateInterval entered;  ///< of the first dated participation; unknown if none has a date
};

/// One row per pair of company and investor, ascending. With several imprecise dates the first one lies between their
/// earliest low and their earliest high end. O(P log P) for P participations.
std::vector<Holding> holdings(const Deals& deals);

/// The holders of one company, ascending; `all` as `holdings` gives them.
std::span<const Holding> holders_of(std::span<const Holding> all, CompanyId company);

/// The row of a pair; nullptr if the investor has no selected participation in the company.
const Holding* find_holding(std::span<const Holding> all, CompanyId company, InvestorId investor);

/// The day up to which facts are judged: `as_of` of the selection, else the last day in the data.
std::optional<Day> as_of_day(const Deals& deals);

/// How long positions were held, in days; of imprecise dates the middle. Order statistics are elements of the sample:
/// the one at position floor(q·n) from 0, so that the median of an even number is the upper one.
struct HoldingSummary {
  std::uint64_t realised = 0;  ///< positions with a dated exit after a dated entry
  std::uint64_t censored = 0;  ///< positions with a dated entry, not left by the as-of day
  std::optional<std::int64_t> median, lower_quartile, upper_quartile;  ///< of the realised ones: biased down
  std::optional<std::int64_t> kaplan_meier_median;                     ///< nothing while more than half are still held
  std::optional<Day> as_of;
};

/// Summary over all investors, or of one. Any exit that counts ends a position; positions with an undated exit or with
/// an exit before the entry are left out. O(n log n).
/// Source: Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452.
HoldingSummary holding_summary(const Deals& deals, std::span<const ExitEvent> events,
                               std::optional<InvestorId> investor = {});

}  // namespace coinvest
