// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/toml.hpp"

namespace coinvest::cli {

// A heavy header: include it in .cpp files only.

/// A value of a TOML file as the texts that stand for it on a command line: one for each entry of a list, none for a
/// switch that is off. Fails (input) at what is neither text, number, date, yes or no, nor a list of these.
Result<std::vector<std::string>> texts_of(const toml::node& value, const std::string& file);

/// What an option takes of these texts: each by itself if it may be given often, else all in one, "a,b".
std::vector<std::string> values_for(const CLI::Option& option, std::vector<std::string> texts);

/// The long names of the options, without their dashes, that `wanted` takes.
template <typename Predicate>
std::vector<std::string_view> option_keys(const CLI::App& app, Predicate wanted) {
  std::vector<std::string_view> keys;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames())
      if (wanted(name)) keys.push_back(name);
  return keys;
}

}  // namespace coinvest::cli
