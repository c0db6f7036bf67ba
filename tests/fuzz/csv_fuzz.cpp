// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "coinvest/ingest/csv.hpp"

using coinvest::CsvReader;

/// Writes a field so that it is read back as it is.
static std::string quoted(std::string_view field) {
  std::string text = "\"";
  for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + '"';
}

/// Whatever is read, written with quotes and read again, is the same; lines never run backwards or past the end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto reader = CsvReader::open(text, "x", {64, 16});
  if (!reader) return 0;
  std::uint64_t line = 0;
  while (true) {
    const auto more = reader->next();
    if (!more || !*more) return 0;
    if (reader->line() <= line || reader->position() > size || reader->fields().empty()) std::abort();
    line = reader->line();
    std::string written;
    for (const auto field : reader->fields()) written += (written.empty() ? "" : ",") + quoted(field);
    written += "\n";
    auto again = CsvReader::open(written, "x", {64, 16});
    if (!again || !again->next() || !std::ranges::equal(reader->fields(), again->fields())) std::abort();
  }
}
