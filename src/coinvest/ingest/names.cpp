// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/names.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

constexpr std::size_t longest_name = 1024;
constexpr int most_marks = 8;

/// Small half-width letters.
constexpr auto placeholders = std::to_array<std::string_view>({
    "投资方未透露",
    "投资方未披露",
    "投资方未知",
    "未透露",
    "未披露",
    "未公开",
    "未公布",
    "不详",
    "未知",
    "不明确",
    "保密",
    "匿名",
    "暂无",
    "无",
    "等",
    "等机构",
    "其他",
    "其它",
    "其他投资人",
    "其他投资方",
    "个人",
    "个人投资者",
    "个人投资人",
    "自然人",
    "天使投资人",
    "undisclosed",
    "undisclosed investor",
    "undisclosed investors",
    "undisclosed angel investors",
    "not disclosed",
    "non disclosed",
    "unknown",
    "unknown investor",
    "unknown investors",
    "unnamed",
    "unnamed investors",
    "anonymous",
    "angel",
    "angels",
    "angel investor",
    "angel investors",
    "individual",
    "individuals",
    "individual investors",
    "private investor",
    "private investors",
    "other",
    "others",
    "other investors",
    "various",
    "various investors",
    "n/a",
    "n.a.",
    "na",
    "none",
    "null",
    "tbd",
    "-",
    "--",
    "—",
    "–",
    "?",
});

/// What a spreadsheet writes in the place of a value that it could not work out.
constexpr auto damages =
    std::to_array<std::string_view>({"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#N/A"});

/// True if all is from blank to tilde: eight characters at a time, since nearly all names are.
bool is_plain_ascii(std::string_view text) {
  constexpr std::uint64_t each = 0x0101010101010101, top_bit = 0x80 * each;
  const auto is_plain = [](std::uint64_t word) {
    const std::uint64_t below_blank = word - each * ' ', is_delete = (word ^ each * 0x7f) - each;
    return ((word | below_blank | is_delete) & top_bit) == 0;
  };
  if (text.size() < sizeof each) return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
  for (std::size_t at = 0; at < text.size(); at += sizeof each) {
    std::uint64_t word = 0;  // the last one overlaps that before it
    std::memcpy(&word, text.data() + std::min(at, text.size() - sizeof word), sizeof word);
    if (!is_plain(word)) return false;
  }
  return true;
}

/// Calls `visit` with each character of UTF-8 until it returns true.
template <typename Visit>
void each_character(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 character = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, character);
    if (visit(character)) return;
  }
}

}  // namespace

bool is_placeholder(std::string_view name) {
  const std::string_view trimmed = trim(name);
  const std::string folded = trimmed.find('\xef') == std::string_view::npos ? "" : half_width(trimmed);
  const std::string_view text = folded.empty() ? trimmed : std::string_view(folded);
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::any_of(placeholders, [&](std::string_view placeholder) {
    return std::ranges::equal(placeholder, text, {}, {}, small);  // sizes first: no copy for the names that are names
  });
}

std::optional<std::string> name_fault(std::string_view name) {
  if (name.size() > longest_name) {
    return fmt::format("a name of {} bytes; at most {} are accepted", name.size(), longest_name);
  }
  if (name.starts_with('#') && std::ranges::find(damages, name) != damages.end()) {
    return fmt::format("{} is what a spreadsheet writes where it lost a name", name);
  }
  if (is_plain_ascii(name)) return std::nullopt;
  int marks = 0;
  each_character(name, [&](UChar32 character) {
    marks = (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0 ? marks + 1 : 0;
    return marks > most_marks;
  });
  if (marks > most_marks) return fmt::format("more than {} combining marks in a row", most_marks);
  return std::nullopt;
}

std::optional<std::string> suspect_character(std::string_view name) {
  if (is_plain_ascii(name)) return std::nullopt;
  std::optional<std::string> found;
  each_character(name, [&](UChar32 character) {
    constexpr std::uint32_t control_or_format = U_GC_CC_MASK | U_GC_CF_MASK;  // Cf: bidi and zero-width characters
    if ((U_GET_GC_MASK(character) & control_or_format) != 0) {
      found = fmt::format("U+{:04X}", static_cast<std::uint32_t>(character));
    }
    return found.has_value();
  });
  return found;
}

}  // namespace coinvest
