// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

// A heavy header: include it in .cpp files only.

/// Parses a TOML document. Fails (input) with file and line, also for text that is not UTF-8.
Result<toml::table> parse_toml(std::string_view text, const std::string& file);

/// Where a value stands in its file.
Place place_of(const toml::node& node, const std::string& file);

/// Fails (input) at the first key of `table` that is none of `known`, with the nearest of them.
Result<void> check_keys(const toml::table& table, std::span<const std::string_view> known, const std::string& file);

}  // namespace coinvest
