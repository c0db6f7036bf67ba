// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/result.hpp"

#include <fmt/format.h>

#include <array>

namespace coinvest {

std::string_view name_of(ErrorKind kind) {
  static constexpr std::array<std::string_view, 7> names{"input",     "io",     "usage",  "limit",
                                                         "cancelled", "engine", "numeric"};
  return names.at(static_cast<std::size_t>(kind));
}

std::string describe(const Error& error) {
  std::string text;
  if (!error.where.file.empty()) {
    text += error.where.file;
    if (error.where.line != 0) text += fmt::format(":{}", error.where.line);
    text += ": ";
  }
  if (!error.where.column.empty()) text += fmt::format("column '{}': ", error.where.column);
  return text + error.message;
}

}  // namespace coinvest
