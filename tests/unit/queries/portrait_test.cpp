// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/portrait.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/model/called.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

std::map<std::string, Table> by_name(const std::vector<Table>& tables) {
  std::map<std::string, Table> result;
  for (const Table& table : tables) result.emplace(table.name, table);
  return result;
}

struct World {
  Dataset data = fixtures::f1();
  Deals deals = select(data, {});
  Bipartite bipartite = build_bipartite(deals);
  Coinvestment graph = build_coinvestment(deals, bipartite, {}, {}).value();

  std::map<std::string, Table> investor(std::string_view name, std::vector<const Measure*> also = {}) {
    return by_name(investor_portrait(deals, bipartite, graph, investor_called(data, name).value(), also, {}).value());
  }
};

TEST_CASE("an investor's deals, ranks, partners and exits stand in one place") {
  World world;
  auto tables = world.investor("A");
  auto facts = tests::rows_by(tables["overview"], "what");
  CHECK(facts["rounds"]["value"] == tests::count(5));  // R1, R2, R4, R5, R8
  CHECK(facts["led"]["value"] == tests::count(1));
  CHECK(facts["companies"]["value"] == tests::count(3));
  CHECK(facts["first_deal"]["value"] == Cell{std::string("2015-03-01")});
  CHECK(facts["last_deal"]["value"] == Cell{std::string("2019-01-10")});
  CHECK(facts["companies_listed_or_sold"]["value"] == tests::count(2));  // of Alpha, Beta, Delta
  CHECK(facts["exit_rate"]["value"] == Cell{2.0 / 3});

  auto held = tests::rows_by(tables["portfolio"], "company");
  CHECK(held.size() == 3);
  CHECK(held["Alpha"]["rounds"] == tests::count(2));
  CHECK(held["Alpha"]["exit"] == Cell{std::string("IPO")});
  CHECK(held["Beta"]["exit"] == Cell{std::string("MA_FULL")});
  CHECK(held["Delta"]["exit"] == Cell{});

  auto partners = tests::rows_by(tables["partners"], "partner");  // AB2 AC3 AE1
  CHECK(partners.size() == 3);
  CHECK(partners["B"]["shared_rounds"] == tests::count(2));
  CHECK(partners["C"]["shared_rounds"] == tests::count(3));
  CHECK(partners["E"]["shared_rounds"] == tests::count(1));

  // Degrees of the bipartite graph: A 3 B 4 C 2 D 2 E 1; of ties: A 3 B 4 C 2 D 2 E 3.
  const Table& ranks = tables["ranks"];
  REQUIRE(ranks.rows.size() == 5);
  CHECK(tests::cells_of(ranks, 0)["value"] == Cell{3.0});
  CHECK(tests::cells_of(ranks, 0)["rank"] == tests::count(2));
  CHECK(tests::cells_of(ranks, 0)["of"] == tests::count(5));
  CHECK(tests::cells_of(ranks, 1)["value"] == Cell{3.0});
  CHECK(tests::cells_of(ranks, 1)["rank"] == tests::count(2));
}

TEST_CASE("a measure that was asked for is ranked on every graph that has it, none twice") {
  World world;
  const auto tables = world.investor("A", {find_measure("degree"), find_measure("betweenness")});
  const Table& ranks = tables.at("ranks");
  REQUIRE(ranks.rows.size() == 7);
  CHECK(tests::cells_of(ranks, 5)["measure"] == Cell{std::string("betweenness")});
  CHECK(tests::cells_of(ranks, 5)["graph"] == Cell{std::string("bipartite")});
  CHECK(tests::cells_of(ranks, 6)["graph"] == Cell{std::string("coinvest")});
}

TEST_CASE("the rounds that an investor missed are those that its rate counts") {
  World world;
  auto tables = world.investor("B");
  const auto facts = tests::rows_by(tables["overview"], "what");
  const auto opportunities = std::get<std::int64_t>(facts.at("follow_on_opportunities").at("value"));
  const double rate = std::get<double>(facts.at("follow_on_rate").at("value"));
  const auto missed = static_cast<double>(tables["missed_rounds"].rows.size());
  CHECK(missed == Approx(static_cast<double>(opportunities) * (1 - rate)));
  CHECK(missed > 0);
  CHECK(tables["missed_rounds"].columns.front().name == "company");
}

TEST_CASE("a company's rounds, investors and events") {
  World world;
  auto tables = by_name(company_portrait(world.deals, company_called(world.data, "Alpha").value()));
  auto facts = tests::rows_by(tables["overview"], "what");
  CHECK(facts["rounds"]["value"] == tests::count(4));
  CHECK(facts["investors"]["value"] == tests::count(4));
  auto investors = tests::rows_by(tables["investors"], "name");
  CHECK(investors.size() == 4);
  CHECK(investors["D"]["rounds"] == tests::count(2));
  CHECK(investors["C"]["led"] == tests::count(1));
  CHECK(investors["C"]["exit"] == Cell{std::string("IPO")});
  CHECK(tables["rounds"].rows.size() == 4);
  CHECK(tests::cells_of(tables["rounds"], 0)["led_by"] == Cell{std::string("A")});
  CHECK_FALSE(tables["exits"].rows.empty());
}

TEST_CASE("an investor without a selected round has an overview that says so") {
  World world;
  world.deals = select(world.data, [] {
    Selection selection;
    selection.from = fixtures::day("2021-01-01");
    return selection;
  }());
  world.bipartite = build_bipartite(world.deals);
  world.graph = build_coinvestment(world.deals, world.bipartite, {}, {}).value();
  const auto tables = world.investor("A");
  REQUIRE(tables.size() == 1);
  CHECK(tables.at("overview").notes.size() == 1);
}

}  // namespace
}  // namespace coinvest
