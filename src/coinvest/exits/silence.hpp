// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// How long ago the last deal was, in full calendar months to the as-of day.
enum class Activity : std::uint8_t {
  active,       ///< under 12
  slowing,      ///< 12 to 23
  dormant,      ///< 24 to 59
  lapsed,       ///< 60 and more
  never_dated,  ///< no deal has a date
};
std::string_view name_of(Activity state);

/// When an investor invested last.
struct Dormancy {
  InvestorId investor{};
  std::uint64_t deals = 0;    ///< selected rounds, undated ones too
  DateInterval last_deal;     ///< the one that may have ended last; unknown if none is dated
  std::optional<int> months;  ///< from its last day to the as-of day, at least 0
  Activity state = Activity::never_dated;
  std::optional<Day> as_of;
};

/// One row per investor with a selected round, ascending. As-of: that of the selection, else the last day in the data.
/// Follow-on rounds count as deals. O(P log P).
std::vector<Dormancy> dormancy(const Deals& deals);

enum class Listed : std::uint8_t {
  with_history,  ///< investors with at least two deals of the sector in the history
  all,           ///< with at least one in the history or the period
};

struct SilenceQuestion {
  std::string sector;  ///< compared as match key
  DayRange period;
  std::optional<DayRange> history;  ///< nothing: the 24 months before the period
  Listed listed = Listed::with_history;
};

enum class Verdict : std::uint8_t { still_investing, sector_froze, too_few_deals, left_sector, left_market };
std::string_view name_of(Verdict verdict);  ///< "still investing", ...

/// One investor's silence in a sector, and whether it is evidence of leaving.
struct Silence {
  InvestorId investor{};
  std::uint64_t deals_before = 0;      ///< its rounds of the sector in the history
  std::uint64_t deals_in_period = 0;   ///< and in the period
  std::uint64_t sector_before = 0;     ///< all rounds of the sector in the history, with or without named investors
  std::uint64_t sector_in_period = 0;  ///< and in the period
  std::optional<double> expected;      ///< deals_before / sector_before · sector_in_period; nothing without a history
  std::optional<double> p_zero;        ///< exp(−expected): the chance of no deal if nothing had changed
  std::optional<double> q;             ///< p_zero adjusted for all investors listed (Benjamini–Hochberg)
  DateInterval last_deal;              ///< last one of the sector, of any time
  std::optional<int> months;           ///< from there to the as-of day
  Activity state = Activity::never_dated;
  std::uint64_t outside_deals = 0;  ///< its rounds of other sectors in the period
  Verdict verdict{};
};

/// Who stopped investing in a sector. `deals` must not be filtered by sector, or nobody has deals outside it.
/// Imprecise dates count by the selection's rule. Verdicts: a deal in the period: still investing. None and
/// p_zero >= 0.05: the sector froze if its rounds per day fell below half of those in the history, else too few deals
/// to tell. None and p_zero < 0.05: left the sector if it has deals outside, else left the market.
/// Rows ascending by investor. Fails (usage): no selected round of the sector; a range that ends before it begins;
/// a history that reaches into the period. O(P log P).
Result<std::vector<Silence>> silence(const Deals& deals, const SilenceQuestion& question);

}  // namespace coinvest
