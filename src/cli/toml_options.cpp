// SPDX-License-Identifier: Apache-2.0
#include "cli/toml_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace coinvest::cli {

Result<std::vector<std::string>> texts_of(const toml::node& value, const std::string& file) {
  using Texts = std::vector<std::string>;
  if (const toml::array* array = value.as_array()) {
    Texts texts;
    for (const toml::node& part : *array) {
      auto of_part = texts_of(part, file);
      if (!of_part) return of_part;
      texts.insert(texts.end(), of_part->begin(), of_part->end());
    }
    return texts;
  }
  if (const auto* text = value.as_string()) return Texts{text->get()};
  if (const auto* number = value.as_integer()) return Texts{std::to_string(number->get())};
  if (const auto* number = value.as_floating_point()) return Texts{fmt::format("{}", number->get())};
  if (const auto* date = value.as_date())
    return Texts{fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day)};
  if (const auto* is_on = value.as_boolean()) return is_on->get() ? Texts{"true"} : Texts{};
  return fail(ErrorKind::input, "a text, number, date, true, false or a list of these is needed",
              place_of(value, file));
}

std::vector<std::string> values_for(const CLI::Option& option, std::vector<std::string> texts) {
  if (texts.size() < 2 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll) return texts;
  return {fmt::format("{}", fmt::join(texts, ","))};
}

}  // namespace coinvest::cli
