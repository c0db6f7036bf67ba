// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/called.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <set>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

/// Not two that share some of their bytes.
bool one_character_apart(std::string_view a, std::string_view b) {
  const auto of_a = characters(a), of_b = characters(b);
  if (of_a.size() != of_b.size()) return true;  // one is missing, as the distance in bytes says
  return std::inner_product(of_a.begin(), of_a.end(), of_b.begin(), 0, std::plus<>(), std::not_equal_to<>()) == 1;
}

/// The first name that is the wanted one, or has its match key.
std::optional<std::size_t> place_of(const std::vector<std::string>& names, std::string_view wanted) {
  const auto exact = std::ranges::lower_bound(names, wanted);
  if (exact != names.end() && *exact == wanted) return static_cast<std::size_t>(exact - names.begin());
  const std::string key = match_key(wanted);
  const auto same = std::ranges::find(names, key, [](const std::string& name) { return match_key(name); });
  return same == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(same - names.begin()));
}

/// Adds names that may have been meant to `like`, until there are three.
void add_like(std::vector<std::string_view>& like, const std::vector<std::string>& names, std::string_view wanted) {
  constexpr std::size_t most = 3, character = 3;  // bytes of a Chinese one, which `nearest` takes for three mistakes
  const std::string key = match_key(wanted);
  std::vector<std::string> keys;
  for (const std::string& name : names) keys.push_back(match_key(name));
  const auto add = [&](std::size_t at) {
    if (like.size() < most && std::ranges::find(like, names[at]) == like.end()) like.push_back(names[at]);
  };
  if (const auto near = nearest(key, {keys.begin(), keys.end()}))
    add(static_cast<std::size_t>(std::ranges::find(keys, *near) - keys.begin()));
  for (std::size_t at = 0; at < names.size() && !key.empty(); ++at)
    if (keys[at].find(key) != std::string::npos) add(at);
  for (std::size_t at = 0; at < names.size() && has_cjk(wanted); ++at)
    if (edit_distance(wanted, names[at], character) <= character && one_character_apart(wanted, names[at])) add(at);
}

Error nobody(std::string_view what, std::string_view wanted, const std::vector<std::string_view>& like) {
  return {ErrorKind::usage,
          fmt::format("no {} is called '{}'{}", what, visible(clip(wanted, 80)),
                      like.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(like, ", "))),
          {}};
}

template <typename Id>
Result<Id> called(const std::vector<std::string>& names, std::string_view wanted, std::string_view what) {
  if (const auto at = place_of(names, wanted)) return id_of<Id>(*at);
  std::vector<std::string_view> like;
  add_like(like, names, wanted);
  return tl::unexpected(nobody(what, wanted, like));
}

/// Adds a sentence for each word that none of the values is.
void note_unknown(std::vector<std::string>& sentences, std::string_view what, const std::vector<std::string>& words,
                  std::set<std::string_view> values) {
  values.erase("");
  std::set<std::string> keys;
  for (const std::string_view value : values) keys.insert(match_key(value));
  for (const std::string& word : words) {
    if (keys.contains(match_key(word))) continue;
    sentences.push_back(fmt::format("nothing in the data set has the {} '{}'{}", what, visible(clip(word, 80)),
                                    did_you_mean(word, {values.begin(), values.end()})));
  }
}

}  // namespace

std::vector<std::string> unknown_words(const Dataset& data, const Selection& selection) {
  const auto values = [&](const std::vector<TextId>& texts, const std::vector<std::string>& strings) {
    std::set<std::string_view> all(strings.begin(), strings.end());
    for (const TextId id : std::set<TextId>(texts.begin(), texts.end())) all.insert(data.text(id));
    return all;
  };
  std::vector<std::string> sentences;
  if (!selection.sectors.empty())
    note_unknown(sentences, "sector", selection.sectors, values(data.rounds.sector, data.companies.sector));
  if (!selection.countries.empty())
    note_unknown(sentences, "country", selection.countries, values(data.rounds.country, data.companies.country));
  if (!selection.stages.empty()) note_unknown(sentences, "stage", selection.stages, values(data.rounds.stage, {}));
  if (!selection.investor_types.empty())
    note_unknown(sentences, "investor type", selection.investor_types, values({}, data.investors.type));
  return sentences;
}

Result<InvestorId> investor_called(const Dataset& data, std::string_view name) {
  return called<InvestorId>(data.investors.name, name, "investor");
}

Result<CompanyId> company_called(const Dataset& data, std::string_view name) {
  return called<CompanyId>(data.companies.name, name, "company");
}

Error nobody_called(const Dataset& data, std::string_view name) {
  std::vector<std::string_view> like;
  add_like(like, data.investors.name, name);
  add_like(like, data.companies.name, name);
  return nobody("investor or company", name, like);
}

}  // namespace coinvest
