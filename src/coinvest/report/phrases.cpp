// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/phrases.hpp"

#include <fmt/args.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/base/toml.hpp"
#include "coinvest/report/assets.hpp"

namespace coinvest {
namespace {

/// A phrase with holes: a text before the first hole and one after each.
struct Pattern {
  std::vector<std::string> texts, holes;  ///< "" "#" "+" "," ";" or the name of a section
  std::string translation;

  std::size_t letters() const {
    std::size_t sum = 0;
    for (const std::string& text : texts) sum += text.size();
    return sum;
  }
};

struct Section {
  std::map<std::string, std::string, std::less<>> phrases;  ///< also those with holes, as the page fills some itself
  std::vector<Pattern> patterns;                            ///< of most letters first
};
using Dictionary = std::map<std::string, Section, std::less<>>;

Pattern pattern_of(std::string_view english, const std::string& translation) {
  Pattern pattern{{}, {}, translation};
  for (std::size_t open = english.find('{'); open != std::string_view::npos; open = english.find('{')) {
    const std::size_t close = english.find('}', open);
    pattern.texts.emplace_back(english.substr(0, open));
    pattern.holes.emplace_back(english.substr(open + 1, close - open - 1));
    english.remove_prefix(close + 1);
  }
  pattern.texts.emplace_back(english);
  return pattern;
}

Dictionary read_dictionary(std::string_view toml) {
  Dictionary dictionary;
  const auto sections = parse_toml(toml, "chinese.toml");
  for (const auto& [name, phrases] : sections.value()) {
    Section& section = dictionary[std::string(name.str())];
    for (const auto& [english, node] : *phrases.as_table()) {
      const std::string& translation = node.as_string()->get();
      section.phrases.emplace(english.str(), translation);
      Pattern pattern = pattern_of(english.str(), translation);
      if (!pattern.holes.empty()) section.patterns.push_back(std::move(pattern));
    }
    std::ranges::stable_sort(section.patterns, std::ranges::greater(), &Pattern::letters);
  }
  return dictionary;
}

const Dictionary& chinese() {
  static const Dictionary read = read_dictionary(report_chinese);
  return read;
}

/// Translates one phrase with all phrases in it.
class Translator {
 public:
  explicit Translator(const Dictionary& dictionary) : dictionary_(dictionary) {}

  std::optional<std::string> say(std::string_view english, std::string_view section) {
    const auto [known, is_new] = said_.try_emplace({english, section});
    if (is_new) known->second = say_anew(english, section);
    return known->second;
  }

 private:
  using Parts = std::vector<std::string>;
  // A name may be made so that many phrases fit some of it.
  static constexpr std::size_t most_steps = 10'000;

  std::optional<std::string> say_anew(std::string_view english, std::string_view name) {
    const auto section = dictionary_.find(name);
    if (section == dictionary_.end()) return std::nullopt;
    const auto& [phrases, patterns] = section->second;
    if (const auto known = phrases.find(english); known != phrases.end()) return known->second;
    for (const Pattern& pattern : patterns) {
      Parts parts;
      if (!has_texts(pattern, english) || !fits(pattern, english.substr(pattern.texts.front().size()), parts)) continue;
      fmt::dynamic_format_arg_store<fmt::format_context> all;
      for (const std::string& part : parts) all.push_back(part);
      return fmt::vformat(pattern.translation, all);
    }
    return name == anywhere ? say(english, as_head) : std::nullopt;
  }

  /// Whether the texts of the pattern occur in their order, whatever is between them.
  static bool has_texts(const Pattern& pattern, std::string_view english) {
    if (!english.starts_with(pattern.texts.front()) || !english.ends_with(pattern.texts.back())) return false;
    std::size_t at = 0;
    for (const std::string& text : pattern.texts) {
      at = english.find(text, at);
      if (at == english.npos) return false;
      at += text.size();
    }
    return true;
  }

  /// Whether the holes that are left and the texts behind them make up `rest`; adds what fills them.
  bool fits(const Pattern& pattern, std::string_view rest, Parts& parts) {
    const std::size_t hole = parts.size();
    if (hole == pattern.holes.size()) return rest.empty();
    const std::string& text = pattern.texts[hole + 1];
    const bool is_last = hole + 1 == pattern.holes.size();
    if (is_last && !rest.ends_with(text)) return false;
    for (std::size_t end = is_last ? rest.size() - text.size() : rest.find(text);
         end != std::string_view::npos && ++steps_ < most_steps; end = is_last ? rest.npos : rest.find(text, end + 1)) {
      auto part = fill(pattern.holes[hole], rest.substr(0, end));
      if (!part) continue;
      parts.push_back(std::move(*part));
      if (fits(pattern, rest.substr(end + text.size()), parts)) return true;
      parts.pop_back();
    }
    return false;
  }

  std::optional<std::string> fill(std::string_view hole, std::string_view text) {
    if (hole.empty()) return text.find("; ") == text.npos ? std::optional(std::string(text)) : std::nullopt;
    if (hole == "#") return is_number(text) ? std::optional(std::string(text)) : std::nullopt;
    if (hole == "+") return phrase_or_number(text);
    if (hole == ",") return list(text, ", ", "、");
    if (hole == ";") return list(text, "; ", "；");
    return say(text, hole);
  }

  static bool is_number(std::string_view text) { return text.find_first_not_of("0123456789.,+-") == text.npos; }

  std::optional<std::string> phrase_or_number(std::string_view text) {
    if (is_number(text)) return std::string(text);
    return say(text, anywhere);
  }

  std::optional<std::string> list(std::string_view text, std::string_view between, std::string_view said_between) {
    Parts parts;
    while (true) {
      const std::size_t end = std::min(text.find(between), text.size());
      auto part = phrase_or_number(text.substr(0, end));
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
      if (end == text.size()) return fmt::format("{}", fmt::join(parts, said_between));
      text.remove_prefix(end + between.size());
    }
  }

  const Dictionary& dictionary_;
  std::map<std::pair<std::string_view, std::string_view>, std::optional<std::string>> said_;  ///< by section
  std::size_t steps_ = 0;
};

}  // namespace

std::optional<std::string> translation(Language language, std::string_view english, std::string_view section) {
  if (language == Language::en) return std::string(english);
  return Translator(chinese()).say(english, section);
}

std::string say(Language language, std::string_view english, std::string_view section) {
  return translation(language, english, section).value_or(std::string(english));
}

std::string_view section_of(std::string_view column) {
  constexpr std::string_view then = "_known_by";
  if (column.ends_with(then)) column.remove_suffix(then.size());
  return column.ends_with("_why") ? "why" : column;
}

}  // namespace coinvest
