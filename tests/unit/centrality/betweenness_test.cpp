// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "brandes.hpp"
#include "centrality/run.hpp"

namespace coinvest {
namespace {

std::vector<double> betweenness_of(const graphs::OwnedGraph& graph) {
  return measured("betweenness", graph).values;
}

/// By the definition, pair by pair.
std::vector<double> by_definition(const GraphView& graph) {
  const auto all = graphs::all_pairs(graph);
  std::vector<double> scores(graph.vertices(), 0);
  for (std::uint32_t a = 0; a < graph.vertices(); ++a) {
    for (std::uint32_t b = a + 1; b < graph.vertices(); ++b) {
      if (all.distance[a][b] >= graphs::AllPairs::far) continue;
      for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
        if (v == a || v == b || all.distance[a][v] + all.distance[v][b] != all.distance[a][b]) continue;
        scores[v] += all.paths[a][v] * all.paths[v][b] / all.paths[a][b];
      }
    }
  }
  return scores;
}

TEST_CASE("betweenness agrees with its definition on small random graphs") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    // From forests, which fold away, to graphs without a leaf.
    const auto ties = graphs::random_coinvest(24, 8 + seed, seed);
    check_close(betweenness_of(ties), by_definition(ties.view()), 1e-12);
    const auto bipartite = graphs::random_bipartite(9, 14, 8 + seed, seed);
    check_close(betweenness_of(bipartite), by_definition(bipartite.view()), 1e-12);
  }
}

TEST_CASE("betweenness agrees with Boost.Graph on larger random graphs") {
  for (const std::size_t edges : {300U, 600U, 2000U}) {
    const auto ties = graphs::random_coinvest(400, edges, edges);
    check_close(betweenness_of(ties), graphs::brandes(ties.view()), 1e-11);
    const auto bipartite = graphs::random_bipartite(150, 250, edges, edges);
    check_close(betweenness_of(bipartite), graphs::brandes(bipartite.view()), 1e-11);
  }
}

TEST_CASE("betweenness of stars, paths, cliques and complete bipartite graphs") {
  CHECK(betweenness_of(graphs::star(6)) == std::vector<double>{15, 0, 0, 0, 0, 0, 0});
  CHECK(measured("betweenness", graphs::star(6)).normalised[0] == 1);
  CHECK(betweenness_of(graphs::path(6)) == std::vector<double>{0, 4, 6, 6, 4, 0});
  CHECK(betweenness_of(graphs::complete(9)) == std::vector<double>(9, 0.0));
  for (const auto& [n, m] : {std::pair(1U, 7U), std::pair(4U, 3U), std::pair(10U, 6U)}) {
    const double investor = m * (m - 1) / 2.0 / n, company = n * (n - 1) / 2.0 / m;
    std::vector<double> expected(n, investor);
    expected.resize(n + m, company);
    check_close(betweenness_of(graphs::complete_bipartite(n, m)), expected, 1e-13);
  }
}

TEST_CASE("betweenness does not overflow on a 50 by 50 grid") {
  const auto scores = betweenness_of(graphs::grid(50, 50));
  CHECK(std::ranges::max(scores) == Approx(90'107.7).epsilon(1e-6));
  CHECK(scores[24 * 50 + 24] == Approx(scores[25 * 50 + 25]).epsilon(1e-12));
}

TEST_CASE("betweenness counts 2^60 paths through a ladder of diamonds") {
  constexpr std::uint32_t diamonds = 60;
  const auto scores = betweenness_of(graphs::ladder_of_diamonds(diamonds));
  for (std::uint32_t k = 0; k <= diamonds; ++k) {
    // Every pair on different sides of a joint, and half of the pair of middles of each diamond beside it.
    const double beside = (k > 0 ? 0.5 : 0) + (k < diamonds ? 0.5 : 0);
    CHECK(scores[3 * k] == Approx(9.0 * k * (diamonds - k) + beside).epsilon(1e-13));
    if (k == diamonds) continue;
    const double left = 1 + 3 * k, right = 1 + 3 * (diamonds - 1 - k);
    CHECK(scores[3 * k + 1] == Approx(left * right / 2).epsilon(1e-13));
    CHECK(scores[3 * k + 2] == Approx(left * right / 2).epsilon(1e-13));
  }
}

TEST_CASE("betweenness says so when a number of paths is beyond doubles") {
  const auto ladder = graphs::ladder_of_diamonds(1100);
  const auto column = find_measure("betweenness")->run(ladder.view(), MeasureParams{}, Context{});
  REQUIRE_FALSE(column.has_value());
  CHECK(column.error().kind == ErrorKind::numeric);
}

TEST_CASE("betweenness has no normalised form where its largest value is zero") {
  const auto pair = measured("betweenness", graphs::path(2));
  CHECK(pair.values == std::vector<double>{0, 0});
  CHECK(std::isnan(pair.normalised[0]));
  CHECK(pair.why == std::vector<Why>(2, Why::too_few_vertices));
  // One investor can lie between its companies; a company has no second investor to lie between.
  const auto one_investor = measured("betweenness", graphs::complete_bipartite(1, 3));
  CHECK(one_investor.normalised[0] == 1);
  CHECK(std::isnan(one_investor.normalised[1]));
  CHECK(one_investor.why ==
        std::vector<Why>{Why::none, Why::too_few_vertices, Why::too_few_vertices, Why::too_few_vertices});
}

TEST_CASE("a long search ends when the stop flag is raised") {
  const auto large = graphs::grid(250, 250);
  const auto [steps, lengths] = std::pair(MeasureParams{}, MeasureParams{.edge_length = EdgeLength::inverse_weight});
  for (const auto& [name, params] : {std::pair("betweenness", steps), std::pair("betweenness", lengths),
                                     std::pair("harmonic", steps), std::pair("closeness", steps)}) {
    for (const unsigned threads : {1U, 4U}) {
      INFO(name << " on " << threads);
      std::atomic<bool> stop = false;
      Progress progress;
      Context context;
      context.stop = &stop;
      context.progress = &progress;
      context.threads = threads;
      std::chrono::steady_clock::time_point raised;
      std::jthread interrupter([&] {
        while (progress.done == 0) std::this_thread::yield();
        raised = std::chrono::steady_clock::now();
        stop = true;
      });
      const auto column = find_measure(name)->run(large.view(), params, context);
      interrupter.join();
      // A tenth of a second is promised; a busy machine may hold a thread back for longer.
      CHECK(std::chrono::steady_clock::now() - raised < std::chrono::seconds(1));
      REQUIRE_FALSE(column.has_value());
      CHECK(column.error().kind == ErrorKind::cancelled);
      CHECK(progress.done < progress.total);
    }
  }
}

}  // namespace
}  // namespace coinvest
