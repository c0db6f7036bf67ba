// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "cli/help.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

/// Text between single quotes of a shell.
std::string single_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// The words that may follow: choices of the argument that is no data set.
std::string argument_words(const std::vector<OptionText>& options) {
  for (const OptionText& option : options)
    if (option.positional && !option.choices.empty()) return fmt::format("{}", fmt::join(option.choices, " "));
  return {};
}

std::string bash_script() {
  std::string names, values, flags, arguments;
  for (const Command& command : commands()) {
    const std::vector<OptionText> options = options_of(command);
    names += fmt::format(" {}", command.name);
    std::string own;
    for (const OptionText& option : options) {
      for (const std::string& name : option.names) {
        if (name.starts_with("--")) own += (own.empty() ? "" : " ") + name;
        if (!option.choices.empty())
          values += fmt::format("    '{} {}') words={} ;;\n", command.name, name,
                                single_quoted(fmt::format("{}", fmt::join(option.choices, " "))));
      }
    }
    flags += fmt::format("    '{} -'*) words={} ;;\n", command.name, single_quoted(own));
    if (const std::string words = argument_words(options); !words.empty())
      arguments += fmt::format("    '{} '*) words={} ;;\n", command.name, single_quoted(words));
  }
  return fmt::format(R"(# bash completion for coinvest
_coinvest() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command= word words=
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    if [[ $word != -* ]]; then command=$word; break; fi
  done
  case "$command $previous" in
{}  esac
  [[ -n $words ]] || case "$command $current" in
    ' '* | 'help '*) words='{} help --help --version' ;;
{}{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o bashdefault -o default -F _coinvest coinvest
)",
                     values, names.substr(1), flags, arguments);
}

std::string zsh_script() {
  // _arguments gives these characters a meaning.
  const auto escaped = [](std::string_view text) {
    std::string result;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
      result += c;
    }
    return result;
  };
  std::string names, cases;
  for (const Command& command : commands()) {
    names += fmt::format("    {}\n", single_quoted(fmt::format("{}:{}", command.name, escaped(command.summary))));
    std::string specs;
    const std::vector<OptionText> options = options_of(command);
    for (const OptionText& option : options) {
      if (option.positional) continue;
      for (const std::string& name : option.names) {
        std::string value;
        if (!option.choices.empty())
          value = fmt::format(":{}:({})", escaped(name), fmt::join(option.choices, " "));
        else if (!option.value.empty())
          value = fmt::format(":{}:_files", escaped(option.value));
        specs += fmt::format(" \\\n        {}",
                             single_quoted(fmt::format("*{}[{}]{}", name, escaped(option.description), value)));
      }
    }
    const std::string words = argument_words(options);
    specs += fmt::format(" \\\n        {}",
                         single_quoted(words.empty() ? "*:file:_files" : fmt::format("*:word:({})", words)));
    cases += fmt::format("    {})\n      _arguments -S{} ;;\n", command.name, specs);
  }
  return fmt::format(R"(#compdef coinvest
# zsh completion for coinvest
_coinvest() {{
  local -a commands
  commands=(
{}    'help:Tell more of a command'
  )
  if (( CURRENT == 2 )) || [[ $words[2] == help ]]; then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
_coinvest "$@"
)",
                     names, cases);
}

std::string fish_script() {
  std::string script = "# fish completion for coinvest\n";
  for (const Command& command : commands()) {
    script += fmt::format("complete -c coinvest -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                          single_quoted(command.summary));
    const std::string condition = single_quoted(fmt::format("__fish_seen_subcommand_from {}", command.name));
    const std::vector<OptionText> options = options_of(command);
    if (const std::string words = argument_words(options); !words.empty())
      script += fmt::format("complete -c coinvest -n {} -f -a {}\n", condition, single_quoted(words));
    for (const OptionText& option : options) {
      if (option.positional) continue;
      script += fmt::format("complete -c coinvest -n {}", condition);
      for (const std::string& name : option.names)
        script += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.choices.empty())
        script += fmt::format(" -x -a {}", single_quoted(fmt::format("{}", fmt::join(option.choices, " "))));
      else if (!option.value.empty())
        script += " -r";
      script += fmt::format(" -d {}\n", single_quoted(option.description));
    }
  }
  return script + "complete -c coinvest -n __fish_use_subcommand -f -a help -d 'Tell more of a command'\n";
}

struct Shell {
  std::string_view name;
  std::string (*script)();
};

constexpr std::array shells{Shell{"bash", bash_script}, Shell{"zsh", zsh_script}, Shell{"fish", fish_script}};

class Completion final : public Task {
 public:
  explicit Completion(CLI::App& app) {
    Choices<const Shell*> choices;
    for (const Shell& shell : shells) choices.emplace_back(shell.name, &shell);
    add_choice<const Shell*>(app, "shell", shell_, choices, "The shell whose script to print")->required();
  }

  Result<void> run(Session&) override { return deliver("-", (*shell_)->script(), Overwrite::refuse); }

 private:
  std::optional<const Shell*> shell_;
};

}  // namespace

std::unique_ptr<Task> make_completion(CLI::App& app) {
  return std::make_unique<Completion>(app);
}

}  // namespace coinvest::cli
