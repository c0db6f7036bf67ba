// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <set>

#include "catch.hpp"
#include "coinvest/clusters/methods.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/selection.hpp"
#include "davis.hpp"
#include "graphs.hpp"

namespace coinvest {
namespace {

using Labels = std::vector<std::uint32_t>;

Clustering clustered(std::string_view name, const GraphView& graph, std::uint64_t seed = 1, unsigned threads = 1) {
  Context context;
  context.seed = seed;
  context.threads = threads;
  auto clustering = find_cluster_method(name)->run(graph, {}, context);
  REQUIRE(clustering.has_value());
  return std::move(*clustering);
}

/// The members of each cluster by name.
std::set<std::set<std::string>> groups(const Labels& cluster, const std::vector<std::string>& names) {
  std::vector<std::set<std::string>> found(names.size());
  for (std::size_t v = 0; v < cluster.size(); ++v) found[cluster[v]].insert(names[v].substr(0, names[v].find(' ')));
  std::erase_if(found, [](const auto& group) { return group.empty(); });
  return {found.begin(), found.end()};
}

/// A bipartite graph of four blocks; an edge stays in its block with the given probability.
graphs::OwnedGraph planted(double inside, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<graphs::WeightedEdge> edges;
  for (std::uint32_t investor = 0; investor < 80; ++investor)
    for (int k = 0; k < 8; ++k) {
      const auto block = static_cast<double>(random() % 1000) < 1000 * inside ? investor % 4 : random() % 4;
      edges.push_back({investor, static_cast<std::uint32_t>(80 + 4 * (random() % 20) + block)});
    }
  return graphs::bipartite_graph(80, 80, std::move(edges));
}

/// Whether two partitions are one up to numbering.
bool same_partition(const Labels& a, const Labels& b) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t v = 0; v < a.size(); ++v) pairs.emplace(a[v], b[v]);
  return pairs.size() == std::set(a.begin(), a.end()).size() && pairs.size() == std::set(b.begin(), b.end()).size();
}

TEST_CASE("Barber's modularity of the Southern Women has its maximum at four groups") {
  const auto davis = graphs::read_davis();
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto clustering = clustered("bipartite", davis.graph.view(), seed);
    CHECK(barber_modularity(davis.graph.view(), clustering.cluster) == Approx(0.34553718).margin(5e-9));
    CHECK(groups(clustering.cluster, davis.names) ==
          std::set<std::set<std::string>>{
              {"Evelyn", "Laura", "Theresa", "Brenda", "Charlotte", "Frances", "E1", "E2", "E3", "E4", "E5", "E6"},
              {"Eleanor", "Ruth", "Verne", "E7", "E8"},
              {"Myra", "Katherina", "Sylvia", "Nora", "Helen", "E10", "E12", "E13", "E14"},
              {"Pearl", "Dorothy", "Olivia", "Flora", "E9", "E11"}});
  }
}

TEST_CASE("weights count: pollinators and plants of 1976") {
  const auto rows = graphs::read_plain_csv(COINVEST_SOURCE_DIR "/tests/data/small1976.csv");
  std::vector<std::string> names[2];
  std::vector<graphs::WeightedEdge> edges;
  const auto number = [&](int side, const std::string& name) {
    auto found = std::ranges::find(names[side], name);
    if (found == names[side].end()) found = names[side].insert(found, name);
    return static_cast<std::uint32_t>(found - names[side].begin());
  };
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const std::uint32_t a = number(0, rows[row][0]), b = number(1, rows[row][1]);
    if (rows[row][2] != "0") edges.push_back({a, b, std::stod(rows[row][2])});
  }
  REQUIRE(names[0].size() == 34);
  REQUIRE(names[1].size() == 13);
  for (graphs::WeightedEdge& edge : edges) edge.b += 34;
  const auto graph = graphs::bipartite_graph(34, 13, std::move(edges));
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    CHECK(barber_modularity(graph.view(), clustered("bipartite", graph.view(), seed).cluster) ==
          Approx(0.52666696475026).margin(1e-12));
}

TEST_CASE("Barber's modularity agrees with its definition") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto graph = graphs::random_bipartite(8, 9, 30, seed);
    const GraphView view = graph.view();
    Labels cluster;
    for (std::uint32_t v = 0; v < 17; ++v) cluster.push_back(v * v % 4);
    std::vector<double> strength(17, 0);
    double total = 0, inside = 0, expected = 0;
    for (std::uint32_t v = 0; v < 17; ++v)
      for (const double weight : view.weights_of(v)) strength[v] += weight;
    for (std::uint32_t i = 0; i < 8; ++i) total += strength[i];
    for (std::uint32_t i = 0; i < 8; ++i) {
      for (std::size_t at = 0; at < view.degree(i); ++at)
        if (cluster[view.neighbours_of(i)[at]] == cluster[i]) inside += view.weights_of(i)[at];
      for (std::uint32_t c = 8; c < 17; ++c)
        if (cluster[c] == cluster[i]) expected += strength[i] * strength[c] / total;
    }
    for (const double resolution : {0.5, 1.0, 2.0})
      CHECK(barber_modularity(view, cluster, resolution) == Approx((inside - resolution * expected) / total));
  }
}

TEST_CASE("planted partitions are found by every method of communities") {
  const auto graph = planted(0.9, 7);
  Labels truth;
  for (std::uint32_t v = 0; v < 160; ++v) truth.push_back(v % 4);
  const auto women = graphs::projection(graph);
  const Labels investors(truth.begin(), truth.begin() + 80);
  for (const char* method : {"leiden", "louvain", "bipartite", "walktrap"}) {
    INFO(method);
    CHECK(same_partition(clustered(method, graph.view()).cluster, truth));
    if (std::string_view(method) == "bipartite") continue;
    CHECK(same_partition(clustered(method, women.view()).cluster, investors));
  }
}

TEST_CASE("bipartite clusters: threads do not matter, other graphs are refused, a star is one cluster") {
  const auto graph = planted(0.4, 3);
  CHECK(clustered("bipartite", graph.view(), 1, 1).cluster == clustered("bipartite", graph.view(), 1, 4).cluster);
  CHECK(clustered("bipartite", graphs::complete_bipartite(1, 6).view()).count == 1);
  const auto refused = bipartite_clusters(graphs::star(3).view(), {}, {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::usage);
}

TEST_CASE("walktrap of the Southern Women: women, and both sides as one") {
  const auto davis = graphs::read_davis();
  const auto women = graphs::projection(davis.graph);
  const auto of_women = clustered("walktrap", women.view());
  CHECK(of_women.count == 2);
  CHECK(std::ranges::count(of_women.cluster, 0U) == 11);
  CHECK(modularity(women.view(), of_women.cluster) == Approx(0.147236).margin(5e-7));
  const auto joint = clustered("walktrap", davis.graph.view(), 1, 4);
  CHECK(modularity(davis.graph.view(), joint.cluster) == Approx(0.315301).margin(5e-7));
}

TEST_CASE("louvain reaches the largest modularity of the Southern Women") {
  const auto davis = graphs::read_davis();
  const auto women = graphs::projection(davis.graph);
  double best = -1;
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    best = std::max(best, modularity(women.view(), clustered("louvain", women.view(), seed).cluster));
  CHECK(best == Approx(0.151865).margin(5e-7));
}

TEST_CASE("crunchbase-2013, raw, company ties: leiden over ten seeds, walktrap of the giant component") {
  const std::vector<std::string> paths{std::string(COINVEST_SOURCE_DIR) + "/graphs/crunchbase-2013"};
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  const Dataset data = read_dataset(paths, raw, Context{}).value();
  const Deals deals = select(data, {});
  TieOptions wide;
  wide.by = TieBy::company;
  const Coinvestment ties = build_coinvestment(deals, build_bipartite(deals), wide, Context{}).value();
  const GraphView graph = ties.view();
  std::vector<double> found;
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    found.push_back(modularity(graph, clustered("leiden", graph, seed).cluster));
  std::ranges::sort(found);
  CHECK((found[4] + found[5]) / 2 >= 0.4842);

  // Walks and modularity are weighted; components do not touch each other.
  const auto component = clustered("components", graph).cluster;
  Labels vertex(graph.vertices());
  std::vector<graphs::WeightedEdge> edges;
  std::uint32_t n = 0;
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    if (component[v] == 0) vertex[v] = n++;
  REQUIRE(n == 12585);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    for (std::size_t i = 0; component[v] == 0 && i < graph.degree(v); ++i)
      if (graph.neighbours_of(v)[i] > v)
        edges.push_back({vertex[v], vertex[graph.neighbours_of(v)[i]], graph.weights_of(v)[i]});
  const auto giant = graphs::coinvest_graph(n, std::move(edges));
  const auto clustering = clustered("walktrap", giant.view(), 1, 3);
  CHECK(clustering.count == 1737);
  CHECK(modularity(giant.view(), clustering.cluster) == Approx(0.39279).margin(5e-6));
  CHECK(std::ranges::count(clustering.cluster, 0U) == 3509);
  CHECK(std::ranges::count(clustering.cluster, 1U) == 2918);
}

}  // namespace
}  // namespace coinvest
