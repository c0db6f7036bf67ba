// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/money.hpp"
#include "coinvest/base/result.hpp"

namespace coinvest {

/// What currencies were worth in one target currency, and when. A rate of a month or year holds for all of its days,
/// one of a day from then on; each until the next begins, but at most `longest_gap` after its own end. A currency may
/// have one constant rate instead.
class Rates {
 public:
  static constexpr std::chrono::days longest_gap{31};

  explicit Rates(Currency target) : target_(target) {}
  Currency target() const { return target_; }

  /// One unit of `currency` is worth `rate` / `unit` of the target on `date`; unknown: always. Fails (input) if the
  /// currency has a rate of that first day, or a constant beside dated ones.
  Result<void> add(Currency currency, const DateInterval& date, std::int64_t rate);

  /// The amount in the target currency, or as it was if it is undisclosed or no rate holds. Each end of the interval is
  /// rounded outwards to 1/100, an exact amount to the nearest 1/100; a date that meets several rates makes a range.
  /// Fails (limit) if the result leaves 64 bits. O(log rates + rates met).
  Result<Amount> convert(const Amount& amount, const DateInterval& date) const;

  static constexpr std::int64_t unit = 1'000'000'000'000;
  static constexpr std::int64_t largest = 1'000'000 * unit;

 private:
  struct Rate {
    Day from, to;
    std::int64_t rate;
  };
  struct Extremes {
    std::int64_t lowest, highest;
  };
  std::optional<Extremes> in_force(Currency currency, const DateInterval& date) const;

  Currency target_;
  std::map<Currency, std::vector<Rate>> rates_;  // each ascending by its first day
};

/// A decimal such as 0.1389 in units of 1 / Rates::unit, cut after twelve decimals. Fails (input): not a positive
/// decimal number below 1,000,000.
Result<std::int64_t> parse_rate(std::string_view text);

}  // namespace coinvest
