// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace coinvest {

enum class GraphKind : std::uint8_t { bipartite, coinvest };

/// Which graphs a measure or method is defined on.
enum class DefinedOn : std::uint8_t { both, bipartite, coinvest };

constexpr bool is_defined_on(DefinedOn graphs, GraphKind kind) {
  return graphs == DefinedOn::both || (graphs == DefinedOn::bipartite) == (kind == GraphKind::bipartite);
}

/// Directed ties among the vertices of a graph, seen without owning them: row v holds the ends of the arcs from v,
/// ascending; weights run parallel. Without rows nothing is known about directions.
struct ArcView {
  std::span<const std::uint64_t> offsets;  ///< vertices + 1, or none
  std::span<const std::uint32_t> ends;
  std::span<const double> weights;
};

/// An undirected graph in compressed sparse rows, seen without owning it: the neighbours of vertex v are
/// neighbours[offsets[v] .. offsets[v+1]), ascending, each edge standing in the rows of both its ends; weights run
/// parallel. Vertices [0, investors) are investors, the rest companies; a co-investment graph has no companies.
struct GraphView {
  GraphKind kind = GraphKind::bipartite;
  std::uint32_t investors = 0;
  std::uint32_t companies = 0;
  std::span<const std::uint64_t> offsets;  ///< vertices() + 1
  std::span<const std::uint32_t> neighbours;
  std::span<const double> weights;  ///< as long as `neighbours`, all positive
  ArcView leads{};                  ///< of a co-investment graph: from who led a round to who followed

  std::uint32_t vertices() const { return investors + companies; }
  std::uint64_t edges() const { return neighbours.size() / 2; }
  std::uint64_t degree(std::uint32_t vertex) const { return offsets[vertex + 1] - offsets[vertex]; }
  std::span<const std::uint32_t> neighbours_of(std::uint32_t vertex) const {
    return neighbours.subspan(offsets[vertex], degree(vertex));
  }
  std::span<const double> weights_of(std::uint32_t vertex) const {
    return weights.subspan(offsets[vertex], degree(vertex));
  }
};

}  // namespace coinvest
