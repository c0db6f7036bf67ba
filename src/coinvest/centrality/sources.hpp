// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/view.hpp"

namespace coinvest {

// What the measures share that look at the graph from every vertex.

/// A part of a graph renumbered breadth first from its hubs, so that neighbours lie close in memory.
struct LocalGraph {
  std::vector<std::uint32_t> original;    ///< number in the whole graph
  std::vector<std::uint64_t> offsets;     ///< original.size() + 1
  std::vector<std::uint32_t> neighbours;  ///< new numbers

  std::uint32_t vertices() const { return static_cast<std::uint32_t>(original.size()); }
  std::span<const std::uint32_t> neighbours_of(std::uint32_t vertex) const {
    return std::span(neighbours).subspan(offsets[vertex], offsets[vertex + 1] - offsets[vertex]);
  }
};

/// The subgraph of the vertices with kept[v] != 0. O(V log V + E).
LocalGraph localize(const GraphView& graph, std::span<const std::uint8_t> kept);

/// Batches [first, last) of the sources, whose results are added to `sums`.
using SumBatches = std::function<void(std::size_t first, std::size_t last, std::span<double> sums)>;

/// Cuts the batches into at most 64 blocks, runs `add` on each in parallel and adds up the blocks' sums (of `length`
/// values each) in order: the cut depends on nothing but batches and length, so the result is the same for any number
/// of threads. There are fewer blocks where their sums would need more than 512 MB, but at least 4. A batch costs
/// `steps`.
std::vector<double> sum_in_blocks(std::size_t batches, std::size_t length, double steps, const Context& context,
                                  const SumBatches& add);

/// Calls body(first, last) for blocks of the vertices [0, vertices), in parallel, at most 64 of them, so that a body
/// may hold an array as long as the graph. For values that depend on nothing but their own vertex, and cost as many
/// steps as its neighbours have neighbours.
void for_vertices_in_blocks(const GraphView& graph, const Context& context,
                            const std::function<void(std::uint32_t first, std::uint32_t last)>& body);

}  // namespace coinvest
