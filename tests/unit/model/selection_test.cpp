// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/selection.hpp"

#include <set>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;
using fixtures::day;

namespace {

std::set<std::string> round_ids(const Deals& deals) {
  std::set<std::string> ids;
  for (const RoundId round : deals.rounds) ids.insert(deals.data->text(deals.data->rounds.id[index(round)]));
  return ids;
}

Deals select_dates(const Dataset& data, const char* from, const char* to, PartialDate rule = PartialDate::strict) {
  Selection selection;
  selection.from = day(from);
  selection.to = date(to).high;
  selection.partial_date = rule;
  return select(data, selection);
}

std::vector<std::string> participants(const Deals& deals, std::size_t position) {
  std::vector<std::string> names;
  for (const InvestorId investor : deals.participants(position)) names.push_back(deals.data->name(investor));
  return names;
}

}  // namespace

TEST_CASE("windows take whole intervals, inclusive at both ends") {
  const Dataset data = fixtures::f1();
  CHECK(round_ids(select(data, {})).size() == 9);
  CHECK(round_ids(select_dates(data, "2015", "2019")) == std::set<std::string>{"R1", "R2", "R3", "R4", "R5"});
  CHECK(round_ids(select_dates(data, "2016", "2020")) == std::set<std::string>{"R2", "R3", "R4", "R5", "R6"});
  CHECK(round_ids(select_dates(data, "2017", "2021")) == std::set<std::string>{"R2", "R3", "R5", "R6", "R7"});

  const Deals bounded = select_dates(data, "2016-06-01", "2019");
  CHECK(bounded.left_out.undated == 1);
  CHECK(bounded.left_out.ambiguous_dates == 1);  // R4, dated 2016
  CHECK_FALSE(round_ids(bounded).contains("R4"));
  CHECK(round_ids(select_dates(data, "2016-06-01", "2019", PartialDate::overlap)).contains("R4"));
  CHECK(round_ids(select_dates(data, "2016-06-01", "2019", PartialDate::mid)).contains("R4"));
  CHECK_FALSE(round_ids(select_dates(data, "2016-07-02", "2019", PartialDate::mid)).contains("R4"));
}

TEST_CASE("as-of leaves later rounds out and is the default upper bound of nothing") {
  const Dataset data = fixtures::f1();
  Selection selection;
  selection.as_of = day("2019-01-10");  // the undated round stays: as-of is no window
  CHECK(round_ids(select(data, selection)) == std::set<std::string>{"R1", "R2", "R3", "R4", "R5", "R8"});
  CHECK(last_day(select(data, {})) == day("2023-07-01"));  // the listing
  selection.as_of = day("2023-06-30");
  CHECK(last_day(select(data, selection)) == day("2022-05-20"));
  CHECK_FALSE(last_day(select(Dataset{}, {})));
}

TEST_CASE("known-by sees the rows and amounts of its day") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  const auto add = [&](std::string id, DateInterval announced, DateInterval known_on) {
    RoundInput round;
    round.id = std::move(id);
    round.company = "C";
    round.announced = announced;
    round.known_on = known_on;
    round.amount = Amount::exactly(1100, Currency("CNY"));
    round.amount_then = Amount::exactly(1500, Currency("CNY"));
    round.source = {file, 2};
    return builder.add_round(round);
  };
  const RoundId then = add("then", date("2022-12"), {});
  add("later", date("2020-09"), date("2025-06"));
  add("undated", {}, {});
  for (const auto& [name, known] : {std::pair{"Old", DateInterval{}}, std::pair{"Hidden", date("2025-06-30")}}) {
    ParticipationInput participation;
    participation.round = then;
    participation.investor = name;
    participation.known_on = known;
    builder.add_participation(participation);
  }
  const Dataset data = builder.finish().value();

  const Deals today = select(data, {});
  CHECK(today.size() == 3);
  CHECK(today.amount(0).low == 1100);
  CHECK(participants(today, 0) == std::vector<std::string>{"Hidden", "Old"});

  Selection selection;
  selection.known_by = day("2023-03-23");
  const Deals past = select(data, selection);
  REQUIRE(past.size() == 1);
  CHECK(past.amount(0).low == 1500);
  CHECK(participants(past, 0) == std::vector<std::string>{"Old"});
  CHECK(past.left_out.not_yet_known == 2);
  CHECK(past.left_out.unknown_then == 1);

  selection.known_by = day("2022-12-30");  // a month counts from its end
  CHECK(select(data, selection).size() == 0);
  selection.known_by = day("2022-12-31");
  CHECK(select(data, selection).size() == 1);
  selection.known_by = day("2025-06-30");
  CHECK(select(data, selection).size() == 2);
}

TEST_CASE("roll-up joins vehicles of one house, by date and level") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  fixtures::add_rounds(builder, file, {"R1 C 2020-01-01 FundI* FundII Other", "R2 C 2022-01-01 FundI"});
  const SourceRow source{file, 9};
  builder.add_alias("FundI", "HouseOld", AliasLevel::manager, "gp", {Day::min(), day("2020-12-31")}, source);
  builder.add_alias("FundI", "HouseNew", AliasLevel::manager, "gp", {day("2021-01-01"), Day::max()}, source);
  builder.add_alias("FundII", "HouseOld", AliasLevel::manager, "gp", {}, source);
  builder.add_alias("HouseOld", "Group", AliasLevel::group, "gp", {}, source);
  const Dataset data = builder.finish().value();

  const Deals managers = select(data, {});
  CHECK(managers.rollup == Rollup::manager);
  CHECK(participants(managers, 0) == std::vector<std::string>{"HouseOld", "Other"});
  CHECK(managers.leads[0] == Lead::yes);
  CHECK(managers.left_out.collapsed == 1);
  CHECK(participants(managers, 1) == std::vector<std::string>{"HouseNew"});

  Selection selection;
  selection.rollup = Rollup::group;
  CHECK(participants(select(data, selection), 0) == std::vector<std::string>{"Group", "Other"});
  selection.rollup = Rollup::none;
  CHECK(participants(select(data, selection), 0) == std::vector<std::string>{"FundI", "FundII", "Other"});
}

TEST_CASE("an alias that belongs to two at the same time is noted, and the first counts") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  fixtures::add_rounds(builder, file, {"R1 C 2020-06-01 Fund"});
  const DateInterval until_2020{Day::min(), day("2020-12-31")}, from_2021{day("2021-01-01"), Day::max()};
  builder.add_alias("Fund", "Zeta", AliasLevel::manager, "", until_2020, {file, 3});
  builder.add_alias("Fund", "Later", AliasLevel::manager, "", from_2021, {file, 4});
  builder.add_alias("Fund", "Group", AliasLevel::group, "", {}, {file, 5});
  builder.add_alias("Fund", "Zeta", AliasLevel::manager, "", {}, {file, 6});
  builder.add_alias("Fund", "Alpha", AliasLevel::manager, "", until_2020, {file, 7});
  const Dataset data = builder.finish().value();
  std::vector<std::string> told;
  for (const Problem& problem : data.problems)
    if (problem.kind == ProblemKind::ambiguous_alias) told.push_back(data.place(problem.where) + " " + problem.text);
  CHECK(told ==
        std::vector<std::string>{"x.csv:6 Fund is Zeta here, but Later in line 4 for the same time: the first counts",
                                 "x.csv:7 Fund is Alpha here, but Zeta in line 3 for the same time: the first counts"});
  CHECK(participants(select(data, {}), 0) == std::vector<std::string>{"Zeta"});
}

TEST_CASE("an alias circle ends") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  fixtures::add_rounds(builder, file, {"R1 C 2020-01-01 X"});
  builder.add_alias("X", "Y", AliasLevel::manager, "", {}, {file, 3});
  builder.add_alias("Y", "X", AliasLevel::manager, "", {}, {file, 4});
  const Dataset data = builder.finish().value();
  CHECK(participants(select(data, {}), 0).size() == 1);
}

TEST_CASE("sectors, grades and kinds filter rounds, each counted") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  builder.describe_company(builder.company("C", {file, 1}), "GPU", "CN", "", {});
  const auto add = [&](std::string id, RoundKind kind, Grade grade, std::string_view sector) {
    RoundInput round;
    round.id = std::move(id);
    round.company = "C";
    round.kind = kind;
    round.grade = grade;
    round.sector = sector;
    builder.add_round(round);
  };
  add("primary", RoundKind::primary, Grade::A, "");
  add("listing", RoundKind::ipo, Grade::A, "");
  add("weak", RoundKind::primary, Grade::C, "");
  add("ungraded", RoundKind::primary, Grade::ungraded, "cpu");
  const Dataset data = builder.finish().value();

  CHECK(round_ids(select(data, {})) == std::set<std::string>{"primary", "ungraded", "weak"});
  Selection selection;
  selection.min_grade = Grade::B;
  selection.kinds = {};
  CHECK(round_ids(select(data, selection)) == std::set<std::string>{"listing", "primary", "ungraded"});
  CHECK(select(data, selection).left_out.grade == 1);
  selection = {};
  selection.sectors = {"gpu"};
  CHECK(round_ids(select(data, selection)) == std::set<std::string>{"primary", "weak"});
  selection.sectors = {"gpu", "CPU"};
  CHECK(select(data, selection).size() == 3);
}
