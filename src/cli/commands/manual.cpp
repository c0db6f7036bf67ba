// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/help.hpp"
#include "cli/interruption.hpp"
#include "cli/options.hpp"

namespace coinvest::cli {
namespace {

/// Text that the man macros print as it is: hyphens that can be copied, no requests, no escapes.
std::string roff(std::string_view text) {
  std::string result;
  for (const char c : text) switch (c) {
      case '\\':
        result += "\\e";
        break;
      case '-':
        result += "\\-";
        break;
      case '\'':
        result += "\\(aq";
        break;
      case '\n':
        result += ' ';
        break;
      default:
        result += c;
    }
  return result.starts_with('.') ? "\\&" + result : result;
}

std::string title(std::string_view page) {
  std::string upper(page);
  std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return fmt::format(".TH {} 1 \"\" \"coinvest {}\" \"User Commands\"\n", roff(upper), COINVEST_VERSION);
}

constexpr std::string_view exit_status = R"(.SH EXIT STATUS
.TP
.B 0
done, or the reader of the output has gone
.TP
.B 1
the data or the file system refused; nothing half\-written is left
.TP
.B 2
wrong usage
.TP
.B 130
interrupted
)";

constexpr std::string_view environment = R"(.SH ENVIRONMENT
.TP
.B NO_COLOR
if set and not empty, no colours on the terminal
.TP
.B TERM
the same if it is
.B dumb
.TP
.B PATH
where Graphviz is looked for; drawings alone need it
.PP
The layout program also gets HOME, TMPDIR, LD_LIBRARY_PATH and the variables of XDG and fontconfig, so that it finds its
fonts. Nothing else is read.
)";

std::string option_entry(const OptionText& option) {
  std::string head;
  for (const std::string& name : option.names)
    head += fmt::format("{}\\fB{}\\fR", head.empty() ? "" : ", ", roff(name));
  if (option.positional)
    head = fmt::format("\\fI{}\\fR", roff(option.value));
  else if (!option.value.empty())
    head += fmt::format(" \\fI{}\\fR", roff(option.value));
  std::string text = fmt::format(".TP\n{}\n{}", head, roff(option.description));
  if (!option.default_value.empty()) text += fmt::format(" (default: {})", roff(option.default_value));
  return text + "\n";
}

std::string command_page(const Command& command) {
  const std::vector<OptionText> options = options_of(command);
  const std::string page = fmt::format("coinvest-{}", command.name);
  std::string arguments, described;
  std::vector<std::string> groups;
  for (const OptionText& option : options) {
    if (option.positional) {
      arguments += fmt::format(" \\fI{}\\fR", roff(option.value));
      described += option_entry(option);
    } else if (std::ranges::find(groups, option.group) == groups.end()) {
      groups.push_back(option.group);
    }
  }
  std::string text =
      title(page) + fmt::format(".SH NAME\n{} \\- {}\n", roff(page), roff(command.summary)) +
      fmt::format(".SH SYNOPSIS\n\\fBcoinvest {}\\fR [\\fIOPTIONS\\fR]{}\n", roff(command.name), arguments);
  if (!described.empty()) text += ".SH ARGUMENTS\n" + described;
  text += ".SH OPTIONS\n";
  for (const std::string& group : groups) {
    text += fmt::format(".SS {}\n", roff(group));
    for (const OptionText& option : options)
      if (!option.positional && option.group == group) text += option_entry(option);
  }
  text += exit_status;
  text += ".SH EXAMPLES\n";
  for (const std::string_view example : command.examples) text += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(example));
  return text + ".SH SEE ALSO\n.BR coinvest (1)\n";
}

std::string program_page() {
  std::string text =
      title("coinvest") +
      ".SH NAME\ncoinvest \\- who invests with whom, who matters, and who left\n"
      ".SH SYNOPSIS\n\\fBcoinvest\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] \\fIDATASET\\fR...\n"
      ".SH DESCRIPTION\nReads funding rounds, makes the graph of investors and companies, and answers with "
      "tables, drawings and reports whose numbers can be traced to their rows.\n.SH COMMANDS\n";
  for (const Command& command : commands())
    text += fmt::format(".TP\n.BR coinvest\\-{} (1)\n{}\n", roff(command.name), roff(command.summary));
  return text + std::string(exit_status) + std::string(environment);
}

class Manual final : public Task {
 public:
  explicit Manual(CLI::App& app) {
    app.add_option("command", command_, "The command whose page to print; coinvest(1) itself if none is named")
        ->type_name("COMMAND");
    app.add_option("--directory", directory_, "Write every page into this folder, replacing older ones")
        ->type_name("DIR");
  }

  Result<void> run(Session&) override {
    if (!directory_.empty()) return write_all();
    if (command_.empty()) return deliver("-", program_page(), Overwrite::refuse);
    const Command* command = find_command(command_);
    if (command == nullptr) return fail(ErrorKind::usage, no_such_command(command_));
    return deliver("-", command_page(*command), Overwrite::refuse);
  }

 private:
  Result<void> write_all() const {
    if (!command_.empty()) return fail(ErrorKind::usage, "--directory writes every page, not one of a command");
    const auto write = [this](std::string_view name, const std::string& page) {
      const Tidying tidying;
      return write_file(fmt::format("{}/{}.1", directory_, name), page, Overwrite::replace);
    };
    if (auto written = write("coinvest", program_page()); !written) return written;
    for (const Command& command : commands())
      if (auto written = write(fmt::format("coinvest-{}", command.name), command_page(command)); !written)
        return written;
    return {};
  }

  std::string command_, directory_;
};

}  // namespace

std::unique_ptr<Task> make_manual(CLI::App& app) {
  return std::make_unique<Manual>(app);
}

}  // namespace coinvest::cli
