// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "../workbook.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/xlsx.hpp"

/// The input is a whole archive, or the parts of a workbook behind each other: sheet, shared strings, styles and
/// properties, each ended by a line `----`. Whatever is read has text in every cell and ascending lines.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (!is_zip(bytes)) {
    std::vector<std::string> parts;
    const std::string end = "\n----\n";
    for (std::size_t from = 0; parts.size() < 4;) {
      const std::size_t to = std::min(bytes.find(end, from), bytes.size());
      parts.push_back(bytes.substr(from, to - from));
      from = std::min(to + end.size(), bytes.size());
    }
    bytes = tests::zipped(tests::workbook_parts({{"S", parts[0]}}, parts[1], parts[2], parts[3]), ZIP_CM_STORE);
  }
  auto grid = read_xlsx(bytes, "x", "", {.bytes = 1U << 20U}, {64, 16});
  if (!grid) {
    if (grid.error().message.empty()) std::abort();
    return 0;
  }
  GridReader reader(std::move(*grid));
  std::uint64_t line = 0;
  while (reader.next().value()) {
    if (reader.line() <= line || reader.fields().size() > 16) std::abort();
    line = reader.line();
    for (const auto field : reader.fields()) {
      if (first_invalid_utf8(field) || field.find('\0') != std::string_view::npos || field.size() > 64) std::abort();
    }
  }
  return 0;
}
