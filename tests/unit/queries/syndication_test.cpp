// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/syndication.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

struct Made {
  Dataset data;
  Deals deals;
  Coinvestment graph;

  explicit Made(Dataset read) : data(std::move(read)), deals(select(data, {})) {
    graph = build_coinvestment(deals, build_bipartite(deals), {}, Context{}).value();
  }
};

double value_of(const Table& table, const std::string& measure) {
  for (const auto& row : table.rows)
    if (std::get<std::string>(row[0]) == measure) return std::get<double>(row[1]);
  throw std::out_of_range(measure);
}

TEST_CASE("nine rounds: how many are shared") {
  const Made made(fixtures::f1());
  const Table table = syndication_table(made.deals, made.graph);
  // R3, R6 and R9 have one investor; Gamma has one, Alpha, Beta and Delta have several; of seven ties AB and AC repeat.
  CHECK(value_of(table, "round_syndication_rate") == Approx(6.0 / 9));
  CHECK(value_of(table, "sole_investor_rate") == Approx(3.0 / 9));
  CHECK(value_of(table, "company_syndication_rate") == Approx(3.0 / 4));
  CHECK(value_of(table, "mean_round_size") == Approx(17.0 / 9));
  CHECK(value_of(table, "largest_round") == 3);
  CHECK(value_of(table, "repeat_partner_rate") == Approx(2.0 / 7));

  const Table of_each = syndicators_table(made.deals, made.graph);
  REQUIRE(of_each.rows.size() == 5);
  // A has most rounds: R1, R2, R4, R5, R8, all shared; partners B, C, E, of which B and C again.
  CHECK(of_each.rows[0][1] == Cell{std::string("A")});
  CHECK(of_each.rows[0][2] == Cell{std::int64_t{5}});
  CHECK(of_each.rows[0][4] == Cell{1.0});
  CHECK(of_each.rows[0][7] == Cell{std::int64_t{3}});
  CHECK(of_each.rows[0][8] == Cell{std::int64_t{2}});
}

TEST_CASE("unnamed investors share a round, too, and rounds of nobody do not count") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 4}),
                       {"R1 C1 2020 A", "R2 C1 2021 A", "R3 C2 2021 A", "R4 C3 2021"});
  builder.add_unknown_participant(*builder.find_round("R1"));
  builder.mark_incomplete(*builder.find_round("R2"));
  const Made made(builder.finish().value());
  const Table table = syndication_table(made.deals, made.graph);
  CHECK(value_of(table, "round_syndication_rate") == Approx(2.0 / 3));
  CHECK(value_of(table, "sole_investor_rate") == Approx(1.0 / 3));
  CHECK(value_of(table, "mean_round_size") == 1);
  CHECK(value_of(table, "company_syndication_rate") == 0);
  CHECK(table.rows.back()[1] == Cell{});  // no ties
  CHECK_THAT(table.notes.back(), Catch::Contains("not counted: 1"));
}

}  // namespace
}  // namespace coinvest
