// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace coinvest::cli {

/// A command with its options declared, ready to parse.
struct PreparedCommand {
  explicit PreparedCommand(const Command& command);

  CLI::App app;
  std::unique_ptr<Task> task;  ///< after `app`: it holds options of it
};

/// An option, or with `positional` an argument, as manual pages and shells need to know it.
struct OptionText {
  std::vector<std::string> names;    ///< with their dashes: "-o", "--output"
  std::string value;                 ///< what it takes: "PATH"; "" for a flag
  std::vector<std::string> choices;  ///< the words that it takes as they are
  std::string description;
  std::string default_value;
  std::string group;
  bool positional = false;
};

/// The options of a command, in the order in which its help lists them.
std::vector<OptionText> options_of(const Command& command);

/// The command of a name; nullptr if there is none.
const Command* find_command(std::string_view name);

/// "'nam' is no command; did you mean 'name'?"
std::string no_such_command(std::string_view name);

/// What `coinvest help COMMAND` prints.
std::string help_of(const CLI::App& app, const Command& command);
/// What `coinvest help` prints.
std::string list_of_commands();

}  // namespace coinvest::cli
