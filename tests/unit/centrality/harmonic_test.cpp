// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

std::vector<double> by_definition(const GraphView& graph) {
  const auto all = graphs::all_pairs(graph);
  std::vector<double> scores(graph.vertices(), 0);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    for (const std::uint32_t distance : all.distance[v]) {
      if (distance > 0 && distance < graphs::AllPairs::far) scores[v] += 1.0 / distance;
    }
  }
  return scores;
}

TEST_CASE("harmonic agrees with its definition on random graphs") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const auto ties = graphs::random_coinvest(30, 5 + 2 * seed, seed);
    check_close(measured("harmonic", ties).values, by_definition(ties.view()), 1e-13);
    const auto bipartite = graphs::random_bipartite(10, 20, 5 + 2 * seed, seed);
    check_close(measured("harmonic", bipartite).values, by_definition(bipartite.view()), 1e-13);
  }
}

TEST_CASE("harmonic of a path longer than one batch of sources") {
  constexpr std::uint32_t n = 1200;
  const auto scores = measured("harmonic", graphs::path(n)).values;
  std::vector<double> sum_to{0};  // of 1/1 + ... + 1/k
  for (std::uint32_t k = 1; k < n; ++k) sum_to.push_back(sum_to.back() + 1.0 / k);
  for (std::uint32_t v = 0; v < n; ++v) CHECK(scores[v] == Approx(sum_to[v] + sum_to[n - 1 - v]).epsilon(1e-12));
}

TEST_CASE("harmonic reaches its largest value at the centre of a star and on K(n,m)") {
  CHECK(measured("harmonic", graphs::star(5)).normalised[0] == 1);
  CHECK(measured("harmonic", graphs::complete_bipartite(3, 4)).normalised == std::vector<double>(7, 1.0));
  CHECK(measured("harmonic", graphs::complete_bipartite(3, 4)).values[0] == 4 + 2 / 2.0);
}

TEST_CASE("harmonic of isolates is zero, and undefined alone when normalised") {
  CHECK(measured("harmonic", graphs::coinvest_graph(3, {{0, 2}})).values == std::vector<double>{1, 0, 1});
  const auto alone = measured("harmonic", graphs::coinvest_graph(1, {}));
  CHECK(alone.values == std::vector<double>{0});
  CHECK(std::isnan(alone.normalised[0]));
  CHECK(alone.why == std::vector<Why>{Why::single_vertex});
}

}  // namespace
}  // namespace coinvest
