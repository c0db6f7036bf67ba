// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

TEST_CASE("eigenvector of a star, a clique and a path") {
  const auto star = measured("eigenvector", graphs::star(9));
  CHECK(star.values[0] == Approx(std::sqrt(0.5)).epsilon(1e-11));
  CHECK(star.values[3] == Approx(std::sqrt(0.5) / 3).epsilon(1e-11));
  CHECK(star.normalised[0] == 1);
  check_close(measured("eigenvector", graphs::complete(4)).values, {0.5, 0.5, 0.5, 0.5}, 1e-12);
  constexpr std::uint32_t n = 12;
  const auto path = measured("eigenvector", graphs::path(n)).values;
  const double step = std::numbers::pi / (n + 1);
  for (std::uint32_t v = 0; v < n; ++v) {
    CHECK(path[v] == Approx(std::sqrt(2.0 / (n + 1)) * std::sin((v + 1) * step)).epsilon(1e-9));
  }
}

TEST_CASE("eigenvector does not depend on the unit of the weights, however small or large") {
  for (const double unit : {1e-306, 1e300}) {
    const auto path = graphs::coinvest_graph(3, {{0, 1, unit}, {1, 2, unit}});
    check_close(measured("eigenvector", path).values, {0.5, std::sqrt(0.5), 0.5}, 1e-11);
    const graphs::OwnedGraph bipartite(GraphKind::bipartite, 2, 1, {{0, 2, unit}, {1, 2, unit}});
    check_close(measured("eigenvector", bipartite).values, {std::sqrt(0.5), std::sqrt(0.5), 1}, 1e-11);
  }
}

TEST_CASE("eigenvector of K(n,m) has each side of unit length") {
  const auto column = measured("eigenvector", graphs::complete_bipartite(4, 9));
  for (std::uint32_t v = 0; v < 13; ++v) CHECK(column.values[v] == Approx(v < 4 ? 1 / 2.0 : 1 / 3.0).epsilon(1e-13));
  check_close(column.normalised, std::vector<double>(13, 1.0), 1e-13);
}

TEST_CASE("eigenvector satisfies its equation on random weighted graphs") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto owned = graphs::random_coinvest(40, 120, seed);
    const GraphView graph = owned.view();
    const auto x = measured("eigenvector", owned).values;
    double length = 0, value = 0;
    std::vector<double> product(x.size(), 0);
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      for (std::size_t i = 0; i < graph.degree(v); ++i) {
        product[v] += graph.weights_of(v)[i] * x[graph.neighbours_of(v)[i]];
      }
      value += product[v] * x[v];
      length += x[v] * x[v];
    }
    CHECK(length == Approx(1).epsilon(1e-12));
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      CHECK(x[v] >= 0);
      CHECK(product[v] == Approx(value * x[v]).margin(1e-9));
    }
  }
}

TEST_CASE("eigenvector lives on the component with the largest eigenvalue, not on the largest one") {
  // A triangle (eigenvalue 2) beside a path of six (1.8) and an isolate.
  const auto graph = graphs::coinvest_graph(10, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 8}});
  const auto column = measured("eigenvector", graph);
  for (std::uint32_t v = 0; v < 10; ++v) {
    CHECK(column.values[v] == Approx(v < 3 ? 1 / std::sqrt(3.0) : 0).margin(1e-12));
    CHECK(column.why[v] == (v < 3 ? Why::none : Why::not_in_dominant_component));
  }
  // The weights decide: the path's ties count tenfold.
  const auto weighted = graphs::coinvest_graph(6, {{0, 1}, {1, 2}, {0, 2}, {3, 4, 10}, {4, 5, 10}});
  CHECK(measured("eigenvector", weighted).values[4] == Approx(std::sqrt(0.5)).epsilon(1e-11));
}

TEST_CASE("eigenvector is undefined on components that tie, zero on the others") {
  const auto ties = graphs::coinvest_graph(8, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {6, 7}});
  const auto column = measured("eigenvector", ties);
  for (std::uint32_t v = 0; v < 8; ++v) {
    CHECK(std::isnan(column.values[v]) == (v < 6));
    CHECK(std::isnan(column.normalised[v]) == (v < 6));
    CHECK(column.why[v] == (v < 6 ? Why::tied_components : Why::not_in_dominant_component));
  }
  CHECK(column.values[7] == 0);
  // K(1,4) and K(2,2) have the same singular value.
  const auto bipartite =
      graphs::bipartite_graph(3, 6, {{0, 3}, {0, 4}, {0, 5}, {0, 6}, {1, 7}, {1, 8}, {2, 7}, {2, 8}});
  for (const Why why : measured("eigenvector", bipartite).why) CHECK(why == Why::tied_components);
}

TEST_CASE("eigenvector needs edges") {
  const auto column = measured("eigenvector", graphs::coinvest_graph(3, {}));
  for (const double value : column.values) CHECK(std::isnan(value));
  CHECK(column.why == std::vector<Why>(3, Why::no_edges));
}

TEST_CASE("eigenvector fails rather than hand out a vector that did not settle") {
  MeasureParams params;
  params.max_steps = 5;
  const auto graph = graphs::path(30);
  const auto column = find_measure("eigenvector")->run(graph.view(), params, Context{});
  REQUIRE_FALSE(column.has_value());
  CHECK(column.error().kind == ErrorKind::numeric);
}

}  // namespace
}  // namespace coinvest
