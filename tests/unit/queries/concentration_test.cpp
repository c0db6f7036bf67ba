// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/concentration.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

Cell count(std::int64_t value) {
  return value;
}

/// A holds three chips and a cloud, B two chips, C one company of no sector; chip makers are C1 to C3.
DatasetBuilder portfolio() {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 9});
  fixtures::add_rounds(builder, file, {"R1 C1 2020 A B", "R2 C2 2020 A B", "R3 C3 2021 A"}, "Chips");
  fixtures::add_rounds(builder, file, {"R4 C4 2020 A", "R5 C4 2021 A"}, "cloud");
  fixtures::add_rounds(builder, file, {"R6 C5 2020 C"});
  return builder;
}

TEST_CASE("the sum of squared shares, over companies of a known sector") {
  auto builder = portfolio();
  const Dataset data = builder.finish().value();
  auto rows = tests::rows_by(concentration_table(select(data, {}), SpreadOver::sector), "name");
  CHECK(rows["A"]["companies"] == count(4));
  CHECK(rows["A"]["hhi"] == Cell{0.75 * 0.75 + 0.25 * 0.25});
  CHECK(rows["A"]["largest"] == Cell{std::string("Chips")});
  CHECK(rows["A"]["largest_share"] == Cell{0.75});
  CHECK(rows["B"]["hhi"] == Cell{1.0});
  CHECK(rows["C"]["hhi"] == Cell{});
  CHECK(rows["C"]["known"] == count(0));
  CHECK(rows["A"]["top3_capital_share"] == Cell{});
}

TEST_CASE("the stage is that of the earliest round of the investor in the company") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 4});
  std::uint32_t line = 1;
  const auto add = [&](std::string_view company, std::string_view label, std::string_view date) {
    RoundInput round;
    round.id = std::string(company) + std::string(label);
    round.company = company;
    round.stage = label;
    round.announced = fixtures::date(date);
    round.source = {file, ++line};
    ParticipationInput participation;
    participation.round = builder.add_round(round);
    participation.investor = "A";
    participation.source = round.source;
    builder.add_participation(participation);
  };
  add("C1", "b", "2021");
  add("C1", "a", "2020");
  add("C2", "a", "2022");
  add("C2", "seed", "?");
  const Dataset data = builder.finish().value();
  auto rows = tests::rows_by(concentration_table(select(data, {}), SpreadOver::stage), "name");
  CHECK(rows["A"]["groups"] == count(1));  // both times a
  CHECK(rows["A"]["hhi"] == Cell{1.0});
}

TEST_CASE("disclosed capital: the three largest companies, in the commonest currency, vehicles of a house together") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 9});
  std::uint32_t line = 1;
  const Currency usd("USD"), cny("CNY");
  const auto add = [&](std::string_view company, std::string_view investor, const Amount& amount) {
    RoundInput round;
    round.id = company;
    round.company = company;
    round.announced = fixtures::date("2020");
    round.source = {file, ++line};
    ParticipationInput participation;
    const auto known = builder.find_round(company);
    participation.round = known ? *known : builder.add_round(round);
    participation.investor = investor;
    participation.amount = amount;
    participation.source = round.source;
    builder.add_participation(participation);
  };
  add("C1", "A", Amount::exactly(400, usd));
  add("C2", "A", Amount::exactly(300, usd));
  add("C3", "A", Amount::at_least(200, usd));
  add("C4", "A", Amount::exactly(50, usd));
  add("C4", "A Fund II", Amount::exactly(50, usd));
  add("C5", "A", Amount::exactly(9000, cny));
  add("C6", "A", Amount{});
  builder.add_alias("A Fund II", "A", AliasLevel::fund, "", {}, {file, 9});
  const Dataset data = builder.finish().value();
  auto rows = tests::rows_by(concentration_table(select(data, {}), SpreadOver::sector), "name");
  REQUIRE(rows.size() == 1);
  CHECK(std::get<double>(rows["A"]["top3_capital_share"]) == Approx(900.0 / 1000));
  CHECK(rows["A"]["capital_companies"] == count(4));
  CHECK(rows["A"]["currency"] == Cell{std::string("USD")});
}

TEST_CASE("who holds the same, and who holds rivals") {
  auto builder = portfolio();
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  auto same = tests::rows_by(portfolio_overlap(deals, "a").value(), "name");  // by match key
  REQUIRE(same.size() == 1);
  CHECK(same["B"]["shared"] == count(2));
  CHECK(same["B"]["jaccard"] == Cell{2.0 / 4});
  CHECK(same["B"]["share_of_theirs"] == Cell{1.0});
  CHECK(same["B"]["shared_companies"] == Cell{std::string("C1; C2")});
  CHECK(portfolio_overlap(deals, "C")->rows.empty());

  auto rivals = tests::rows_by(rival_overlap(deals, "C1").value(), "name");
  REQUIRE(rivals.size() == 2);
  CHECK(rivals["A"]["rivals"] == count(2));
  CHECK(rivals["A"]["share"] == Cell{0.5});
  CHECK(rivals["A"]["holds"] == Cell{true});
  CHECK(rivals["B"]["rival_companies"] == Cell{std::string("C2")});
  CHECK(rival_overlap(deals, "C4")->rows.empty());

  CHECK(rival_overlap(deals, "C5").error().kind == ErrorKind::input);
  CHECK_THAT(rival_overlap(deals, "C9").error().message, Catch::Contains("did you mean C1?"));
  CHECK_THAT(portfolio_overlap(deals, "nobody at all").error().message, Catch::Contains("no investor is called"));
}

}  // namespace
}  // namespace coinvest
