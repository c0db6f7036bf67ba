// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

/// A full matrix, small graphs only.
std::vector<std::vector<double>> matrix_of(const graphs::OwnedGraph& graph) {
  std::vector<std::vector<double>> a(graph.vertices(), std::vector<double>(graph.vertices(), 0));
  const GraphView view = graph.view();
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    for (std::size_t i = 0; i < view.degree(v); ++i) a[v][view.neighbours_of(v)[i]] = view.weights_of(v)[i];
  return a;
}

TEST_CASE("constraint and effective size agree with their definitions on random graphs") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    const auto graph = graphs::random_coinvest(20, 10 + 3 * seed, seed);
    const auto a = matrix_of(graph);
    const auto strength = measured("strength", graph).values;
    const auto p = [&](std::size_t i, std::size_t j) { return a[i][j] / strength[i]; };
    const auto constraint = measured("constraint", graph), size = measured("effective_size", graph);
    for (std::size_t i = 0; i < 20; ++i) {
      if (strength[i] == 0) {
        CHECK(std::isnan(constraint.values[i]));
        CHECK(std::isnan(size.values[i]));
        CHECK(constraint.why[i] == Why::isolate);
        CHECK(size.why[i] == Why::isolate);
        continue;
      }
      double sum = 0, contacts = 0, ties = 0;
      for (std::size_t j = 0; j < 20; ++j) {
        if (a[i][j] == 0) continue;
        double invested = p(i, j);
        for (std::size_t q = 0; q < 20; ++q)
          if (q != i && q != j && a[i][q] > 0) invested += p(i, q) * p(q, j);
        sum += invested * invested;
        ++contacts;
        for (std::size_t k = j + 1; k < 20; ++k) ties += a[i][k] > 0 && a[j][k] > 0;
      }
      CHECK(constraint.values[i] == Approx(sum).epsilon(1e-13));
      CHECK(size.values[i] == Approx(contacts - 2 * ties / contacts).epsilon(1e-13));
    }
  }
}

TEST_CASE("constraint of a path of three is 1, 1/2, 1; all contacts of a star count") {
  CHECK(measured("constraint", graphs::path(3)).values == std::vector<double>{1, .5, 1});
  CHECK(measured("effective_size", graphs::star(5)).values == std::vector<double>{5, 1, 1, 1, 1, 1});
  CHECK(measured("effective_size", graphs::complete(5)).values == std::vector<double>(5, 1.0));
}

}  // namespace
}  // namespace coinvest
