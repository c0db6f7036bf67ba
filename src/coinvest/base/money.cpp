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

std::string format_minor_grouped(std::int64_t minor) {
  std::string text = format_minor(minor);
  const std::size_t digits_begin = minor < 0 ? 1 : 0;
  std::size_t position = std::min(text.find('.'), text.size());
  while (position > digits_begin + 3) text.insert(position -= 3, 1, ',');
  return text;
}

std::string_view name_of(Precision precision) {
  static constexpr std::array<std::string_view, 7> names{"undisclosed", "exact", "approximate", "floor",
                                                         "bucket",      "range", "cumulative"};
  return names.at(static_cast<std::size_t>(precision));
}

}  // namespace coinvest
