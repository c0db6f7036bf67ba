// SPDX-License-Identifier: Apache-2.0
// our_graphs FIRST COUNT: for each seed from FIRST one line of JSON: a random graph and what we, and Boost.Graph, say
// of it.

#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "brandes.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/clusters/method.hpp"
#include "graphs.hpp"

namespace coinvest {
namespace {

using nlohmann::json;

/// Draws numbers the same way everywhere: distributions of the standard library differ between vendors.
struct Draw {
  std::mt19937_64 random;
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); }
  std::uint32_t between(std::uint32_t least, std::uint32_t most) { return least + below(most - least + 1); }
  double weight() { return between(1, 4); }
};

/// A bipartite graph as one grows: its edges name investors and companies, each from 0.
struct Growing {
  std::uint32_t investors = 0, companies = 0;
  std::vector<graphs::WeightedEdge> edges;

  void add(const Growing& other) {
    for (const auto& edge : other.edges) edges.push_back({investors + edge.a, companies + edge.b, edge.weight});
    investors += other.investors;
    companies += other.companies;
  }
};

/// Every new vertex is tied to one of the other side.
Growing tree(Draw& draw) {
  Growing graph{1, 1, {{0, 0, draw.weight()}}};
  for (std::uint32_t left = draw.below(25); left > 0; --left) {
    if (draw.below(2) == 0)
      graph.edges.push_back({graph.investors++, draw.below(graph.companies), draw.weight()});
    else
      graph.edges.push_back({draw.below(graph.investors), graph.companies++, draw.weight()});
  }
  return graph;
}

Growing biclique(Draw& draw, std::uint32_t most_investors, std::uint32_t most_companies) {
  Growing graph{draw.between(1, most_investors), draw.between(1, most_companies), {}};
  for (std::uint32_t a = 0; a < graph.investors; ++a)
    for (std::uint32_t b = 0; b < graph.companies; ++b) graph.edges.push_back({a, b, draw.weight()});
  return graph;
}

/// A cycle of even length with chords.
Growing ring(Draw& draw) {
  const std::uint32_t n = draw.between(2, 10);
  Growing graph{n, n, {}};
  for (std::uint32_t a = 0; a < n; ++a) {
    graph.edges.push_back({a, a, draw.weight()});
    graph.edges.push_back({a, (a + 1) % n, draw.weight()});
  }
  for (std::uint32_t left = draw.below(4); left > 0; --left)
    graph.edges.push_back({draw.below(n), draw.below(n), draw.weight()});
  return graph;
}

Growing sprinkled(Draw& draw) {
  Growing graph{draw.between(1, 16), draw.between(1, 16), {}};
  for (std::uint32_t left = draw.below(3 * (graph.investors + graph.companies)); left > 0; --left)
    graph.edges.push_back({draw.below(graph.investors), draw.below(graph.companies), draw.weight()});
  return graph;
}

Growing part(Draw& draw) {
  switch (draw.below(6)) {
    case 0:
      return tree(draw);
    case 1:
      return biclique(draw, 1, 15);  // an investor alone with its companies
    case 2:
      return biclique(draw, 15, 1);  // a company alone with its investors
    case 3:
      return biclique(draw, 6, 6);
    case 4:
      return ring(draw);
    default:
      return sprinkled(draw);
  }
}

graphs::OwnedGraph random_graph(std::uint64_t seed) {
  Draw draw{std::mt19937_64(seed)};
  Growing graph = part(draw);
  for (std::uint32_t left = draw.below(3); left > 0; --left) graph.add(part(draw));
  for (auto& edge : graph.edges) edge.b += graph.investors;
  return graphs::bipartite_graph(graph.investors, graph.companies, std::move(graph.edges));
}

json boost_of(const GraphView& graph) {
  const std::size_t n = graph.vertices();
  const auto by_vertex = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
  };
  std::vector<unsigned> component(n), cores(n);
  boost::connected_components(graph, by_vertex(component));
  boost::core_numbers(graph, by_vertex(cores));
  std::vector<double> harmonic(n);
  for (std::uint32_t v = 0; v < n; ++v) {
    std::vector<double> distance(n);
    const std::vector<double> steps(graph.neighbours.size(), 1);
    GraphView unweighted = graph;
    unweighted.weights = steps;
    boost::dijkstra_shortest_paths(unweighted, v, boost::distance_map(by_vertex(distance)));
    for (std::uint32_t other = 0; other < n; ++other)
      if (other != v && component[other] == component[v]) harmonic[v] += 1 / distance[other];
  }
  return {{"betweenness", graphs::brandes(graph)},
          {"harmonic", std::move(harmonic)},
          {"core", std::move(cores)},
          {"components", std::move(component)}};
}

json described(const graphs::OwnedGraph& graph) {
  const GraphView view = graph.view();
  json ours, clusters;
  const auto measure = [&](const Measure& row, const std::string& name, const MeasureParams& params) {
    const auto column = row.run(view, params, Context{});
    ours[name] = column ? json(column->values) : json(column.error().message);
  };
  for (const Measure& row : measures())
    if (is_defined_on(row.graphs, view.kind)) measure(row, std::string(row.name), {});
  MeasureParams lengths;
  lengths.edge_length = EdgeLength::inverse_weight;
  measure(*find_measure("betweenness"), "betweenness of lengths", lengths);
  for (const char* name : {"components", "leiden"}) {
    const auto found = find_cluster_method(name)->run(view, {}, Context{});
    if (found) clusters[name] = {{"labels", found->cluster}, {"modularity", modularity(view, found->cluster)}};
  }
  json edges = json::array();
  for (std::uint32_t v = 0; v < view.vertices(); ++v)
    for (std::size_t i = 0; i < view.degree(v); ++i)
      if (const std::uint32_t other = view.neighbours_of(v)[i]; v < other)
        edges.push_back({v, other, view.weights_of(v)[i]});
  return {{"investors", graph.investors}, {"companies", graph.companies},    {"edges", std::move(edges)},
          {"ours", std::move(ours)},      {"clusters", std::move(clusters)}, {"boost", boost_of(view)}};
}

}  // namespace
}  // namespace coinvest

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "Usage: our_graphs FIRST COUNT\n";
    return 2;
  }
  const std::uint64_t first = std::stoull(argv[1]), count = std::stoull(argv[2]);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto graph = coinvest::random_graph(seed);
    const nlohmann::json line{{"seed", seed},
                              {"bipartite", coinvest::described(graph)},
                              {"coinvest", coinvest::described(coinvest::graphs::projection(graph))}};
    std::cout << line << '\n';
  }
  return 0;
}
