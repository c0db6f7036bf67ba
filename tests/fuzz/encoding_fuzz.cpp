// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdlib>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/encoding.hpp"

/// Whatever the bytes and the encoding, what comes out is UTF-8 without NUL, and UTF-8 comes out as it went in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  static const std::array<std::string, 8> encodings{"",          "gb18030",  "cp936",        "big5",
                                                    "shift_jis", "utf-16le", "windows-1252", "macintosh"};
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto decoded = decode_text(bytes, "x", encodings.at(data[0] % encodings.size()));
  if (!decoded) {
    if (decoded.error().message.empty()) std::abort();
    return 0;
  }
  if (first_invalid_utf8(decoded->text) || decoded->text.find('\0') != std::string::npos) std::abort();
  if (decoded->encoding == "UTF-8" && !bytes.ends_with(decoded->text)) std::abort();
  const auto again = decode_text(decoded->text, "x");
  if (again && !decoded->text.starts_with("\xef\xbb\xbf") && again->text != decoded->text) std::abort();
  return 0;
}
