// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

using std::chrono::year_month_day;

constexpr int first_year = 1900;
constexpr int last_year = 2100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A run of digits: its value (saturating) and how many there were.
struct Number {
  long value = 0;
  std::size_t digits = 0;
};

Number take_number(std::string_view& text) {
  Number number;
  while (!text.empty() && is_digit(text.front())) {
    number.value = std::min(number.value * 10 + (text.front() - '0'), 1'000'000'000'000L);
    ++number.digits;
    text.remove_prefix(1);
  }
  return number;
}

bool take(std::string_view& text, std::string_view token) {
  if (!text.starts_with(token)) return false;
  text.remove_prefix(token.size());
  return true;
}

tl::unexpected<Error> bad(std::string_view text, std::string_view why) {
  const std::string shown = visible(clip(text, 40));
  return fail(ErrorKind::input, fmt::format("date \"{}\" {}", shown, why));
}

/// The interval of a year, a month (day 0) or a day, once checked against the calendar.
Result<DateInterval> interval(std::string_view text, long year, long month, long day) {
  if (year < first_year || year > last_year)
    return bad(text, fmt::format("is outside {}-01-01 to {}-12-31", first_year, last_year));
  const std::chrono::year y{static_cast<int>(year)};
  if (month == 0) return DateInterval{Day{y / 1 / 1}, Day{y / 12 / 31}};
  if (month < 1 || month > 12) return bad(text, fmt::format("has no month {}", month));
  const std::chrono::month m{static_cast<unsigned>(month)};
  if (day == 0) return DateInterval{Day{y / m / 1}, Day{y / m / std::chrono::last}};
  const year_month_day ymd{y, m, std::chrono::day{static_cast<unsigned>(std::min(day, 99L))}};
  if (!ymd.ok()) return bad(text, "is not a day of the calendar");
  return DateInterval::of(Day{ymd});
}

Result<DateInterval> quarter(std::string_view text, long year, long number) {
  if (number < 1 || number > 4) return bad(text, fmt::format("has no quarter {}", number));
  auto first = interval(text, year, number * 3 - 2, 0);
  auto last = interval(text, year, number * 3, 0);
  if (!first) return first;
  return DateInterval{first->low, last->high};
}

/// A day of the form that most are written in: 2021-03-05.
std::optional<Result<DateInterval>> plain_day(std::string_view text) {
  constexpr std::string_view form = "0000-00-00";
  const auto fits = [](char c, char place) { return place == '0' ? is_digit(c) : c == place; };
  if (!std::ranges::equal(text, form, fits)) return std::nullopt;
  const auto number = [&](std::size_t at) { return 10L * (text[at] - '0') + (text[at + 1] - '0'); };
  const long month = number(5), day = number(8);
  return interval(text, 100 * number(0) + number(2), month == 0 ? 13 : month, day == 0 ? 99 : day);
}

/// `T23:59`, ` 00:00:00`, with optional fraction and zone: checked and dropped, since only the day counts.
bool is_time_of_day(std::string_view rest) {
  if (!take(rest, "T") && !take(rest, " ")) return false;
  const Number hour = take_number(rest);
  if (hour.digits != 2 || hour.value > 23 || !take(rest, ":")) return false;
  const Number minute = take_number(rest);
  if (minute.digits != 2 || minute.value > 59) return false;
  if (take(rest, ":")) {
    const Number second = take_number(rest);
    if (second.digits != 2 || second.value > 60) return false;  // 60: a leap second
    if (take(rest, ".") && take_number(rest).digits == 0) return false;
  }
  if (rest.empty() || rest == "Z") return true;
  if (!take(rest, "+") && !take(rest, "-")) return false;
  const Number zone = take_number(rest);  // 08, 0530, 05:30
  if (zone.digits == 4) return rest.empty() && zone.value / 100 <= 14 && zone.value % 100 <= 59;
  if (zone.digits != 2 || zone.value > 14) return false;
  if (rest.empty()) return true;
  if (!take(rest, ":")) return false;
  const Number minutes = take_number(rest);
  return rest.empty() && minutes.digits == 2 && minutes.value <= 59;
}

}  // namespace

Day middle(const DateInterval& date) {
  return date.low + (date.high - date.low) / 2;
}

bool lies_in(const DateInterval& date, Day from, Day to, PartialDate rule) {
  if (!date.known()) return false;
  switch (rule) {
    case PartialDate::strict:
      return date.low >= from && date.high <= to;
    case PartialDate::overlap:
      return date.low <= to && date.high >= from;
    case PartialDate::mid:
      return middle(date) >= from && middle(date) <= to;
  }
  return false;
}

Result<DateInterval> parse_date(std::string_view whole, DateOrder order) {
  const std::string_view text = trim(whole);
  std::string_view rest = text;
  if (rest.empty()) return fail(ErrorKind::input, "date is empty");
  if (auto plain = plain_day(text)) return *plain;

  if (take(rest, "Q") || take(rest, "q")) {  // Q1 2021
    const Number number = take_number(rest);
    if (number.digits == 1 && (take(rest, " ") || take(rest, "-") || take(rest, "/"))) {
      const Number year = take_number(rest);
      if (year.digits == 4 && rest.empty()) return quarter(text, year.value, number.value);
    }
    return bad(text, "is not read; write 2021 Q1");
  }

  const Number first = take_number(rest);
  if (first.digits == 0) return bad(text, "is not read; write 2021-03-05, 2021-03, 2021 Q1 or 2021");
  if (rest.empty()) {
    if (first.digits == 4) return interval(text, first.value, 0, 0);
    if (first.digits == 5) return bad(text, "looks like a spreadsheet's serial number; format the column as a date");
    if (first.digits >= 9) return bad(text, "looks like seconds since 1970; write 2021-03-05");
    return bad(text, "is not read; write 2021-03-05");
  }

  if (take(rest, "年")) {
    if (first.digits != 4) return bad(text, "has no year of four digits");
    if (rest.empty()) return interval(text, first.value, 0, 0);
    const Number month = take_number(rest);
    if (month.digits == 0 || month.digits > 2 || !take(rest, "月")) return bad(text, "is not read; write 2021年3月5日");
    if (rest.empty()) return interval(text, first.value, month.value == 0 ? 13 : month.value, 0);
    const Number day = take_number(rest);
    if (day.digits == 0 || day.digits > 2 || (!take(rest, "日") && !take(rest, "号")) || !rest.empty())
      return bad(text, "is not read; write 2021年3月5日");
    return interval(text, first.value, month.value == 0 ? 13 : month.value, day.value == 0 ? 99 : day.value);
  }

  if (first.digits == 4) {
    std::string_view spaced = rest;
    take(spaced, " ");
    take(spaced, "-");
    if (take(spaced, "Q") || take(spaced, "q")) {  // 2021 Q1, 2021-Q1, 2021Q1
      const Number number = take_number(spaced);
      if (number.digits == 1 && spaced.empty()) return quarter(text, first.value, number.value);
    }
  }

  const char separator = rest.front();
  if (separator != '-' && separator != '/' && separator != '.')
    return bad(text, "is not read; write 2021-03-05, 2021-03, 2021 Q1 or 2021");
  rest.remove_prefix(1);
  const Number second = take_number(rest);
  if (second.digits == 0 || second.digits > 2) return bad(text, "is not read; write 2021-03-05");
  const auto never_zero = [](long value, long impossible) { return value == 0 ? impossible : value; };
  if (rest.empty()) {
    if (first.digits != 4) return bad(text, "has no year of four digits");
    return interval(text, first.value, never_zero(second.value, 13), 0);
  }
  if (rest.front() != separator) return bad(text, "is not read; write 2021-03-05");
  rest.remove_prefix(1);
  const Number third = take_number(rest);
  if (third.digits == 0 || (!rest.empty() && !is_time_of_day(rest))) return bad(text, "is not read; write 2021-03-05");

  if (first.digits == 4 && third.digits <= 2)
    return interval(text, first.value, never_zero(second.value, 13), never_zero(third.value, 99));
  if (first.digits <= 2 && third.digits == 4) {
    if (order == DateOrder::unstated) return bad(text, "is ambiguous; state the order with --date-order dmy or mdy");
    const bool day_first = order == DateOrder::day_first;
    return interval(text, third.value, never_zero(day_first ? second.value : first.value, 13),
                    never_zero(day_first ? first.value : second.value, 99));
  }
  return bad(text, "has no year of four digits");
}

std::string format_day(Day day) {
  const year_month_day ymd{day};
  std::string text = "0000-00-00";
  const auto put = [&](std::size_t last, unsigned value) {
    for (; value != 0; value /= 10) text[last--] = static_cast<char>('0' + value % 10);
  };
  if (const int year = static_cast<int>(ymd.year()); year >= 0 && year <= 9999) {
    put(3, static_cast<unsigned>(year)), put(6, static_cast<unsigned>(ymd.month()));
    put(9, static_cast<unsigned>(ymd.day()));
    return text;
  }
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

Result<DayRange> parse_period(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto from = parse_date(text.substr(0, dots));
  if (!from) return tl::unexpected(from.error());
  const auto to = dots == text.npos ? from : parse_date(text.substr(dots + 2));
  if (!to) return tl::unexpected(to.error());
  if (from->low > to->high) return fail(ErrorKind::input, fmt::format("'{}' ends before it begins", text));
  return DayRange{from->low, to->high};
}

std::string format_date(const DateInterval& date) {
  if (!date.known()) return {};
  if (date.low == date.high) return format_day(date.low);
  const year_month_day low{date.low};
  const year_month_day after{date.high + std::chrono::days{1}};
  if (low.day() == std::chrono::day{1} && after.day() == std::chrono::day{1}) {
    const int year = static_cast<int>(low.year());
    const unsigned month = static_cast<unsigned>(low.month());
    const int months = (static_cast<int>(after.year()) - year) * 12 +
                       (static_cast<int>(static_cast<unsigned>(after.month())) - static_cast<int>(month));
    if (months == 1) return fmt::format("{:04}-{:02}", year, month);
    if (months == 3 && month % 3 == 1) return fmt::format("{:04} Q{}", year, (month + 2) / 3);
    if (months == 12 && month == 1) return fmt::format("{:04}", year);
  }
  return format_day(date.low) + ".." + format_day(date.high);
}

int full_months(Day from, Day to) {
  const year_month_day a{from};
  const year_month_day b{to};
  const int months = (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
                     static_cast<int>(static_cast<unsigned>(b.month())) -
                     static_cast<int>(static_cast<unsigned>(a.month()));
  return months - (b.day() < a.day() ? 1 : 0);
}

Day plus_years(Day day, int years) {
  const year_month_day moved = year_month_day{day} + std::chrono::years{years};
  return moved.ok() ? Day{moved} : Day{moved.year() / moved.month() / std::chrono::last};
}

}  // namespace coinvest
