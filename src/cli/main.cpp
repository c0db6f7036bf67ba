// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "cli/config_file.hpp"
#include "cli/help.hpp"
#include "cli/interruption.hpp"
#include "cli/version.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

enum ExitStatus : int { done = 0, refused = 1, wrong_usage = 2, interrupted = 130 };

void prepare_process() {
  // A data file must never be opened as descriptor 0, 1 or 2. A stream that was closed stays useless: reading the first
  // and writing the others fails.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  struct sigaction action {};
  action.sa_handler = SIG_IGN;  // a reader that has gone shows as EPIPE
  sigaction(SIGPIPE, &action, nullptr);
}

void complain(std::string_view sentence) {
  fmt::print(stderr, "coinvest: {}\n", visible(sentence));
}

int status_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::usage:
      return wrong_usage;
    case ErrorKind::cancelled:
      return interrupted;
    default:
      return refused;
  }
}

/// What CLI11 says of wrong usage, with the nearest option where a word is none.
std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error) {
  std::string sentence = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::string word = app.remaining().empty() ? std::string() : app.remaining().front();
    const std::string name = word.substr(0, word.find('='));
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
      for (const std::string& long_name : option->get_lnames()) names.push_back("--" + long_name);
    sentence =
        word.starts_with('-') ? fmt::format("unknown option '{}'", name) : fmt::format("'{}' is one too many", word);
    sentence += did_you_mean(name, {names.begin(), names.end()});
  }
  for (char& c : sentence)
    if (c == '\n') c = ' ';
  return fmt::format("{}{} see coinvest help {}", std::string(trim(sentence)), sentence.ends_with('?') ? "" : ";",
                     app.get_name());
}

int print(std::string_view text) {
  const auto written = write_stdout(text);
  if (written) return done;
  complain(describe(written.error()));
  return refused;
}

int run_command(const Command& command, std::vector<std::string> arguments, const std::atomic<bool>& stop) {
  PreparedCommand prepared(command);
  CLI::App& app = prepared.app;
  Session session(stop);
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return print(help_of(app, command));
  } catch (const ConfigFileError& config) {
    complain(describe(config.error));
    return status_of(config.error);
  } catch (const CLI::ParseError& error) {
    app.name(std::string(command.name));
    complain(usage_sentence(app, error));
    return wrong_usage;
  }
  const auto result = prepared.task->run(session);
  stand_down();
  if (result) return done;
  complain(describe(result.error()));
  return status_of(result.error());
}

int run(std::vector<std::string> arguments, const std::atomic<bool>& stop) {
  if (arguments.empty()) {
    fmt::print(stderr, "{}", list_of_commands());
    return wrong_usage;
  }
  std::string name = arguments.front();
  if (name == "-h" || name == "--help" || (name == "help" && arguments.size() == 1)) return print(list_of_commands());
  if (name == "--version") return print(version_text() + "\n");
  // Options may stand before the command.
  auto at = arguments.begin();
  if (name.starts_with('-'))
    at = std::find_if(at, arguments.end(), [](const std::string& word) { return find_command(word) != nullptr; });
  if (at == arguments.end()) {
    complain(fmt::format("no command follows '{}'; see coinvest --help", name));
    return wrong_usage;
  }
  name = *at;
  arguments.erase(at);
  if (name == "help") {
    name = arguments.front();
    arguments = {"--help"};
  }
  if (const Command* command = find_command(name)) return run_command(*command, std::move(arguments), stop);
  complain(no_such_command(name));
  return wrong_usage;
}

}  // namespace
}  // namespace coinvest::cli

int main(int argc, char** argv) {
  using namespace coinvest::cli;
  prepare_process();
  try {
    return run({argv + 1, argv + argc}, handle_signals());
  } catch (const std::bad_alloc&) {
    complain("out of memory; select fewer rows, or give the process more");
  } catch (const std::exception& bug) {
    complain(fmt::format("internal error: {}", bug.what()));
  }
  return refused;
}
