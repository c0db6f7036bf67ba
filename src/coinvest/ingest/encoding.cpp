// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view first_bytes;  ///< text signatures in small letters
  std::string_view what;
  enum class Where { exact, after_blanks } where = Where::exact;
};

/// Files that people hand over by mistake, and encodings that announce themselves. Longer before shorter.
constexpr std::array signatures{
    Signature{"PK\x03\x04"sv, "a ZIP archive or an Excel workbook; save the sheet as CSV"},
    Signature{"PK\x05\x06"sv, "an empty ZIP archive"},
    Signature{"\xd0\xcf\x11\xe0"sv, "an old Excel or Office file; save the sheet as CSV"},
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
    Signature{"\xff\xfe\0\0"sv, "UTF-32 (little-endian) text; convert it to UTF-8"},
    Signature{"\0\0\xfe\xff"sv, "UTF-32 (big-endian) text; convert it to UTF-8"},
    Signature{"\xff\xfe"sv, "UTF-16 (little-endian) text; convert it to UTF-8"},
    Signature{"\xfe\xff"sv, "UTF-16 (big-endian) text; convert it to UTF-8"},
    Signature{"<!doctype html"sv, "an HTML page", Signature::Where::after_blanks},
    Signature{"<html"sv, "an HTML page", Signature::Where::after_blanks},
    Signature{"<graphml"sv, "GraphML, which is written but not read", Signature::Where::after_blanks},
    Signature{"<?xml"sv, "XML; GraphML is written but not read", Signature::Where::after_blanks},
    Signature{"{"sv, "JSON, which is not read yet", Signature::Where::after_blanks},
    Signature{"["sv, "JSON, which is not read yet", Signature::Where::after_blanks},
};

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf"sv;

std::uint64_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const char end = text.find('\n') == std::string_view::npos ? '\r' : '\n';
  return 1 + static_cast<std::uint64_t>(std::ranges::count(before, end));
}

}  // namespace

Result<std::string> decode_text(std::string bytes, const std::string& file) {
  const std::size_t mark = bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;  // offsets count it
  bytes.erase(0, mark);
  constexpr std::size_t looked_at = 256;
  const std::string_view head = std::string_view(bytes).substr(0, looked_at);
  const std::string small = lower_ascii(trim(head));
  for (const Signature& signature : signatures) {
    const std::string_view begin = signature.where == Signature::Where::exact ? head : std::string_view(small);
    if (begin.starts_with(signature.first_bytes)) {
      return fail(ErrorKind::input, fmt::format("this is {}", signature.what), {file, 0, ""});
    }
  }

  // Other encodings enter here: whatever comes out must be UTF-8 and passes the checks below.

  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    const std::uint64_t line = line_at(bytes, nul);
    if (line == 1) {
      return fail(ErrorKind::input, "NUL bytes in the header: UTF-16 text without byte order mark? convert it to UTF-8",
                  {file, line, ""});
    }
    return fail(ErrorKind::input, fmt::format("a NUL byte at offset {}; text has none", mark + nul), {file, line, ""});
  }
  if (const auto offset = first_invalid_utf8(bytes)) {
    return fail(ErrorKind::input,
                fmt::format("invalid UTF-8 at byte offset {} (0x{:02x}); convert the file to UTF-8", mark + *offset,
                            static_cast<unsigned char>(bytes[*offset])),
                {file, line_at(bytes, *offset), ""});
  }
  return bytes;
}

}  // namespace coinvest
