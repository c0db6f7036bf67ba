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

TEST_CASE("birank from a query agrees with dense power iteration") {
  const auto graph = graphs::random_bipartite(12, 15, 40, 9);
  const GraphView view = graph.view();
  MeasureParams params;
  params.query.assign(27, 1 / 12.0);
  for (std::uint32_t c = 12; c < 27; ++c) params.query[c] = c % 4 == 0 ? 1 : 0;
  params.query_name = "every fourth company";
  const auto column = find_measure("birank")->run(view, params, Context{}).value();
  CHECK(column.variant.find("query: every fourth company") != std::string::npos);

  std::vector<double> rank = params.query;
  for (int step = 0; step < 400; ++step) {
    std::vector<double> next;
    for (std::uint32_t v = 0; v < 27; ++v) {
      double received = 0;
      for (const std::uint32_t u : view.neighbours_of(v))
        received += rank[u] / std::sqrt(static_cast<double>(view.degree(v) * view.degree(u)));
      next.push_back(0.85 * received + 0.15 * params.query[v]);
    }
    rank = next;
  }
  check_close(column.values, rank, 1e-11);

  params.query.pop_back();
  CHECK(find_measure("birank")->run(view, params, Context{}).error().kind == ErrorKind::usage);
}

TEST_CASE("birank rejects what it cannot do") {
  const auto graph = graphs::complete_bipartite(2, 3);
  MeasureParams params;
  params.damping = 1;
  CHECK(find_measure("birank")->run(graph.view(), params, Context{}).error().kind == ErrorKind::usage);
  params = {.max_steps = 1};
  const auto row = graphs::bipartite_graph(3, 3, {{0, 3}, {0, 4}, {1, 4}, {1, 5}, {2, 5}});
  CHECK(find_measure("birank")->run(row.view(), params, Context{}).error().kind == ErrorKind::numeric);
}

}  // namespace
}  // namespace coinvest
