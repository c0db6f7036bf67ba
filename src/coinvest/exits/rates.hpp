// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/exits/positions.hpp"

namespace coinvest {

enum class RateOf : std::uint8_t {
  liquidity,  ///< companies with an IPO or sale (XR1): companies, each once, not investments
  any_exit,   ///< positions with any exit that counts, write-offs too (XR2)
};

struct RateQuestion {
  RateOf of = RateOf::liquidity;
  PositionsBy by = PositionsBy::investor;
  std::optional<int> mature_years = {};  ///< only positions entered at least so many years before the as-of day
};

/// How many of those entered had an exit.
struct ExitRate {
  Group group;
  std::uint64_t entered = 0;                  ///< companies (XR1) or positions (XR2, XR3)
  std::uint64_t exited = 0;                   ///< of these, with a visible exit; undated ones and early ones count too
  std::uint64_t exited_before_entry = 0;      ///< of the exited, those whose every such event came before the entry
  std::uint64_t succeeded = 0;                ///< of the exited, those by IPO or sale of the company
  std::optional<double> rate;                 ///< exited / entered; nothing if nothing was entered
  std::optional<double> rate_low, rate_high;  ///< 95 % Wilson interval; nothing where `exited` is no part of `entered`
  std::optional<Day> as_of;
};

/// One rate per group, ascending by group; `events` as `exit_events` gives them. In other groups than an investor's a
/// company (XR1) counts once, where it was entered first. O(P log P).
/// Source: Hochberg, Ljungqvist & Lu 2007, doi:10.1111/j.1540-6261.2007.01207.x; Wilson 1927.
std::vector<ExitRate> exit_rates(const Deals& deals, std::span<const ExitEvent> events,
                                 const RateQuestion& question = {});

/// The same over everything selected, whatever `question.by` says: the denominator of the whole.
ExitRate overall_exit_rate(const Deals& deals, std::span<const ExitEvent> events, RateQuestion question = {});

/// Exits of one time over entries of an earlier one (XR3): per year t positions entered in t, and positions whose exit
/// lies in t + lag. They are not the same positions, so the rate may exceed 1.
struct LaggedRates {
  std::vector<ExitRate> years;  ///< ascending, without gaps, up to the year of the as-of day less the lag
  ExitRate total;               ///< over all of these years; the group is named "2012..2017"
  std::uint64_t without_year_entered = 0, without_year_exited = 0;  ///< left out: the date lies in no single year
  std::uint64_t exited_before_entry = 0;                            ///< left out
};
LaggedRates lagged_rates(const Deals& deals, std::span<const ExitEvent> events, int lag);

/// Share of one way of leaving among the exits of a group (XR4).
struct ExitChannel {
  Group group;
  ExitCode code{};
  std::uint64_t exits = 0;                          ///< positions left this way
  std::uint64_t all_exits = 0;                      ///< positions left in any way that counts
  double share = 0, share_low = 0, share_high = 0;  ///< with its 95 % Wilson interval
};

/// Ascending by group and code, codes that occur only.
std::vector<ExitChannel> exit_channels(const Deals& deals, std::span<const ExitEvent> events, PositionsBy by);

}  // namespace coinvest
