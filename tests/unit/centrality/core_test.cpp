// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

/// The vertices that are left when everybody with fewer than k neighbours goes, again and again.
std::vector<bool> peeled(const GraphView& graph, std::uint64_t k) {
  std::vector<bool> left(graph.vertices(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      const auto degree = std::ranges::count_if(graph.neighbours_of(v), [&](std::uint32_t u) { return left[u]; });
      if (!left[v] || degree >= static_cast<std::ptrdiff_t>(k)) continue;
      left[v] = false;
      changed = true;
    }
  }
  return left;
}

TEST_CASE("core numbers say who survives the peeling") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const auto& graph : {graphs::random_coinvest(40, 150, seed), graphs::random_bipartite(20, 25, 110, seed)}) {
      const auto numbers = measured("core", graph).values;
      for (std::uint64_t k = 0; k < 9; ++k) {
        const auto left = peeled(graph.view(), k);
        for (std::uint32_t v = 0; v < graph.vertices(); ++v) CHECK((numbers[v] >= static_cast<double>(k)) == left[v]);
      }
    }
  }
}

TEST_CASE("core numbers of a star, a clique and K(n,m)") {
  CHECK(measured("core", graphs::star(5)).values == std::vector<double>(6, 1.0));
  CHECK(measured("core", graphs::complete(5)).values == std::vector<double>(5, 4.0));
  CHECK(measured("core", graphs::complete_bipartite(3, 8)).values == std::vector<double>(11, 3.0));
  CHECK(measured("core", graphs::coinvest_graph(2, {})).values == std::vector<double>(2, 0.0));
}

}  // namespace
}  // namespace coinvest
