// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <cmath>
#include <map>
#include <set>

#include "catch.hpp"
#include "coinvest/clusters/methods.hpp"
#include "davis.hpp"
#include "graphs.hpp"

namespace coinvest {
namespace {

Clustering clustered(std::string_view name, const graphs::OwnedGraph& graph, std::uint64_t seed = 1,
                     double resolution = 1) {
  const ClusterMethod* method = find_cluster_method(name);
  REQUIRE(method != nullptr);
  Context context;
  context.seed = seed;
  auto clustering = method->run(graph.view(), {.resolution = resolution}, context);
  REQUIRE(clustering.has_value());
  return std::move(*clustering);
}

/// The methods that a graph of this kind may be parted by.
std::vector<const ClusterMethod*> methods_for(GraphKind kind) {
  std::vector<const ClusterMethod*> found;
  for (const ClusterMethod& method : cluster_methods())
    if (is_defined_on(method.graphs, kind)) found.push_back(&method);
  return found;
}

/// By the definition, pair by pair.
double modularity_by_definition(const GraphView& graph, const std::vector<std::uint32_t>& cluster, double resolution) {
  const std::uint32_t n = graph.vertices();
  std::vector<std::vector<double>> weight(n, std::vector<double>(n, 0));
  std::vector<double> strength(n, 0);
  double total = 0;
  for (std::uint32_t v = 0; v < n; ++v) {
    for (std::size_t i = 0; i < graph.degree(v); ++i) {
      weight[v][graph.neighbours_of(v)[i]] = graph.weights_of(v)[i];
      strength[v] += graph.weights_of(v)[i];
    }
    total += strength[v];
  }
  double sum = 0;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = 0; b < n; ++b) {
      if (cluster[a] == cluster[b]) sum += weight[a][b] - resolution * strength[a] * strength[b] / total;
    }
  }
  return sum / total;
}

graphs::OwnedGraph any_graph() {
  const auto n = *rc::gen::inRange<std::uint32_t>(1, 40).as("investors");
  const auto m = *rc::gen::inRange<std::uint32_t>(0, 40).as("companies, 0: a co-investment graph");
  const auto edges = *rc::gen::inRange<std::size_t>(0, 120).as("edges");
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000).as("seed");
  return m == 0 ? graphs::random_coinvest(n, edges, seed) : graphs::random_bipartite(n, m, edges, seed);
}

/// Two cliques of five with one tie between them.
graphs::OwnedGraph dumbbell() {
  std::vector<graphs::WeightedEdge> edges{{4, 5}};
  for (const std::uint32_t first : {0U, 5U}) {
    for (std::uint32_t a = first; a < first + 5; ++a) {
      for (std::uint32_t b = a + 1; b < first + 5; ++b) edges.push_back({a, b});
    }
  }
  return graphs::coinvest_graph(10, std::move(edges));
}

TEST_CASE("the table names every method once") {
  std::set<std::string_view> names;
  for (const ClusterMethod& method : cluster_methods()) {
    INFO(method.name);
    CHECK(names.insert(method.name).second);
    CHECK(find_cluster_method(method.name) == &method);
    for (const auto text : {method.name, method.summary, method.cost, method.source}) CHECK_FALSE(text.empty());
  }
  CHECK(find_cluster_method("lieden") == nullptr);
}

TEST_CASE("clusters are numbered by size, then by their lowest vertex") {
  const std::vector<std::uint32_t> labels{5, 2, 0, 2, 0, 4};
  const Clustering clustering = number_by_size(labels);
  CHECK(clustering.count == 4);
  CHECK(clustering.cluster == std::vector<std::uint32_t>{2, 0, 1, 0, 1, 3});
  CHECK(number_by_size({}).count == 0);
}

TEST_CASE("modularity agrees with its definition") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto graph = graphs::random_coinvest(15, 40, seed);
    std::vector<std::uint32_t> cluster;
    for (std::uint32_t v = 0; v < 15; ++v) cluster.push_back(v * v % 4);
    for (const double resolution : {0.5, 1.0, 2.0}) {
      CHECK(modularity(graph.view(), cluster, resolution) ==
            Approx(modularity_by_definition(graph.view(), cluster, resolution)).epsilon(1e-12));
    }
  }
  CHECK(std::isnan(modularity(graphs::coinvest_graph(2, {}).view(), std::vector<std::uint32_t>{0, 1})));
}

TEST_CASE("communities: two cliques are found") {
  for (const char* method : {"leiden", "louvain", "walktrap"}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(method);
      CHECK(clustered(method, dumbbell(), seed).cluster == std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1});
    }
  }
}

TEST_CASE("the resolution decides how many clusters leiden finds") {
  CHECK(clustered("leiden", dumbbell(), 1, 0).count == 1);
  CHECK(clustered("leiden", dumbbell(), 1, 100).count == 10);
  for (const double resolution : {-1.0, std::numeric_limits<double>::infinity()}) {
    const auto graph = dumbbell();
    const auto clustering = leiden(graph.view(), {.resolution = resolution}, Context{});
    REQUIRE_FALSE(clustering.has_value());
    CHECK(clustering.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("the constant Potts model: its value by definition, and cliques that modularity would join") {
  const auto graph = graphs::random_coinvest(20, 60, 4);
  const GraphView view = graph.view();
  std::vector<std::uint32_t> cluster;
  for (std::uint32_t v = 0; v < 20; ++v) cluster.push_back(v % 3);
  double expected = 0;
  for (std::uint32_t a = 0; a < 20; ++a)
    for (std::uint32_t b = a + 1; b < 20; ++b)
      if (cluster[a] == cluster[b]) expected -= 0.25;
  for (std::uint32_t a = 0; a < 20; ++a)
    for (std::size_t i = 0; i < view.degree(a); ++i)
      if (const std::uint32_t b = view.neighbours_of(a)[i]; a < b && cluster[a] == cluster[b])
        expected += view.weights_of(a)[i];
  CHECK(constant_potts(view, cluster, 0.25) == Approx(expected));

  // A ring of 30 cliques of five: modularity joins neighbours, since 30 cliques are more than it can tell apart.
  std::vector<graphs::WeightedEdge> edges;
  for (std::uint32_t clique = 0; clique < 30; ++clique) {
    edges.push_back({5 * clique, (5 * clique + 9) % 150});
    for (std::uint32_t a = 0; a < 5; ++a)
      for (std::uint32_t b = a + 1; b < 5; ++b) edges.push_back({5 * clique + a, 5 * clique + b});
  }
  const auto ring = graphs::coinvest_graph(150, std::move(edges));
  for (const char* name : {"leiden", "louvain"}) {
    const auto run = [&](ClusterParams params) {
      return find_cluster_method(name)->run(ring.view(), params, {}).value();
    };
    CHECK(run({}).count < 30);
    const auto found = run({.resolution = 0.5, .objective = Objective::constant_potts});
    CHECK(found.count == 30);
    for (std::uint32_t v = 0; v < 150; ++v) CHECK(found.cluster[v] == found.cluster[v / 5 * 5]);
    // Clusters denser than the resolution stay together, thinner ones fall apart.
    CHECK(run({.resolution = 1.5, .objective = Objective::constant_potts}).count == 150);
  }
}

TEST_CASE("no vertex gains by moving once leiden has ended") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto graph = graphs::random_coinvest(25, 60, seed);
    for (const Objective objective : {Objective::modularity, Objective::constant_potts}) {
      const ClusterParams params{.resolution = 0.8, .objective = objective};
      const auto value = [&](const std::vector<std::uint32_t>& labels) {
        return objective == Objective::modularity ? modularity(graph.view(), labels, params.resolution)
                                                  : constant_potts(graph.view(), labels, params.resolution);
      };
      Context context;
      context.seed = seed;
      const auto found = find_cluster_method("leiden")->run(graph.view(), params, context).value();
      const double reached = value(found.cluster);
      for (std::uint32_t v = 0; v < 25; ++v)
        for (std::uint32_t to = 0; to < 25; ++to) {
          auto moved = found.cluster;
          moved[v] = to;
          CHECK(value(moved) <= reached + 1e-9);
        }
    }
  }
}

TEST_CASE("leiden reaches the largest modularity of the Southern Women") {
  const auto davis = graphs::read_davis();
  const auto women = graphs::projection(davis.graph);
  double best_women = -1, best_joint = -1;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    best_women = std::max(best_women, modularity(women.view(), clustered("leiden", women, seed).cluster));
    best_joint = std::max(best_joint, modularity(davis.graph.view(), clustered("leiden", davis.graph, seed).cluster));
  }
  CHECK(best_women == Approx(0.151865).margin(5e-7));
  CHECK(best_joint == Approx(0.336006).margin(5e-7));
}

TEST_CASE("every method puts each vertex in one connected cluster inside its component, numbered by size") {
  CHECK(rc::check("clusters", [] {
    const auto graph = any_graph();
    const GraphView view = graph.view();
    const auto component = clustered("components", graph).cluster;
    for (const ClusterMethod* method : methods_for(graph.kind)) {
      const auto clustering = clustered(method->name, graph);
      RC_ASSERT(clustering.cluster.size() == graph.vertices());
      // Keeping only the edges inside clusters, the components are the clusters.
      std::vector<graphs::WeightedEdge> inside;
      for (const auto& edge : graph.edges) {
        if (clustering.cluster[edge.a] == clustering.cluster[edge.b]) inside.push_back(edge);
      }
      const graphs::OwnedGraph cut(graph.kind, graph.investors, graph.companies, inside);
      const auto pieces = clustered("components", cut);
      RC_ASSERT(pieces.cluster == clustering.cluster);
      RC_ASSERT(pieces.count == clustering.count);
    }
    const auto leiden_clusters = clustered("leiden", graph).cluster;
    if (view.edges() > 0) {
      RC_ASSERT(modularity(view, leiden_clusters) >= modularity(view, component) - 1e-12);
      RC_ASSERT(std::abs(modularity(view, leiden_clusters) - modularity_by_definition(view, leiden_clusters, 1)) <
                1e-12);
    }
  }));
}

TEST_CASE("components agree with who can reach whom") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto graph = graphs::random_bipartite(15, 15, 18, seed);
    const auto all = graphs::all_pairs(graph.view());
    const auto cluster = clustered("components", graph).cluster;
    for (std::uint32_t a = 0; a < 30; ++a) {
      for (std::uint32_t b = 0; b < 30; ++b) {
        CHECK((cluster[a] == cluster[b]) == (all.distance[a][b] < graphs::AllPairs::far));
      }
    }
  }
}

TEST_CASE("the same seed gives the same clusters, and an isolate is one more") {
  const auto graph = graphs::random_coinvest(300, 900, 3);
  auto edges = graph.edges;
  const auto larger = graphs::coinvest_graph(301, std::move(edges));
  for (const ClusterMethod* method : methods_for(GraphKind::coinvest)) {
    INFO(method->name);
    CHECK(clustered(method->name, graph, 5).cluster == clustered(method->name, graph, 5).cluster);
    CHECK(clustered(method->name, larger).cluster.back() + 1 == clustered(method->name, larger).count);
  }
}

TEST_CASE("every method takes graphs without vertices or edges") {
  for (const ClusterMethod& method : cluster_methods()) {
    INFO(method.name);
    const bool two_sides = method.graphs == DefinedOn::bipartite;
    const auto edgeless = two_sides ? graphs::bipartite_graph(2, 1, {}) : graphs::coinvest_graph(3, {});
    CHECK(clustered(method.name, two_sides ? graphs::bipartite_graph(0, 0, {}) : graphs::coinvest_graph(0, {})).count ==
          0);
    CHECK(clustered(method.name, edgeless).cluster == std::vector<std::uint32_t>{0, 1, 2});
  }
}

TEST_CASE("every method ends when the stop flag is raised") {
  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  const auto one_side = dumbbell();
  const auto two_sides = graphs::complete_bipartite(4, 4);
  for (const ClusterMethod& method : cluster_methods()) {
    if (method.name == "components") continue;  // over before anybody could press a key
    INFO(method.name);
    const auto& graph = method.graphs == DefinedOn::bipartite ? two_sides : one_side;
    const auto clustering = method.run(graph.view(), {}, context);
    REQUIRE_FALSE(clustering.has_value());
    CHECK(clustering.error().kind == ErrorKind::cancelled);
  }
}

}  // namespace
}  // namespace coinvest
