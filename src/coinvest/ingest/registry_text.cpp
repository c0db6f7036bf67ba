// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/registry_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/amount.hpp"
#include "coinvest/ingest/lists.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

enum class Word : std::uint8_t { subscribed, paid, percent, ignored };

struct Keyword {
  std::string_view text;
  Word word;
};

// A word comes before every word that it begins with.
constexpr auto keywords = std::to_array<Keyword>({
    {"认缴出资时间", Word::ignored},
    {"认缴出资日期", Word::ignored},
    {"认缴出资方式", Word::ignored},
    {"实缴出资时间", Word::ignored},
    {"实缴出资日期", Word::ignored},
    {"实缴出资方式", Word::ignored},
    {"认缴出资金额", Word::subscribed},
    {"认缴出资额", Word::subscribed},
    {"认缴出资", Word::subscribed},
    {"认缴金额", Word::subscribed},
    {"认缴额", Word::subscribed},
    {"认缴", Word::subscribed},
    {"实缴出资金额", Word::paid},
    {"实缴出资额", Word::paid},
    {"实缴出资", Word::paid},
    {"实缴金额", Word::paid},
    {"实缴额", Word::paid},
    {"实缴", Word::paid},
    {"出资时间", Word::ignored},
    {"出资日期", Word::ignored},
    {"出资方式", Word::ignored},
    {"出资比例", Word::percent},
    {"出资金额", Word::subscribed},
    {"出资额", Word::subscribed},
    {"出资", Word::subscribed},
    {"持股比例", Word::percent},
    {"股权比例", Word::percent},
    {"占股比例", Word::percent},
    {"持股", Word::percent},
    {"占比", Word::percent},
    {"比例", Word::percent},
    {"占", Word::percent},
});

constexpr std::array<std::string_view, 13> units{"亿",   "万",   "元",   "人民币", "美元", "美金", "港元",
                                                 "港币", "欧元", "日元", "英镑",   "%",    " "};
constexpr std::array<std::string_view, 5> currencies{"人民币", "美元", "美金", "港元", "港币"};
constexpr std::array<std::string_view, 9> holder_kinds{"自然人股东",   "自然人",         "企业法人",
                                                       "法人股东",     "社团法人",       "事业法人",
                                                       "合伙企业股东", "非公司企业法人", "其他投资者"};
constexpr std::array<std::string_view, 8> labels{"股东名称", "股东姓名", "投资人名称", "投资者名称",
                                                 "发起人",   "投资人",   "股东",       "姓名"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void erase_all(std::string& text, std::string_view piece) {
  std::string kept;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(piece, from)) != text.npos; from = at + piece.size())
    kept.append(text, from, at - from);
  text = kept.append(text, from);
}

/// Removes marks such as `<em>` and `</em>`.
std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '<') {
      std::size_t end = at + 1;
      while (end < text.size() && end - at < 16 && (lower_ascii(text.substr(end, 1))[0] >= 'a' || text[end] == '/') &&
             static_cast<unsigned char>(text[end]) < 0x80)
        ++end;
      if (end > at + 1 && end < text.size() && text[end] == '>') {
        at = end;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

/// Removes the commas of `1,660,000`.
std::string without_grouping(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool groups = text[at] == ',' && at > 0 && is_digit(text[at - 1]) && at + 3 < text.size() &&
                        is_digit(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
                        (at + 4 == text.size() || !is_digit(text[at + 4]));
    if (!groups) out += text[at];
  }
  return out;
}

std::string cleaned(std::string_view text) {
  std::string clean = without_tags(half_width(text));
  for (const std::string_view mark : {"*", "(已撤销)", "(已注销)"}) erase_all(clean, mark);
  return without_grouping(clean);
}

/// A number with what stands around it, up to `end`.
struct Value {
  std::string_view number, unit;
  std::string_view currency;  ///< written before the number
  std::size_t end = 0;
};

template <std::size_t count>
std::string_view starting(std::string_view text, const std::array<std::string_view, count>& words) {
  for (const std::string_view word : words)
    if (text.starts_with(word)) return word;
  return {};
}

/// The number at `at`, after signs and a currency; without digits, as where a source hides them, an empty one.
Value value_at(std::string_view text, std::size_t at) {
  Value value;
  const auto rest = [&] { return text.substr(at); };
  while (at < text.size() && (text[at] == ':' || text[at] == ' ' || text[at] == '(' || text[at] == '=')) ++at;
  if (value.currency = starting(rest(), currencies); !value.currency.empty()) at += value.currency.size();
  while (at < text.size() && text[at] == ' ') ++at;
  const std::size_t first = at;
  while (at < text.size() && (is_digit(text[at]) || (text[at] == '.' && at > first))) ++at;
  value.number = text.substr(first, at - first);
  const std::size_t unit = at;
  while (true) {
    const std::string_view more = starting(rest(), units);
    if (more.empty()) break;
    at += more.size();
  }
  value.unit = trim(text.substr(unit, at - unit));
  value.end = at;
  return value;
}

const Keyword* keyword_at(std::string_view text, std::size_t at) {
  const auto found =
      std::ranges::find_if(keywords, [&](const Keyword& k) { return text.substr(at).starts_with(k.text); });
  return found == keywords.end() ? nullptr : &*found;
}

/// Is a word here the name of a value, and not a piece of somebody's name?
bool names_a_value(std::string_view text, std::size_t at, const Keyword& keyword) {
  const std::size_t behind = at + keyword.text.size();
  if (keyword.word == Word::ignored || behind == text.size() || text[behind] == ',' || text[behind] == ':') return true;
  const Value value = value_at(text, behind);
  return !value.number.empty() || !value.unit.empty() || keyword_at(text, behind) != nullptr;
}

/// A Chinese name of two or three characters that no organisation has: registers print organisations in full.
bool looks_like_person(std::string_view name) {
  constexpr std::size_t han = 3;  // bytes of a Chinese character
  constexpr std::array<std::string_view, 7> organisation{"基金", "资本", "创投", "投资", "公司", "集团", "控股"};
  const bool all_han = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return all_han && has_cjk(name) && (name.size() == 2 * han || name.size() == 3 * han) &&
         std::ranges::none_of(organisation, [&](std::string_view word) { return name.find(word) != name.npos; });
}

/// The unit that is named first; 万元 if none is.
std::string_view first_unit(std::string_view text) {
  std::string_view named = "万元";
  std::size_t first = text.npos;
  for (const std::string_view unit : {"万美元", "万元", "美元", "元"})
    if (const std::size_t at = text.find(unit); at < first) {
      first = at;
      named = unit;
    }
  return named;
}

/// The unit of numbers without one, as a text states it: `单位:元`, `(单位:元)`, `注册资本(元)`.
std::string_view stated_unit(std::string_view text) {
  for (const std::string_view mark : {"单位:", "(单位", "(万美元)", "(万元)", "(美元)", "(元)"})
    if (const std::size_t at = text.find(mark); at != text.npos)
      return first_unit(text.substr(at, text.find_first_of(";|\n", at) - at));
  return "万元";
}

/// Reads one cell; knows its unit.
class Reader {
 public:
  explicit Reader(std::string_view text) {
    std::string clean = cleaned(text);
    unit_ = stated_unit(clean);
    std::size_t from = 0;
    for (std::size_t at = 0; at <= clean.size(); ++at) {
      const bool wide = std::string_view(clean).substr(at).starts_with("、");
      if (at < clean.size() && !wide && clean[at] != ';' && clean[at] != '|' && clean[at] != '\n' && clean[at] != '\r')
        continue;
      const std::string_view numbered = std::string_view(clean).substr(from, at - from);
      const bool numbering = wide && !trim(numbered).empty() && std::ranges::all_of(trim(numbered), is_digit);
      if (!numbering) entries_.emplace_back(numbered);
      from = at + (wide ? std::string_view("、").size() : 1);
      if (wide) at = from - 1;
    }
    std::erase_if(entries_, [&](const std::string& entry) {
      const std::string_view said = trim(entry);
      if (!said.starts_with("单位") && !said.starts_with("(单位")) return false;
      unit_ = first_unit(said);
      return true;
    });
  }

  RegistryText read() {
    for (std::string& entry : entries_) read_entry(entry);
    return std::move(result_);
  }

  std::optional<Amount> amount(const Value& value) {
    if (value.number.empty()) return std::nullopt;
    std::string written = fmt::format("{}{}", value.number, value.unit.empty() ? unit_ : value.unit);
    erase_all(written, " ");
    const bool unit_has_currency = std::ranges::any_of(
        currencies, [&](std::string_view currency) { return value.unit.find(currency) != value.unit.npos; });
    if (!value.currency.empty() && !unit_has_currency) {
      if (written.ends_with("元")) written.resize(written.size() - std::string_view("元").size());
      written += value.currency;
    }
    const auto parsed = parse_amount(written, Currency("CNY"));
    if (parsed && parsed->precision == Precision::exact) return *parsed;
    complain(written);
    return std::nullopt;
  }

 private:
  void complain(std::string_view value) {
    if (result_.trouble.empty())
      result_.trouble = fmt::format("'{}' is no amount or share: left out", visible(clip(value, 40)));
  }

  void take(RegisteredHolder& holder, Word word, const Value& value) {
    if (word == Word::ignored || value.number.empty()) return;
    if (word != Word::percent && value.unit.find('%') == value.unit.npos) {
      auto& field = word == Word::paid ? holder.paid : holder.subscribed;
      if (!field) field = amount(value);
      return;
    }
    double percent = 0;
    const auto [end, trouble] =
        std::from_chars(value.number.data(), value.number.data() + value.number.size(), percent);
    constexpr double rounding = 0.1;
    if (trouble != std::errc() || end != value.number.data() + value.number.size() || percent > 100 + rounding)
      complain(value.number);
    else if (!holder.percent)
      holder.percent = percent;
  }

  void read_entry(std::string& entry) {
    RegisteredHolder holder;
    for (const std::string_view kind : holder_kinds) {
      const std::size_t size = entry.size();
      erase_all(entry, fmt::format(",{}", kind));
      erase_all(entry, fmt::format("({})", kind));
      holder.natural_person |= entry.size() != size && kind.starts_with("自然人");
    }
    const std::string_view text = entry;
    std::size_t name_end = text.npos;
    for (std::size_t at = 0; at < text.size();) {
      const Keyword* keyword = keyword_at(text, at);
      if (keyword != nullptr && names_a_value(text, at, *keyword)) {
        name_end = std::min(name_end, at);
        const Value value = value_at(text, at + keyword->text.size());
        take(holder, keyword->word, value);
        at =
            keyword->word == Word::ignored ? at + keyword->text.size() : std::max(value.end, at + keyword->text.size());
        continue;
      }
      const bool apart =
          at > 0 && (text[at - 1] == ' ' || text[at - 1] == ',' || text[at - 1] == ':' || text[at - 1] == '(');
      if (apart && is_digit(text[at])) {
        const Value value = value_at(text, at);
        if (!value.unit.empty()) {
          name_end = std::min(name_end, at);
          take(holder, Word::subscribed, value);
        }
        at = value.end;
        continue;
      }
      ++at;
    }
    if (name_end != text.npos) return add(std::move(holder), text.substr(0, name_end));
    for (const ListedName& listed : split_names(text).names) add(holder, listed.name);
  }

  void add(RegisteredHolder holder, std::string_view name) {
    constexpr std::string_view around = " ,:.-(=";
    while (!name.empty() && around.find(name.front()) != around.npos) name.remove_prefix(1);
    for (const std::string_view label : labels)
      if (name.starts_with(std::string(label) + ":")) name.remove_prefix(label.size() + 1);
    while (!name.empty() && name.back() != '.' && around.find(name.back()) != around.npos) name.remove_suffix(1);
    name = trim(name);
    if (name.empty()) {
      if (holder.subscribed || holder.paid || holder.percent) complain("a value without a name");
      return;
    }
    holder.name = name;
    holder.natural_person |= looks_like_person(name);
    result_.holders.push_back(std::move(holder));
  }

  std::vector<std::string> entries_;
  std::string_view unit_;
  RegistryText result_;
};

}  // namespace

RegistryText parse_registry_text(std::string_view text) {
  return Reader(text).read();
}

std::optional<Amount> parse_registered_capital(std::string_view text) {
  const std::string clean = cleaned(text);
  const std::size_t digit = clean.find_first_of("0123456789");
  if (digit == clean.npos) return std::nullopt;
  Value value = value_at(clean, digit);
  for (const std::string_view currency : currencies)
    if (clean.substr(0, digit).find(currency) != clean.npos) value.currency = currency;
  return Reader(text).amount(value);
}

std::optional<RegisterItem> register_item(std::string_view item) {
  const std::string text = half_width(item);
  const auto says = [&](std::string_view word) { return text.find(word) != text.npos; };
  const bool holders = says("投资人") || says("投资者") || says("股东") || says("发起人") || says("合伙人") ||
                       says("股权") || says("出资");
  if (holders && (says("名称") || says("姓名")) && !says("股权") && !says("出资")) return RegisterItem::names;
  if (holders) return RegisterItem::holders;
  if (says("注册资本") || says("注册资金")) return RegisterItem::capital;
  return std::nullopt;
}

}  // namespace coinvest
