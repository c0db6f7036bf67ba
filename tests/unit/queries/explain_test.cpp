// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/explain.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/leave_one_out.hpp"
#include "coinvest/queries/ranking.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

const std::vector<std::string_view> all_lines{
    "R1 Alpha 2015-03-01 A* B",  "R2 Alpha 2017-06-15 C* A", "R3 Alpha 2017-06-15 D",      "R4 Beta 2016 A C",
    "R5 Beta 2019-01-10 C* A B", "R6 Gamma 2020-12-31 B*",   "R7 Delta 2021-01-01 D* B E", "R8 Delta ? A E",
    "R9 Alpha 2022-05-20 D B"};

/// The data set of these lines, or of all but one of them, as if it were not in the file.
Dataset read(std::optional<std::size_t> without = {}) {
  std::vector<std::string_view> lines = all_lines;
  if (without) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(*without));
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"deals.csv", "deals.csv", "", lines.size()}), lines);
  return builder.finish().value();
}

const Table& named(const std::vector<Table>& tables, std::string_view name) {
  for (const Table& table : tables)
    if (table.name == name) return table;
  throw std::runtime_error("no such table");
}

Cell value_of(const std::vector<Table>& tables, const std::string& what) {
  return tests::rows_by(named(tables, "number"), "what").at(what).at("value");
}

/// The rows of left_out by the line of their round.
std::map<std::string, tests::NamedCells> left_out(const std::vector<Table>& tables) {
  return tests::rows_by(named(tables, "left_out"), "sources");
}

std::string place(std::size_t line) {
  return "deals.csv:" + std::to_string(line + 2);
}

std::vector<Table> pair_of(const Dataset& data, const TieOptions& options, std::uint64_t most = 100) {
  const Deals deals = select(data, {});
  return explain_pair(deals, options, investor_called(data, "A").value(), investor_called(data, "C").value(), most, {})
      .value();
}

TEST_CASE("a round left out gives the number that the data without its line give") {
  const Dataset data = read();
  for (const TieBy by : {TieBy::round, TieBy::company, TieBy::window})
    for (const TieWeight weight : {TieWeight::binary, TieWeight::count, TieWeight::newman, TieWeight::jaccard,
                                   TieWeight::overlap, TieWeight::cosine, TieWeight::lift, TieWeight::recency}) {
      TieOptions options;
      options.by = by;
      options.days = 900;
      options.weight = weight;
      const auto tables = pair_of(data, options);
      const double now = std::get<double>(value_of(tables, "weight"));
      const auto moving = left_out(tables);
      for (std::size_t line = 0; line < all_lines.size(); ++line) {
        const double then = std::get<double>(value_of(pair_of(read(line), options), "weight"));
        INFO(line);
        CHECK(moving.contains(place(line)) == (then != now));
        if (!moving.contains(place(line))) continue;
        CHECK(moving.at(place(line)).at("without") == Cell{then});
        CHECK(moving.at(place(line)).at("change") == Cell{then - now});
      }
    }
}

std::vector<Table> rank_of(const Dataset& data, std::string_view measure_name, bool company, std::uint64_t most,
                           const Context& context = {}) {
  const Measure* measure = find_measure(measure_name);
  const Deals deals = select(data, {});
  const auto rank = [&](const Deals& rest, const Context& inside) {
    const Bipartite graph = build_bipartite(rest);
    return ranking({graph, *rest.data}, std::span(&measure, 1), company ? RankedSide::companies : RankedSide::investors,
                   Normalised::no, {}, inside);
  };
  Ranked who;
  if (company)
    who.company = company_called(data, "Delta").value();
  else
    who.investor = investor_called(data, "E").value();
  return explain_rank(deals, *measure, who, rank, most, context).value();
}

TEST_CASE("a rank without a round is the one of the data without its line") {
  const Dataset data = read();
  for (const bool company : {false, true})
    for (const char* measure : {"degree", "betweenness", "harmonic", "pagerank"}) {
      const auto tables = rank_of(data, measure, company, 100);
      const auto moving = left_out(tables);
      std::size_t same = 0;
      for (std::size_t line = 0; line < all_lines.size(); ++line) {
        INFO(measure << " " << line);
        const Dataset rest = read(line);
        const auto then = rank_of(rest, measure, company, 1);
        const bool moves =
            value_of(then, "rank") != value_of(tables, "rank") ||
            ranked(std::get<double>(value_of(then, measure))) != ranked(std::get<double>(value_of(tables, measure)));
        REQUIRE(moving.contains(place(line)) == moves);
        if (!moves) {
          ++same;
          continue;
        }
        CHECK(moving.at(place(line)).at("rank_without") == value_of(then, "rank"));
        CHECK(moving.at(place(line)).at("without") == value_of(then, measure));
      }
      CHECK(moving.size() + same == all_lines.size());
    }
}

TEST_CASE("an investor whose only round is left out has no rank any more") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"deals.csv", "deals.csv", "", 2}),
                       {"R1 Alpha 2015 A E", "R2 Beta 2016 A B"});
  const Dataset data = builder.finish().value();
  const auto tables = rank_of(data, "degree", false, 100);
  const auto gone = left_out(tables).at(place(0));
  CHECK(gone.at("without") == Cell{});
  CHECK(gone.at("rank_without") == Cell{});
  CHECK(gone.at("rank_change") == Cell{});
}

TEST_CASE("the nearest rounds are tried first, and what was not tried is said") {
  const Dataset data = read();
  const auto tables = rank_of(data, "degree", false, 2);  // E took part in R7 and R8
  const Table& table = named(tables, "left_out");
  REQUIRE(table.notes.size() == 2);
  CHECK(table.notes[0] == "2 of 9 rounds were left out, one at a time, the nearest first; 1 of them changes nothing");
  CHECK(table.notes[1] == "7 rounds were not tried: what they would change is not known");
  REQUIRE(table.rows.size() == 1);  // without R7 D has one company, too, and E is no longer behind it
  const auto row = tests::cells_of(table, 0);
  CHECK(row.at("near") == Cell{std::string("own")});
  CHECK(row.at("change") == Cell{0.0});
  CHECK(row.at("rank_change") == tests::count(-1));
}

TEST_CASE("rounds that cannot move a tie are not tried") {
  const Dataset data = read();
  const auto tables = pair_of(data, {});
  const Table& by_count = named(tables, "left_out");  // R6 and R7 have neither A nor C, nor a company of both
  CHECK(by_count.notes == std::vector<std::string>{
                              "7 of 9 rounds were left out, one at a time, the nearest first; 4 of them change nothing",
                              "2 rounds cannot change it"});
  TieOptions options;
  options.weight = TieWeight::lift;
  CHECK(named(pair_of(data, options), "left_out").notes.size() == 1);
}

TEST_CASE("left out by one thread or by four, the answer is the same") {
  const Dataset data = read();
  Context four;
  four.threads = 4;
  CHECK(named(rank_of(data, "betweenness", false, 100), "left_out").rows ==
        named(rank_of(data, "betweenness", false, 100, four), "left_out").rows);
}

TEST_CASE("a tie's number has its rule, its rows and what it is made of") {
  const Dataset data = read();
  const auto tables = pair_of(data, {});
  CHECK(value_of(tables, "weight") == Cell{3.0});  // R2, R4, R5
  CHECK(value_of(tables, "shared_rounds") == tests::count(3));
  CHECK(value_of(tables, "rounds_of_a") == tests::count(5));
  CHECK(value_of(tables, "rounds_of_b") == tests::count(3));
  CHECK(value_of(tables, "rounds_in_all") == tests::count(9));
  CHECK(value_of(tables, "weight_is") == Cell{std::string("how many rounds both share")});
  const auto rounds = tests::rows_by(named(tables, "rounds"), "sources");
  CHECK(rounds.size() == 3);
  CHECK(rounds.at("deals.csv:6").at("b") == Cell{std::string("led")});
}

TEST_CASE("without a tie there is nothing to leave out") {
  const Dataset data = read();
  const auto tables = explain_pair(select(data, {}), {}, investor_called(data, "C").value(),
                                   investor_called(data, "E").value(), 100, {})
                          .value();
  CHECK(tables.size() == 2);
  CHECK(value_of(tables, "weight") == Cell{0.0});
  CHECK(named(tables, "rounds").rows.empty());
  const InvestorId one = investor_called(data, "C").value();
  CHECK(explain_pair(select(data, {}), {}, one, one, 100, {}).error().kind == ErrorKind::usage);
}

TEST_CASE("an exit has its event, its row and the reason why it decides") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const auto of = [&](const char* company, const char* investor) {
    return explain_exit(deals, company_called(data, company).value(), investor_called(data, investor).value());
  };
  auto tables = of("Gamma", "B");  // R6, and the register's row of 2022-09-30
  CHECK(value_of(tables, "exit") == Cell{std::string("REMOVED")});
  CHECK(value_of(tables, "grade") == Cell{std::string("E2")});
  CHECK(value_of(tables, "entered") == Cell{std::string("2020-12-31")});
  CHECK(value_of(tables, "source") == Cell{std::string("f1.csv:20")});
  CHECK(named(tables, "rounds").rows.size() == 1);
  CHECK(tests::cells_of(named(tables, "events"), 0)["decides"] == Cell{true});

  tables = of("Beta", "B");  // the company was bought on 2021-03-31
  CHECK(value_of(tables, "grade") == Cell{std::string("E1")});
  tables = of("Delta", "A");
  CHECK(named(tables, "events").rows.empty());
  CHECK(named(tables, "number").notes == std::vector<std::string>{"no event is known"});

  const auto alone = explain_exit(deals, company_called(data, "Beta").value(), {});
  CHECK(named(alone, "events").rows.size() == 1);  // not again for each investor
  CHECK(value_of(alone, "investors") == tests::count(3));
}

}  // namespace
}  // namespace coinvest
