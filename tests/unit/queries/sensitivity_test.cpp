// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/sensitivity.hpp"

#include "catch.hpp"
#include "coinvest/queries/sources.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

/// By hand: A and B share R1; C holds Alpha with both, and shares R3 with D, which may lie before the window.
Dataset example() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(
      builder, builder.add_file({"deals.csv", "deals.csv", "", 4}),
      {"R1 Alpha 2015-03-01 A* B", "R2 Alpha 2016-01-01 C", "R3 Beta 2015 C D", "R4 Gamma 2016-02-01 A"});
  return builder.finish().value();
}

Deals window_of(const Dataset& data, PartialDate dates) {
  Selection selection;
  selection.from = fixtures::day("2015-02-01");
  selection.to = fixtures::day("2016-12-31");
  selection.partial_date = dates;
  return select(data, selection);
}

/// name: rank low-high absent | the eight ranks, "." where there is none.
std::string line_of(const std::vector<Cell>& row) {
  const auto number = [](const Cell& cell) {
    return std::holds_alternative<std::int64_t>(cell) ? std::to_string(std::get<std::int64_t>(cell)) : ".";
  };
  std::string line = std::get<std::string>(row.at(2)) + ":";
  for (std::size_t at = 0; at < row.size(); ++at)
    if (at != 1 && at != 2) line += " " + number(row[at]);
  return line;
}

TEST_CASE("ranks of the first investors under eight choices") {
  const Dataset data = example();
  const Table strict = sensitivity_table(window_of(data, PartialDate::strict), {}, 20, {}).value();
  REQUIRE(strict.rows.size() == 3);
  CHECK(line_of(strict.rows[0]) == "A: 1 1 2 0 1 1 1 1 1 2 1 2");
  CHECK(line_of(strict.rows[1]) == "B: 1 1 2 0 1 1 1 1 1 2 1 2");
  CHECK(line_of(strict.rows[2]) == "C: 3 1 3 0 3 1 3 1 1 1 1 1");
  const Table overlap = sensitivity_table(window_of(data, PartialDate::overlap), {}, 20, {}).value();
  REQUIRE(overlap.rows.size() == 4);
  CHECK(line_of(overlap.rows[3]) == "D: 1 1 4 4 . 1 . 1 . 4 . 4");
  CHECK(sensitivity_table(window_of(data, PartialDate::overlap), {}, 2, {}).value().rows.size() == 2);
}

TEST_CASE("a variant of too many ties has no ranks, and a note tells") {
  const Dataset data = example();
  TieOptions ties;
  ties.max_ties = 1;
  const Table table = sensitivity_table(window_of(data, PartialDate::strict), ties, 20, {}).value();
  CHECK(line_of(table.rows[2]) == "C: 3 3 3 6 3 . 3 . . . . .");
  CHECK(table.notes.size() == 4);  // of choices that make no difference, the first tells
}

TEST_CASE("the rows behind investors, companies and rounds") {
  const Dataset data = example();
  const Deals deals = window_of(data, PartialDate::overlap);
  const Bipartite graph = build_bipartite(deals);
  const auto sources = [](const Table& table) {
    std::vector<std::string> texts;
    for (const auto& row : table.rows) texts.push_back(std::get<std::string>(row.back()));
    return texts;
  };
  const Table investors = investor_sources(deals, graph, {}).value();
  CHECK(sources(investors) ==
        std::vector<std::string>{"deals.csv:2, 5", "deals.csv:2", "deals.csv:3-4", "deals.csv:4"});
  CHECK(investors.rows[0][4] == Cell{std::int64_t{1}});
  CHECK(sources(company_sources(deals, graph, {}).value()) ==
        std::vector<std::string>{"deals.csv:2-3", "deals.csv:4", "deals.csv:5"});
  CHECK(round_sources(deals).rows.size() == 4);
}

}  // namespace
}  // namespace coinvest
