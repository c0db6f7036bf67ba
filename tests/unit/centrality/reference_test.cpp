// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "centrality/run.hpp"
#include "davis.hpp"

// Published and independently computed values: Davis' Southern Women, and the nine-round fixture.

namespace coinvest {
namespace {

/// Agreement to the last of the twelve digits that the reference prints.
void check_last_digit(double actual, const std::string& printed) {
  CHECK(actual == Approx(std::stod(printed)).epsilon(6e-12).margin(1e-15));
}

TEST_CASE("Southern Women: every bipartite measure to the last digit") {
  const auto davis = graphs::read_davis();
  const auto degree = measured("degree", davis.graph), betweenness = measured("betweenness", davis.graph),
             eigenvector = measured("eigenvector", davis.graph), pagerank = measured("pagerank", davis.graph),
             closeness = measured("closeness", davis.graph), clustering = measured("clustering", davis.graph),
             redundancy = measured("redundancy", davis.graph);
  REQUIRE(davis.reference.size() == 32);
  for (const auto& [name, row] : davis.reference) {
    INFO(name);
    const std::uint32_t v = davis.vertex(name);
    CHECK(degree.values[v] == std::stod(row.at("degree")));
    check_last_digit(degree.normalised[v], row.at("bip_degree_centrality"));
    check_last_digit(betweenness.values[v], row.at("betweenness_raw"));
    check_last_digit(betweenness.normalised[v], row.at("bip_betweenness"));
    // The reference's vector is a joint one, of length 1 over both sides together.
    // It was iterated to 1e-12, which leaves its last digit one off in places.
    CHECK(eigenvector.values[v] / std::sqrt(2.0) == Approx(std::stod(row.at("eigenvector_l2"))).margin(1.01e-12));
    check_last_digit(pagerank.values[v], row.at("pagerank_0.85"));
    check_last_digit(closeness.values[v], row.at("bip_closeness"));
    check_last_digit(clustering.values[v], row.at("latapy_clustering_dot"));
    check_last_digit(redundancy.values[v], row.at("redundancy"));
  }
}

TEST_CASE("Southern Women: harmonic") {
  const auto davis = graphs::read_davis();
  const auto column = measured("harmonic", davis.graph);
  for (const auto& [name, expected] : {std::pair("Evelyn Jefferson", 18.5), std::pair("Frances Anderson", 15 + 1 / 3.),
                                       std::pair("Flora Price", 13.25), std::pair("E8", 21 + 5 / 6.)}) {
    CHECK(column.values[davis.vertex(name)] == Approx(expected).epsilon(1e-14));
  }
}

TEST_CASE("Southern Women: BiRank") {
  const auto davis = graphs::read_davis();
  const auto rank = measured("birank", davis.graph).values;
  for (const auto& [name, expected] :
       {std::pair("Evelyn Jefferson", .071129), std::pair("Laura Mandeville", .066711),
        std::pair("Nora Fayette", .072649), std::pair("Dorothy Murchison", .038520), std::pair("Flora Price", .040866),
        std::pair("E5", .071837), std::pair("E8", .092579), std::pair("E9", .088272)}) {
    INFO(name);
    CHECK(rank[davis.vertex(name)] == Approx(expected).margin(5e-7));
  }
}

TEST_CASE("Southern Women: HITS is the eigenvector") {
  const auto davis = graphs::read_davis();
  CHECK(measured("hits", davis.graph).values == measured("eigenvector", davis.graph).values);
}

TEST_CASE("Southern Women: Robins and Alexander's clustering of the graph") {
  CHECK(*measured("clustering", graphs::read_davis().graph).whole == Approx(0.467764).margin(5e-7));
  CHECK(*measured("clustering", graphs::complete_bipartite(3, 4)).whole == 1);
  CHECK(*measured("clustering", graphs::bipartite_graph(2, 2, {{0, 2}, {0, 3}, {1, 3}})).whole == 0);
  CHECK_FALSE(measured("clustering", graphs::complete_bipartite(1, 3)).whole);
}

TEST_CASE("Southern Women: mean clustering of the women by every overlap") {
  const auto davis = graphs::read_davis();
  for (const auto& [overlap, expected] : {std::pair(PairOverlap::dot, .317140), std::pair(PairOverlap::min, .614041),
                                          std::pair(PairOverlap::max, .377089)}) {
    MeasureParams params;
    params.overlap = overlap;
    const auto column = find_measure("clustering")->run(davis.graph.view(), params, Context{}).value();
    CHECK(std::accumulate(column.values.begin(), column.values.begin() + 18, 0.0) / 18 ==
          Approx(expected).margin(5e-7));
  }
}

TEST_CASE("Southern Women: beta status of the weighted projection") {
  const auto davis = graphs::read_davis();
  const auto status = measured("beta", graphs::projection(davis.graph)).values;
  for (const auto& [name, expected] : {std::pair("Theresa Anderson", 1.50037), std::pair("Evelyn Jefferson", 1.34285),
                                       std::pair("Brenda Rogers", 1.27015), std::pair("Laura Mandeville", 1.25201),
                                       std::pair("Sylvia Avondale", 1.18030), std::pair("Olivia Carleton", .34291),
                                       std::pair("Flora Price", .34291)}) {
    INFO(name);
    CHECK(status[davis.vertex(name)] == Approx(expected).margin(5e-6));
  }
}

TEST_CASE("Southern Women: structural holes of the unweighted projection") {
  const auto davis = graphs::read_davis();
  auto edges = graphs::projection(davis.graph).edges;
  for (auto& edge : edges) edge.weight = 1;
  const auto women = graphs::coinvest_graph(18, std::move(edges));
  const auto constraint = measured("constraint", women).values;
  CHECK(constraint[davis.vertex("Evelyn Jefferson")] == Approx(.22114).margin(5e-6));
  CHECK(constraint[davis.vertex("Charlotte McDowd")] == Approx(.23763).margin(5e-6));
  CHECK(measured("effective_size", women).values[davis.vertex("Evelyn Jefferson")] == Approx(2.6471).margin(5e-5));
}

TEST_CASE("Southern Women: the projection") {
  const auto davis = graphs::read_davis();
  const auto women = graphs::projection(davis.graph);
  REQUIRE(women.view().edges() == 139);
  const auto strength = measured("strength", women).values;
  CHECK(std::accumulate(strength.begin(), strength.end(), 0.0) == 2 * 322);
  const auto betweenness = measured("betweenness", women).values, eigenvector = measured("eigenvector", women).values;
  for (const char* name : {"Evelyn Jefferson", "Theresa Anderson", "Ruth DeSand", "Verne Sanderson", "Sylvia Avondale",
                           "Nora Fayette", "Helen Lloyd"}) {
    CHECK(betweenness[davis.vertex(name)] == Approx(1.3766).margin(5e-5));
  }
  CHECK(betweenness[davis.vertex("Laura Mandeville")] == Approx(4 / 11.0).epsilon(1e-12));
  CHECK(eigenvector[davis.vertex("Theresa Anderson")] == Approx(0.35355).margin(5e-6));
  CHECK(eigenvector[davis.vertex("Evelyn Jefferson")] == Approx(0.31852).margin(5e-6));
}

// Investors A to E, then Alpha, Beta, Delta, Gamma.
constexpr std::uint32_t A = 0, B = 1, C = 2, D = 3, E = 4, Alpha = 5, Beta = 6, Delta = 7, Gamma = 8;

graphs::OwnedGraph nine_rounds() {
  return graphs::bipartite_graph(5, 4,
                                 {{A, Alpha},
                                  {B, Alpha},
                                  {C, Alpha},
                                  {D, Alpha},
                                  {A, Beta},
                                  {B, Beta},
                                  {C, Beta},
                                  {B, Gamma},
                                  {A, Delta},
                                  {B, Delta},
                                  {D, Delta},
                                  {E, Delta}});
}

TEST_CASE("nine rounds: the bipartite table") {
  const auto graph = nine_rounds();
  const auto degree = measured("degree", graph), betweenness = measured("betweenness", graph);
  CHECK(degree.values == std::vector<double>{3, 4, 2, 2, 1, 4, 3, 4, 1});
  check_close(degree.normalised, {.75, 1, .5, .5, .25, .8, .6, .8, .2}, 1e-15);
  check_close(betweenness.values, {3.2, 10.2, .533333, 1.066667, 0, 6.466667, 2.966667, 9.566667, 0}, 1e-6);
  check_close(betweenness.normalised, {.133333, .425, .022222, .044444, 0, .258667, .118667, .382667, 0}, 1e-5);
  check_close(measured("closeness", graph).values, {.857143, 1, .666667, .75, .6, .846154, .733333, .846154, .578947},
              1e-6);
  const auto harmonic = measured("harmonic", graph);
  const std::vector<double> investors(harmonic.values.begin(), harmonic.values.begin() + 5);
  check_close(investors, {5.333333, 6, 4.416667, 4.666667, 3.75}, 1e-6);
}

TEST_CASE("nine rounds: ties by round") {
  const auto graph = graphs::coinvest_graph(5, {{A, B}, {A, C}, {B, C}, {B, D}, {B, E}, {D, E}, {A, E}});
  const auto betweenness = measured("betweenness", graph);
  check_close(betweenness.values, {.5, 2, 0, 0, .5}, 1e-14);
  CHECK(betweenness.normalised[B] == Approx(1 / 3.0).epsilon(1e-14));
  check_close(measured("eigenvector", graph).values, {.469959, .559033, .350542, .350542, .469959}, 1e-6);
  CHECK(measured("core", graph).values == std::vector<double>(5, 2.0));
}

TEST_CASE("nine rounds: ties by company") {
  const auto graph = graphs::projection(nine_rounds());
  CHECK(graph.view().edges() == 9);
  check_close(measured("eigenvector", graph).values, {.545333, .545333, .402493, .433788, .234629}, 1e-6);
  CHECK(measured("strength", graph).values == std::vector<double>{8, 8, 5, 6, 3});
}

}  // namespace
}  // namespace coinvest
