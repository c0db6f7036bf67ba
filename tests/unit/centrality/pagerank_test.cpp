// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

TEST_CASE("pagerank is a distribution, isolates included") {
  // Three in a row and one alone: x end = b + d/2 middle, middle = b + 2 d end, alone = b, where b is what teleport and
  // the isolate spread over everybody.
  const auto rank = measured("pagerank", graphs::coinvest_graph(4, {{0, 1}, {1, 2}})).values;
  CHECK(std::accumulate(rank.begin(), rank.end(), 0.0) == Approx(1).epsilon(1e-14));
  const double d = 0.85, base = rank[3];
  CHECK(base == Approx((1 - d) / 4 + d * base / 4).epsilon(1e-12));
  CHECK(rank[0] == Approx(base + d / 2 * rank[1]).epsilon(1e-11));
  CHECK(rank[1] == Approx(base + 2 * d * rank[0]).epsilon(1e-11));
  CHECK(rank[2] == rank[0]);
}

TEST_CASE("pagerank follows the weights") {
  const auto rank = measured("pagerank", graphs::coinvest_graph(3, {{0, 1, 3}, {0, 2, 1}})).values;
  const double d = 0.85, base = (1 - d) / 3;
  CHECK(rank[1] == Approx(base + d * 0.75 * rank[0]).epsilon(1e-11));
  CHECK(rank[2] == Approx(base + d * 0.25 * rank[0]).epsilon(1e-11));
}

TEST_CASE("pagerank is uniform on regular graphs and without edges") {
  check_close(measured("pagerank", graphs::complete(7)).values, std::vector<double>(7, 1 / 7.0), 1e-13);
  check_close(measured("pagerank", graphs::coinvest_graph(5, {})).values, std::vector<double>(5, 0.2), 1e-14);
}

TEST_CASE("pagerank of a large graph satisfies its equation, and has the same bytes from any number of threads") {
  constexpr std::uint32_t n = 150'000;  // several blocks
  std::vector<graphs::WeightedEdge> edges;
  for (std::uint32_t v = 0; v < n; ++v)
    for (const std::uint32_t company : {v, v + 1, 7 * v})
      edges.push_back({v, n + company % n, static_cast<double>(1 + v % 5)});
  const auto graph = graphs::bipartite_graph(n, n, std::move(edges));
  const GraphView view = graph.view();
  const auto rank = measured("pagerank", graph).values;
  std::vector<double> expected(view.vertices(), 0.15 / view.vertices());
  for (std::uint32_t v = 0; v < view.vertices(); ++v) {
    const auto weights = view.weights_of(v);
    const double strength = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i < weights.size(); ++i)
      expected[view.neighbours_of(v)[i]] += 0.85 * rank[v] * weights[i] / strength;
  }
  double off = 0;
  for (std::uint32_t v = 0; v < view.vertices(); ++v) off = std::max(off, std::abs(expected[v] - rank[v]));
  CHECK(off < 1e-10 / n);
  for (const unsigned threads : {2U, 4U}) CHECK(measured("pagerank", graph, threads).values == rank);
  CHECK(measured("birank", graph, 4).values == measured("birank", graph).values);
}

TEST_CASE("pagerank rejects what it cannot do") {
  const auto graph = graphs::star(3);
  MeasureParams params;
  for (const double damping : {-0.1, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    params.damping = damping;
    const auto column = find_measure("pagerank")->run(graph.view(), params, Context{});
    REQUIRE_FALSE(column.has_value());
    CHECK(column.error().kind == ErrorKind::usage);
  }
  params = {.max_steps = 3};
  const auto column = find_measure("pagerank")->run(graphs::path(50).view(), params, Context{});
  REQUIRE_FALSE(column.has_value());
  CHECK(column.error().kind == ErrorKind::numeric);
}

}  // namespace
}  // namespace coinvest
