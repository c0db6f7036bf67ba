// SPDX-License-Identifier: Apache-2.0
#include <numeric>

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
