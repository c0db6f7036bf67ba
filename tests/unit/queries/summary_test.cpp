// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/summary.hpp"

#include "catch.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

using tests::cells_of;
using tests::count;
using tests::rows_by;

// Each round of one company and one investor: "A 2020 100 CNY" is company, date, amount, currency.
struct Priced {
  std::string_view company, date;
  Amount amount;
};

Dataset priced(const std::vector<Priced>& rounds) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"a.csv", "a.csv", "", 5});
  std::uint32_t line = 1;
  for (const Priced& row : rounds) {
    RoundInput round;
    round.id = std::to_string(line);
    round.company = row.company;
    round.announced = fixtures::date(row.date);
    round.amount = row.amount;
    round.source = {file, ++line};
    ParticipationInput participation;
    participation.round = builder.add_round(round);
    participation.investor = "Fund";
    participation.source = round.source;
    builder.add_participation(participation);
  }
  return builder.finish().value();
}

const Currency cny("CNY"), usd("USD");

TEST_CASE("nine rounds by year: first rounds, who came and who left") {
  const Dataset data = fixtures::f1();
  const Table table = summary_by(select(data, {}), "year").value();
  CHECK(table.sketched == "rounds");
  auto rows = rows_by(table, "group");
  REQUIRE(rows.size() == 8);
  CHECK(rows["2015"]["first_share"] == Cell{1.0});
  CHECK(rows["2015"]["new_investors"] == count(2));      // A, B
  CHECK(rows["2015"]["leaving_investors"] == count(0));  // both came back
  CHECK(rows["2016"]["first_rounds"] == count(1));       // Beta; a year counts from its first day
  CHECK(rows["2016"]["new_investors"] == count(1));      // C
  CHECK(rows["2017"]["rounds"] == count(2));
  CHECK(rows["2017"]["first_rounds"] == count(0));
  CHECK(rows["2017"]["new_investors"] == count(1));      // D
  CHECK(rows["2019"]["leaving_investors"] == count(2));  // A, C: its undated round says nothing
  CHECK(rows["2020"]["leaving_investors"] == count(0));
  CHECK(rows["2021"]["new_investors"] == count(1));    // E
  CHECK(rows["2021"]["leaving_investors"] == Cell{});  // 18 months before the last fact, 2023-07-01
  CHECK(rows["undated"]["first_share"] == Cell{});
  CHECK(rows["undated"]["new_investors"] == Cell{});

  Selection later;
  later.as_of = fixtures::day("2023-12-31");
  rows = rows_by(summary_by(select(data, later), "year").value(), "group");
  CHECK(rows["2021"]["leaving_investors"] == count(2));  // B, E
  CHECK(rows["2022"]["leaving_investors"] == Cell{});
}

TEST_CASE("what lies before the window counts for what is first") {
  const Dataset data = fixtures::f1();
  Selection window;
  window.from = fixtures::day("2017-01-01");
  window.to = fixtures::day("2019-12-31");
  auto rows = rows_by(summary_by(select(data, window), "year").value(), "group");
  REQUIRE(rows.size() == 2);
  CHECK(rows["2017"]["first_rounds"] == count(0));
  CHECK(rows["2019"]["new_investors"] == count(0));
  rows = rows_by(summary_by(select(data, window), "investor").value(), "group");
  CHECK(rows["A"]["new_companies"] == count(0));
  CHECK(rows["A"]["returning_companies"] == count(2));
}

TEST_CASE("the league table: deals, led, new and returning companies") {
  const Dataset data = fixtures::f1();
  auto rows = rows_by(summary_by(select(data, {}), "investor").value(), "group");
  CHECK(rows["A"]["rounds"] == count(5));
  CHECK(rows["A"]["led"] == count(1));
  CHECK(rows["A"]["new_companies"] == count(2));        // Alpha, Beta; Delta's round has no date
  CHECK(rows["A"]["returning_companies"] == count(2));  // Alpha, Beta
  CHECK(rows["C"]["led"] == count(2));
  CHECK(rows["D"]["new_companies"] == count(2));
  CHECK(rows["D"]["returning_companies"] == count(1));  // Alpha

  const Dataset silent = priced({{"A", "2020", {}}});
  rows = rows_by(summary_by(select(silent, {}), "investor").value(), "group");
  CHECK(rows["Fund"]["led"] == Cell{});  // nobody says who led
}

TEST_CASE("rates make one sum of two currencies, and leave what they do not reach") {
  const Dataset data = priced({{"A", "2020-05-01", Amount::exactly(100'00, cny)},
                               {"B", "2020-06-01", Amount::exactly(10'00, usd)},
                               {"C", "2021-06-01", Amount::exactly(50'00, cny)},
                               {"D", "2020-07-01", Amount::at_least(20'00, cny)}});
  const Deals deals = select(data, {});
  auto cells = cells_of(summary(deals, {}).value(), 0);
  CHECK(cells["currency"] == Cell{std::string("CNY")});
  CHECK(cells["amount_exact"] == count(150));
  CHECK(cells["other_currency"] == count(1));

  Rates rates(usd);
  REQUIRE(rates.add(cny, fixtures::date("2020"), parse_rate("0.15").value()));
  cells = cells_of(summary(deals, {}, rates).value(), 0);
  CHECK(cells["currency"] == Cell{std::string("USD")});
  CHECK(cells["amount_exact"] == count(25));
  CHECK(cells["amount_low"] == count(28));
  CHECK(cells["amount_high"] == Cell{});
  CHECK(cells["other_currency"] == count(1));
  const auto rows = rows_by(summary_by(deals, "year", rates).value(), "group");
  CHECK(rows.at("2020").at("amount_low") == count(28));
  CHECK(rows.at("2021").at("other_currency") == count(1));
}

TEST_CASE("sums that leave 64 bits are an error") {
  Rates rates(usd);
  REQUIRE(rates.add(cny, {}, parse_rate("9000").value()));
  const Dataset data = priced(
      {{"A", "2020", Amount::exactly(Amount::largest, cny)}, {"B", "2020", Amount::exactly(Amount::largest, cny)}});
  const auto made = summary(select(data, {}), {}, rates);
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == ErrorKind::limit);
  CHECK_FALSE(summary_by(select(data, {}), "year", rates));
}

TEST_CASE("graduation: who came to a later stage, how soon, and who may yet") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"a.csv", "a.csv", "", 5});
  std::uint32_t line = 1;
  const auto add = [&](std::string_view company, std::string_view stage, std::int16_t order, std::string_view date) {
    RoundInput round;
    round.id = std::to_string(line);
    round.company = company;
    round.stage = stage;
    round.stage_order = order;
    round.announced = fixtures::date(date);
    round.source = {file, ++line};
    builder.add_round(round);
  };
  add("A", "seed", 10, "2015-01-01");
  add("A", "seed", 10, "2015-03-02");  // the next round after 60 days, of the same stage
  add("A", "a", 20, "2016-01-01");
  add("B", "seed", 10, "2015-01-01");
  add("B", "unknown", 0, "2015-04-11");  // 100 days, and no stage
  add("C", "seed", 10, "2019-01-01");    // 12 months before the end
  add("D", "a", 20, "2014-01-01");
  add("D", "seed", 10, "2015-01-01");  // backwards is no graduation
  add("E", "a", 20, "?");
  add("F", "b", 30, "2020-01-01");
  const Dataset data = builder.finish().value();
  auto rows = rows_by(graduation(select(data, {})), "stage");
  REQUIRE(rows.size() == 3);
  CHECK(rows["seed"]["companies"] == count(4));
  CHECK(rows["seed"]["graduated"] == count(1));
  CHECK(rows["seed"]["share"] == Cell{0.25});
  CHECK(rows["seed"]["recent"] == count(1));
  CHECK(rows["seed"]["with_next"] == count(2));
  CHECK(rows["seed"]["median_days"] == count(100));
  CHECK(rows["a"]["companies"] == count(2));
  CHECK(rows["a"]["graduated"] == count(0));
  CHECK(rows["a"]["median_days"] == count(365));
  CHECK(rows["b"]["median_days"] == Cell{});

  Selection early;  // what came after the window still counts
  early.to = fixtures::day("2015-02-01");
  early.stages = {"seed"};
  rows = rows_by(graduation(select(data, early)), "stage");
  REQUIRE(rows.size() == 1);
  CHECK(rows["seed"]["companies"] == count(3));
  CHECK(rows["seed"]["graduated"] == count(1));
  CHECK(rows["seed"]["recent"] == count(0));  // B has waited until 2020
}

TEST_CASE("graduation: stages of one place stand by their names, whatever the order of the rows") {
  const auto table_of = [](const std::vector<std::string_view>& stages) {
    DatasetBuilder builder(Identity::safe, Cleaning::standard);
    const FileId file = builder.add_file({"a.csv", "a.csv", "", 3});
    std::uint32_t line = 1;
    for (const std::string_view stage : stages) {
      RoundInput round;
      round.id = stage;
      round.company = stage;
      round.stage = stage;
      round.stage_order = 10;
      round.announced = fixtures::date("2015");
      round.source = {file, ++line};
      builder.add_round(round);
    }
    const Dataset data = builder.finish().value();
    return graduation(select(data, {})).rows;
  };
  const auto rows = table_of({"angel", "pre_seed", "seed"});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0][0] == Cell{std::string("angel")});
  CHECK(table_of({"seed", "angel", "pre_seed"}) == rows);
}

}  // namespace
}  // namespace coinvest
