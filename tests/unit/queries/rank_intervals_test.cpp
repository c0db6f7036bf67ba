// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/rank_intervals.hpp"

#include <tuple>

#include "catch.hpp"
#include "coinvest/queries/ranking.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

Dataset data_of(const std::vector<std::string_view>& lines) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"deals.csv", "deals.csv", "", lines.size()}), lines);
  return builder.finish().value();
}

/// Investors by the number of their companies, or by a measure of leads.
Result<Table> rank_by(std::string_view measure, const Deals& deals, const Context& context) {
  const Bipartite graph = build_bipartite(deals);
  const std::vector<const Measure*> wanted{find_measure(measure)};
  if (wanted.front()->graphs != DefinedOn::coinvest)
    return ranking({graph, *deals.data}, wanted, RankedSide::investors, Normalised::no, {}, context);
  const Coinvestment ties = build_coinvestment(deals, graph, {}, context).value();
  return ranking({ties, *deals.data}, wanted, RankedSide::investors, Normalised::no, {}, context);
}

Table intervals(const Dataset& data, const Selection& selection, std::string_view measure, std::uint64_t draws,
                unsigned threads = 1, std::vector<LikelyPair> pairs = {}) {
  const Deals deals = select(data, selection);
  const auto rank = [&](const Deals& drawn, const Context& context) { return rank_by(measure, drawn, context); };
  Context context;
  context.threads = threads;
  return with_rank_intervals(rank(deals, context).value(), deals, rank, {draws, std::move(pairs)}, context).value();
}

/// Name, rank, rank_low, rank_high of a row.
std::vector<std::string> row_of(const Table& table, std::size_t row) {
  const auto number = [](const Cell& cell) {
    return std::holds_alternative<std::int64_t>(cell) ? std::to_string(std::get<std::int64_t>(cell)) : "";
  };
  const auto& cells = table.rows.at(row);
  return {std::get<std::string>(cells[2]), number(cells[0]), number(cells[cells.size() - 2]), number(cells.back())};
}

Selection year(int y) {
  Selection selection;
  selection.from = fixtures::day(std::to_string(y) + "-01-01");
  selection.to = fixtures::day(std::to_string(y) + "-12-31");
  return selection;
}

TEST_CASE("on exact data an interval is a point") {
  const Dataset data = data_of({"R1 Alpha 2015-03-01 A* B", "R2 Beta 2015-04-01 A*", "R3 Gamma 2016-01-01 B*"});
  const Table table = intervals(data, year(2015), "degree", 20);
  CHECK(row_of(table, 0) == std::vector<std::string>{"A", "1", "1", "1"});
  CHECK(row_of(table, 1) == std::vector<std::string>{"B", "2", "2", "2"});
  CHECK(table.columns.back().name == "rank_high");
}

TEST_CASE("a date that may lie outside of the window opens the interval") {
  // Under the strict rule R3 lies in no quarter; half of its days lie in the first two.
  const Dataset data = data_of({"R1 Alpha 2015-01-10 A", "R2 Beta 2015-01-10 B", "R3 Gamma 2015 B",
                                "R4 Delta 2015-01-11 A", "R5 Epsilon 2015 B"});
  Selection half;
  half.from = fixtures::day("2015-01-01");
  half.to = fixtures::day("2015-06-30");
  const Table table = intervals(data, half, "degree", 200);
  CHECK(row_of(table, 0) == std::vector<std::string>{"A", "1", "1", "2"});  // B has one to three companies
  CHECK(row_of(table, 1) == std::vector<std::string>{"B", "2", "1", "2"});
}

TEST_CASE("unknown leads open the intervals of lead measures, known ones do not") {
  const Dataset open = data_of({"R1 Alpha 2015-03-01 A B", "R2 Beta 2015-03-01 A B", "R3 Gamma 2015-03-01 C* A"});
  const Table table = intervals(open, {}, "outdegree", 300);
  CHECK(row_of(table, 0) == std::vector<std::string>{"C", "1", "1", "1"});
  CHECK(row_of(table, 1) == std::vector<std::string>{"A", "2", "1", "3"});
  const Dataset known = data_of({"R1 Alpha 2015-03-01 A* B", "R2 Beta 2015-03-01 A* C"});
  const Table fixed = intervals(known, {}, "outdegree", 50);
  CHECK(row_of(fixed, 0) == std::vector<std::string>{"A", "1", "1", "1"});
  CHECK(row_of(fixed, 2) == std::vector<std::string>{"C", "2", "2", "2"});
}

TEST_CASE("names that may be one organisation open the interval of both") {
  // A has three companies; B and C two each, which together make four, or three if Beta is the same.
  const Dataset data = data_of({"R1 Alpha 2015-03-01 A B", "R2 Beta 2015-03-01 A B", "R3 Gamma 2015-03-01 A",
                                "R4 Delta 2015-03-01 C", "R5 Epsilon 2015-03-01 C"});
  const Table table = intervals(data, {}, "degree", 200, 1, {{1, 2, 0.9, ""}});
  CHECK(row_of(table, 0) == std::vector<std::string>{"A", "1", "1", "2"});
  CHECK(row_of(table, 1) == std::vector<std::string>{"B", "2", "1", "2"});
  CHECK(row_of(table, 2) == std::vector<std::string>{"C", "2", "1", "2"});
  CHECK(row_of(intervals(data, {}, "degree", 50), 0) == std::vector<std::string>{"A", "1", "1", "1"});
}

TEST_CASE("imprecise amounts open the intervals of measures weighed by them, exact ones do not") {
  const auto amount = [](std::int64_t low, std::int64_t high) {
    return Amount{low, high, low == high ? Precision::exact : Precision::range, Currency("CNY")};
  };
  const auto rank = [](const Deals& deals, const Context& context) {
    const Bipartite graph = build_bipartite(deals, {BipartiteWeight::amount_split});
    const std::vector<const Measure*> wanted{find_measure("strength")};
    return ranking({graph, *deals.data}, wanted, RankedSide::investors, Normalised::no, {}, context);
  };
  for (const std::int64_t most : {200, 900}) {  // against 500 of B
    DatasetBuilder builder(Identity::safe, Cleaning::standard);
    const SourceRow source{builder.add_file({"deals.csv", "deals.csv", "", 2}), 2};
    for (const auto& [company, investor, of] :
         {std::tuple{"Alpha", "A", amount(200, most)}, {"Beta", "B", amount(500, 500)}}) {
      RoundInput round;
      round.id = company;
      round.company = std::string_view(company);
      round.announced = fixtures::date("2020-01-01");
      round.amount = of;
      round.source = source;
      ParticipationInput participation;
      participation.round = builder.add_round(round);
      participation.investor = std::string_view(investor);
      participation.source = source;
      builder.add_participation(participation);
    }
    const Dataset data = builder.finish().value();
    const Deals deals = select(data, {});
    const Table table = with_rank_intervals(rank(deals, {}).value(), deals, rank, {200, {}}, {}).value();
    CHECK(row_of(table, 0) == std::vector<std::string>{"B", "1", "1", most == 200 ? "1" : "2"});
    CHECK(row_of(table, 1) == std::vector<std::string>{"A", "2", most == 200 ? "2" : "1", "2"});
  }
}

TEST_CASE("intervals are the same on any number of threads") {
  const Dataset data = fixtures::f1();
  CHECK(intervals(data, year(2016), "degree", 40, 1).rows == intervals(data, year(2016), "degree", 40, 4).rows);
}

}  // namespace
}  // namespace coinvest
