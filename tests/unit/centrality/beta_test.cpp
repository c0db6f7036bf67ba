// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centrality/run.hpp"

namespace coinvest {
namespace {

double mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum / static_cast<double>(values.size());
}

Result<Column> with_beta(const graphs::OwnedGraph& graph, double beta) {
  MeasureParams params;
  params.beta = beta;
  return find_measure("beta")->run(graph.view(), params, Context{});
}

/// c − βAc must be α times the strengths for one α; β is a share of 1/λ₁, and λ₁ is given.
void check_solves(const graphs::OwnedGraph& graph, const std::vector<double>& c, double beta) {
  const auto strength = measured("strength", graph).values;
  const GraphView view = graph.view();
  double alpha = 0;
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    double sum = 0;
    for (std::size_t i = 0; i < view.degree(v); ++i) sum += view.weights_of(v)[i] * c[view.neighbours_of(v)[i]];
    if (strength[v] == 0) {
      CHECK(c[v] == 0);
      continue;
    }
    const double here = (c[v] - beta * sum) / strength[v];
    if (alpha == 0) alpha = here;
    CHECK(here == Approx(alpha).epsilon(1e-9));
  }
}

TEST_CASE("beta solves its equation, with a mean square of one") {
  for (const double share : {0.75, 0.99, 0.0, -0.75}) {
    INFO(share);
    // K(7) with weight 2: λ₁ = 12; the star beside it has 3.
    auto edges = graphs::complete(7).edges;
    for (auto& edge : edges) edge.weight = 2;
    for (std::uint32_t leaf = 8; leaf < 17; ++leaf) edges.push_back({7, leaf});
    const auto graph = graphs::coinvest_graph(18, std::move(edges));
    const auto column = with_beta(graph, share).value();
    check_solves(graph, column.values, share / 12);
    CHECK(mean_square(column.values) == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("beta is one for everybody on a regular graph, and the degree without beta") {
  check_close(measured("beta", graphs::complete(6)).values, std::vector<double>(6, 1.0), 1e-13);
  const auto star = with_beta(graphs::star(4), 0).value().values;
  CHECK(star[0] == Approx(4 * star[1]).epsilon(1e-14));
}

TEST_CASE("beta without ties is undefined, and outside its range refused") {
  const auto column = measured("beta", graphs::coinvest_graph(2, {}));
  CHECK(std::isnan(column.values[0]));
  CHECK(column.why == std::vector<Why>(2, Why::no_edges));
  for (const double beta : {1.0, -1.0, std::nan("")}) {
    const auto refused = with_beta(graphs::star(3), beta);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::usage);
  }
  MeasureParams params;
  params.max_steps = 1;
  const auto unsettled = find_measure("beta")->run(graphs::path(50).view(), params, Context{});
  REQUIRE_FALSE(unsettled);
  CHECK(unsettled.error().kind == ErrorKind::numeric);
}

}  // namespace
}  // namespace coinvest
