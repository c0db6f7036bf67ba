// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numeric>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

TEST_CASE("birank is the fixed point of its two equations") {
  auto graph = graphs::random_bipartite(20, 30, 90, 3);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) graph.edges[i].weight = 1 + static_cast<double>(i % 3);
  graph = graphs::bipartite_graph(20, 30, graph.edges);
  const auto rank = measured("birank", graph).values;
  const auto strength = measured("strength", graph).values;
  const GraphView view = graph.view();
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    double received = 0;
    for (std::size_t i = 0; i < view.degree(v); ++i) {
      const std::uint32_t u = view.neighbours_of(v)[i];
      received += view.weights_of(v)[i] / std::sqrt(strength[v] * strength[u]) * rank[u];
    }
    CHECK(rank[v] == Approx(0.85 * received + 0.15 / (v < 20 ? 20 : 30)).epsilon(1e-11));
  }
}

TEST_CASE("birank shares sum to one on each side; isolates have their part of the query") {
  const auto column = measured("birank", graphs::bipartite_graph(3, 2, {{0, 3}, {1, 3}, {1, 4}}));
  CHECK(std::accumulate(column.normalised.begin(), column.normalised.begin() + 3, 0.0) == Approx(1).epsilon(1e-14));
  CHECK(std::accumulate(column.normalised.begin() + 3, column.normalised.end(), 0.0) == Approx(1).epsilon(1e-14));
  CHECK(column.values[2] == Approx(0.05).epsilon(1e-14));
}

TEST_CASE("birank rejects what it cannot do") {
  const auto graph = graphs::complete_bipartite(2, 3);
  MeasureParams params;
  params.damping = 1;
  CHECK(find_measure("birank")->run(graph.view(), params, Context{}).error().kind == ErrorKind::usage);
  params = {.max_steps = 1};
  const auto star = graphs::bipartite_graph(1, 3, {{0, 1}, {0, 2}});
  CHECK(find_measure("birank")->run(star.view(), params, Context{}).error().kind == ErrorKind::numeric);
}

}  // namespace
}  // namespace coinvest
