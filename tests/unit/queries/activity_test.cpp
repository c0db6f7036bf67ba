// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/activity.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

TEST_CASE("nine rounds: deals, leads and months since the last deal") {
  const Dataset data = fixtures::f1();
  Selection selection;
  selection.as_of = fixtures::day("2023-12-31");
  auto rows = tests::rows_by(activity(select(data, selection)).value(), "name");
  REQUIRE(rows.size() == 5);
  CHECK(rows["A"]["deals"] == Cell{std::int64_t{5}});  // R1, R2, R4, R5, R8
  CHECK(rows["A"]["leads"] == Cell{std::int64_t{1}});
  CHECK(rows["C"]["leads"] == Cell{std::int64_t{2}});
  CHECK(rows["A"]["months"] == Cell{std::int64_t{59}});
  CHECK(rows["D"]["months"] == Cell{std::int64_t{19}});
  CHECK(rows["D"]["band"] == Cell{std::string("18_and_more")});
  CHECK(rows["A"]["unknown_amounts"] == Cell{std::int64_t{5}});
  CHECK(rows["A"]["usd_low"] == Cell{});
  selection.as_of = fixtures::day("2023-05-20");
  rows = tests::rows_by(activity(select(data, selection)).value(), "name");
  CHECK(rows["D"]["band"] == Cell{std::string("12_to_17")});
  selection.as_of = fixtures::day("2023-05-19");
  rows = tests::rows_by(activity(select(data, selection)).value(), "name");
  CHECK(rows["D"]["band"] == Cell{std::string("under_12")});
}

TEST_CASE("dollars add up as intervals; unknown amounts and other currencies are counted apart") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"a.csv", "a.csv", "", 5});
  std::uint32_t line = 1;
  const auto add = [&](std::string_view company, std::string_view investor, const Amount& amount) {
    RoundInput round;
    round.id = company;
    round.company = company;
    round.announced = fixtures::date("2020");
    round.amount = amount;
    round.source = {file, ++line};
    ParticipationInput participation;
    participation.round = builder.add_round(round);
    participation.investor = investor;
    participation.source = round.source;
    builder.add_participation(participation);
  };
  const Currency usd("USD");
  add("W", "A", Amount::exactly(1'000'050, usd));
  add("X", "A", {100, 200, Precision::range, usd});
  add("Y", "A", Amount::exactly(500, Currency("CNY")));
  add("Z", "A", {});
  add("V", "B", Amount::at_least(700, usd));
  const Dataset data = builder.finish().value();
  auto rows = tests::rows_by(activity(select(data, {})).value(), "name");
  CHECK(rows["A"]["usd_low"] == Cell{10'001.5});
  CHECK(rows["A"]["usd_high"] == Cell{10'002.5});
  CHECK(rows["A"]["usd_rounds"] == Cell{std::int64_t{2}});
  CHECK(rows["A"]["unknown_amounts"] == Cell{std::int64_t{1}});
  CHECK(rows["A"]["other_currency"] == Cell{std::int64_t{1}});
  CHECK(rows["B"]["usd_low"] == Cell{std::int64_t{7}});
  CHECK(rows["B"]["usd_high"] == Cell{});
}

}  // namespace
}  // namespace coinvest
