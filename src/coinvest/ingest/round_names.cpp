// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/round_names.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

struct Stage {
  std::string_view word;  // after `plain`: small letters, no blanks, `_` or `-`
  std::string_view name;
  std::int16_t order;
  RoundKind kind;
};

/// Every round name. Pre-, + and A1 forms of the first block are made by rule: pre −2, plus +2, both −1.
constexpr auto stages = std::to_array<Stage>({
    {"seed", "seed", 10, RoundKind::primary},
    {"种子", "seed", 10, RoundKind::primary},
    {"angel", "angel", 12, RoundKind::primary},
    {"天使", "angel", 12, RoundKind::primary},
    {"a", "a", 20, RoundKind::primary},
    {"b", "b", 30, RoundKind::primary},
    {"c", "c", 40, RoundKind::primary},
    {"d", "d", 50, RoundKind::primary},
    {"e", "e", 60, RoundKind::primary},
    {"f", "f", 65, RoundKind::primary},
    {"g", "g", 69, RoundKind::primary},
    {"h", "h", 73, RoundKind::primary},
    {"i", "i", 76, RoundKind::primary},
    {"j", "j", 78, RoundKind::primary},

    {"preseed", "pre_seed", 5, RoundKind::primary},
    {"accelerator", "accelerator", 7, RoundKind::primary},
    {"incubator", "accelerator", 7, RoundKind::primary},
    {"accelerator/incubator", "accelerator", 7, RoundKind::primary},
    {"privateequity", "private_equity", 80, RoundKind::primary},
    {"pegrowth", "private_equity", 80, RoundKind::primary},
    {"pegrowth/expansion", "private_equity", 80, RoundKind::primary},
    {"laterstagevc", "late", 0, RoundKind::primary},
    {"earlystagevc", "early", 0, RoundKind::primary},
    {"preipo", "pre_ipo", 90, RoundKind::primary},
    {"f轮上市前", "pre_ipo", 90, RoundKind::primary},
    {"上市前", "pre_ipo", 90, RoundKind::primary},

    {"strategic", "strategic", 0, RoundKind::primary},
    {"corporate", "strategic", 0, RoundKind::primary},
    {"战略", "strategic", 0, RoundKind::primary},
    {"战略投资", "strategic", 0, RoundKind::primary},
    {"联合战略投资", "strategic", 0, RoundKind::primary},
    {"equitycrowdfunding", "equity_crowdfunding", 0, RoundKind::primary},
    {"股权融资", "unknown", 0, RoundKind::primary},
    {"增资", "unknown", 0, RoundKind::primary},
    {"增资扩股", "unknown", 0, RoundKind::primary},
    {"增资控股", "unknown", 0, RoundKind::primary},
    {"增资及股权转让", "unknown", 0, RoundKind::primary},
    {"融资", "unknown", 0, RoundKind::primary},
    {"首", "unknown", 0, RoundKind::primary},
    {"新一", "unknown", 0, RoundKind::primary},
    {"不明确", "unknown", 0, RoundKind::primary},
    {"未披露", "unknown", 0, RoundKind::primary},
    {"未透露", "unknown", 0, RoundKind::primary},
    {"未知", "unknown", 0, RoundKind::primary},
    {"undisclosed", "unknown", 0, RoundKind::primary},
    {"unknown", "unknown", 0, RoundKind::primary},
    {"seriesunknown", "unknown", 0, RoundKind::primary},
    {"venture", "unknown", 0, RoundKind::primary},
    {"other", "unknown", 0, RoundKind::primary},

    {"postipoequity", "post_ipo_equity", 100, RoundKind::placement},
    {"postiposecondary", "post_ipo_equity", 100, RoundKind::placement},
    {"pipe", "post_ipo_equity", 100, RoundKind::placement},
    {"ipo上市后", "post_ipo_equity", 100, RoundKind::placement},
    {"定向增发", "post_ipo_equity", 100, RoundKind::placement},
    {"定增", "post_ipo_equity", 100, RoundKind::placement},
    {"向特定对象发行", "post_ipo_equity", 100, RoundKind::placement},
    {"增发配售", "post_ipo_equity", 100, RoundKind::placement},
    {"增发配售h股", "post_ipo_equity", 100, RoundKind::placement},
    {"ipo", "ipo", 95, RoundKind::ipo},
    {"ipo上市", "ipo", 95, RoundKind::ipo},
    {"上市", "ipo", 95, RoundKind::ipo},
    {"已上市", "ipo", 95, RoundKind::ipo},

    {"secondarymarket", "secondary", 0, RoundKind::secondary},
    {"secondarytransaction", "secondary", 0, RoundKind::secondary},
    {"secondary", "secondary", 0, RoundKind::secondary},
    {"股权转让", "secondary", 0, RoundKind::secondary},
    {"老股转让", "secondary", 0, RoundKind::secondary},

    {"debt", "debt", 0, RoundKind::debt},
    {"debtfinancing", "debt", 0, RoundKind::debt},
    {"债权", "debt", 0, RoundKind::debt},
    {"债权融资", "debt", 0, RoundKind::debt},
    {"postipodebt", "post_ipo_debt", 0, RoundKind::debt},
    {"convertiblenote", "convertible_note", 15, RoundKind::debt},

    {"grant", "grant", 0, RoundKind::grant},
    {"nonequityassistance", "grant", 0, RoundKind::grant},

    {"ma", "acquisition", 0, RoundKind::merger},
    {"m&a", "acquisition", 0, RoundKind::merger},
    {"acquisition", "acquisition", 0, RoundKind::merger},
    {"acquired", "acquisition", 0, RoundKind::merger},
    {"merger/acquisition", "acquisition", 0, RoundKind::merger},
    {"buyout", "acquisition", 0, RoundKind::merger},
    {"buyout/lbo", "acquisition", 0, RoundKind::merger},
    {"并购", "acquisition", 0, RoundKind::merger},
    {"收购", "acquisition", 0, RoundKind::merger},
    {"已被收购", "acquisition", 0, RoundKind::merger},
    {"被收购", "acquisition", 0, RoundKind::merger},

    {"productcrowdfunding", "crowdfunding", 0, RoundKind::other},
    {"crowdfunding", "crowdfunding", 0, RoundKind::other},
    {"众筹", "crowdfunding", 0, RoundKind::other},
    {"initialcoinoffering", "ico", 0, RoundKind::other},
    {"新三板", "otc", 0, RoundKind::other},
    {"新三板定增", "otc", 0, RoundKind::placement},
    {"私有化", "take_private", 0, RoundKind::other},
    {"publictoprivate", "take_private", 0, RoundKind::other},
    {"尚未获投", "none", 0, RoundKind::other},
});

/// Small half-width letters without blanks, joining signs and remarks in parentheses.
std::string plain(std::string_view raw) {
  std::string result;
  int depth = 0;
  for (const char c : lower_ascii(half_width(raw))) {
    if (c == '(') ++depth;
    if (depth == 0 && c != ' ' && c != '_' && c != '-') result += c;
    if (c == ')' && depth > 0) --depth;
  }
  return result;
}

std::string_view without_frame(std::string_view word) {
  for (const std::string_view begin : {"series"}) {
    if (word.size() > begin.size() && word.starts_with(begin)) word.remove_prefix(begin.size());
  }
  for (const std::string_view end : {"funding", "round", "融资", "轮"}) {
    if (word.size() > end.size() && word.ends_with(end)) word.remove_suffix(end.size());
  }
  return word;
}

const Stage* listed(std::string_view word) {
  const auto found = std::ranges::find(stages, word, &Stage::word);
  return found == stages.end() ? nullptr : &*found;
}

/// A name of the first block with its modifiers: [pre] base [number] [+...].
std::optional<RoundName> modified(std::string_view word) {
  constexpr std::size_t bases = 14;
  const bool pre = word.starts_with("pre");
  if (pre) word.remove_prefix(3);
  bool plus = false;
  for (; word.ends_with('+'); word.remove_suffix(1)) plus = true;
  if (word.ends_with("plus")) {
    word.remove_suffix(4);
    plus = true;
  }
  word = without_frame(word);  // A轮+
  while (word.size() > 1 && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  const Stage* base = listed(word);
  if (base == nullptr || base >= stages.data() + bases) return std::nullopt;
  RoundName name;
  name.stage = std::string(pre ? "pre_" : "") + std::string(base->name) + (plus ? "_plus" : "");
  name.order = static_cast<std::int16_t>(base->order + (pre && plus ? -1 : pre ? -2 : plus ? 2 : 0));
  return name;
}

std::optional<RoundName> read_word(std::string_view word) {
  for (const std::string_view candidate : {word, without_frame(word)}) {
    if (const Stage* stage = listed(candidate)) return RoundName{std::string(stage->name), stage->order, stage->kind};
  }
  return modified(without_frame(word));
}

/// Where the first of several names ends: at `/`, 、 or 至, at a `+` before more text, at a `-` behind a digit (A1-A4).
std::string_view first_of_several(std::string_view raw) {
  std::size_t end = raw.size();
  for (const std::string_view separator : {"/", "／", "、", "至"}) end = std::min(end, raw.find(separator));
  for (std::size_t i = 1; i + 1 < end; ++i) {
    const bool numbered = raw[i] == '-' && raw[i - 1] >= '0' && raw[i - 1] <= '9';
    const bool joined = raw[i] == '+' && raw[i + 1] != '+' && plain(raw.substr(i + 1)) != "轮";
    if (numbered || joined) end = i;
  }
  return raw.substr(0, end);
}

}  // namespace

RoundName read_round_name(std::string_view raw) {
  const std::string_view trimmed = trim(raw);
  if (trimmed.empty()) return {};
  if (const auto whole = read_word(plain(trimmed))) return *whole;
  if (const auto first = read_word(plain(first_of_several(trimmed)))) return *first;
  return {"other:" + std::string(trimmed), 0, RoundKind::primary};
}

}  // namespace coinvest
