// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unicode/unistr.h>

#include <cstdint>
#include <string>

namespace coinvest {

/// A text in another encoding.
inline std::string encoded(const std::string& utf8, const char* encoding) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::string bytes(utf8.size() * 4, '\0');
  const auto size = text.extract(0, text.length(), bytes.data(), static_cast<std::uint32_t>(bytes.size()), encoding);
  return bytes.substr(0, static_cast<std::size_t>(size));
}

}  // namespace coinvest
