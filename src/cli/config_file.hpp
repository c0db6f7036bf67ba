// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "coinvest/base/result.hpp"

namespace coinvest::cli {

/// Thrown through CLI11 while it parses: what is wrong with the file of --config.
struct ConfigFileError {
  Error error;
};

/// --config FILE.toml: the options of the command by their long names, for those that the command line does not give.
/// Nothing is read unless it is named. Add it before the options that a file may give: CLI11 takes them in this order.
void add_config_option(CLI::App& app);

}  // namespace coinvest::cli
