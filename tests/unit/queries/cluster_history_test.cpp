// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/cluster_history.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

/// Four who split in 2021, one pair that ends, one that begins.
Dataset planted() {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(
      builder, builder.add_file({"x.csv", "x.csv", "", 9}),
      {"R1 C1 2020-01-01 A B C D E", "R2 C2 2020-05-01 A B C D E", "R3 C3 2020-02-01 P Q", "R4 C4 2021-01-01 A B C",
       "R5 C5 2021-02-01 D E", "R6 C6 2021-03-01 X Y", "R7 C7 2021-04-01 P", "R8 C8 ? A Q"});
  return builder.finish().value();
}

History history_of(const Dataset& data, unsigned threads = 1) {
  HistoryOptions options;
  options.method = find_cluster_method("leiden");
  Context context;
  context.threads = threads;
  const auto windows = panel_windows(fixtures::date("2020").high, fixtures::date("2021").high, 1, 0);
  return cluster_history(data, {}, windows, options, context).value();
}

std::string text(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  return "";
}

TEST_CASE("a community splits, one dies, one is born") {
  const History history = history_of(planted());
  std::vector<std::string> lines;  // year, cluster, event, community, from, size, name
  for (const auto& row : history.events.rows)
    lines.push_back(text(row[1]).substr(0, 4) + " " + text(row[2]) + " " + text(row[3]) + " " + text(row[4]) + " " +
                    text(row[5]) + " " + text(row[6]) + " " + text(row[8]));
  CHECK(lines == std::vector<std::string>{"2020 1 birth 1  5 A, B", "2020 2 birth 2  2 P, Q",
                                          "2021 1 continue 1 1 3 A, B", "2021 2 split 3 1 2 D, E",
                                          "2021 3 birth 4  2 X, Y", "2021  death 2 2 2 P, Q"});
  CHECK(std::get<double>(history.events.rows[2][7]) == Approx(0.6));
  REQUIRE(history.events.notes.size() == 1);
  CHECK_THAT(history.events.notes[0], Catch::Contains("without a date") && Catch::Contains("1"));
}

TEST_CASE("stability is the share of mates kept") {
  const History history = history_of(planted());
  std::map<std::string, double> share;
  for (const auto& row : history.stability.rows) share[text(row[3])] = std::get<double>(row[7]);
  CHECK(share == std::map<std::string, double>{{"A", 0.5}, {"B", 0.5}, {"C", 0.5}, {"D", 0.25}, {"E", 0.25}, {"P", 0}});
}

TEST_CASE("histories do not depend on the number of threads") {
  const Dataset data = planted();
  CHECK(history_of(data, 1).events.rows == history_of(data, 4).events.rows);
  CHECK(history_of(data, 1).stability.rows == history_of(data, 4).stability.rows);
}

}  // namespace
}  // namespace coinvest
