// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace coinvest {

/// ISO 4217 code; all blanks: unknown. Amounts of different currencies are never added.
struct Currency {
  std::array<char, 3> code{' ', ' ', ' '};

  constexpr Currency() = default;
  constexpr explicit Currency(std::string_view text) {
    if (text.size() == 3) code = {text[0], text[1], text[2]};
  }
  constexpr bool known() const { return code[0] != ' '; }
  std::string text() const { return known() ? std::string(code.data(), code.size()) : std::string(); }
  constexpr auto operator<=>(const Currency&) const = default;
};

/// What the text said about an amount.
enum class Precision : std::uint8_t {
  undisclosed,  ///< nothing: [0, unbounded]
  exact,        ///< a number: low == high
  approximate,  ///< 约, 近, 左右, 余
  floor,        ///< 超, 以上: no upper bound
  bucket,       ///< 数千万, 千万级: an order of magnitude
  range,        ///< X–Y
  cumulative,   ///< a total over several rounds: never added to rounds; counts as undisclosed in sums
};

/// An amount of money as the interval that its text allows, in minor units (1/100) of `currency`.
struct Amount {
  static constexpr std::int64_t unbounded = std::numeric_limits<std::int64_t>::max();
  /// Largest amount accepted: 10^15 minor units.
  static constexpr std::int64_t largest = 1'000'000'000'000'000;

  std::int64_t low = 0;
  std::int64_t high = unbounded;
  Precision precision = Precision::undisclosed;
  Currency currency = {};

  static constexpr Amount exactly(std::int64_t minor, Currency currency) {
    return {minor, minor, Precision::exact, currency};
  }
  static constexpr Amount at_least(std::int64_t minor, Currency currency) {
    return {minor, unbounded, Precision::floor, currency};
  }
  /// True if the amount says anything that may be added to a sum.
  constexpr bool disclosed() const { return precision != Precision::undisclosed && precision != Precision::cumulative; }
  constexpr bool operator==(const Amount&) const = default;
};

/// The currency of most disclosed amounts, of equals the first by name; unknown if nothing is disclosed.
Currency most_frequent_currency(std::span<const Amount> amounts);

/// Minor units as a decimal of major units without trailing zeros: 12345 -> "123.45", 500 -> "5".
std::string format_minor(std::int64_t minor);

}  // namespace coinvest
