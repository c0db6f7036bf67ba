// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/boost.hpp"

#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>

#include "brandes.hpp"
#include "catch.hpp"
#include "graphs.hpp"

namespace coinvest {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<GraphView>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<GraphView>));

template <typename Values>
auto by_vertex(Values& values, const GraphView& graph) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
}

/// Alpha and Beta with three and two investors, Gamma with one of its own; the last investor of none.
graphs::OwnedGraph two_components() {
  return graphs::bipartite_graph(5, 3, {{0, 5}, {1, 5}, {2, 5}, {1, 6}, {2, 6}, {3, 7}});
}

TEST_CASE("the edges of a view stand once each, in order, with their weights") {
  const auto owned = graphs::coinvest_graph(5, {{0, 1, 2}, {3, 1, 5}, {0, 3, 7}});
  const GraphView graph = owned.view();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<double> weights;
  for (auto [edge, end] = edges(graph); edge != end; ++edge) {
    ends.emplace_back(source(*edge, graph), target(*edge, graph));
    weights.push_back(get(get(boost::edge_weight, graph), *edge));
  }
  CHECK(ends == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 1}, {0, 3}, {1, 3}});
  CHECK(weights == std::vector<double>{2, 7, 5});
  CHECK(num_edges(graph) == 3);
  CHECK(num_vertices(graph) == 5);
}

TEST_CASE("an edge equals itself seen from its other end") {
  CHECK(GraphEdge{1, 2, 0} == GraphEdge{2, 1, 5});
  CHECK_FALSE(GraphEdge{1, 2, 0} == GraphEdge{1, 3, 0});
}

TEST_CASE("a graph without edges has no edges to walk") {
  const auto owned = graphs::coinvest_graph(3, {});
  const auto [begin, end] = edges(owned.view());
  CHECK(begin == end);
}

TEST_CASE("connected_components runs on both kinds of graph") {
  const auto bipartite = two_components();
  const auto ties = graphs::projection(bipartite);
  std::vector<int> label(bipartite.vertices());
  CHECK(boost::connected_components(bipartite.view(), by_vertex(label, bipartite.view())) == 3);
  CHECK(label == std::vector<int>{0, 0, 0, 1, 2, 0, 0, 1});
  label.resize(ties.vertices());
  CHECK(boost::connected_components(ties.view(), by_vertex(label, ties.view())) == 3);
  CHECK(label == std::vector<int>{0, 0, 0, 1, 2});
}

TEST_CASE("brandes_betweenness_centrality runs on both kinds of graph") {
  // On K(2,3) each of the three pairs on the one side has two shortest paths, the pair on the other side three.
  const auto bipartite = graphs::complete_bipartite(2, 3);
  const auto expected = std::vector<double>{1.5, 1.5, 1 / 3., 1 / 3., 1 / 3.};
  const auto scores = graphs::brandes(bipartite.view());
  for (std::size_t v = 0; v < expected.size(); ++v) CHECK(scores[v] == Approx(expected[v]).epsilon(1e-14));

  const auto ties = graphs::star(4);
  CHECK(graphs::brandes(ties.view()) == std::vector<double>{6, 0, 0, 0, 0});
}

TEST_CASE("the edge weight map serves weighted algorithms") {
  const auto owned = graphs::coinvest_graph(3, {{0, 1, 4}, {1, 2, 1}, {0, 2, 2}});
  const GraphView graph = owned.view();
  std::vector<double> distance(3);
  boost::dijkstra_shortest_paths(graph, 0U,
                                 boost::weight_map(get(boost::edge_weight, graph))
                                     .vertex_index_map(get(boost::vertex_index, graph))
                                     .distance_map(by_vertex(distance, graph)));
  CHECK(distance == std::vector<double>{0, 3, 2});
}

}  // namespace
}  // namespace coinvest
