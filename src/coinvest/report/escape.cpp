// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/escape.hpp"

#include <openssl/evp.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace coinvest {
namespace {

constexpr std::string_view first_strong_isolate = "\u2068", pop_isolate = "\u2069";

bool turns_direction(UChar32 letter) {
  switch (u_charDirection(letter)) {
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
    case U_ARABIC_NUMBER:
    case U_LEFT_TO_RIGHT_EMBEDDING:
    case U_LEFT_TO_RIGHT_OVERRIDE:
    case U_RIGHT_TO_LEFT_EMBEDDING:
    case U_RIGHT_TO_LEFT_OVERRIDE:
    case U_POP_DIRECTIONAL_FORMAT:
    case U_LEFT_TO_RIGHT_ISOLATE:
    case U_RIGHT_TO_LEFT_ISOLATE:
    case U_FIRST_STRONG_ISOLATE:
    case U_POP_DIRECTIONAL_ISOLATE:
      return true;
    default:
      return letter == 0x200E;  // LEFT-TO-RIGHT MARK has the direction of a letter
  }
}

/// The picture of a character that cannot stand for itself; empty for all others.
std::string replacement(UChar32 letter) {
  switch (letter) {
    case '\n':
    case '\t':
      return " ";
    case 0x7F:
      return "\u2421";
    default:
      break;
  }
  const bool no_xml = letter == 0xFFFE || letter == 0xFFFF;
  if (letter < 0 || (letter >= 0x80 && letter < 0xA0) || no_xml) return "\uFFFD";
  if (letter < 0x20) return {'\xE2', '\x90', static_cast<char>(0x80 + letter)};
  return "";
}

}  // namespace

std::string visible_text(std::string_view text) {
  std::string out;
  bool turned = false;
  int isolates = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 letter = 0;
    U8_NEXT(bytes, at, size, letter);
    turned = turned || (letter >= 0 && turns_direction(letter));
    if (letter >= 0x2066 && letter <= 0x2068) ++isolates;
    if (letter == 0x2069 && --isolates < 0) {
      isolates = 0;  // it would close the isolate around the whole
      continue;
    }
    const std::string instead = replacement(letter);
    out += instead.empty() ? text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin))
                           : std::string_view(instead);
  }
  if (!turned) return out;
  for (; isolates > 0; --isolates) out += pop_isolate;
  return std::string(first_strong_isolate) + out + std::string(pop_isolate);
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char letter : visible_text(text)) switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += letter;
    }
  return out;
}

std::string base64(std::string_view bytes) {
  std::string letters((bytes.size() + 2) / 3 * 4 + 1, '\0');  // and the zero that OpenSSL adds
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(letters.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  letters.pop_back();
  return letters;
}

}  // namespace coinvest
