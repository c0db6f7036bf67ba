// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "coinvest/queries/summary.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

using tests::count;
using tests::rows_by;

const Currency usd("USD"), cny("CNY");
const Amount unsaid;

Amount dollars(std::int64_t major) {
  return Amount::exactly(major * 100, usd);
}

struct Worth {
  std::string_view company, date;
  Amount amount, pre_money, post_money;
};

Dataset valued(const std::vector<Worth>& rounds) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"a.csv", "a.csv", "", 5});
  std::uint32_t line = 1;
  for (const Worth& row : rounds) {
    RoundInput round;
    round.id = std::to_string(line);
    round.company = row.company;
    round.announced = fixtures::date(row.date);
    round.amount = row.amount, round.pre_money = row.pre_money, round.post_money = row.post_money;
    round.source = {file, ++line};
    builder.add_round(round);
  }
  return builder.finish().value();
}

/// The only row.
auto row_of(const Dataset& data, const Selection& selection = {}) {
  Table table = steps(select(data, selection)).value();
  REQUIRE(table.rows.size() == 1);
  table.columns.insert(table.columns.begin(), {"all"});
  table.rows[0].insert(table.rows[0].begin(), Cell{"all"});
  return rows_by(table, "all")["all"];
}

// In the order of companies and dates, with the multiples by hand.
const std::vector<Worth> five_companies{
    {"A", "2015-01-01", dollars(2), unsaid, dollars(10)},
    {"A", "2016-01-01", dollars(5), unsaid, dollars(25)},  // (25 − 5) / 10 = 2: up
    {"A", "2016-06-01", dollars(5), unsaid, unsaid},       // no valuation: passed over
    {"A", "2017-01-01", dollars(5), dollars(25), unsaid},  // 25 / 25 = 1: flat; 30 with the money
    {"A", "2018-01-01", unsaid, unsaid, dollars(24)},      // at most 24 / 30 = 0.8: down
    {"A", "2019-01-01", unsaid, unsaid, dollars(40)},      // from 0 to 40 / 24: undecided
    {"B", "2015-01-01", unsaid, dollars(10), unsaid},
    {"B", "2016-01-01", unsaid, Amount::exactly(1000, cny), unsaid},  // not compared
    {"C", "2015", dollars(1), unsaid, dollars(10)},
    {"C", "2015-06", dollars(1), unsaid, dollars(20)},     // before or after the one above: undecided, no multiple
    {"C", "2017-01-01", dollars(1), dollars(30), unsaid},  // from 30 / 20 to 30 / 10: up all the same
    {"D", "2015-01-01", dollars(1), dollars(9), dollars(10)},
    {"E", "?", dollars(1), dollars(9), dollars(10)},
    {"E", "2017-01-01", dollars(1), dollars(9), dollars(10)},
};

}  // namespace

TEST_CASE("steps: up, flat, down or undecided, and the multiples, by hand") {
  auto row = row_of(valued(five_companies));
  CHECK(row["steps"] == count(7));
  CHECK(row["up"] == count(2));
  CHECK(row["flat"] == count(1));
  CHECK(row["down"] == count(1));
  CHECK(row["undecided"] == count(2));
  CHECK(row["other_currency"] == count(1));
  CHECK(row["exact"] == count(2));               // 1, 2
  CHECK(row["median"] == Cell{2.0});             // the upper one
  CHECK(row["median_low"] == Cell{1.0});         // 0, 0, 1, 1.5, 2
  CHECK(row["median_high"] == Cell{40.0 / 24});  // 0.8, 1, 40 / 24, 2, 3
}

TEST_CASE("steps: groups are those of the later rounds, and what was before the window counts") {
  const Dataset data = valued(five_companies);
  auto rows = rows_by(steps(select(data, {}), "year").value(), "group");
  REQUIRE(rows.size() == 5);
  CHECK(rows["2015"]["undecided"] == count(1));
  CHECK(rows["2015"]["median_high"] == Cell{});
  CHECK(rows["2016"]["steps"] == count(2));
  CHECK(rows["2016"]["other_currency"] == count(1));
  CHECK(rows["2017"]["up"] == count(1));
  CHECK(rows["2017"]["median"] == Cell{1.0});
  Selection late;
  late.from = fixtures::day("2018-01-01");
  CHECK(row_of(data, late)["steps"] == count(2));
  CHECK(row_of(data, late)["down"] == count(1));
  CHECK(steps(select(data, {}), "nothing").error().kind == ErrorKind::usage);
}

TEST_CASE("steps: intervals decide only what they leave no doubt about") {
  const auto direction = [](const Amount& before, const Amount& after) {
    auto row = row_of(valued({{"A", "2015", unsaid, unsaid, before}, {"A", "2016", unsaid, after, unsaid}}));
    for (const std::string name : {"up", "flat", "down", "undecided"})
      if (row[name] == count(1)) return name;
    return std::string();
  };
  const auto range = [](std::int64_t low, std::int64_t high) { return Amount{low, high, Precision::range, usd}; };
  CHECK(direction(range(10, 20), range(21, 30)) == "up");
  CHECK(direction(range(10, 20), range(20, 30)) == "undecided");
  CHECK(direction(range(10, 20), range(1, 9)) == "down");
  CHECK(direction(range(10, 20), range(10, 20)) == "undecided");
  CHECK(direction(dollars(10), Amount::at_least(1001, usd)) == "up");
  CHECK(direction(Amount::at_least(10, usd), dollars(5)) == "undecided");
  CHECK(direction(Amount::at_least(1000, usd), dollars(5)) == "down");
}

TEST_CASE("steps: none without valuations, and none from contradictory ones") {
  auto row = row_of(valued({{"A", "2015", dollars(1), unsaid, unsaid}, {"A", "2016", dollars(1), unsaid, unsaid}}));
  CHECK(row["steps"] == count(0));
  CHECK(row["median"] == Cell{});
  // More money than the company was worth with it, and two currencies in one round.
  row = row_of(valued({{"A", "2015", unsaid, dollars(5), unsaid}, {"A", "2016", dollars(9), unsaid, dollars(4)}}));
  CHECK(row["down"] == count(1));  // at most 4 / 5, as if the money were unknown
  row = row_of(
      valued({{"A", "2015", unsaid, dollars(5), unsaid}, {"A", "2016", unsaid, dollars(9), Amount::exactly(4, cny)}}));
  CHECK(row["steps"] == count(0));
}

}  // namespace coinvest
