// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/ingest/read.hpp"

/// Whatever the bytes, reading ends with a sound data set or an error that says something, and does so again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  if (size == 0) return 0;
  ReadOptions options;
  options.cleaning = (data[0] & 1) != 0 ? Cleaning::raw : Cleaning::standard;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto read = read_bytes(bytes, "x", options, {});
  const auto again = read_bytes(bytes, "x", options, {});
  if (read.has_value() != again.has_value()) std::abort();
  if (!read) {
    if (read.error().message.empty() || read.error().message != again.error().message) std::abort();
    return 0;
  }
  const Participations& rows = read->participations;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (index(rows.round[i]) >= read->rounds.size() || index(rows.investor[i]) >= read->investors.size()) std::abort();
    if (i > 0 && rows.round[i] < rows.round[i - 1]) std::abort();
  }
  for (const CompanyId company : read->rounds.company) {
    if (index(company) >= read->companies.size()) std::abort();
  }
  if (read->investors.name != again->investors.name || read->companies.name != again->companies.name) std::abort();
  if (read->problems.size() != again->problems.size()) std::abort();
  return 0;
}
