// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/encoding.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/uset.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view first_bytes;  ///< text signatures in small letters
  std::string_view what;
  enum class Where { exact, after_blanks } where = Where::exact;
};

/// Files that people hand over by mistake; longer before shorter.
constexpr std::array signatures{
    Signature{"PK\x03\x04"sv, "a ZIP archive"},
    Signature{"PK\x05\x06"sv, "an empty ZIP archive"},
    Signature{"\xd0\xcf\x11\xe0"sv,
              "an Excel file of before 2007 or with a password; save it as .xlsx without one, or as CSV"},
    Signature{"\x7f"
              "ELF"sv,
              "a program (ELF)"},
    Signature{"SQLite format 3\0"sv, "a SQLite database"},
    Signature{"\x1f\x8b"sv, "compressed twice (gzip)"},
    Signature{"\x28\xb5\x2f\xfd"sv, "compressed twice (zstd)"},
    Signature{"BZh"sv, "compressed with bzip2; only gzip and zstd are read"},
    Signature{"\xfd"
              "7zXZ"sv,
              "compressed with xz; only gzip and zstd are read"},
    Signature{"7z\xbc\xaf"sv, "a 7z archive"},
    Signature{"Rar!"sv, "a RAR archive"},
    Signature{"%PDF"sv, "a PDF document"},
    Signature{"\x89PNG"sv, "a PNG image"},
    Signature{"\xff\xd8\xff"sv, "a JPEG image"},
    Signature{"PAR1"sv, "a Parquet file"},
    Signature{"<!doctype html"sv, "an HTML page", Signature::Where::after_blanks},
    Signature{"<html"sv, "an HTML page", Signature::Where::after_blanks},
    Signature{"<graphml"sv, "GraphML, which is written but not read", Signature::Where::after_blanks},
    Signature{"<?xml"sv, "XML; GraphML is written but not read", Signature::Where::after_blanks},
};

struct Mark {
  std::string_view bytes;
  const char* encoding;
};
/// Byte order marks; longer before shorter.
constexpr std::array marks{Mark{"\xef\xbb\xbf"sv, "UTF-8"}, Mark{"\xff\xfe\0\0"sv, "UTF-32LE"},
                           Mark{"\0\0\xfe\xff"sv, "UTF-32BE"}, Mark{"\xff\xfe"sv, "UTF-16LE"},
                           Mark{"\xfe\xff"sv, "UTF-16BE"}};

std::uint64_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const char end = text.find('\n') == std::string_view::npos ? '\r' : '\n';
  return 1 + static_cast<std::uint64_t>(std::ranges::count(before, end));
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// A converter that stops at the first bytes that are none of its characters; null if ICU knows no such name.
Converter open_converter(const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding.c_str(), &status));
  if (converter) ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return nullptr;
  return converter;
}

struct Converted {
  std::string text;
  std::optional<std::size_t> bad;  ///< offset of the first bytes that are no character
};

/// All of `bytes` as UTF-8, by windows, so that memory is that of the result.
Converted convert(UConverter* converter, std::string_view bytes) {
  Converted result;
  std::array<char16_t, 16384> units{};
  std::size_t kept = 0;  // a lead surrogate whose trail comes with the next window
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  while (true) {
    UErrorCode status = U_ZERO_ERROR;
    char16_t* target = units.data() + kept;
    ucnv_toUnicode(converter, &target, units.data() + units.size(), &source, end, nullptr, 1, &status);
    auto count = static_cast<std::size_t>(target - units.data());
    kept = status == U_BUFFER_OVERFLOW_ERROR && U16_IS_LEAD(units[count - 1]) ? 1 : 0;
    count -= kept;
    icu::UnicodeString(units.data(), static_cast<std::int32_t>(count)).toUTF8String(result.text);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      if (kept == 1) units[0] = units[count];
      continue;
    }
    if (U_FAILURE(status)) {
      std::array<char, 32> invalid{};
      auto length = static_cast<std::int8_t>(invalid.size());
      UErrorCode ignored = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter, invalid.data(), &length, &ignored);
      result.bad = static_cast<std::size_t>(source - bytes.data()) - static_cast<std::size_t>(length);
    }
    return result;
  }
}

struct FreeSet {
  void operator()(USet* set) const { uset_close(set); }
};

/// Of a text that decodes as GB18030: whether that is what it is. Nearly any bytes decode, so what counts is whether
/// the characters are those that Chinese is written with: true files have 100 % of theirs in GB2312, Big5 and
/// Shift-JIS below 30 %.
bool is_plausible_chinese(std::string_view text) {
  constexpr std::size_t least = 4;
  const Converter gb2312 = open_converter("GB2312");
  const std::unique_ptr<USet, FreeSet> repertoire(uset_openEmpty());
  UErrorCode status = U_ZERO_ERROR;
  if (gb2312) ucnv_getUnicodeSet(gb2312.get(), repertoire.get(), UCNV_ROUNDTRIP_SET, &status);
  if (!gb2312 || U_FAILURE(status)) return false;
  uset_freeze(repertoire.get());
  std::size_t characters = 0;
  std::size_t inside = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t i = 0; i < text.size();) {
    UChar32 character = 0;
    U8_NEXT_OR_FFFD(bytes, i, text.size(), character);
    if (character < 0x80) continue;
    ++characters;
    inside += uset_contains(repertoire.get(), character) != 0 ? 1U : 0U;
  }
  return characters >= least && inside * 100 >= characters * 95;
}

std::string byte_at(std::string_view bytes, std::size_t offset) {
  if (offset >= bytes.size()) return "end of file";
  return fmt::format("0x{:02x}", static_cast<unsigned char>(bytes[offset]));
}

/// Decodes in one certain encoding: that of the byte order mark, or the one asked for.
Result<DecodedText> decode_as(const std::string& encoding, std::string_view bytes, std::size_t mark,
                              const std::string& file) {
  const Converter converter = open_converter(encoding);
  if (!converter) return fail(ErrorKind::usage, no_such_encoding(encoding));
  Converted converted = convert(converter.get(), bytes.substr(mark));
  if (converted.bad) {
    const std::size_t offset = mark + *converted.bad;
    return fail(ErrorKind::input,
                fmt::format("invalid {} at byte offset {} ({})", encoding, offset, byte_at(bytes, offset)),
                {file, line_at(converted.text, converted.text.size()), ""});
  }
  if (converted.text.starts_with(marks[0].bytes)) converted.text.erase(0, marks[0].bytes.size());
  return DecodedText{std::move(converted.text), encoding, EncodingFrom::stated};
}

/// The text of bytes without a byte order mark: UTF-8, else GB18030 if the evidence holds.
Result<DecodedText> decode_unmarked(std::string bytes, const std::string& file) {
  const auto invalid = first_invalid_utf8(bytes);
  if (!invalid) return DecodedText{std::move(bytes), "UTF-8", EncodingFrom::stated};
  if (bytes.find('\0') != std::string::npos) return DecodedText{std::move(bytes), "UTF-8", EncodingFrom::stated};
  const Converter converter = open_converter("GB18030");
  Converted converted = converter ? convert(converter.get(), bytes) : Converted{"", 0};
  if (!converted.bad && is_plausible_chinese(converted.text)) {
    return DecodedText{std::move(converted.text), "GB18030", EncodingFrom::evidence};
  }
  const bool euro = converted.bad && bytes[*converted.bad] == '\x80';
  std::string why = !converted.bad ? "its characters are not those of GB18030 text"
                                   : fmt::format("as GB18030 it breaks at offset {}", *converted.bad);
  return fail(ErrorKind::input,
              fmt::format("invalid UTF-8 at byte offset {} ({}), and {}; name its encoding with --encoding ({})",
                          *invalid, byte_at(bytes, *invalid), why,
                          euro ? "cp936" : "gb18030, big5, shift_jis, windows-1252, macintosh, ..."),
              {file, line_at(bytes, *invalid), ""});
}

/// The error of a kind of file that is no table; nothing if the bytes begin with none of those.
std::optional<Error> other_kind_of_file(std::string_view bytes, Signature::Where where, const std::string& file) {
  constexpr std::size_t looked_at = 256;
  const std::string_view head = bytes.substr(0, looked_at);
  const std::string small = where == Signature::Where::exact ? std::string(head) : lower_ascii(trim(head));
  for (const Signature& signature : signatures) {
    if (signature.where != where || !small.starts_with(signature.first_bytes)) continue;
    return Error{ErrorKind::input, fmt::format("this is {}", signature.what), {file, 0, ""}};
  }
  return std::nullopt;
}

}  // namespace

std::string no_such_encoding(std::string_view name) {
  std::vector<std::string> names;
  for (std::int32_t converter = 0; converter < ucnv_countAvailable(); ++converter) {
    UErrorCode status = U_ZERO_ERROR;
    const char* const own_name = ucnv_getAvailableName(converter);
    const std::uint16_t aliases = ucnv_countAliases(own_name, &status);
    for (std::uint16_t alias = 0; alias < aliases && U_SUCCESS(status); ++alias)
      names.push_back(lower_ascii(ucnv_getAlias(own_name, alias, &status)));
  }
  return fmt::format("'{}' is no encoding that is known{}", visible(name),
                     did_you_mean(lower_ascii(name), {names.begin(), names.end()}));
}

bool is_known_encoding(const std::string& name) {
  return open_converter(name) != nullptr;
}

Result<DecodedText> decode_text(std::string bytes, const std::string& file, const std::string& encoding) {
  if (auto other = other_kind_of_file(bytes, Signature::Where::exact, file)) return tl::unexpected(std::move(*other));
  const auto mark = std::ranges::find_if(marks, [&](const Mark& m) { return bytes.starts_with(m.bytes); });
  Result<DecodedText> decoded = DecodedText{};
  std::size_t offset_of_text = 0;
  if (!encoding.empty()) {
    decoded = decode_as(encoding, bytes, 0, file);
  } else if (mark == marks.end()) {
    decoded = decode_unmarked(std::move(bytes), file);
  } else if (mark == marks.begin()) {  // UTF-8 is not copied: most files are
    offset_of_text = mark->bytes.size();
    const auto invalid = first_invalid_utf8(std::string_view(bytes).substr(offset_of_text));
    if (invalid) {
      const std::size_t offset = offset_of_text + *invalid;
      return fail(ErrorKind::input,
                  fmt::format("invalid UTF-8 at byte offset {} ({}) behind a UTF-8 byte order mark", offset,
                              byte_at(bytes, offset)),
                  {file, line_at(bytes, offset), ""});
    }
    bytes.erase(0, offset_of_text);
    decoded = DecodedText{std::move(bytes), "UTF-8", EncodingFrom::stated};
  } else {
    decoded = decode_as(mark->encoding, bytes, mark->bytes.size(), file);
  }
  if (!decoded) return decoded;

  const std::string& text = decoded->text;
  if (auto other = other_kind_of_file(text, Signature::Where::after_blanks, file)) {
    return tl::unexpected(std::move(*other));
  }
  const std::size_t nul = text.find('\0');
  if (nul == std::string::npos) return decoded;
  const std::uint64_t line = line_at(text, nul);
  if (line == 1 && encoding.empty()) {
    return fail(ErrorKind::input,
                fmt::format("NUL bytes in the header: UTF-16 text without byte order mark? try --encoding {}",
                            nul % 2 == 1 ? "utf-16le" : "utf-16be"),
                {file, line, ""});
  }
  return fail(ErrorKind::input,
              fmt::format("a NUL at byte offset {} of its UTF-8 text; text has none", offset_of_text + nul),
              {file, line, ""});
}

}  // namespace coinvest
