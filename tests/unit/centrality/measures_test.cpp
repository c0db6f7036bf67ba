// SPDX-License-Identifier: Apache-2.0
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <set>

#include "centrality/run.hpp"

// What holds for every row of the table.

namespace coinvest {
namespace {

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
  return bits;
}

bool defined_on(const Measure& measure, const graphs::OwnedGraph& graph) {
  return measure.graphs == DefinedOn::both ||
         (measure.graphs == DefinedOn::bipartite) == (graph.kind == GraphKind::bipartite);
}

/// From empty graphs over forests to dense ones.
graphs::OwnedGraph any_graph() {
  const auto n = *rc::gen::inRange<std::uint32_t>(1, 30).as("investors");
  const auto m = *rc::gen::inRange<std::uint32_t>(0, 30).as("companies, 0: a co-investment graph");
  const auto edges = *rc::gen::inRange<std::size_t>(0, 120).as("edges");
  const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000).as("seed");
  return m == 0 ? graphs::random_coinvest(n, edges, seed) : graphs::random_bipartite(n, m, edges, seed);
}

bool same(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= 1e-8 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// Calls body(measure, graph) for random graphs and every measure defined on them.
template <typename Body>
bool holds(const std::string& what, Body body) {
  return rc::check(what, [&] {
    const auto graph = any_graph();
    for (const Measure& measure : measures()) {
      if (defined_on(measure, graph)) body(measure, graph);
    }
  });
}

TEST_CASE("the table names every measure once, with everything that help prints") {
  std::set<std::string_view> names;
  for (const Measure& measure : measures()) {
    INFO(measure.name);
    CHECK(names.insert(measure.name).second);
    CHECK(find_measure(measure.name) == &measure);
    for (const auto text : {measure.name, measure.summary, measure.unit, measure.cost, measure.source}) {
      CHECK_FALSE(text.empty());
    }
  }
  CHECK(find_measure("centralty") == nullptr);
}

TEST_CASE("every reason has a name") {
  CHECK(name_of(Why::none).empty());
  CHECK(name_of(Why::single_vertex) == "single_vertex");
  CHECK(name_of(Why::not_in_dominant_component) == "not_in_dominant_component");
  CHECK(name_of(Why::tied_components) == "tied_components");
  CHECK(name_of(Why::no_edges) == "no_edges");
  CHECK(name_of(Why::too_few_vertices) == "too_few_vertices");
  CHECK(name_of(Why::isolate) == "isolate");
  CHECK(name_of(Why::too_few_neighbours) == "too_few_neighbours");
  CHECK(name_of(Why::no_partners) == "no_partners");
  CHECK(name_of(Why::component_size) == "component_size");
  CHECK(name_of(Why::no_leads) == "no_leads");
}

TEST_CASE("every measure gives one value per vertex, never below zero, and says why one is undefined") {
  CHECK(holds("shape and range", [](const Measure& measure, const graphs::OwnedGraph& graph) {
    const auto column = measured(measure.name, graph);
    RC_ASSERT(column.values.size() == graph.vertices());
    RC_ASSERT(column.normalised.empty() || column.normalised.size() == graph.vertices());
    RC_ASSERT(column.why.empty() || column.why.size() == graph.vertices());
    RC_ASSERT(!column.variant.empty());
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      const bool explained = !column.why.empty() && column.why[v] != Why::none;
      RC_ASSERT(column.values[v] >= 0 || (std::isnan(column.values[v]) && explained));
      if (column.normalised.empty()) continue;
      RC_ASSERT((column.normalised[v] >= 0 && column.normalised[v] <= 1 + 1e-12) ||
                (std::isnan(column.normalised[v]) && explained));
    }
  }));
}

TEST_CASE("relabelling the vertices permutes the values of every measure") {
  CHECK(holds("relabelling", [](const Measure& measure, const graphs::OwnedGraph& graph) {
    const auto number = graphs::random_numbers(graph, 7);
    const auto before = measured(measure.name, graph),
               after = measured(measure.name, graphs::renumbered(graph, number));
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) RC_ASSERT(same(before.values[v], after.values[number[v]]));
  }));
}

/// What is left of the values after an isolate joined: a distribution, a share of all others and a mean square shrink
/// or grow as one.
double kept(const Measure& measure, const graphs::OwnedGraph& graph, const Column& larger) {
  const double n = graph.vertices();
  if (measure.name == "pagerank") return 1 - larger.values[graph.investors];
  if (measure.name == "closeness") return (n - 1) / n;
  if (measure.name == "beta") return std::sqrt((n + 1) / n);
  return 1;
}

TEST_CASE("an isolate changes nothing, or no proportion") {
  CHECK(holds("isolate", [](const Measure& measure, const graphs::OwnedGraph& graph) {
    if (measure.name == "birank") return;  // its query is spread over all investors, and the new one's share is lost
    // The new vertex stands between the investors and the companies.
    const auto moved = [&](std::uint32_t v) { return v < graph.investors ? v : v + 1; };
    std::vector<graphs::WeightedEdge> edges = graph.edges;
    for (auto& edge : edges) edge = {moved(edge.a), moved(edge.b), edge.weight};
    const graphs::OwnedGraph larger(graph.kind, graph.investors + 1, graph.companies, std::move(edges));

    const auto before = measured(measure.name, graph), after = measured(measure.name, larger);
    if (graph.vertices() == 1) return;  // alone no longer
    const double factor = kept(measure, graph, after);
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      RC_ASSERT(same(before.values[v], after.values[moved(v)] / factor));
    }
  }));
}

TEST_CASE("every measure gives the same bytes on one thread and on four") {
  for (const auto& graph : {graphs::random_coinvest(1500, 2500, 1), graphs::random_bipartite(700, 900, 2000, 2)}) {
    for (const Measure& measure : measures()) {
      INFO(measure.name);
      if (!defined_on(measure, graph)) continue;
      const auto one = measured(measure.name, graph, 1), four = measured(measure.name, graph, 4);
      CHECK(bits_of(one.values) == bits_of(four.values));
      CHECK(bits_of(one.normalised) == bits_of(four.normalised));
    }
  }
}

TEST_CASE("every measure takes the empty graph") {
  for (const Measure& measure : measures()) {
    for (const auto& graph : {graphs::coinvest_graph(0, {}), graphs::bipartite_graph(0, 0, {})}) {
      INFO(measure.name);
      if (!defined_on(measure, graph)) continue;
      const auto column = measured(measure.name, graph);
      CHECK(column.values.empty());
      CHECK(column.normalised.empty());
    }
  }
}

TEST_CASE("every measure but the immediate ones sees the stop flag") {
  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  const auto ties = graphs::random_coinvest(50, 100, 1);
  const auto holdings = graphs::random_bipartite(50, 50, 100, 1);
  const std::set<std::string_view> at_once{"degree", "strength", "indegree", "outdegree", "core"};
  for (const Measure& measure : measures()) {
    if (at_once.contains(measure.name)) continue;
    INFO(measure.name);
    const auto& graph = measure.graphs == DefinedOn::bipartite ? holdings : ties;
    const auto column = measure.run(graph.view(), MeasureParams{}, context);
    REQUIRE_FALSE(column.has_value());
    CHECK(column.error().kind == ErrorKind::cancelled);
  }
}

}  // namespace
}  // namespace coinvest
