// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coinvest::tests {

/// The records of an RFC 4180 text with `\n` line ends: a second opinion on what the library wrote.
inline std::vector<std::vector<std::string>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::string field;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted && letter == '"' && text.substr(at + 1, 1) == "\"") {
      field += '"';
      ++at;
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (!quoted && (letter == ',' || letter == '\n')) {
      record.push_back(std::move(field));
      field.clear();
      if (letter == '\n') records.push_back(std::move(record)), record.clear();
    } else {
      field += letter;
    }
  }
  return records;
}

}  // namespace coinvest::tests
