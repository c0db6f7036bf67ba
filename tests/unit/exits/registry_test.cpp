// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registry.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/ingest/read.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

struct Row {
  std::string_view company, when, holder;  ///< holder "": a change of the company
  RegistryChange change;
  std::string details = "", capital = "";
};

Dataset build(const std::vector<Row>& rows) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"r.csv", "r.csv", "", rows.size()});
  std::uint32_t line = 1;
  for (const Row& row : rows) {
    const SourceRow source{file, ++line};
    RegistryRow made;
    made.company = builder.company(row.company, source);
    made.date = fixtures::date(row.when);
    if (!row.holder.empty()) made.shareholder = builder.investor(row.holder, source);
    made.change = row.change;
    made.details = row.details;
    made.capital_change = row.capital;
    made.source = source;
    builder.add_registry(made);
  }
  return builder.finish().value();
}

/// "Holder EVENT [counterpart basis]", in order.
std::vector<std::string> texts(const Dataset& data, const Selection& selection = {}) {
  std::vector<std::string> result;
  for (const RegistryEvent& event : registry_events(select(data, selection))) {
    std::string text = (event.holder ? data.name(*event.holder) : "-") + " " + std::string(name_of(event.event));
    if (!event.counterpart.empty()) text += " " + event.counterpart + " " + std::string(name_of(event.basis));
    result.push_back(text);
  }
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("壁仞, 2023-01-19: two came, one replaced another") {
  const Dataset data = build({
      {"壁仞科技", "2023-01-19", "高瓴裕润", RegistryChange::entered, "", "+2.58%"},
      {"壁仞科技", "2023-01-19", "航瓴昇和", RegistryChange::entered, "", "+2.58%"},
      {"壁仞科技", "2023-01-19", "MSA China Growth Fund", RegistryChange::replacement,
       "replacement (predecessor not named)"},
  });
  CHECK(texts(data) == Texts{"高瓴裕润 INVEST", "航瓴昇和 INVEST", "MSA China Growth Fund REPLACE"});
  const std::vector<RegistryEvent> events = registry_events(select(data, {}));
  CHECK(events.at(0).capital == "+2.58%");
  CHECK(events.at(2).capital.empty());
  for (const RegistryEvent& event : events) {
    CHECK(event.grade == "E2");
    CHECK_FALSE(event.unbalanced);
  }
}

TEST_CASE("what details state as the other side") {
  CHECK(stated_counterpart("new (from 沛县乾曜)") == "沛县乾曜");
  CHECK(stated_counterpart("exit of 2.7074% (to 大胜达)") == "大胜达");
  CHECK(stated_counterpart("partial transfer to 中移基金") == "中移基金");
  CHECK(stated_counterpart("transfer to  X Fund ") == "X Fund");
  for (const std::string_view nothing :
       {"", "new (58% together)", "new (6.93% as of 2025-08)", "increase to 35.87%", "diluted to 30.87%",
        "replacement (predecessor not named)", "new or increased", "capital only", "to 3.5 %", "(to ", "(from )"})
    CHECK(stated_counterpart(nothing) == "");
}

TEST_CASE("each kind of change, and the other side from either row") {
  const Dataset data = build({
      {"Co", "2020-01-01", "A", RegistryChange::left, "exit of 2% (to B)"},
      {"Co", "2020-01-01", "B", RegistryChange::entered},
      {"Co", "2020-01-02", "C", RegistryChange::transfer, "partial transfer to D"},
      {"Co", "2020-01-03", "E", RegistryChange::increase, "increase to 35%"},
      {"Co", "2020-01-03", "F", RegistryChange::dilution},
      {"Co", "2020-01-03", "G", RegistryChange::entered_or_increase},
      {"Co", "2020-01-03", "H", RegistryChange::offer},
      {"Co", "2020-01-04", "", RegistryChange::capital, "capital only", "1 -> 2"},
  });
  CHECK(texts(data) == Texts{"A SECONDARY B stated", "B INVEST A paired", "C TRANSFER D stated", "E INCREASE",
                             "F DILUTION", "G INVEST_OR_INCREASE", "H OFFER", "- CAPITAL"});
}

TEST_CASE("a buyer of several sellers, and a seller known from the buyer's row alone") {
  CHECK(texts(build({{"Co", "2020-01-01", "A", RegistryChange::left, "exit (to B)"},
                     {"Co", "2020-01-01", "B", RegistryChange::entered},
                     {"Co", "2020-01-01", "C", RegistryChange::left, "exit (to B)"}})) ==
        Texts{"A SECONDARY B stated", "B INVEST A; C paired", "C SECONDARY B stated"});
  CHECK(texts(build({{"Co", "2020-01-01", "A", RegistryChange::left},
                     {"Co", "2020-01-01", "B", RegistryChange::entered, "new (from A)"}})) ==
        Texts{"A SECONDARY B paired", "B INVEST A stated"});
}

TEST_CASE("one out and one in is a candidate only if nothing else is said") {
  const Row out{"Co", "2020-01-01", "A", RegistryChange::left};
  const Row in{"Co", "2020-01-01", "B", RegistryChange::entered};
  CHECK(texts(build({out, in})) == Texts{"A REMOVED B candidate", "B INVEST A candidate"});
  Row with_capital = in;
  with_capital.capital = "+2%";
  CHECK(texts(build({out, with_capital})) == Texts{"A REMOVED", "B INVEST"});
  CHECK(texts(build({out, in, {"Co", "2020-01-01", "C", RegistryChange::entered}})) ==
        Texts{"A REMOVED", "B INVEST", "C INVEST"});
  Row later = in;
  later.when = "2020-01-02";
  CHECK(texts(build({out, later})) == Texts{"A REMOVED", "B INVEST"});
}

TEST_CASE("dates and roll-up of the selection apply to register rows") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"r.csv", "r.csv", "", 2});
  builder.add_alias("Vehicle", "House", AliasLevel::manager, "gp", {}, {file, 9});
  builder.add_registry(fixtures::registry_row(builder, {file, 2}, "Co", "2020-01", "Vehicle", RegistryChange::entered));
  builder.add_registry(
      fixtures::registry_row(builder, {file, 3}, "Co", "2021", "某员工持股平台", RegistryChange::left));
  const Dataset data = builder.finish().value();
  CHECK(texts(data) == Texts{"House INVEST", "某员工持股平台 REMOVED"});
  CHECK(name_of(registry_events(select(data, {})).back().label) == "employee platform");
  Selection selection;
  selection.from = fixtures::day("2020-01-01");
  selection.to = fixtures::day("2020-12-31");
  CHECK(texts(data, selection) == Texts{"House INVEST"});
}

namespace {

Dataset read_register(std::string bytes) {
  return read_bytes(std::move(bytes), "register.csv", {}, {}).value();
}

}  // namespace

TEST_CASE("壁仞, 2023-01-19, from the register's own text") {
  const Dataset data =
      read_dataset(std::vector<std::string>{COINVEST_SOURCE_DIR "/tests/data/registry/biren_2023.csv"}, {}, {}).value();
  Texts changes;
  std::int64_t money = 0;
  for (const RegistryEvent& event : registry_events(select(data, {}))) {
    CHECK(event.unbalanced == false);
    CHECK(event.grade == "E2");
    if (event.event == RegistryCode::dilution) continue;
    changes.push_back(data.name(*event.shareholder) + " " + std::string(name_of(event.event)));
    if (event.event == RegistryCode::invest) money += *event.capital_minor;
  }
  CHECK(changes == Texts{"MSA China Fund I REPLACE", "共青城航瓴昇和投资合伙企业(有限合伙) INVEST",
                         "北京高瓴裕润股权投资基金合伙企业(有限合伙) INVEST"});
  CHECK(money == 258'000'000);  // in 1/100 yuan: 2.58 % of 100 million yuan
  CHECK(exit_events(select(data, {})).empty());
}

TEST_CASE("lines of one day are read together, and each once") {
  const Dataset data = read_register(
      "company,date,item,before,after\n"
      "Co,2020-01-02,股东变更,甲公司;乙公司,甲公司;丙公司\n"
      "Co,2020-01-02,出资情况变更,甲公司出资60万元;乙公司出资40万元,甲公司出资60万元;丙公司出资40万元\n"
      "Co,2020-01-02,注册资本变更,100万元,100万元\n"
      "Co,2020-01-03,注册资本变更,100万元,110万元\n"
      "Co,2020-01-04,投资者名称变更,丙公司,丁公司\n");
  CHECK(texts(data) == Texts{"乙公司 SECONDARY 丙公司 candidate", "- CAPITAL", "丙公司 RENAME 丁公司 stated"});
  CHECK(registry_events(select(data, {})).at(1).capital_minor == 10'000'000);
}

TEST_CASE("cap tables are compared with the next one that could be known, under new names, too") {
  const std::string table =
      "company,as_of,holder,subscribed,known_on\nCo,2020-01-01,A,60,\nCo,2020-01-01,B,40,\n"
      "Co,2021-01-01,A,60,2024-01-01\nCo,2021-01-01,C,40,2024-01-01\nCo,2022-01-01,A,60,\nCo,2022-01-01,D,40,\n";
  const Dataset data = read_register(table);
  CHECK(texts(data) == Texts{"B SECONDARY C candidate", "C SECONDARY D candidate"});
  CHECK(format_date(registry_events(select(data, {})).at(0).date) == "2020-01-01..2021-01-01");
  Selection selection;
  selection.known_by = fixtures::day("2023-01-01");
  CHECK(texts(data, selection) == Texts{"B SECONDARY D candidate"});
  selection = {};
  selection.as_of = fixtures::day("2021-06-30");
  CHECK(texts(data, selection) == Texts{"B SECONDARY C candidate"});
}

TEST_CASE("register changes are exits of holders that left altogether, and of no persons") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"r.csv", "r.csv", "", 3});
  fixtures::add_rounds(builder, file, {"R1 Co 2015-01-01 Fund House Other", "R2 Co 2020-03-01 New"});
  builder.add_alias("Vehicle 1", "House", AliasLevel::manager, "gp", {}, {file, 8});
  builder.add_alias("Vehicle 2", "House", AliasLevel::manager, "gp", {}, {file, 9});
  builder.describe_investor(builder.investor("Person", {}), "person", "");
  const auto stake = [&](std::string_view holder, std::int64_t subscribed) {
    return Stake{builder.investor(holder, {}), subscribed * 100, {}, Currency("CNY"), {}};
  };
  RegisterChange change;
  change.company = builder.company("Co", {});
  change.date = fixtures::date("2020-02-01");
  change.before = {stake("Fund", 300),   stake("Vehicle 1", 200), stake("Vehicle 2", 500),
                   stake("Person", 700), stake("Other", 2000),    stake("Last", 9000)};
  change.after = {stake("Vehicle 2", 500), stake("Other", 1000), stake("Last", 9000)};
  builder.add_register_change(change);
  change.date = fixtures::date("2020-02-02");
  change.before = {stake("Last", 9000)};
  change.after = {stake("Last", 9000), stake("New", 100)};
  builder.add_register_change(change);
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  const std::vector<ExitEvent> exits = exit_events(deals);
  REQUIRE(exits.size() == 1);
  CHECK(data.name(*exits[0].investor) == "Fund");
  CHECK(exits[0].code == ExitCode::reduction);
  CHECK(exits[0].grade == Evidence::registry);
  CHECK(exits[0].decisive);
  CHECK(exits[0].entered == fixtures::date("2015-01-01"));
  const std::vector<RegistryEvent> events = registry_events(deals);
  CHECK(events.back().event == RegistryCode::invest);
  REQUIRE(events.back().round);
  CHECK(data.text(data.rounds.id[index(*events.back().round)]) == "R2");
  Selection early;
  early.known_by = fixtures::day("2020-01-31");
  CHECK(exit_events(select(data, early)).empty());
}
