// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

std::map<std::string, double> ties(const Dataset& data, const Selection& selection, TieBy by, TieWeight weight) {
  const Deals deals = select(data, selection);
  const Bipartite graph = build_bipartite(deals);
  TieOptions options;
  options.by = by;
  options.weight = weight;
  const Coinvestment made = build_coinvestment(deals, graph, options, Context{}).value();
  const GraphView view = made.view();
  std::map<std::string, double> named;
  for (std::uint32_t a = 0; a < view.vertices(); ++a)
    for (std::size_t i = 0; i < view.degree(a); ++i)
      if (const std::uint32_t b = view.neighbours_of(a)[i]; a < b)
        named[data.name(made.investors[a]) + data.name(made.investors[b])] = view.weights_of(a)[i];
  return named;
}

using Ties = std::map<std::string, double>;

}  // namespace

TEST_CASE("the bipartite graph has an edge per investor and company") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals, BipartiteWeight::rounds);
  const GraphView view = graph.view();
  CHECK(view.investors == 5);
  CHECK(view.companies == 4);
  CHECK(view.edges() == 12);
  // A holds Alpha (two rounds), Beta (two) and Delta (one).
  CHECK(std::vector<double>(view.weights_of(0).begin(), view.weights_of(0).end()) == std::vector<double>{2, 2, 1});
  for (std::uint32_t v = 0; v < view.vertices(); ++v)
    CHECK(std::is_sorted(view.neighbours_of(v).begin(), view.neighbours_of(v).end()));
}

TEST_CASE("ties in both senses and by Newman's weight") {
  const Dataset data = fixtures::f1();
  CHECK(ties(data, {}, TieBy::company, TieWeight::count) ==
        Ties{{"AB", 3}, {"AC", 2}, {"AD", 2}, {"AE", 1}, {"BC", 2}, {"BD", 2}, {"BE", 1}, {"CD", 1}, {"DE", 1}});
  CHECK(ties(data, {}, TieBy::round, TieWeight::count) ==
        Ties{{"AB", 2}, {"AC", 3}, {"BC", 1}, {"BD", 1}, {"BE", 1}, {"DE", 1}, {"AE", 1}});
  CHECK(ties(data, {}, TieBy::round, TieWeight::newman) ==
        Ties{{"AB", 1.5}, {"AC", 2.5}, {"BC", .5}, {"BD", .5}, {"BE", .5}, {"DE", .5}, {"AE", 1}});
}

TEST_CASE("ties are counted without being made") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  CHECK(count_ties(deals, graph, TieBy::company, Context{}).value() == 9);
  CHECK(count_ties(deals, graph, TieBy::round, Context{}).value() == 7);
}

TEST_CASE("ties of five-year windows") {
  const Dataset data = fixtures::f1();
  const auto window = [](const char* from, const char* to) {
    Selection selection;
    selection.from = fixtures::day(from);
    selection.to = fixtures::date(to).high;
    return selection;
  };
  CHECK(ties(data, window("2015", "2019"), TieBy::round, TieWeight::count) == Ties{{"AB", 2}, {"AC", 3}, {"BC", 1}});
  CHECK(ties(data, window("2016", "2020"), TieBy::round, TieWeight::count) == Ties{{"AB", 1}, {"AC", 3}, {"BC", 1}});
}

TEST_CASE("too many ties are refused with the culprit's name, or left out on request") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  TieOptions options;
  options.max_ties = 5;
  const auto refused = build_coinvestment(deals, graph, options, Context{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::limit);
  CHECK_THAT(refused.error().message, Catch::Contains("R5") && Catch::Contains("--max-syndicate"));

  options.max_syndicate = 2;
  const auto made = build_coinvestment(deals, graph, options, Context{});
  REQUIRE(made);
  CHECK(made->skipped_groups == 2);  // R5 and R7

  options = {};
  options.min_shared = 2;
  CHECK(build_coinvestment(deals, graph, options, Context{})->view().edges() == 2);  // AB, AC
}

TEST_CASE("empty graphs are graphs") {
  const Dataset data;
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  CHECK(graph.view().vertices() == 0);
  CHECK(build_coinvestment(deals, graph, {}, Context{})->view().edges() == 0);
}
