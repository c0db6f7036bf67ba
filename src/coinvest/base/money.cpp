// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/money.hpp"

#include <fmt/format.h>

namespace coinvest {

std::string format_minor(std::int64_t minor) {
  const char* sign = minor < 0 ? "-" : "";
  const std::uint64_t size = minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  const std::uint64_t cents = size % 100;
  if (cents == 0) return fmt::format("{}{}", sign, size / 100);
  if (cents % 10 == 0) return fmt::format("{}{}.{}", sign, size / 100, cents / 10);
  return fmt::format("{}{}.{:02}", sign, size / 100, cents);
}

}  // namespace coinvest
