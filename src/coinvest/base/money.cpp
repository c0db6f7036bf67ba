// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/money.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace coinvest {

Currency most_frequent_currency(std::span<const Amount> amounts) {
  std::map<Currency, std::uint64_t> times;
  for (const Amount& amount : amounts)
    if (amount.disclosed()) ++times[amount.currency];
  const auto most = std::ranges::max_element(times, {}, [](const auto& entry) { return entry.second; });
  return most == times.end() ? Currency() : most->first;
}

std::string format_minor(std::int64_t minor) {
  const char* sign = minor < 0 ? "-" : "";
  const std::uint64_t size = minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  const std::uint64_t cents = size % 100;
  if (cents == 0) return sign + std::to_string(size / 100);
  if (cents % 10 == 0) return fmt::format("{}{}.{}", sign, size / 100, cents / 10);
  return fmt::format("{}{}.{:02}", sign, size / 100, cents);
}

}  // namespace coinvest
