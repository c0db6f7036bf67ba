// SPDX-License-Identifier: Apache-2.0
#include "cli/report_order.hpp"

#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

constexpr std::array<std::string_view, 6> of_running{"help", "config", "output", "overwrite", "threads", "quiet"};

bool names_file(const CLI::Option& option) {
  return option.get_type_name().starts_with("FILE");
}

}  // namespace

bool is_of_running(std::string_view long_name) {
  return std::ranges::find(of_running, long_name) != of_running.end();
}

std::vector<std::string> given_options(const CLI::App& app) {
  std::vector<std::string> arguments;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty() || is_of_running(option->get_lnames().front())) continue;
    for (const std::string& value : option->results())
      arguments.push_back(fmt::format("--{}={}", option->get_lnames().front(), value));
  }
  return arguments;
}

std::vector<std::string> with_files(std::vector<std::string> options,
                                    const std::function<std::string(const std::string&)>& found) {
  const ParsedOrder known;
  for (std::string& text : options) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) continue;
    const CLI::Option* option = known.app().get_option_no_throw(text.substr(0, equals));
    if (option != nullptr && names_file(*option)) text = text.substr(0, equals + 1) + found(text.substr(equals + 1));
  }
  return options;
}

Result<void> ParsedOrder::parse(const ReportOrder& order) {
  std::vector<std::string> arguments = order.options;
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app_.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    std::string sentence = error.what();
    std::replace(sentence.begin(), sentence.end(), '\n', ' ');
    return fail(ErrorKind::input, std::string(trim(sentence)), order.where);
  }
  options.input.paths = order.paths;
  options.datasets = order.datasets;
  options.arguments = with_files(given_options(app_), own_name);
  return {};
}

std::vector<std::string> ParsedOrder::dataset_key() const {
  std::vector<std::string> key = options.input.paths;
  for (const CLI::Option* option : app_.get_options())
    if (option->get_group() == "Input")
      for (const std::string& value : option->results()) key.push_back(option->get_name() + "=" + value);
  return key;
}

}  // namespace coinvest::cli
