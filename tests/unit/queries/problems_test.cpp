// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/problems.hpp"

#include <algorithm>

#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

using tests::rows_by;

Dataset read(const std::string& text) {
  return read_bytes(text, "deals.csv", {}, {}).value();
}

std::vector<const Problem*> of_kind(const std::vector<Problem>& problems, ProblemKind kind) {
  std::vector<const Problem*> found;
  for (const Problem& problem : problems)
    if (problem.kind == kind) found.push_back(&problem);
  return found;
}

TEST_CASE("rejected rows are given back as they stand in the file") {
  const Dataset data = read(
      "company,investor,date\r\n"
      "A,Fund,2020-01-01\r\n"
      "\"B, \"\"the\"\" second\",,2020\r\n"
      "C,Fund\r\n"
      ",Fund,2020-03-01");
  const Table table = rejects_table(data);
  REQUIRE(table.rows.size() == 3);
  CHECK(table.columns.back().name == "row");
  CHECK(table.rows[0].back() == Cell{std::string("\"B, \"\"the\"\" second\",,2020")});
  CHECK(table.rows[1].back() == Cell{std::string("C,Fund")});
  CHECK(table.rows[2].back() == Cell{std::string(",Fund,2020-03-01")});
  CHECK(table.rows[2][1] == Cell{std::int64_t{5}});
}

TEST_CASE("a row whose date stands in the next cell looks shifted") {
  const Dataset data = read(
      "company,investor,date,sector\n"
      "A,Fund,2020-01-01,chips\n"
      "B,Fund,chips,2020-01-02\n"
      "C,2020-01-03,Fund,chips\n"
      "D,Fund,chips,chips\n");
  const auto shifted = of_kind(data.problems, ProblemKind::shifted_columns);
  REQUIRE(shifted.size() == 2);
  CHECK(shifted[0]->where.line == 3);
  CHECK(shifted[1]->where.line == 4);
  CHECK(of_kind(data.problems, ProblemKind::bad_date).size() == 3);
}

TEST_CASE("amounts a hundred times away from the median of ten peers") {
  std::string text = "company,investor,date,round,amount,currency\n";
  for (int peer = 0; peer < 9; ++peer) text += "P" + std::to_string(peer) + ",Fund,2020-02-03,A,1000,USD\n";
  const Dataset nine = read(text + "X,Fund,2020-02-03,B,1,USD\n");
  CHECK(of_kind(findings(nine), ProblemKind::unusual_amount).empty());
  text +=
      "Q,Fund,2020-02-03,A,100000,USD\n"  // exactly a hundred times
      "R,Fund,2020-02-03,A,100100,USD\n"
      "S,Fund,2020-02-03,A,9,USD\n"
      "T,Fund,2020-02-03,B,9,USD\n"
      "U,Fund,2021-02-03,A,9,USD\n"
      "V,Fund,2020-02-03,A,9,CNY\n";
  const std::vector<Problem> found = findings(read(text));
  const auto unusual = of_kind(found, ProblemKind::unusual_amount);
  REQUIRE(unusual.size() == 2);
  CHECK(unusual[0]->where.line == 12);
  CHECK(unusual[1]->where.line == 13);
}

TEST_CASE("names on both sides, and names much like another") {
  const std::vector<Problem> found =
      findings(read("company,investor,date\n"
                    "Acme Inc,Braemar Energy,2020\n"
                    "Beta,ACME,2020\n"
                    "Gamma,Braemer Energy,2020\n"
                    "Delta,Horizon,2020\n"));
  const auto both = of_kind(found, ProblemKind::both_sides);
  REQUIRE(both.size() == 1);
  CHECK(both[0]->where.line == 3);
  const auto variants = of_kind(found, ProblemKind::variant_name);
  REQUIRE(variants.size() == 1);
  CHECK(variants[0]->where.line == 4);
}

TEST_CASE("kinds are counted with their share, dates of the first of a day alone") {
  auto rows = rows_by(problem_kinds_table(read("company,investor,date\n"
                                               "A,Fund,2020-01-01\n"
                                               "B,Fund,2020-03-01\n"
                                               "C,Fund,2020-03-02\n"
                                               "D,Fund,2020-03\n"
                                               "E,,2020\n")),
                      "kind");
  REQUIRE(rows.size() == 3);
  CHECK(rows["missing_name"]["effect"] == Cell{std::string("rejected")});
  CHECK(rows["missing_name"]["share"] == Cell{0.2});
  CHECK(rows["first_of_january"]["count"] == tests::count(1));
  CHECK(rows["first_of_january"]["rows"] == tests::count(3));
  CHECK(rows["first_of_month"]["count"] == tests::count(2));
}

}  // namespace
}  // namespace coinvest
