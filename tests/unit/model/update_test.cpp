// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/update.hpp"

#include <fmt/format.h>

#include "../../fixtures.hpp"
#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/selection.hpp"

using namespace coinvest;
using List = std::vector<std::string>;

namespace {

Dataset read(const std::string& name, const std::string& rows) {
  return read_bytes(rows, name, {}, {}).value();
}

Update updated(const Dataset& data, const Dataset& newer, std::optional<Day> first_seen = {}) {
  return update(data, newer, first_seen, Identity::safe).value();
}

List lines(const Update& result) {
  List lines;
  for (const Difference& d : result.differences)
    lines.push_back(fmt::format("{} {} [{}] {}: {} -> {} {}", name_of(d.change), d.table, d.id, d.field, d.before,
                                d.after, d.source));
  return lines;
}

/// Rounds with their participants: "r1 Alpha 100 A,B".
List rounds(const Deals& deals) {
  List rounds;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    std::string who;
    for (const InvestorId investor : deals.participants(round)) who += " " + deals.data->name(investor);
    const Amount amount = deals.amount(round);
    rounds.push_back(fmt::format("{} {}{}", deals.data->text(deals.data->rounds.id[index(deals.rounds[round])]),
                                 amount.disclosed() ? format_minor(amount.low) : "?", who));
  }
  return rounds;
}

const std::string header = "round_id,company,investor,date,round,amount,currency,sector,note\n";
const std::string older = header +
                          "r1,Alpha,A,2015-03-01,seed,,,gpu,x\n"
                          "r1,Alpha,B,2015-03-01,seed,,,gpu,\n"
                          "r2,Beta,C,2016,A,100,USD,,\n"
                          "r3,Beta,D,2017-05,B,200,USD,cpu,\n";
// r1 has its amount and one investor more; of r2 nothing is left; r3 has another date, and leaves its sector out.
const std::string newer = header +
                          "r1,ALPHA,A,2015-03-01,seed,50,USD,gpu,y\n"
                          "r1,ALPHA,b,2015-03-01,seed,50,USD,gpu,z\n"
                          "r1,ALPHA,Aa,2015-03-01,seed,50,USD,gpu,\n"
                          "r3,Beta,D,2017-06,B,200,USD,,\n"
                          "r4,Gamma,A,2018-07-01,C,7,EUR,,new\n";

}  // namespace

TEST_CASE("update: what was added, changed, and is gone") {
  const Update result = updated(read("old.csv", older), read("new.csv", newer));
  CHECK(lines(result) == List{
                             "added investors [Aa] :  ->  ",
                             "gone investors [C] :  ->  ",
                             "added companies [Gamma] :  ->  ",
                             "changed rounds [r1] amount:  -> 50 USD new.csv:2",
                             "changed rounds [r3] announced: 2017-05 -> 2017-06 new.csv:5",
                             "added rounds [r4] :  ->  new.csv:6",
                             "gone rounds [r2] :  ->  old.csv:4",
                             "added investments [r1 Aa] :  ->  new.csv:4",
                             "added investments [r4 A] :  ->  new.csv:6",
                             "gone investments [r2 C] :  ->  old.csv:4",
                             "changed investments [r1 A] note: x -> y old.csv:2",
                             "changed investments [r1 B] note:  -> z old.csv:3",
                         });
  const Dataset& data = result.data;
  CHECK(data.investors.name == List{"A", "Aa", "B", "C", "D"});
  CHECK(data.companies.name == List{"Alpha", "Beta", "Gamma"});  // in the spelling that was there
  CHECK(rounds(select(data, {})) == List{"r1 50 A Aa B", "r2 100 C", "r3 200 D", "r4 7 A"});
  CHECK(data.text(data.rounds.sector[2]) == "cpu");  // an empty cell says nothing
  CHECK(data.place(data.rounds.source[0]) == "new.csv:2");
  CHECK(data.place(data.rounds.source[1]) == "old.csv:4");
  // The note on the second investor of r1 moved with it.
  const auto notes = data.attributes_of(entry_of(id_of<ParticipationId>(2)));
  REQUIRE(notes.size() == 1);
  CHECK(data.text(notes[0].value) == "z");
}

TEST_CASE("update: a round whose name is left out keeps what follows from it") {
  const std::string columns = "round_id,company,investor,date,round\n";
  const Update result =
      updated(read("old.csv", columns + "r1,Alpha,A,2015-03-01,Series B\nr2,Alpha,A,2020-03-01,debt\n"),
              read("new.csv", columns + "r1,Alpha,A,2015-03-02,\nr2,Alpha,A,2020-03-01,\n"));
  CHECK(lines(result) == List{"changed rounds [r1] announced: 2015-03-01 -> 2015-03-02 new.csv:2"});
  const Rounds& all = result.data.rounds;
  CHECK(result.data.text(all.stage[0]) == "b");
  CHECK(all.stage_order[0] == read("b.csv", columns + "r1,Alpha,A,2015-03-01,B\n").rounds.stage_order[0]);
  CHECK(all.kind[1] == RoundKind::debt);
}

TEST_CASE("update: the same export again changes nothing") {
  const Dataset data = read("old.csv", older);
  CHECK(lines(updated(data, data)).empty());
  const Update once = updated(data, read("new.csv", newer), fixtures::day("2024-06-30"));
  const Update twice = updated(once.data, read("new.csv", newer), fixtures::day("2025-06-30"));
  // Only what was gone is gone again.
  CHECK(lines(twice) == List{"gone investors [C] :  ->  ", "gone rounds [r2] :  ->  old.csv:4",
                             "gone investments [r2 C] :  ->  old.csv:4"});
  CHECK(twice.data.files.size() == 2);
}

TEST_CASE("update: the world as it was known stays what it was") {
  const Dataset before = read("old.csv", older);
  const Update result = updated(before, read("new.csv", newer), fixtures::day("2024-06-30"));
  Selection then;
  then.known_by = fixtures::day("2024-06-29");
  CHECK(rounds(select(result.data, then)) == rounds(select(before, then)));
  CHECK(rounds(select(result.data, then)) == List{"r1 ? A B", "r2 100 C", "r3 200 D"});
  Selection on_the_day;
  on_the_day.known_by = fixtures::day("2024-06-30");
  CHECK(rounds(select(result.data, on_the_day)) == List{"r1 ? A Aa B", "r2 100 C", "r3 200 D", "r4 7 A"});
  CHECK(rounds(select(result.data, {})) == List{"r1 50 A Aa B", "r2 100 C", "r3 200 D", "r4 7 A"});
}

TEST_CASE("update: what happened after the day of the export is known since it happened") {
  const Update result = updated(read("old.csv", older), read("new.csv", newer), fixtures::day("2018-01-01"));
  CHECK(result.data.rounds.known_on[3] == fixtures::date("2018-07-01"));
}

TEST_CASE("update: rounds without ids are the same by company, date, name and kind") {
  const std::string columns = "company,investor,date,round,amount,currency\n";
  const Update result = updated(read("old.csv", columns + "Alpha,A,2015-03-01,seed,,\n"),
                                read("new.csv", columns + "Alpha,A,2015-03-01,seed,50,USD\nAlpha,A,2016-03-01,A,,\n"));
  CHECK(lines(result) == List{"changed rounds [Alpha 2015-03-01 50] amount:  -> 50 USD new.csv:2",
                              "added rounds [Alpha 2016-03-01 undisclosed] :  ->  new.csv:3",
                              "added investments [Alpha 2016-03-01 undisclosed A] :  ->  new.csv:3"});
  const Update again =
      updated(result.data, read("newest.csv", columns + "Alpha,A,2015-03-01,seed,60,USD\nAlpha,A,2016-03-01,A,,\n"));
  CHECK(lines(again) == List{"changed rounds [Alpha 2015-03-01 60] amount: 50 USD -> 60 USD newest.csv:2"});
}

TEST_CASE("update: the holders of a register's line change as a whole") {
  const auto with = [](std::vector<Stake> after, const std::string& name) {
    DatasetBuilder builder(Identity::safe, Cleaning::standard);
    const FileId file = builder.add_file({name, name, name, 1, 1, "UTF-8"});
    const InvestorId b = builder.investor(std::string_view("B"), {file, 1});
    builder.investor(std::string_view("A"), {file, 1});
    for (Stake& stake : after) stake.holder = b;
    RegisterChange change;
    change.company = builder.company(std::string_view("X"), {file, 1});
    change.date = fixtures::date("2021-05-06"), change.source = {file, 2};
    change.after = std::move(after);
    builder.add_register_change(change);
    return builder.finish().value();
  };
  const Stake some{{}, 100, {}, Currency("CNY"), {}}, more{{}, 200, {}, Currency("CNY"), {}};
  CHECK(lines(updated(with({some}, "old"), with({some}, "new"))).empty());
  const Update result = updated(with({some}, "old"), with({more}, "new"));
  CHECK(lines(result) ==
        List{"changed register_changes [X 2021-05-06 holders] stakes: after B 100 CNY -> after B 200 CNY old:2"});
  REQUIRE(result.data.register_changes[0].after.size() == 1);
  CHECK(result.data.register_changes[0].after[0].subscribed == 200);
}
