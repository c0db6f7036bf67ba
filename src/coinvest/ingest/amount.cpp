// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/amount.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/amount_phrases.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

using amount_phrases::CNY;
using amount_phrases::currency_codes;
using amount_phrases::none;
using amount_phrases::Part;
using amount_phrases::Phrase;
using amount_phrases::phrases;
using amount_phrases::yuan;

struct Token {
  Part part{};
  std::int64_t value = 0;  // digits of a number without its point, exponent of a unit, code of a currency
  int decimals = 0;        // of a number
  int digits = 0;          // of a number, before its point
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Half-width small letters without blanks, but for a single one between two digits, and without a last remark in
/// parentheses.
std::string normalise(std::string_view text) {
  const std::string folded = lower_ascii(half_width(text));
  const std::size_t remark = folded.find('(');
  const std::string_view head = trim(std::string_view(folded).substr(0, remark));
  std::string result;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const bool between_digits = i > 0 && i + 1 < head.size() && is_digit(head[i - 1]) && is_digit(head[i + 1]);
    if (head[i] != ' ' || between_digits) result += head[i];
  }
  return result;
}

/// True if the lengths of the groups between separators, first to last, are those of a written number.
bool consistent_groups(const std::vector<std::size_t>& groups) {
  if (groups.size() < 2) return true;
  if (groups.front() == 0 || groups.back() != 3) return false;
  const auto inner = std::span(groups).subspan(1, groups.size() - 2);
  const auto all = [&](std::size_t length) { return std::ranges::all_of(inner, [&](auto g) { return g == length; }); };
  return (groups.front() <= 3 && all(3)) || (groups.front() <= 2 && all(2));
}

/// Reads the number at the begin of `text` and cuts it off; nothing if its groups are not consistent. One that is too
/// large stays so: digits beyond Amount::largest are dropped, those behind the point too.
std::optional<Token> take_number(std::string_view& text) {
  Token number{Part::number, 0, 0, 0};
  std::vector<std::size_t> groups{0};
  char separator = '\0';
  const auto room = [&] { return number.value <= Amount::largest; };
  const auto append = [&](char digit) { number.value = number.value * 10 + (digit - '0'); };
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool digit_follows = i + 1 < text.size() && is_digit(text[i + 1]);
    if (is_digit(text[i])) {
      if (room()) append(text[i]);
      ++groups.back();
      ++number.digits;
    } else if ((text[i] == ',' || text[i] == ' ') && digit_follows && (separator == '\0' || separator == text[i])) {
      separator = text[i];
      groups.push_back(0);
    } else {
      break;
    }
  }
  if (!consistent_groups(groups)) return std::nullopt;
  if (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1])) {
    for (++i; i < text.size() && is_digit(text[i]); ++i) {
      if (!room()) continue;
      append(text[i]);
      ++number.decimals;
    }
  }
  text.remove_prefix(i);
  return number;
}

/// The longest phrase at the begin of `text`, or null.
const Phrase* longest_phrase(std::string_view text) {
  const Phrase* best = nullptr;
  for (const Phrase& phrase : phrases) {
    if (text.starts_with(phrase.text) && (best == nullptr || phrase.text.size() > best->text.size())) best = &phrase;
  }
  return best;
}

/// A Chinese word that settles the matter wherever it stands (C+与C++合计超9亿元), or null.
const Phrase* deciding_phrase(std::string_view text) {
  const Phrase* total = nullptr;
  for (const Phrase& phrase : phrases) {
    if (phrase.part != Part::undisclosed && phrase.part != Part::cumulative) continue;
    if (!has_cjk(phrase.text) || text.find(phrase.text) == std::string_view::npos) continue;
    if (phrase.part == Part::undisclosed) return &phrase;
    total = &phrase;
  }
  return total;
}

/// value · 10^exponent, rounded half up; nothing if larger than the largest amount.
std::optional<std::int64_t> scaled(std::int64_t value, std::int64_t exponent) {
  for (; exponent < 0; ++exponent) value = exponent == -1 ? (value + 5) / 10 : value / 10;
  for (; exponent > 0 && value != 0; --exponent) {
    if (value > Amount::largest / 10) return std::nullopt;
    value *= 10;
  }
  return value <= Amount::largest ? std::optional(value) : std::nullopt;
}

/// One side of a range: a number, its units, and what was said about it.
struct Quantity {
  std::optional<Token> number;
  std::int64_t exponent = 0;
  bool has_unit = false;
  bool empty() const { return !number && !has_unit; }
  /// A bare unit is one of it: 千万 is 1000万.
  std::optional<std::int64_t> minor() const {
    const Token one{Part::number, 1, 0, 1};
    const Token& of = number ? *number : one;
    return scaled(of.value, exponent + 2 - of.decimals);
  }
};

std::string not_an_amount(std::string_view text) {
  return fmt::format("'{}' is not an amount", visible(clip(text, 60)));
}
std::string too_large(std::string_view text) {
  return fmt::format("'{}' is larger than {}", visible(clip(text, 60)), format_minor(Amount::largest));
}

/// The parts of a text in any order that people write them; checked by `interval_of`.
struct Reading {
  Quantity low, high;
  std::int64_t currency = -1;
  bool range = false, several = false, about = false, nearly = false, over = false, more = false, magnitude = false;
  bool cumulative = false, undisclosed = false;
};

/// Adds one token; false if it makes no sense where it stands.
bool add(Reading& reading, const Token& token) {
  Quantity& side = reading.range ? reading.high : reading.low;
  switch (token.part) {
    case Part::number:
      if (!side.empty()) return false;
      side.number = token;
      return true;
    case Part::unit:
      side.exponent += token.value;
      side.has_unit = true;
      return true;
    case Part::currency:
      if (token.value == none) return true;  // "其他" names no currency
      if (reading.currency > yuan && token.value > yuan && reading.currency != token.value) return false;
      reading.currency = std::max(reading.currency, token.value);
      return true;
    case Part::to:
      if (reading.range || reading.low.empty()) return false;
      reading.range = true;
      return true;
    case Part::several:
      return side.empty() && !std::exchange(reading.several, true);
    case Part::about:
      return !std::exchange(reading.about, true);
    case Part::tilde:
      return add(reading, Token{side.empty() ? Part::about : Part::to, 0, 0, 0});
    case Part::nearly:
      return !std::exchange(reading.nearly, true);
    case Part::over:
      reading.over = true;
      return true;  // 超1亿元以上 says it twice
    case Part::plus:
      return !side.empty() && !std::exchange(reading.over, true);
    case Part::more:
      return !side.empty() && !std::exchange(reading.more, true);
    case Part::magnitude:
      return !side.empty() && !std::exchange(reading.magnitude, true);
    case Part::cumulative:
      reading.cumulative = true;
      return true;
    case Part::undisclosed:
      reading.undisclosed = true;
      return true;
    case Part::filler:
      return true;
  }
  return false;
}

/// The interval that a reading allows, without its currency. `text` is for messages.
Result<Amount> interval_of(Reading reading, std::string_view text) {
  const Amount unknown{};
  if (reading.undisclosed) return unknown;
  if (reading.cumulative) return Amount{0, Amount::unbounded, Precision::cumulative, {}};
  const int words = reading.several + reading.about + reading.nearly + reading.over + reading.more + reading.range;
  if (reading.low.empty() || words > 1 || (reading.range && reading.high.empty()) ||
      (reading.several && !reading.low.has_unit)) {
    return fail(ErrorKind::input, not_an_amount(text));
  }
  if (reading.range && !reading.low.has_unit) reading.low.exponent = reading.high.exponent;  // 1-2M

  const auto x = reading.low.minor();
  const auto y = reading.range ? reading.high.minor() : x;
  const bool order_of_magnitude = reading.several || (words == 0 && (reading.magnitude || !reading.low.number));
  const auto ten = x && order_of_magnitude ? scaled(*x, 1) : x;
  if (!x || !y || !ten) return fail(ErrorKind::input, too_large(text));
  if (*y < *x) return fail(ErrorKind::input, fmt::format("the range '{}' ends before it begins", text));

  if (reading.range) return Amount{*x, *y, Precision::range, {}};
  if (reading.over) return Amount{*x, Amount::unbounded, Precision::floor, {}};
  if (reading.about) return Amount{*x / 10 * 9 + *x % 10 * 9 / 10, *x + *x / 10, Precision::approximate, {}};
  if (reading.nearly) return Amount{*x / 10 * 8 + *x % 10 * 8 / 10, *x, Precision::approximate, {}};
  if (reading.more) {
    const int digits = reading.low.number ? reading.low.number->digits : 1;
    const auto step = scaled(1, reading.low.exponent + 2 + digits - 1);  // one more of the leading digit's unit
    if (!step || *x + *step > Amount::largest) return fail(ErrorKind::input, too_large(text));
    return Amount{*x, *x + *step, Precision::approximate, {}};
  }
  if (order_of_magnitude) return Amount{*x, *ten, Precision::bucket, {}};
  return Amount::exactly(*x, {});
}

/// The plain number that most cells are, without any detour.
std::optional<std::int64_t> plain_number(std::string_view text) {
  constexpr std::size_t longest = 15;
  if (text.empty() || text.size() > longest || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return scaled(value, 2);
}

}  // namespace

std::optional<Currency> parse_currency(std::string_view text) {
  const std::string word = normalise(text);
  for (const Phrase& phrase : phrases) {
    if (phrase.part == Part::currency && phrase.text == word && phrase.value != none) {
      return Currency(currency_codes.at(static_cast<std::size_t>(phrase.value == yuan ? CNY : phrase.value)));
    }
  }
  const bool iso = word.size() == 3 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!iso) return std::nullopt;
  std::string code = word;
  for (char& c : code) c = static_cast<char>(c - 'a' + 'A');
  return Currency(code);
}

Result<Amount> parse_amount(std::string_view text, Currency column) {
  const std::string_view trimmed = trim(text);
  if (const auto plain = plain_number(trimmed)) return Amount::exactly(*plain, column);
  const Amount undisclosed{0, Amount::unbounded, Precision::undisclosed, column};
  if (trimmed.empty()) return undisclosed;
  const std::string normal = normalise(trimmed);
  if (normal == "-" || normal == "—" || normal == "–") return undisclosed;

  Reading reading;
  if (const Phrase* verdict = deciding_phrase(normal)) {
    const bool total = verdict->part == Part::cumulative;
    return Amount{0, Amount::unbounded, total ? Precision::cumulative : Precision::undisclosed, column};
  }
  std::string_view rest = normal;
  while (!rest.empty()) {
    if (is_digit(rest.front())) {
      const auto number = take_number(rest);
      if (!number || !add(reading, *number)) return fail(ErrorKind::input, not_an_amount(trimmed));
      continue;
    }
    const Phrase* phrase = longest_phrase(rest);
    if (phrase == nullptr || !add(reading, {phrase->part, phrase->value, 0, 1})) {
      return fail(ErrorKind::input, not_an_amount(trimmed));
    }
    rest.remove_prefix(phrase->text.size());
  }

  auto amount = interval_of(reading, trimmed);
  if (!amount) return amount;
  amount->currency = column;
  if (reading.currency > yuan || (reading.currency == yuan && !column.known())) {
    amount->currency =
        Currency(currency_codes.at(static_cast<std::size_t>(std::max<std::int64_t>(reading.currency, CNY))));
  }
  return amount;
}

}  // namespace coinvest
