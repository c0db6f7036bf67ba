// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/sheet_formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "coinvest/base/date.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

struct Builtin {
  unsigned first, last;
  NumberKind kind;
};
constexpr std::array builtins{
    Builtin{14, 16, NumberKind::day},  Builtin{17, 17, NumberKind::month}, Builtin{18, 21, NumberKind::time},
    Builtin{22, 22, NumberKind::day},  Builtin{27, 31, NumberKind::day},   Builtin{32, 35, NumberKind::time},
    Builtin{36, 36, NumberKind::day},  Builtin{45, 45, NumberKind::time},  Builtin{47, 47, NumberKind::time},
    Builtin{50, 51, NumberKind::day},  Builtin{52, 52, NumberKind::month}, Builtin{53, 54, NumberKind::day},
    Builtin{55, 56, NumberKind::time}, Builtin{57, 57, NumberKind::month}, Builtin{58, 58, NumberKind::day}};

std::string time_of(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// True of the inside of `[h]`, `[mm]`, `[ss]`: hours, minutes or seconds in all.
bool is_elapsed(std::string_view inside) {
  return !inside.empty() && std::string_view("hms").find(inside.front()) != std::string_view::npos &&
         inside.find_first_not_of(inside.front()) == std::string_view::npos;
}

/// The double that has the same first 15 digits: what was typed, without the noise of its sums.
double as_shown(double number) {
  std::array<char, 40> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::scientific, 14).ptr;
  std::from_chars(digits.data(), end, number);
  return number;
}

}  // namespace

NumberKind kind_of_builtin_format(unsigned id) {
  const auto found = std::ranges::find_if(builtins, [&](const Builtin& b) { return b.first <= id && id <= b.last; });
  return found == builtins.end() ? NumberKind::number : found->kind;
}

NumberKind kind_of_format(std::string_view code) {
  std::string letters;
  bool duration = false;  // [h]:mm runs beyond a day
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the next character is shown, left out or repeated
    } else if (c == '"' || c == '[') {
      const std::size_t end = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size());
      duration |= c == '[' && is_elapsed(lower_ascii(code.substr(i + 1, end - i - 1)));
      i = end;
    } else {
      letters += c;
    }
  }
  letters = lower_ascii(letters);
  const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
  if (duration) return NumberKind::number;
  const bool time = has('h') || has('s');
  if (has('d')) return NumberKind::day;
  if (has('y')) return has('m') && !time ? NumberKind::month : has('m') ? NumberKind::day : NumberKind::year;
  if (has('m') && !time) return NumberKind::month;  // also with the year as e, as in e"年"m"月"
  return time ? NumberKind::time : NumberKind::number;
}

std::string text_of_number(double number, NumberKind kind, DateSystem system) {
  using namespace std::chrono;
  constexpr double last_serial = 2'958'465;  // 9999-12-31
  if (kind == NumberKind::number || number < 0 || number > last_serial) {
    return plain_digits(std::trunc(number) == number ? number : as_shown(number));
  }
  constexpr std::int64_t day_seconds = 86'400;
  auto serial = static_cast<std::int64_t>(std::floor(number));
  std::int64_t seconds = std::llround((number - std::floor(number)) * static_cast<double>(day_seconds));
  serial += seconds / day_seconds;
  seconds %= day_seconds;
  if (kind == NumberKind::time && serial == 0) return time_of(seconds);
  constexpr std::int64_t leap_day_that_never_was = 60;
  std::string day = "1900-02-29";
  if (system == DateSystem::from_1904) {
    day = format_day(sys_days(1904y / January / 1) + days(serial));
  } else if (serial != leap_day_that_never_was) {
    day = format_day(sys_days(1899y / December / 31) + days(serial > leap_day_that_never_was ? serial - 1 : serial));
  }
  if (kind == NumberKind::year) return day.substr(0, day.size() - 6);
  if (kind == NumberKind::month) return day.substr(0, day.size() - 3);
  return seconds == 0 ? day : day + " " + time_of(seconds);
}

}  // namespace coinvest
