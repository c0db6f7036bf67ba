// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/words.hpp"

#include <cstddef>

namespace coinvest {

std::string half_width(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    // U+FF01..U+FF3F are EF BC 81..BF, U+FF40..U+FF5E are EF BD 80..9E
    if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) >= 0x81 && byte(i + 2) <= 0xBF) {
      result += static_cast<char>('!' + (byte(i + 2) - 0x81));
      i += 3;
    } else if (byte(i) == 0xEF && byte(i + 1) == 0xBD && byte(i + 2) >= 0x80 && byte(i + 2) <= 0x9E) {
      result += static_cast<char>('`' + (byte(i + 2) - 0x80));
      i += 3;
    } else if (byte(i) == 0xE3 && byte(i + 1) == 0x80 && byte(i + 2) == 0x80) {
      result += ' ';  // ideographic space
      i += 3;
    } else if (byte(i) == 0xC2 && byte(i + 1) == 0xA0) {
      result += ' ';  // no-break space
      i += 2;
    } else {
      result += text[i++];
    }
  }
  return result;
}

}  // namespace coinvest
