// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <set>

#include "centrality/run.hpp"

// Latapy's clustering and redundancy, against sets.

namespace coinvest {
namespace {

using Set = std::set<std::uint32_t>;

std::vector<Set> neighbour_sets(const GraphView& graph) {
  std::vector<Set> sets;
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto row = graph.neighbours_of(v);
    sets.emplace_back(row.begin(), row.end());
  }
  return sets;
}

std::size_t shared(const Set& a, const Set& b) {
  std::size_t count = 0;
  for (const std::uint32_t v : a) count += b.contains(v);
  return count;
}

double clustering_of(const std::vector<Set>& sets, std::uint32_t v, PairOverlap rule) {
  double sum = 0, partners = 0;
  for (std::uint32_t u = 0; u < sets.size(); ++u) {
    const std::size_t both = u == v ? 0 : shared(sets[u], sets[v]);
    if (both == 0) continue;
    const std::size_t least = std::min(sets[u].size(), sets[v].size()), most = std::max(sets[u].size(), sets[v].size());
    const std::size_t out_of = rule == PairOverlap::min ? least : rule == PairOverlap::max ? most : least + most - both;
    sum += static_cast<double>(both) / static_cast<double>(out_of);
    ++partners;
  }
  return sum / partners;
}

double redundancy_of(const std::vector<Set>& sets, std::uint32_t v) {
  double joined = 0, pairs = 0;
  for (const std::uint32_t a : sets[v]) {
    for (const std::uint32_t b : sets[v]) {
      if (a >= b) continue;
      ++pairs;
      joined += shared(sets[a], sets[b]) > 1;
    }
  }
  return joined / pairs;
}

TEST_CASE("clustering and redundancy agree with their definitions on random graphs") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const auto graph = graphs::random_bipartite(15, 12, 5 + 3 * seed, seed);
    const auto sets = neighbour_sets(graph.view());
    for (const PairOverlap rule : {PairOverlap::dot, PairOverlap::min, PairOverlap::max}) {
      MeasureParams params;
      params.overlap = rule;
      const auto column = find_measure("clustering")->run(graph.view(), params, Context{}).value();
      for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
        const double expected = clustering_of(sets, v, rule);
        if (std::isnan(expected)) {
          CHECK(std::isnan(column.values[v]));
          CHECK(column.why[v] == Why::no_partners);
        } else {
          CHECK(column.values[v] == Approx(expected).epsilon(1e-13));
        }
      }
    }
    const auto redundancy = measured("redundancy", graph);
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      if (sets[v].size() < 2) {
        CHECK(std::isnan(redundancy.values[v]));
        CHECK(redundancy.why[v] == Why::too_few_neighbours);
      } else {
        CHECK(redundancy.values[v] == redundancy_of(sets, v));
      }
    }
  }
}

TEST_CASE("clustering and redundancy are one on K(n,m), redundancy zero on a star") {
  CHECK(measured("clustering", graphs::complete_bipartite(3, 4)).values == std::vector<double>(7, 1.0));
  CHECK(measured("redundancy", graphs::complete_bipartite(3, 4)).values == std::vector<double>(7, 1.0));
  CHECK(measured("redundancy", graphs::complete_bipartite(1, 4)).values[0] == 0);
}

}  // namespace
}  // namespace coinvest
