// SPDX-License-Identifier: Apache-2.0
// our_csv: reads texts from standard input, each a JSON string on a line of its own, and prints for each one line of
// JSON: its records and delimiter as we read them, or null if we refuse it.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "coinvest/ingest/csv.hpp"

static nlohmann::json records_of(const std::string& text) {
  auto reader = coinvest::CsvReader::open(text, "x");
  if (!reader) return nullptr;
  nlohmann::json records = nlohmann::json::array();
  while (true) {
    const auto more = reader->next();
    if (!more) return nullptr;
    if (!*more) return {{"records", records}, {"delimiter", std::string(1, reader->delimiter())}};
    records.push_back(reader->fields());
  }
}

int main() {
  for (std::string line; std::getline(std::cin, line);)
    std::cout << records_of(nlohmann::json::parse(line).get<std::string>()) << '\n';
  return 0;
}
