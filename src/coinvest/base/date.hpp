// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

using Day = std::chrono::sys_days;

/// A date of day, month, quarter or year precision as the closed interval of days that it may mean.
/// `2016` is [2016-01-01, 2016-12-31]. Default-constructed: unknown, which lies in no window.
struct DateInterval {
  Day low = Day::max();
  Day high = Day::min();

  static constexpr DateInterval of(Day day) { return {day, day}; }
  constexpr bool known() const { return low <= high; }
  constexpr bool operator==(const DateInterval&) const = default;
};

/// A closed range of days.
struct DayRange {
  Day from{}, to{};
};

/// When an interval counts as lying in a window.
enum class PartialDate : std::uint8_t {
  strict,   ///< the whole interval lies inside
  overlap,  ///< it touches the window
  mid,      ///< its middle day (the earlier one of two) lies inside
};

/// True if `date` counts as inside the closed window [from, to]. Unknown dates never do.
bool lies_in(const DateInterval& date, Day from, Day to, PartialDate rule);

/// The middle day of a known interval; of an even number of days the earlier one.
Day middle(const DateInterval& date);

/// How an all-digit `05/03/2021` is to be read; without a stated order it is rejected as ambiguous.
enum class DateOrder : std::uint8_t { unstated, day_first, month_first };

/// Reads one date: `2021-03-05`, `2021-3-5`, `2021/3/5`, `2021.3.5`, `2021-03`, `2021 Q1`, `Q1 2021`, `2021`,
/// `2021年3月5日` and its shorter forms, each with an optional valid time of day after `T` or a space, which is
/// dropped. Accepts 1900-01-01 to 2100-12-31 on the proleptic Gregorian calendar and never clamps. Fails (input): one
/// sentence that says what is wrong: impossible day, out of range, an Excel serial or epoch number, an ambiguous order.
/// An empty text is an error too: the caller decides what emptiness means.
Result<DateInterval> parse_date(std::string_view text, DateOrder order = DateOrder::unstated);

/// Reads `FROM..TO`, or one date that stands for its whole interval: `2022`, `2022-01..2022-06`. Fails as parse_date
/// does, and if it ends before it begins.
Result<DayRange> parse_period(std::string_view text);

/// The interval at the precision it has: `2021-03-05`, `2021-03`, `2021 Q1`, `2021`; else `low..high`; unknown: empty.
std::string format_date(const DateInterval& date);

/// `2021-03-05`.
std::string format_day(Day day);

/// Full calendar months from `from` to `to`: 12ΔY + ΔM − [day(to) < day(from)], never days divided by 30.
int full_months(Day from, Day to);

/// The same day `years` earlier or later; 29 February becomes 28 February in common years.
Day plus_years(Day day, int years);

}  // namespace coinvest
