// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "coinvest/graph/view.hpp"

// Makes a GraphView a Boost.Graph graph without a copy: VertexListGraph, IncidenceGraph, AdjacencyGraph and
// EdgeListGraph, with its vertex_index and edge_weight maps. Heavy: include it in .cpp files only.
// Traps: the short call of brandes_betweenness_centrality counts paths in integers, which overflow without a word, and
// boost::page_rank does not sum to one; coinvest has its own of both.

namespace coinvest {

/// One direction of an edge. Equal to the same edge seen from its other end.
struct GraphEdge {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint64_t position = 0;  ///< of `target` in the neighbours of the view

  friend bool operator==(const GraphEdge& a, const GraphEdge& b) {
    return (a.source == b.source && a.target == b.target) || (a.source == b.target && a.target == b.source);
  }
};

/// Makes the edges of one row out of their positions.
struct OutEdgeAt {
  const std::uint32_t* neighbours = nullptr;
  std::uint32_t source = 0;
  GraphEdge operator()(std::uint64_t position) const { return {source, neighbours[position], position}; }
};
using OutEdgeIterator = boost::transform_iterator<OutEdgeAt, boost::counting_iterator<std::uint64_t>>;

/// Walks every edge once, at its end with the lower number.
class EdgeIterator : public boost::iterator_facade<EdgeIterator, GraphEdge, boost::forward_traversal_tag, GraphEdge> {
 public:
  EdgeIterator() = default;
  EdgeIterator(const GraphView& graph, std::uint64_t position)
      : offsets_(graph.offsets.data()), neighbours_(graph.neighbours.data()), end_(graph.neighbours.size()) {
    position_ = position;
    settle();
  }

 private:
  friend class boost::iterator_core_access;
  GraphEdge dereference() const { return {source_, neighbours_[position_], position_}; }
  bool equal(const EdgeIterator& other) const { return position_ == other.position_; }
  void increment() {
    ++position_;
    settle();
  }
  void settle() {
    for (; position_ < end_; ++position_) {
      while (offsets_[source_ + 1] <= position_) ++source_;
      if (source_ < neighbours_[position_]) return;
    }
  }

  const std::uint64_t* offsets_ = nullptr;
  const std::uint32_t* neighbours_ = nullptr;
  std::uint64_t end_ = 0;
  std::uint64_t position_ = 0;
  std::uint32_t source_ = 0;
};

/// The weights of a view as a property map of its edges.
struct EdgeWeightMap {
  using key_type = GraphEdge;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;
  const double* weights = nullptr;

  friend double get(const EdgeWeightMap& map, const GraphEdge& edge) { return map.weights[edge.position]; }
};

// Found by Boost.Graph through argument-dependent lookup.
inline std::size_t num_vertices(const GraphView& graph) {
  return graph.vertices();
}
inline std::size_t num_edges(const GraphView& graph) {
  return graph.edges();
}
inline std::size_t out_degree(std::uint32_t vertex, const GraphView& graph) {
  return graph.degree(vertex);
}
inline std::size_t degree(std::uint32_t vertex, const GraphView& graph) {
  return graph.degree(vertex);
}
inline std::uint32_t source(const GraphEdge& edge, const GraphView&) {
  return edge.source;
}
inline std::uint32_t target(const GraphEdge& edge, const GraphView&) {
  return edge.target;
}

inline auto vertices(const GraphView& graph) {
  return std::pair(boost::counting_iterator<std::uint32_t>(0),
                   boost::counting_iterator<std::uint32_t>(graph.vertices()));
}
inline auto adjacent_vertices(std::uint32_t vertex, const GraphView& graph) {
  const std::uint32_t* row = graph.neighbours.data() + graph.offsets[vertex];
  return std::pair(row, row + graph.degree(vertex));
}
inline auto out_edges(std::uint32_t vertex, const GraphView& graph) {
  const OutEdgeAt edge_at{graph.neighbours.data(), vertex};
  const auto at = [&](std::uint64_t position) {
    return OutEdgeIterator(boost::counting_iterator<std::uint64_t>(position), edge_at);
  };
  return std::pair(at(graph.offsets[vertex]), at(graph.offsets[vertex + 1]));
}
inline auto edges(const GraphView& graph) {
  return std::pair(EdgeIterator(graph, 0), EdgeIterator(graph, graph.neighbours.size()));
}

inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, const GraphView&) {
  return {};
}
inline EdgeWeightMap get(boost::edge_weight_t, const GraphView& graph) {
  return {graph.weights.data()};
}

}  // namespace coinvest

template <>
struct boost::graph_traits<coinvest::GraphView> {
  struct traversal_category : virtual boost::vertex_list_graph_tag,
                              virtual boost::incidence_graph_tag,
                              virtual boost::adjacency_graph_tag,
                              virtual boost::edge_list_graph_tag {};
  using directed_category = boost::undirected_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = coinvest::GraphEdge;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using edge_iterator = coinvest::EdgeIterator;
  using out_edge_iterator = coinvest::OutEdgeIterator;
  using adjacency_iterator = const std::uint32_t*;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return ~vertex_descriptor{0}; }
};

template <>  // core_numbers asks for it
struct boost::graph_traits<const coinvest::GraphView> : boost::graph_traits<coinvest::GraphView> {};

template <>
struct boost::property_map<coinvest::GraphView, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};

template <>
struct boost::property_map<coinvest::GraphView, boost::edge_weight_t> {
  using type = coinvest::EdgeWeightMap;
  using const_type = type;
};
