// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/escape.hpp"

namespace coinvest {

std::string escaped(std::string_view text, std::string_view backslash) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const unsigned char third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    if (byte < 0x20 || byte == 0x7F) {
      out += ' ';
    } else if (byte == 0xC2 && next < 0xA0) {
      out += ' ';
      i += 1;
    } else if (byte == 0xEF && next == 0xBF && third >= 0xBE) {
      out += ' ';
      i += 2;
    } else if (byte == '\\') {
      out += backslash;
    } else if (byte == '&') {
      out += "&amp;";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace coinvest
