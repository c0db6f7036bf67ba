// SPDX-License-Identifier: Apache-2.0
#include <boost/graph/betweenness_centrality.hpp>
#include <cmath>

#include "brandes.hpp"
#include "centrality/run.hpp"

// Weights are 1 to 4, so that lengths are whole twelfths: the oracles count in integers, where ties are exact.

namespace coinvest {
namespace {

Column with_lengths(const graphs::OwnedGraph& graph, unsigned threads = 1) {
  MeasureParams params;
  params.edge_length = EdgeLength::inverse_weight;
  Context context;
  context.threads = threads;
  return find_measure("betweenness")->run(graph.view(), params, context).value();
}

/// By the definition, over all walks: Floyd and Warshall in twelfths, then paths by nearness.
std::vector<double> by_definition(const GraphView& graph) {
  constexpr int far = 1'000'000;
  const std::uint32_t n = graph.vertices();
  std::vector<std::vector<int>> length(n, std::vector<int>(n, far)), distance = length;
  for (std::uint32_t v = 0; v < n; ++v) {
    distance[v][v] = 0;
    for (std::size_t i = 0; i < graph.degree(v); ++i)
      length[v][graph.neighbours_of(v)[i]] = distance[v][graph.neighbours_of(v)[i]] =
          static_cast<int>(std::lround(12 / graph.weights_of(v)[i]));
  }
  for (std::uint32_t via = 0; via < n; ++via)
    for (std::uint32_t a = 0; a < n; ++a)
      for (std::uint32_t b = 0; b < n; ++b)
        distance[a][b] = std::min(distance[a][b], distance[a][via] + distance[via][b]);
  std::vector<std::vector<double>> paths(n, std::vector<double>(n, 0));
  for (std::uint32_t a = 0; a < n; ++a) {
    std::vector<std::uint32_t> nearest(n);
    std::iota(nearest.begin(), nearest.end(), 0U);
    std::ranges::sort(nearest, {}, [&](std::uint32_t b) { return distance[a][b]; });
    paths[a][a] = 1;
    for (const std::uint32_t b : nearest)
      for (std::uint32_t before = 0; before < n; ++before)
        if (b != a && distance[a][b] < far && distance[a][before] + length[before][b] == distance[a][b])
          paths[a][b] += paths[a][before];
  }
  std::vector<double> scores(n, 0);
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b)
      for (std::uint32_t v = 0; v < n; ++v)
        if (v != a && v != b && distance[a][b] < far && distance[a][v] + distance[v][b] == distance[a][b])
          scores[v] += paths[a][v] * paths[v][b] / paths[a][b];
  return scores;
}

TEST_CASE("weighted betweenness agrees with its definition, ties of lengths included") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const auto ties = graphs::random_coinvest(18, 10 + seed, seed);
    check_close(with_lengths(ties).values, by_definition(ties.view()), 1e-12);
    auto bipartite = graphs::random_bipartite(8, 11, 10 + seed, seed);
    for (std::size_t i = 0; i < bipartite.edges.size(); ++i) bipartite.edges[i].weight = 1 + static_cast<double>(i % 4);
    bipartite = graphs::bipartite_graph(8, 11, bipartite.edges);
    check_close(with_lengths(bipartite).values, by_definition(bipartite.view()), 1e-12);
  }
}

TEST_CASE("weighted betweenness agrees with Boost.Graph on a larger graph") {
  auto graph = graphs::random_coinvest(300, 900, 5);
  const auto scores = with_lengths(graph);
  CHECK(scores.variant == "length 1/weight, each pair counted once");
  for (double& weight : graph.weights) weight = 12 / weight;  // whole numbers: sums are exact
  check_close(scores.values, graphs::brandes_with_lengths(graph.view()), 1e-10);
}

TEST_CASE("equal weights make weighted betweenness the unweighted one") {
  for (const auto& graph : {graphs::grid(9, 11), graphs::random_bipartite(30, 40, 120, 3), graphs::star(7)})
    check_close(with_lengths(graph).values, measured("betweenness", graph).values, 1e-11);
}

TEST_CASE("a strong detour is shorter than a weak direct tie") {
  // 0-2 has weight 1, 0-1 and 1-2 have 4: two quarters of a step.
  const auto column = with_lengths(graphs::coinvest_graph(3, {{0, 2, 1}, {0, 1, 4}, {1, 2, 4}}));
  CHECK(column.values == std::vector<double>{0, 1, 0});
  // A third and a sixth make a half: a tie, although not in doubles.
  const auto tie = with_lengths(graphs::coinvest_graph(3, {{0, 2, 2}, {0, 1, 3}, {1, 2, 6}}));
  CHECK(tie.values == std::vector<double>{0, 0.5, 0});
}

TEST_CASE("weighted betweenness is the same on any number of threads") {
  const auto graph = graphs::random_coinvest(200, 500, 8);
  CHECK(with_lengths(graph, 1).values == with_lengths(graph, 4).values);
}

Column sampled(const graphs::OwnedGraph& graph, std::uint32_t sources, std::uint64_t seed, EdgeLength length,
               unsigned threads = 1) {
  MeasureParams params;
  params.sources = sources;
  params.edge_length = length;
  Context context;
  context.seed = seed;
  context.threads = threads;
  return find_measure("betweenness")->run(graph.view(), params, context).value();
}

TEST_CASE("sampled betweenness is right on average, and its standard errors are") {
  const auto graph = graphs::random_coinvest(60, 150, 4);
  for (const EdgeLength length : {EdgeLength::step, EdgeLength::inverse_weight}) {
    const auto exact = length == EdgeLength::step ? measured("betweenness", graph) : with_lengths(graph);
    CHECK(exact.error.empty());
    constexpr int runs = 2000;
    std::vector<double> sum(60, 0), squares(60, 0), variance(60, 0);
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
      const auto column = sampled(graph, 12, seed, length);
      REQUIRE(column.error.size() == 60);
      for (std::size_t v = 0; v < 60; ++v) {
        sum[v] += column.values[v];
        squares[v] += column.values[v] * column.values[v];
        variance[v] += column.error[v] * column.error[v];
      }
    }
    for (std::size_t v = 0; v < 60; ++v) {
      INFO("vertex " << v);
      const double mean = sum[v] / runs, spread = squares[v] / runs - mean * mean;
      CHECK(std::abs(mean - exact.values[v]) <= 4 * std::sqrt(spread / runs) + 1e-9);  // unbiased
      CHECK(variance[v] / runs == Approx(spread).epsilon(0.25).margin(1e-9));
    }
  }
}

TEST_CASE("sampled betweenness names itself, depends on the seed alone, and is exact from all sources") {
  const auto graph = graphs::random_bipartite(40, 60, 200, 6);
  const auto one = sampled(graph, 10, 3, EdgeLength::step), four = sampled(graph, 10, 3, EdgeLength::step, 4);
  CHECK(one.values == four.values);
  CHECK(one.error == four.error);
  CHECK(one.values != sampled(graph, 10, 4, EdgeLength::step).values);
  CHECK(one.variant.find("estimated from 10 of ") != std::string::npos);
  const auto all = sampled(graph, 100, 3, EdgeLength::step);
  CHECK(all.error.empty());
  CHECK(all.values == measured("betweenness", graph).values);

  MeasureParams params;
  params.betweenness_budget = 10;  // above it so many are drawn that a small graph is searched from everywhere
  CHECK(find_measure("betweenness")->run(graph.view(), params, Context{}).value().error.empty());
  const auto large = graphs::random_coinvest(3000, 9000, 2);
  const auto estimated = find_measure("betweenness")->run(large.view(), params, Context{}).value();
  CHECK(estimated.variant.find("estimated from 1024 of ") != std::string::npos);
}

}  // namespace
}  // namespace coinvest
