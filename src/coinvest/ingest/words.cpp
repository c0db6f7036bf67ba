// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "coinvest/base/text.hpp"

namespace coinvest {

std::string half_width(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    // U+FF01..U+FF3F are EF BC 81..BF, U+FF40..U+FF5E are EF BD 80..9E
    if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) >= 0x81 && byte(i + 2) <= 0xBF) {
      result += static_cast<char>('!' + (byte(i + 2) - 0x81));
      i += 3;
    } else if (byte(i) == 0xEF && byte(i + 1) == 0xBD && byte(i + 2) >= 0x80 && byte(i + 2) <= 0x9E) {
      result += static_cast<char>('`' + (byte(i + 2) - 0x80));
      i += 3;
    } else if (byte(i) == 0xE3 && byte(i + 1) == 0x80 && byte(i + 2) == 0x80) {
      result += ' ';  // ideographic space
      i += 3;
    } else if (byte(i) == 0xC2 && byte(i + 1) == 0xA0) {
      result += ' ';  // no-break space
      i += 2;
    } else {
      result += text[i++];
    }
  }
  return result;
}

std::string with_month_number(std::string_view date) {
  constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_separator = [](char c) { return c == '-' || c == ' ' || c == '/'; };
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string small = lower_ascii(date);
  std::string_view rest = small;
  const auto take = [&rest](auto belongs) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest, belongs) - rest.begin());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end);
    return taken;
  };
  const std::string_view day = take(is_digit);
  const std::string_view before = take(is_separator);
  const std::string_view month = take(is_letter);
  const std::string_view after = take(is_separator);
  const std::string_view year = take(is_digit);
  const std::size_t found = month.size() < 3 ? std::string_view::npos : months.find(month.substr(0, 3));
  const bool whole = (day.size() == 1 || day.size() == 2) && before.size() == 1 && after.size() == 1 &&
                     year.size() == 4 && rest.empty() && found != std::string_view::npos && found % 3 == 0;
  return whole ? fmt::format("{}-{:02}-{:0>2}", year, found / 3 + 1, day) : std::string(date);
}

std::string plain_digits(double number) {
  std::array<char, 400> digits{};  // the longest has 17 digits behind 323 zeros
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  return {digits.data(), end.ptr};
}

std::string without_exponent(std::string_view number) {
  constexpr double largest = 1e21;  // from here on a double is no longer what somebody typed
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool whole = error == std::errc{} && end == number.data() + number.size();
  const bool exponent = number.find_first_of("eE") != std::string_view::npos;
  return whole && exponent && std::abs(value) < largest ? plain_digits(value) : std::string(number);
}

}  // namespace coinvest
