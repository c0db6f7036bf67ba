// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

/// From all distances: the component's least possible sum over the sum, times the share within reach.
std::vector<double> by_definition(const graphs::OwnedGraph& graph) {
  const auto all = graphs::all_pairs(graph.view());
  std::vector<double> scores(graph.vertices(), 0);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    double sum = 0, least = 0, reached = 0;
    for (std::uint32_t u = 0; u < graph.vertices(); ++u) {
      if (u == v || all.distance[v][u] == graphs::AllPairs::far) continue;
      const bool one_step = graph.kind == GraphKind::coinvest || (u < graph.investors) != (v < graph.investors);
      sum += all.distance[v][u];
      least += one_step ? 1 : 2;
      ++reached;
    }
    if (reached > 0) scores[v] = least / sum * reached / (graph.vertices() - 1.0);
  }
  return scores;
}

TEST_CASE("closeness agrees with its definition on random graphs, most of them disconnected") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const auto ties = graphs::random_coinvest(30, 5 + 2 * seed, seed);
    check_close(measured("closeness", ties).values, by_definition(ties), 1e-13);
    const auto bipartite = graphs::random_bipartite(10, 20, 5 + 2 * seed, seed);
    check_close(measured("closeness", bipartite).values, by_definition(bipartite), 1e-13);
  }
}

TEST_CASE("closeness is one for whoever cannot be nearer") {
  CHECK(measured("closeness", graphs::star(5)).values[0] == 1);
  CHECK(measured("closeness", graphs::star(5)).values[1] == Approx(5 / 9.0).epsilon(1e-15));
  CHECK(measured("closeness", graphs::complete_bipartite(3, 4)).values == std::vector<double>(7, 1.0));
}

TEST_CASE("closeness of a pair among others is small and marked, of isolates zero, alone undefined") {
  const auto column = measured("closeness", graphs::bipartite_graph(2, 2, {{0, 2}}));
  CHECK(column.values == std::vector<double>{1 / 3.0, 0, 1 / 3.0, 0});
  CHECK(column.why == std::vector<Why>{Why::component_size, Why::none, Why::component_size, Why::none});
  CHECK(measured("closeness", graphs::bipartite_graph(1, 1, {{0, 1}})).why.empty());
  const auto alone = measured("closeness", graphs::coinvest_graph(1, {}));
  CHECK(std::isnan(alone.values[0]));
  CHECK(alone.why == std::vector<Why>{Why::single_vertex});
}

}  // namespace
}  // namespace coinvest
