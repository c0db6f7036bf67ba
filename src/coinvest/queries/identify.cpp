// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/identify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/interner.hpp"
#include "coinvest/base/parallel.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

// Where a Chinese firm is registered, and what its legal form says of its business: cut from the ends of a name, the
// longest first, while two characters remain.
constexpr std::array<std::string_view, 44> registry_places{"宁波梅山保税港区",
                                                           "霍尔果斯",
                                                           "共青城",
                                                           "珠海横琴",
                                                           "宁波梅山",
                                                           "深圳市",
                                                           "北京市",
                                                           "上海市",
                                                           "广州市",
                                                           "杭州市",
                                                           "苏州市",
                                                           "中国",
                                                           "北京",
                                                           "上海",
                                                           "深圳",
                                                           "广州",
                                                           "天津",
                                                           "重庆",
                                                           "杭州",
                                                           "苏州",
                                                           "南京",
                                                           "宁波",
                                                           "嘉兴",
                                                           "珠海",
                                                           "横琴",
                                                           "海南",
                                                           "江苏",
                                                           "浙江",
                                                           "广东",
                                                           "合肥",
                                                           "武汉",
                                                           "成都",
                                                           "西安",
                                                           "青岛",
                                                           "厦门",
                                                           "无锡",
                                                           "常州",
                                                           "湖北",
                                                           "湖南",
                                                           "安徽",
                                                           "西藏",
                                                           "新疆",
                                                           "平潭",
                                                           "佛山"};
constexpr std::array<std::string_view, 16> business_forms{"股权投资基金合伙企业",
                                                          "创业投资合伙企业",
                                                          "创业投资基金",
                                                          "股权投资基金",
                                                          "投资合伙企业",
                                                          "股权投资中心",
                                                          "创业投资企业",
                                                          "投资基金管理",
                                                          "合伙企业",
                                                          "投资管理",
                                                          "基金管理",
                                                          "股权投资",
                                                          "创业投资",
                                                          "投资中心",
                                                          "投资基金",
                                                          "集团"};

struct Core {
  std::string_view word, place;
};

/// A Chinese word without place and form, and the place.
Core core_of(std::string_view word) {
  constexpr std::size_t least = 6;  // two characters of three bytes
  const auto cut = [&](const auto& ends, auto matches, auto remove) {
    const auto end = std::ranges::find_if(
        ends, [&](std::string_view text) { return word.size() >= text.size() + least && matches(text); });
    if (end == ends.end()) return false;
    remove(end->size());
    return true;
  };
  std::string_view place;
  cut(
      registry_places, [&](auto text) { return word.starts_with(text); },
      [&](auto n) {
        place = word.substr(0, n);
        word.remove_prefix(n);
      });
  while (cut(
      business_forms, [&](auto text) { return word.ends_with(text); }, [&](auto n) { word.remove_suffix(n); })) {
  }
  return {word, place};
}

/// A name, prepared for comparison.
struct Prepared {
  std::vector<std::string> words;    ///< Chinese ones without place and form
  std::string key;                   ///< the words without blanks
  std::string place;                 ///< where a Chinese firm is registered, if the name says it
  std::string numbers;               ///< digits and Roman numerals: funds I and II differ in nothing else
  std::string initials;              ///< of three Latin words or more
  std::vector<std::uint32_t> terms;  ///< ascending: words, and pairs of Chinese characters
};

constexpr std::array<std::string_view, 9> roman_numerals{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};

void add_terms(std::string_view word, Interner& terms, std::vector<std::uint32_t>& of_name) {
  std::string latin;
  std::string_view before;  // the Chinese character before this one
  const auto end_latin = [&] {
    if (!latin.empty()) of_name.push_back(terms.add(latin).first);
    latin.clear();
  };
  for (const std::string_view character : characters(word)) {
    if (!has_cjk(character)) {
      latin += character;
      before = {};
      continue;
    }
    end_latin();
    if (!before.empty()) of_name.push_back(terms.add(std::string(before).append(character)).first);
    before = character;
  }
  end_latin();
}

Prepared prepare(const std::string& name, Interner& terms) {
  Prepared made;
  const std::vector<std::string> words = match_words(name);
  for (const std::string& word : words) {
    const bool chinese = has_cjk(word);
    const Core core = chinese ? core_of(word) : Core{word, {}};
    made.words.emplace_back(core.word);
    made.key += core.word;
    made.place += core.place;
    add_terms(core.word, terms, made.terms);
    for (const char c : word)
      if (c >= '0' && c <= '9') made.numbers += c;
    if (std::ranges::find(roman_numerals, word) != roman_numerals.end()) made.numbers += word + ".";
    if (!chinese) made.initials += word.front();
  }
  if (words.size() < 3 || made.initials.size() != words.size()) made.initials.clear();
  std::ranges::sort(made.terms);
  made.terms.erase(std::unique(made.terms.begin(), made.terms.end()), made.terms.end());
  return made;
}

/// Shared elements of two ascending lists.
template <typename T>
std::vector<T> common(const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<T> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

/// The names of one side with what else is known of each.
struct Side {
  std::span<const std::string> names, countries;
  std::vector<std::vector<std::uint32_t>> partners;  ///< companies of an investor, or investors of a company
  std::string_view partner, partners_word;
};

Side side_of(const Dataset& data, NameSide which) {
  const bool investors = which == NameSide::investors;
  Side side{investors ? std::span(data.investors.name) : std::span(data.companies.name),
            investors ? std::span(data.investors.country) : std::span(data.companies.country),
            {},
            investors ? "company" : "investor",
            investors ? "companies" : "investors"};
  side.partners.resize(side.names.size());
  const Participations& rows = data.participations;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto investor = static_cast<std::uint32_t>(rows.investor[row]);
    const auto company = static_cast<std::uint32_t>(data.rounds.company[index(rows.round[row])]);
    side.partners[investors ? investor : company].push_back(investors ? company : investor);
  }
  for (auto& partners : side.partners) {
    std::ranges::sort(partners);
    partners.erase(std::unique(partners.begin(), partners.end()), partners.end());
  }
  return side;
}

class Comparison {
 public:
  explicit Comparison(Side side) : side_(std::move(side)) {
    for (const std::string& name : side_.names) names_.push_back(prepare(name, terms_));
    names_of_.resize(terms_.size());
    for (std::uint32_t name = 0; name < names_.size(); ++name)
      for (const std::uint32_t term : names_[name].terms) names_of_[term].push_back(name);
  }

  /// Pairs that share a rare term, a beginning, an ending, or a name with initials: all that can score at all.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates() const {
    constexpr std::size_t end_bytes = 6;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> blocks;
    for (std::uint32_t name = 0; name < names_.size(); ++name) {
      const std::string& key = names_[name].key;
      if (!names_[name].initials.empty()) blocks["initials " + names_[name].initials].push_back(name);
      if (key != names_[name].initials) blocks["initials " + key].push_back(name);
      if (key.size() < end_bytes) continue;
      blocks["begins " + key.substr(0, end_bytes)].push_back(name);
      blocks["ends " + key.substr(key.size() - end_bytes)].push_back(name);
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    const auto add = [&](const std::vector<std::uint32_t>& block) {
      constexpr std::size_t most = 60;  // what more names share tells none of them apart
      if (block.size() > most) return;
      for (std::size_t i = 0; i < block.size(); ++i)
        for (std::size_t j = i + 1; j < block.size(); ++j) pairs.emplace_back(block[i], block[j]);
    };
    for (const auto& names : names_of_) add(names);
    for (const auto& [key, names] : blocks) add(names);
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
  }

  LikelyPair judge(std::uint32_t a, std::uint32_t b) const {
    const Prepared& x = names_[a];
    const Prepared& y = names_[b];
    LikelyPair pair{a, b, 0, ""};
    const auto say = [&](const std::string& words) { pair.evidence += (pair.evidence.empty() ? "" : "; ") + words; };

    const double words = shared_weight(x, y);
    const double letters = shared_letters(x, y);
    pair.score = std::max(words, letters);
    if (words > 0) say(fmt::format("words {:.2f}", words));
    if (letters > 0) say(fmt::format("letters {:.2f}", letters));
    if (x.initials == y.key || y.initials == x.key) {
      pair.score = std::max(pair.score, 0.5);
      say("initials");
    }
    if (pair.score == 0) return pair;

    const auto raise = [&](double share) { pair.score += (1 - pair.score) * share; };
    if (x.key.size() >= 4 && y.key.size() >= 4 && (x.key.starts_with(y.key) || y.key.starts_with(x.key))) {
      raise(0.1);
      say("one begins with the other");
    }
    if (const std::size_t shared = common(side_.partners[a], side_.partners[b]).size(); shared > 0) {
      raise(0.3);
      say(fmt::format("{} shared {}", shared, shared == 1 ? side_.partner : side_.partners_word));
    }
    const std::string& here = side_.countries[a];
    const std::string& there = side_.countries[b];
    if (!here.empty() && !there.empty()) {
      if (here == there)
        raise(0.1);
      else
        pair.score *= 0.8;
      say(here == there ? "same country" : "other country");
    }
    if (x.numbers != y.numbers) {
      pair.score *= 0.8;
      say("other number");
    }
    if (!x.place.empty() && !y.place.empty() && x.place != y.place) {
      pair.score *= 0.8;
      say("other place");
    }
    return pair;
  }

 private:
  /// Terms of both over terms of either, each weighted by how rare it is.
  double shared_weight(const Prepared& x, const Prepared& y) const {
    const auto weight = [&](const std::vector<std::uint32_t>& terms) {
      double sum = 0;
      for (const std::uint32_t term : terms)
        sum += std::log(static_cast<double>(names_.size() + 1) / static_cast<double>(names_of_[term].size()));
      return sum;
    };
    const double both = weight(common(x.terms, y.terms));
    return both == 0 ? 0 : both / (weight(x.terms) + weight(y.terms) - both);
  }

  /// Of the words that only one of them has, the share of letters that are right if one or two are wrong; 0 beyond
  /// that, for short words, where numbers differ and in Chinese.
  static double shared_letters(const Prepared& x, const Prepared& y) {
    if (x.numbers != y.numbers) return 0;
    const std::string rest = words_without(x, y), other = words_without(y, x);
    const std::size_t shorter = std::min(rest.size(), other.size());
    const std::size_t allowed = shorter >= 10 ? 2 : shorter >= 6 ? 1 : 0;
    if (allowed == 0 || has_cjk(rest)) return 0;
    const std::size_t distance = edit_distance(rest, other, allowed);
    return distance > allowed ? 0 : 1 - static_cast<double>(distance) / static_cast<double>(shorter);
  }

  static std::string words_without(const Prepared& x, const Prepared& y) {
    std::string rest;
    for (const std::string& word : x.words)
      if (std::ranges::find(y.words, word) == y.words.end()) rest += word;
    return rest;
  }

  Side side_;
  Interner terms_;
  std::vector<Prepared> names_;
  std::vector<std::vector<std::uint32_t>> names_of_;  ///< per term
};

/// Names that the alias table knows: a person has decided what each of them is.
std::vector<std::uint8_t> settled_names(const Dataset& data) {
  std::vector<std::uint8_t> settled(data.investors.size(), 0);
  for (const Alias& alias : data.aliases) settled[index(alias.alias)] = settled[index(alias.canonical)] = 1;
  return settled;
}

}  // namespace

Result<std::vector<LikelyPair>> likely_pairs(const Dataset& data, NameSide side, double least, const Context& context) {
  const Comparison comparison(side_of(data, side));
  std::vector<std::uint8_t> settled = settled_names(data);
  if (side == NameSide::companies) settled.assign(data.companies.size(), 0);
  const auto candidates = comparison.candidates();
  constexpr std::size_t block = 1'000;
  std::vector<std::vector<LikelyPair>> of_block((candidates.size() + block - 1) / block);
  context.start("pairs of names", of_block.size());
  parallel_for(of_block.size(), context, [&](std::size_t number) {
    for (std::size_t i = number * block; i < std::min(candidates.size(), (number + 1) * block); ++i) {
      const auto [a, b] = candidates[i];
      if (settled[a] != 0 && settled[b] != 0) continue;
      LikelyPair pair = comparison.judge(a, b);
      if (pair.score >= least) of_block[number].push_back(std::move(pair));
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();
  std::vector<LikelyPair> pairs;
  for (std::vector<LikelyPair>& some : of_block) std::ranges::move(some, std::back_inserter(pairs));
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &LikelyPair::score);
  return pairs;
}

Result<Table> review_table(const Dataset& data, NameSide side, double least, const Context& context) {
  Table table;
  table.name = "identify";
  table.columns = {{"a"}, {"b"}, {"score"}, {"evidence"}, {"decision"}};
  if (side == NameSide::both) table.columns.push_back({"side"});
  for (const NameSide one : {NameSide::investors, NameSide::companies}) {
    if (side != one && side != NameSide::both) continue;
    const auto& names = one == NameSide::investors ? data.investors.name : data.companies.name;
    auto pairs = likely_pairs(data, one, least, context);
    if (!pairs) return tl::unexpected(pairs.error());
    for (LikelyPair& pair : *pairs) {
      auto& row = table.rows.emplace_back();
      row = {text_cell(names[pair.a]), text_cell(names[pair.b]), std::round(pair.score * 1000) / 1000,
             std::move(pair.evidence), Cell{}};
      if (side == NameSide::both) row.push_back(text_cell(one == NameSide::investors ? "investor" : "company"));
    }
  }
  if (side == NameSide::both)
    std::ranges::stable_sort(table.rows, std::ranges::greater{},
                             [](const auto& row) { return std::get<double>(row[2]); });
  table.caption = fmt::format("{} of names that may be one organisation", counted(table.rows.size(), "pair", "pairs"));
  table.notes.emplace_back("write same or different under decision; --apply makes an alias table of what is the same");
  return table;
}

}  // namespace coinvest
