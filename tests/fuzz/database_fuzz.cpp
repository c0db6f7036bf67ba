// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "../fixtures.hpp"
#include "coinvest/ingest/database.hpp"

namespace {

using namespace coinvest;

std::string good_database() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 1, 1, "UTF-8"});
  fixtures::add_rounds(builder, file, {"R1 Alpha 2015-03-01 A* B", "R2 Beta ? C", "R3 Alpha 2016 A"});
  builder.add_exit(fixtures::exit_row(builder, {file, 5}, "Alpha", "A", "ipo", "2020"));
  builder.add_attribute(entry_of(RoundId{0}), "note", "x");
  builder.add_problem(ProblemKind::bad_row, {file, 6}, "", "x");
  return database_bytes(builder.finish().value(), "x.db", {}).value();
}

}  // namespace

/// The input is a database as a whole, or changes of a good one: triples of bytes, two of which say where and one what.
/// Whatever is read can be written, and is read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string good = good_database();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (!is_database(bytes)) {
    bytes = good;
    for (std::size_t at = 0; at + 3 <= size; at += 3) {
      // Pages begin with what leads to the rest: half of the changes go there.
      const std::size_t where = data[at] * 256U + data[at + 1];
      const std::size_t place = data[at] % 2 == 0 ? where % bytes.size() : where * 4096 % bytes.size() + where % 64;
      bytes[place] = static_cast<char>(data[at + 2]);
    }
  }
  const auto read = read_database(bytes, "x.db", {});
  if (!read) {
    if (read.error().message.empty()) std::abort();
    return 0;
  }
  const std::string written = database_bytes(*read, "x.db", {}).value();
  if (database_bytes(read_database(written, "x.db", {}).value(), "x.db", {}).value() != written) std::abort();
  return 0;
}
