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
  active,
  slowing,
  dormant,
  lapsed,
  never_dated,    ///< no deal has a date
  not_judgeable,  ///< came into its state within the report lag: a deal of those days may still be unreported
};
std::string_view name_of(Activity state);

/// Months since the last deal at which a state begins; under `slowing` is active.
struct ActivityBands {
  int slowing = 12, dormant = 24;
  std::optional<int> lapsed = 60;  ///< nothing: there is no such state
};
inline constexpr ActivityBands crunchbase_bands{12, 18, std::nullopt};

/// Which rounds of an investor are deals.
enum class DealsCounted : std::uint8_t {
  all,            ///< follow-ons too
  new_companies,  ///< the first dated one in each company
};

struct DormancyRules {
  ActivityBands bands = {};
  int report_lag_days = 0;  ///< deals of so many days before the as-of day may not be reported yet
  DealsCounted counted = DealsCounted::all;
};

/// When an investor invested last.
struct Dormancy {
  InvestorId investor{};
  std::uint64_t deals = 0;    ///< selected rounds that count by the rules, undated ones too
  DateInterval last_deal;     ///< the one that may have ended last; unknown if none is dated
  std::optional<int> months;  ///< from its last day to the as-of day, at least 0
  Activity state = Activity::never_dated;
  std::optional<int> median_gap;  ///< between dated deals, in full months; of an even number of gaps the upper one
  /// Longer than ever usual: four dated deals or more, and months > max(24, 3 · median_gap).
  bool unusual = false;
  std::optional<Day> as_of;
};

/// One row per investor with a selected round, ascending. As-of: that of the selection, else the last day in the data.
/// O(P log P).
std::vector<Dormancy> dormancy(const Deals& deals, const DormancyRules& rules = {});

enum class Listed : std::uint8_t {
  with_history,  ///< investors with at least two deals of the sector in the history
  all,           ///< with at least one in the history or the period
};

struct SilenceQuestion {
  std::optional<std::string> sector = {};  ///< compared as match key; nothing: the whole market
  DayRange period;
  std::optional<DayRange> history = {};  ///< nothing: the 24 months before the period
  Listed listed = Listed::with_history;
  DormancyRules dormancy = {};
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
  /// First day at which p_zero falls below 0.05 if there is no deal from the begin of the period on, at the sector's
  /// rate of the period. Nothing after a deal in the period, without an expectation, or if more than 100 years away.
  std::optional<Day> significant_from;
  Dormancy dormancy;                ///< of its deals of the sector, of any time
  std::uint64_t outside_deals = 0;  ///< its rounds of other sectors in the period
  Verdict verdict{};
};

/// Who stopped investing in a sector. `deals` must not be filtered by sector, or nobody has deals outside it.
/// Imprecise dates count by the selection's rule. Verdicts: a deal in the period: still investing. None and
/// p_zero >= 0.05: the sector froze if its rounds per day fell below half of those in the history, else too few deals
/// to tell. None and p_zero < 0.05: left the sector if it has deals outside, else left the market.
/// Rows ascending by investor. Fails (usage): no selected round of the sector (names the sectors there are); a range
/// that ends before it begins; a history that reaches into the period. O(P log P).
Result<std::vector<Silence>> silence(const Deals& deals, const SilenceQuestion& question);

}  // namespace coinvest
