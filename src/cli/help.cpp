// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/config_file.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

/// FILE, NAME,... and the like stand for what people say themselves.
bool is_placeholder(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

}  // namespace

PreparedCommand::PreparedCommand(const Command& command)
    : app(std::string(command.summary), "coinvest " + std::string(command.name)) {
  app.get_formatter()->column_width(34);
  app.set_help_flag("-h,--help", "Print this help");
  add_config_option(app);
  task = command.make(app);
}

std::vector<OptionText> options_of(const Command& command) {
  const PreparedCommand prepared(command);
  std::vector<OptionText> texts;
  for (const CLI::Option* option : prepared.app.get_options()) {
    OptionText& text = texts.emplace_back();
    text.positional = option->get_positional();
    for (const std::string& name : option->get_snames()) text.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) text.names.push_back("--" + name);
    if (option->get_type_size() > 0) text.value = option->get_type_name();
    if (text.value.find('|') != std::string::npos)
      for (const std::string_view word : split(text.value, '|'))
        if (!is_placeholder(word)) text.choices.emplace_back(word);
    text.description = option->get_description();
    text.default_value = option->get_default_str();
    text.group = option->get_group();
  }
  return texts;
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &Command::name);
  return found == commands().end() ? nullptr : &*found;
}

std::string no_such_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return fmt::format("'{}' is no command{}", name, did_you_mean(name, names, "; see coinvest --help"));
}

std::string help_of(const CLI::App& app, const Command& command) {
  return fmt::format("{}\nExamples:\n  {}\n  {}\n", app.help(), command.examples[0], command.examples[1]);
}

std::string list_of_commands() {
  std::string text =
      "Who invests with whom, who matters, and who left.\n\nUsage: coinvest COMMAND [OPTIONS] DATASET...\n\n";
  for (const Command& command : commands()) text += fmt::format("  {:<15} {}\n", command.name, command.summary);
  return text + "\ncoinvest help COMMAND tells more; coinvest --version names the libraries.\n";
}

}  // namespace coinvest::cli
