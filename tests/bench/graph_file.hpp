// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "coinvest/graph/bipartite.hpp"

namespace coinvest::bench {

/// The edges of a graph, as every program that is measured reads them. The file: three little-endian 32-bit numbers
/// (investors, companies, edges; without companies a co-investment graph), the two vertices of every edge, and then the
/// weights of the edges as doubles.
struct EdgeList {
  std::uint32_t investors = 0, companies = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<double> weights;
};

EdgeList read_edges(const std::string& path);
void write_edges(const std::string& path, const EdgeList& list);

/// The edges of a graph, each once.
EdgeList edges_of(const GraphView& graph);

/// Both directions in compressed sparse rows.
Bipartite graph_of(const EdgeList& list);

/// A graph as if the data had grown `copies` times: the degree sequences of both sides repeated, their ends joined at
/// random (bipartite configuration model), several edges between the same two vertices made one.
EdgeList grown(const GraphView& graph, std::uint32_t copies, std::uint64_t seed);

}  // namespace coinvest::bench
