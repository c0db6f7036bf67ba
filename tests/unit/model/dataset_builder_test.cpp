// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/dataset_builder.hpp"

#include <algorithm>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;

namespace {

std::size_t count(const Dataset& data, ProblemKind kind) {
  return static_cast<std::size_t>(
      std::count_if(data.problems.begin(), data.problems.end(), [&](const Problem& p) { return p.kind == kind; }));
}

Dataset read(const std::vector<std::string_view>& rounds, Identity identity, Cleaning cleaning) {
  DatasetBuilder builder(identity, cleaning);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  fixtures::add_rounds(builder, file, rounds);
  return builder.finish().value();
}

}  // namespace

TEST_CASE("names come out sorted and spellings are joined, the most frequent kept") {
  const std::vector<std::string_view> rounds{"R1 Zeta 2020 acme Beta", "R2 Zeta 2021 ACME", "R3 Eta 2022 ACME"};
  const Dataset safe = read(rounds, Identity::safe, Cleaning::standard);
  CHECK(safe.investors.name == std::vector<std::string>{"ACME", "Beta"});
  CHECK(safe.companies.name == std::vector<std::string>{"Eta", "Zeta"});
  CHECK(count(safe, ProblemKind::merged_name) == 1);
  const Dataset exact = read(rounds, Identity::exact, Cleaning::standard);
  CHECK(exact.investors.name == std::vector<std::string>{"ACME", "Beta", "acme"});
  CHECK(count(exact, ProblemKind::merged_name) == 0);
  CHECK(find_investor(exact, "acme") == id_of<InvestorId>(2));
  CHECK_FALSE(find_investor(exact, "nobody"));
}

TEST_CASE("a participation is counted once and keeps its lead and source") {
  const Dataset data = read({"R1 C 2020 A A* B"}, Identity::safe, Cleaning::standard);
  REQUIRE(data.participations.size() == 2);
  CHECK(data.participations.lead[0] == Lead::yes);
  CHECK(count(data, ProblemKind::duplicate_row) == 1);
  CHECK(data.place(data.participations.source[0]) == "x.csv:2");
}

TEST_CASE("a company does not invest in itself unless the input is taken raw") {
  const std::vector<std::string_view> rounds{"R1 Acme 2020 Acme B"};
  const Dataset cleaned = read(rounds, Identity::safe, Cleaning::standard);
  CHECK(cleaned.participations.size() == 1);
  CHECK(cleaned.rounds.size() == 1);
  CHECK(count(cleaned, ProblemKind::self_investment) == 1);
  CHECK(read(rounds, Identity::exact, Cleaning::raw).participations.size() == 2);
}

TEST_CASE("rounds without ids are known by company, date, name and amount") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  const auto add = [&](std::int64_t amount, std::string_view investor, std::uint32_t line) {
    RoundInput round;
    round.company = "C";
    round.announced = date("2020-01-01");
    if (amount != 0) round.amount = Amount::exactly(amount, Currency("USD"));
    round.source = {file, line};
    ParticipationInput participation;
    participation.round = builder.add_round(round);
    participation.investor = investor;
    participation.source = {file, line};
    builder.add_participation(participation);
  };
  add(100, "A", 2);
  add(100, "B", 3);
  add(200, "A", 4);
  add(0, "A", 5);
  const Dataset data = builder.finish().value();
  // 100 with A and B; 200 with A; the silent one repeats the second, not the first.
  REQUIRE(data.rounds.size() == 2);
  CHECK(count(data, ProblemKind::restated_round) == 1);
  CHECK(data.participations.size() == 3);
  CHECK(data.text(data.rounds.id[0]) == "C 2020-01-01 1");
}

TEST_CASE("an empty data set is a data set") {
  const Dataset data = DatasetBuilder(Identity::safe, Cleaning::standard).finish().value();
  CHECK(data.investors.size() == 0);
  CHECK(data.texts == std::vector<std::string>{""});
}
