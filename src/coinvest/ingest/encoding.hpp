// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

enum class EncodingFrom : std::uint8_t {
  stated,    ///< strict UTF-8, a byte order mark, or the caller
  evidence,  ///< GB18030, because nothing else explains the bytes: worth a word to the user
};

struct DecodedText {
  std::string text;      ///< UTF-8 without byte order mark and NUL
  std::string encoding;  ///< UTF-8, UTF-16LE, ..., GB18030, or the name that the caller gave
  EncodingFrom from = EncodingFrom::stated;
};

/// The text of a file as strict UTF-8. Nothing is replaced: U+FFFD would make different names one. Without `encoding`
/// the order is: byte order mark (UTF-8, -16, -32), UTF-8, GB18030 if the whole file decodes, has 4 or more characters
/// outside ASCII and 95 % of these in GB2312. Other encodings must be named: any name that ICU knows. `file` is used in
/// messages alone. O(bytes); UTF-8 is not copied.
/// Fails (input), naming what was found: another kind of file (ZIP, HTML, JSON, ...), invalid bytes with offset and
/// line, a NUL; (usage): an unknown encoding.
Result<DecodedText> decode_text(std::string bytes, const std::string& file, const std::string& encoding = "");

/// True if `decode_text` can be asked for this encoding.
bool is_known_encoding(const std::string& name);
/// "'gb1803' is no encoding that is known; did you mean 'gb18030'?"
std::string no_such_encoding(std::string_view name);

}  // namespace coinvest
