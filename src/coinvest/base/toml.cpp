// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/toml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "coinvest/base/text.hpp"

namespace coinvest {

Result<toml::table> parse_toml(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::input, fmt::format("this is not TOML: {}", error.description()),
                {file, error.source().begin.line, ""});
  }
}

Place place_of(const toml::node& node, const std::string& file) {
  return {file, node.source().begin.line, ""};
}

Result<void> check_keys(const toml::table& table, std::span<const std::string_view> known, const std::string& file) {
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    return fail(ErrorKind::input,
                fmt::format("unknown key '{}'{}", key.str(),
                            did_you_mean(key.str(), {known.begin(), known.end()},
                                         fmt::format("; known are {}", fmt::join(known, ", ")))),
                place_of(value, file));
  }
  return {};
}

}  // namespace coinvest
