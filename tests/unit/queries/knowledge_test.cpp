// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/knowledge.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

/// Rounds of 2020: K1 by A and, as known in 2022, B; printed then as 70, restated as 50. K2 by A, known in 2021 only.
Dataset known_late() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"late.csv", "late.csv", "", 9});
  const Currency euro("EUR");
  const auto add_round = [&](const char* id, const char* known, std::uint32_t line) {
    RoundInput round;
    round.id = id;
    round.company = "X";
    round.label = id;
    round.announced = fixtures::date("2020-05");
    round.known_on = fixtures::date(known);
    round.amount = Amount::exactly(50'00, euro);
    if (line == 2) round.amount_then = Amount::exactly(70'00, euro);
    round.source = {file, line};
    return builder.add_round(round);
  };
  const auto join = [&](RoundId round, const char* investor, const char* known, std::uint32_t line) {
    ParticipationInput row;
    row.round = round;
    row.investor = investor;
    row.known_on = fixtures::date(known);
    row.source = {file, line};
    builder.add_participation(row);
  };
  const RoundId first = add_round("K1", "2020-05", 2);
  const RoundId second = add_round("K2", "2021-03-31", 3);
  join(first, "A", "?", 4);
  join(first, "B", "2022-06", 5);
  join(second, "A", "?", 6);
  ExitRow exit = fixtures::exit_row(builder, {file, 7}, "X", std::nullopt, "ipo", "2021-01-01");
  exit.known_on = fixtures::date("2021-01-01");
  builder.add_exit(exit);
  RegistryRow entry = fixtures::registry_row(builder, {file, 8}, "X", "2020-06-01", "C", RegistryChange::entered);
  entry.known_on = fixtures::date("2022-01-01");
  builder.add_registry(entry);
  return builder.finish().value();
}

/// The changes as "what subject then now", numbers and dates as written.
std::vector<std::string> changes(const Dataset& data, const KnowledgeQuestion& question) {
  const auto table = knowledge_changes(data, {}, question, {});
  REQUIRE(table);
  std::vector<std::string> lines;
  for (const auto& row : table->rows) {
    std::string line;
    for (std::size_t column = 0; column < 5; ++column) {
      if (const auto* text = std::get_if<std::string>(&row[column])) line += *text;
      if (const auto* number = std::get_if<std::int64_t>(&row[column])) line += std::to_string(*number);
      line += column < 4 ? "|" : "";
    }
    lines.push_back(line);
  }
  return lines;
}

KnowledgeQuestion between(const char* then, std::optional<Day> now) {
  KnowledgeQuestion question;
  question.then = fixtures::day(then);
  question.now = now;
  return question;
}

TEST_CASE("what became known between two days, and what it turns") {
  const Dataset data = known_late();
  const std::vector<std::string> year = changes(data, between("2020-12-31", fixtures::day("2021-12-31")));
  const std::vector<std::string> expected{"answer|rounds|1|2|",
                                          "answer|amount_exact|70|120|",
                                          "answer|amount_low|70|120|",
                                          "answer|amount_high|70|120|",
                                          "answer|deals A|1|2|",
                                          "round|X K2||50|2021-03-31",
                                          "participation|X K2 A|||2021-03-31",
                                          "exit|X ipo|||2021-01-01"};
  CHECK(year == expected);

  // Today is a third day: B, the register, and the restated amount.
  const std::vector<std::string> since = changes(data, between("2021-12-31", {}));
  for (const char* line : {"answer|investors|1|2|", "answer|amount_exact|120|100|", "answer|deals B|0|1|",
                           "amount|X K1|70|50|", "participation|X K1 B|||2022-06", "registry|X INVEST C|||2022-01-01"})
    CHECK(std::find(since.begin(), since.end(), line) != since.end());

  CHECK(changes(data, between("2023-01-01", fixtures::day("2024-01-01"))).empty());
  CHECK(knowledge_changes(data, {}, between("2023-01-01", fixtures::day("2022-01-01")), {}).error().kind ==
        ErrorKind::usage);
}

TEST_CASE("claims and verdicts of silence that knowledge turns") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"f.csv", "f.csv", "", 9});
  fixtures::add_rounds(
      builder, file, {"R1 X 2020-01-01 A B", "R2 Y 2020-02-01 A B", "R3 X 2021-03-01 B", "R4 Y 2021-04-01 B"}, "chips");
  RoundInput late;
  late.id = "R5";
  late.company = "X";
  late.sector = "chips";
  late.announced = fixtures::date("2021-05-01");
  late.known_on = fixtures::date("2022-05-01");
  late.source = {file, 9};
  ParticipationInput of_a;
  of_a.round = builder.add_round(late);
  of_a.investor = "A";
  of_a.source = late.source;
  builder.add_participation(of_a);
  const Dataset data = builder.finish().value();

  KnowledgeQuestion question = between("2021-12-31", {});
  question.silence = SilenceQuestion{"chips", {fixtures::day("2021-01-01"), fixtures::day("2021-12-31")}, {}, {}};
  question.claims = parse_claims(
                        "[[claim]]\nid = 'a'\nstatement = 'A stopped'\nkind = 'rounds'\ninvestor = 'A'\nfrom = 2021\n"
                        "none = true\n[[claim]]\nid = 'b'\nstatement = 'B went on'\nkind = 'rounds'\ninvestor = 'B'\n"
                        "at_least = 1\n",
                        "claims.toml")
                        .value();
  const std::vector<std::string> lines = changes(data, question);
  // A had 2 of 2 deals, the sector 2 in the period then: P(0) = exp(-2) = 0.135.
  for (const char* line :
       {"answer|silence in chips A|too few deals to tell|still investing|", "claim|a: A stopped|holds|fails|"})
    CHECK(std::find(lines.begin(), lines.end(), line) != lines.end());
  CHECK(std::none_of(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("claim|b"); }));
}

}  // namespace
}  // namespace coinvest
