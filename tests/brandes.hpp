// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/graph/betweenness_centrality.hpp>
#include <vector>

#include "coinvest/graph/boost.hpp"

namespace coinvest::graphs {

/// Betweenness by Boost.Graph, through the long overload: the short one counts paths in integers, which overflow.
inline std::vector<double> brandes(const GraphView& graph) {
  const std::size_t n = graph.vertices();
  const auto by_vertex = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
  };
  std::vector<double> centrality(n), dependency(n), paths(n);
  std::vector<std::size_t> distance(n);
  std::vector<std::vector<GraphEdge>> incoming(n);
  boost::brandes_betweenness_centrality(graph, by_vertex(centrality), boost::dummy_property_map(), by_vertex(incoming),
                                        by_vertex(distance), by_vertex(dependency), by_vertex(paths),
                                        get(boost::vertex_index, graph));
  return centrality;
}

/// The same with the weights of the edges as their lengths. Lengths must be whole numbers: it takes sums that differ in
/// their last digit for different.
inline std::vector<double> brandes_with_lengths(const GraphView& graph) {
  const std::size_t n = graph.vertices();
  const auto by_vertex = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
  };
  std::vector<double> centrality(n), dependency(n), paths(n), distance(n);
  std::vector<std::vector<GraphEdge>> incoming(n);
  boost::brandes_betweenness_centrality(graph, by_vertex(centrality), boost::dummy_property_map(), by_vertex(incoming),
                                        by_vertex(distance), by_vertex(dependency), by_vertex(paths),
                                        get(boost::vertex_index, graph), get(boost::edge_weight, graph));
  return centrality;
}

}  // namespace coinvest::graphs
