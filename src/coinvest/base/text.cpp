// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/text.hpp"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace coinvest {
namespace {

/// Calls use(code point, its bytes) for each code point of valid UTF-8; a broken byte comes as U+FFFD.
template <typename Use>
void for_each_code_point(std::string_view text, Use use) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  std::int32_t position = 0;
  while (position < length) {
    const std::int32_t begin = position;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, position, length, c);
    use(c, text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(position - begin)));
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Characters that change how neighbours are shown without showing themselves.
bool is_invisible(UChar32 c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string nfkc_casefold(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC case folding");
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())), sink, nullptr,
                            status);
  return U_FAILURE(status) ? std::string(name) : folded;
}

// Legal forms as whole words at the end of a Latin name, and as endings of a Chinese one.
constexpr std::array<std::string_view, 24> latin_suffixes{
    "inc",  "incorporated", "corp", "corporation", "co",   "company", "ltd", "limited", "llc", "llp", "lp", "plc",
    "gmbh", "ag",           "sa",   "sas",         "sarl", "bv",      "nv",  "ab",      "oy",  "as",  "kk", "pte"};
constexpr std::array<std::string_view, 8> chinese_suffixes{"股份有限公司", "有限责任公司", "有限公司",   "(有限合伙)",
                                                           "有限合伙企业", "有限合伙",     "(普通合伙)", "股份公司"};

bool cut_chinese_suffix(std::string_view& folded) {
  for (const std::string_view suffix : chinese_suffixes) {
    if (folded.size() > suffix.size() && folded.ends_with(suffix)) {
      folded.remove_suffix(suffix.size());
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    // ICU counts in 32 bits: walk through longer texts in pieces that end before a character.
    std::size_t length = std::min<std::size_t>(text.size() - begin, std::size_t{1} << 30);
    if (begin + length < text.size())
      for (int back = 0; back < 3 && (static_cast<unsigned char>(text[begin + length]) & 0xC0) == 0x80; ++back)
        --length;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + begin);
    const auto end = static_cast<std::int32_t>(length);
    std::int32_t position = 0;
    while (position < end) {
      constexpr std::int32_t eight = 8;
      for (std::uint64_t word = 0; position + eight <= end; position += eight) {  // most text is ASCII
        std::memcpy(&word, bytes + position, eight);
        if ((word & 0x8080808080808080) != 0) break;
      }
      if (position == end) break;
      const std::int32_t at = position;
      UChar32 c = 0;
      U8_NEXT(bytes, position, end, c);
      if (c < 0) return begin + static_cast<std::size_t>(at);
    }
    begin += length;
  }
  return std::nullopt;
}

std::string_view trim(std::string_view text) {
  const auto blank_at_front = [&]() -> std::size_t {
    const auto c = static_cast<unsigned char>(text.front());
    if (c <= ' ') return 1;
    if (c < 0x80) return 0;
    if (text.starts_with("\u00A0")) return 2;
    if (text.starts_with("\u3000") || text.starts_with("\uFEFF")) return 3;
    return 0;
  };
  const auto blank_at_back = [&]() -> std::size_t {
    const auto c = static_cast<unsigned char>(text.back());
    if (c <= ' ') return 1;
    if (c < 0x80) return 0;
    if (text.ends_with("\u00A0")) return 2;
    if (text.ends_with("\u3000") || text.ends_with("\uFEFF")) return 3;
    return 0;
  };
  while (!text.empty()) {
    const std::size_t cut = blank_at_front();
    if (cut == 0) break;
    text.remove_prefix(cut);
  }
  while (!text.empty()) {
    const std::size_t cut = blank_at_back();
    if (cut == 0) break;
    text.remove_suffix(cut);
  }
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> match_words(std::string_view name) {
  const std::string folded = is_ascii(name) ? lower_ascii(name) : nfkc_casefold(name);
  std::string_view rest = trim(folded);
  while (cut_chinese_suffix(rest)) rest = trim(rest);

  // Words of letters and digits; apostrophes and full stops join ("L.P." is "lp"), every other mark parts.
  std::vector<std::string> words(1);
  for_each_code_point(rest, [&](UChar32 c, std::string_view bytes) {
    const int type = u_charType(c);
    const bool is_mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    if (u_isalnum(c) || is_mark || c == '+')  // A+ is not A
      words.back() += bytes;
    else if (c != '.' && c != '\'' && c != 0x2019 && !is_invisible(c) && !words.back().empty())
      words.emplace_back();
  });
  if (words.back().empty() && words.size() > 1) words.pop_back();
  while (words.size() > 1 &&
         std::find(latin_suffixes.begin(), latin_suffixes.end(), words.back()) != latin_suffixes.end())
    words.pop_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string match_key(std::string_view name) {
  std::string key;
  for (const std::string& word : match_words(name)) key += word;
  return key.empty() ? nfkc_casefold(name) : key;
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> all;
  for_each_code_point(text, [&](UChar32, std::string_view bytes) { all.push_back(bytes); });
  return all;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_code_point(text, [&](UChar32 c, std::string_view) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return;
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return;
    const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  });
  return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  constexpr std::array<std::string_view, 5> ends{"，", "；", "。", "：", "、"};
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (const std::string_view word : split(text, ' ')) {
    std::vector<std::string> parts(1);
    for (const std::string_view character : characters(word)) {
      parts.back() += character;
      if (std::ranges::find(ends, character) != ends.end()) parts.emplace_back();
    }
    if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
    std::size_t blank = used == 0 ? 0 : 1;
    for (const std::string& part : parts) {
      const std::size_t width = display_width(part);
      if (used != 0 && columns != 0 && used + blank + width > columns) {
        lines.emplace_back();
        used = blank = 0;
      }
      lines.back().append(blank, ' ') += part;
      used += std::exchange(blank, 0) + width;
    }
  }
  return lines;
}

std::string clip(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::string kept;
  std::size_t width = 0;
  bool full = columns == 0;
  for_each_code_point(text, [&](UChar32, std::string_view bytes) {
    const std::size_t more = display_width(bytes);
    full = full || width + more > columns - 1;
    if (full) return;
    kept += bytes;
    width += more;
  });
  return columns == 0 ? std::string() : kept + "…";
}

std::string visible(std::string_view text) {
  std::string shown;
  for_each_code_point(text, [&](UChar32 c, std::string_view bytes) {
    if (!is_invisible(c))
      shown += bytes;
    else if (c < 0x100)
      shown += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    else
      shown += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  });
  return shown;
}

std::string slug(std::string_view name) {
  constexpr std::size_t longest = 80;
  std::string made;
  bool full = false;
  for_each_code_point(name, [&](UChar32 c, std::string_view bytes) {
    const bool keep = u_isalnum(c) != 0 && c != 0xFFFD;
    const std::size_t more = keep ? bytes.size() : 1;
    full = full || made.size() + more > longest;
    if (full) return;
    if (keep)
      made += bytes;
    else if (!made.empty() && made.back() != '-')
      made += '-';
  });
  while (!made.empty() && made.back() == '-') made.pop_back();
  return made.empty() ? "unnamed" : made;
}

bool has_cjk(std::string_view text) {
  bool found = false;
  for_each_code_point(text, [&](UChar32 c, std::string_view) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    found = found || script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
            script == USCRIPT_HANGUL;
  });
  return found;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = row[0];
    row[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, replace});
    }
  }
  return std::min(row[a.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t limit = 2;
  std::optional<std::string_view> best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate, limit);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 4> units{"bytes", "KiB", "MiB", "GiB"};
  std::size_t unit = 0;
  for (; unit + 1 < units.size() && bytes != 0 && bytes % 1024 == 0; ++unit) bytes /= 1024;
  return fmt::format("{} {}", bytes, units[unit]);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         std::string otherwise) {
  const auto meant = nearest(word, candidates);
  return meant ? fmt::format("; did you mean '{}'?", visible(*meant)) : std::move(otherwise);
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char letter : text) field.append(letter == '"' ? 2 : 1, letter);
  return field + "\"";
}

}  // namespace coinvest
