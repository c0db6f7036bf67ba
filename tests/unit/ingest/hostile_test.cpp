// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <map>
#include <set>

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/ingest/csv.hpp"
#include "coinvest/ingest/read.hpp"

using namespace coinvest;

namespace {

const std::string data_folder = COINVEST_SOURCE_DIR "/tests/data/";
const std::string hostile_folder = data_folder + "hostile/";

/// One row of expected.csv.
struct Expected {
  std::string outcome, kind, rounds, participations, rejected, problems;
};

std::map<std::string, Expected> expectations(const std::string& folder) {
  const std::string text = read_file(folder + "expected.csv").value();
  auto reader = CsvReader::open(text, "expected.csv").value();
  REQUIRE(reader.next().value());
  std::map<std::string, Expected> rows;
  while (reader.next().value()) {
    const auto f = reader.fields();
    REQUIRE(f.size() == 7);
    rows[std::string(f[0])] = {std::string(f[1]), std::string(f[2]), std::string(f[3]),
                               std::string(f[4]), std::string(f[5]), std::string(f[6])};
  }
  return rows;
}

/// `bad_amount=1 bad_date=2`, by name.
std::string summary(const Dataset& data) {
  std::map<std::string, int> counts;
  for (const Problem& problem : data.problems) ++counts[std::string(name_of(problem.kind))];
  std::string text;
  for (const auto& [kind, count] : counts) text += (text.empty() ? "" : " ") + kind + "=" + std::to_string(count);
  return text;
}

/// Reads every file of a folder and holds it to its row in expected.csv; returns their names.
std::set<std::string> check_files(const std::string& folder) {
  auto expected = expectations(folder);
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() != "expected.csv") files.insert(entry.path().filename().string());
  }
  for (const std::string& file : files) {
    CAPTURE(file);
    REQUIRE(expected.contains(file));
    const Expected& row = expected[file];
    const std::vector<std::string> paths{folder + file};
    const auto data = read_dataset(paths, {}, {});
    CHECK((data ? "ok" : "error") == row.outcome);
    if (data) {
      CHECK(std::to_string(data->rounds.size()) == row.rounds);
      CHECK(std::to_string(data->participations.size()) == row.participations);
      CHECK(std::to_string(std::ranges::count_if(data->problems, is_rejection, &Problem::kind)) == row.rejected);
      CHECK(summary(*data) == row.problems);
    } else {
      CHECK(name_of(data.error().kind) == row.kind);
      CHECK(data.error().where.file == folder + file);
      CHECK_FALSE(data.error().message.empty());
    }
    expected.erase(file);
  }
  for (const auto& [file, row] : expected) FAIL_CHECK("expected.csv has a row for " << file << ", which is not there");
  return files;
}

}  // namespace

TEST_CASE("hostile files: each has a row, and gets what it says") {
  CHECK(check_files(hostile_folder).size() > 100);
}

TEST_CASE("shapes of CSV: each has a row, gets what it says, and is told of") {
  const std::string told = read_file(COINVEST_SOURCE_DIR "/docs/security.md").value();
  for (const std::string& file : check_files(data_folder + "shapes/")) {
    CAPTURE(file);
    CHECK(told.find(file) != std::string::npos);
  }
}

TEST_CASE("hostile files: errors of encoding say what to try") {
  const std::vector<std::pair<std::string, std::string_view>> hints{{"e03_gbk_euro_0x80.csv", "--encoding (cp936)"},
                                                                    {"e06_utf16le_nobom.csv", "--encoding utf-16le"},
                                                                    {"e08_big5.csv", "big5"},
                                                                    {"e09_shift_jis.csv", "shift_jis"}};
  for (const auto& [file, hint] : hints) {
    CAPTURE(file);
    const std::vector<std::string> paths{hostile_folder + file};
    CHECK(read_dataset(paths, {}, {}).error().message.find(hint) != std::string::npos);
  }
  ReadOptions big5;
  big5.encoding = "big5";
  CHECK(read_dataset(std::vector<std::string>{hostile_folder + "e08_big5.csv"}, big5, {}).has_value());
}
