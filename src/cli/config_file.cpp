// SPDX-License-Identifier: Apache-2.0
#include "cli/config_file.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/toml_options.hpp"
#include "coinvest/base/file.hpp"

namespace coinvest::cli {
namespace {

template <typename T>
T or_throw(Result<T> result) {
  if (!result) throw ConfigFileError{result.error()};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

bool may_be_said(std::string_view option) {
  return option != "config" && option != "help";
}

/// In place of CLI11's reader, which knows neither all of TOML nor where a key stands.
void read_options(CLI::App& app, const std::string& path) {
  const toml::table table = or_throw(parse_toml(or_throw(read_file(path)), path));
  or_throw(check_keys(table, option_keys(app, may_be_said), path));
  for (const auto& [key, value] : table) {
    CLI::Option& option = *app.get_option("--" + std::string(key.str()));
    const auto values = values_for(option, or_throw(texts_of(value, path)));
    if (option.get_expected_min() == 0 && !value.is_boolean())
      throw ConfigFileError{
          {ErrorKind::input, fmt::format("'{}' must be true or false", key.str()), place_of(value, path)}};
    if (values.empty() || !option.empty()) continue;
    try {
      option.add_result(values);
      option.run_callback();
    } catch (const CLI::ParseError& error) {
      throw ConfigFileError{{ErrorKind::input, error.what(), place_of(value, path)}};
    }
  }
}

}  // namespace

void add_config_option(CLI::App& app) {
  app.add_option_function<std::string>(
         "--config", [&app](const std::string& path) { read_options(app, path); },
         "Options by their long names, in TOML: sector = \"gpu\"; those of the command line go first")
      ->type_name("FILE.toml");
}

}  // namespace coinvest::cli
