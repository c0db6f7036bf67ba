// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace coinvest {

/// What a spreadsheet shows of a number: the number, or a date or time of which it is the serial.
enum class NumberKind : std::uint8_t { number, day, month, year, time };

/// Days since the end of 1899, with a 29 February 1900 that never was, or since 1904-01-01.
enum class DateSystem : std::uint8_t { from_1900, from_1904 };

/// The kind of a format of the standard: 14–17 and 22 are dates, 18–21, 45 and 47 times, 46 a duration; 27–36 and
/// 50–58, which mean dates in Chinese, Japanese and Korean workbooks, too.
NumberKind kind_of_builtin_format(unsigned id);

/// The kind of a format code such as `yyyy"年"m"月"`, from the letters that stand for parts of a date. A duration, as
/// in `[h]:mm`, is a number: it has no day.
NumberKind kind_of_format(std::string_view code);

/// A number as people see it: a date as 2021-03-05, 2021-03 or 2021, with its time if it has one; a number with at most
/// 15 significant digits, as spreadsheets show it, and without exponent. Serials that are no date stay numbers.
std::string text_of_number(double number, NumberKind kind, DateSystem system);

}  // namespace coinvest
