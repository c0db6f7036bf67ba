// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
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

/// Whether a file may be the option's value; if not, shells had better not offer any.
bool takes_file(const OptionText& option) {
  return std::ranges::any_of(std::array{"FILE", "PATH", "DIR"},
                             [&](std::string_view word) { return option.value.find(word) != std::string::npos; });
}

/// The description up to where it explains the choices one by one.
std::string_view without_choices(const OptionText& option) {
  const std::string_view description = option.description;
  std::size_t end = description.size();
  for (const std::string& choice : option.choices) end = std::min(end, description.find(fmt::format(" {}: ", choice)));
  return end < description.size() ? description.substr(0, end - 1) : description;
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
          value = fmt::format(":{}:{}", escaped(option.value), takes_file(option) ? "_files" : " ");
        const std::string_view joint = name.starts_with("--") && !value.empty() ? "=" : "";  // --name=value, too
        specs +=
            fmt::format(" \\\n        {}",
                        single_quoted(fmt::format("*{}{}[{}]{}", name, joint, escaped(option.description), value)));
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
    _describe command commands -- '(--help --version)'
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
  std::string script = R"(# fish completion for coinvest
# Whether the first word that is no option is this; without one, whether there is none yet.
function __coinvest_command_is
  set -l words (commandline -opc)
  for word in $words[2..]
    if not string match -q -- '-*' $word
      test $word = "$argv[1]"
      return
    end
  end
  test -z "$argv[1]"
end
complete -c coinvest -n __coinvest_command_is -s h -l help -d 'List the commands'
complete -c coinvest -n __coinvest_command_is -l version -d 'Print the versions of the program and of its libraries'
complete -c coinvest -n __coinvest_command_is -f -a help -d 'Tell more of a command'
)";
  for (const Command& command : commands()) {
    script +=
        fmt::format("complete -c coinvest -n '__coinvest_command_is; or __coinvest_command_is help' -f -a {} -d {}\n",
                    command.name, single_quoted(command.summary));
    const std::string condition = single_quoted(fmt::format("__coinvest_command_is {}", command.name));
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
        script += takes_file(option) ? " -r" : " -x";
      script += fmt::format(" -d {}\n", single_quoted(without_choices(option)));
    }
  }
  return script;
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
