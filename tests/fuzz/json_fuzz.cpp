// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/json_rows.hpp"

/// Whatever is read has text in every cell and lines that never run backwards, as wide as its header says; whatever is
/// not has an error that says something.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (first_invalid_utf8(text) || !is_json(text)) return 0;
  auto grid = read_json(text, "x", {64, 16});
  if (!grid) {
    if (grid.error().message.empty() || grid.error().where.line == 0) std::abort();
    return 0;
  }
  GridReader reader(std::move(*grid));
  std::uint64_t line = 0;
  std::size_t width = 0;
  while (reader.next().value()) {
    if (reader.line() < line || (width != 0 && reader.fields().size() != width)) std::abort();
    line = reader.line();
    width = reader.fields().size();
    for (const auto field : reader.fields()) {
      if (first_invalid_utf8(field) || field.find('\0') != std::string_view::npos || field.size() > 64) std::abort();
    }
  }
  return 0;
}
