// SPDX-License-Identifier: Apache-2.0
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdlib>

#include "coinvest/base/text.hpp"

/// Whatever the bytes, their slug is a safe part of a file name: UTF-8, 1 to 80 bytes, letters, digits and `-` alone,
/// no `-` first; and the slug of a slug is itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  const std::string made = slug(std::string_view(reinterpret_cast<const char*>(data), size));
  if (made.empty() || made.size() > 80 || made.front() == '-' || first_invalid_utf8(made)) std::abort();
  for (const std::string_view character : characters(made)) {
    UChar32 letter = 0;
    U8_GET(reinterpret_cast<const std::uint8_t*>(character.data()), 0, 0, static_cast<int>(character.size()), letter);
    if (letter != '-' && u_isalnum(letter) == 0) std::abort();
  }
  if (slug(made) != made) std::abort();
  return 0;
}
