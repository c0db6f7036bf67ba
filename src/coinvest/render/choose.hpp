// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/graph/view.hpp"

namespace coinvest {

/// At most `most` vertices worth drawing, in the order of choice. Grows from the vertex with the highest score: each
/// step adds the highest-scored neighbour of what is there, of the side that has fewer so far, so that the choice
/// stays connected and shows both sides. When a component is used up, goes on with the best vertex outside. Vertices
/// without a chosen neighbour are left out. Undefined scores count lowest, ties go to the lower vertex. O(E log V).
std::vector<std::uint32_t> choose_vertices(const GraphView& graph, std::span<const double> score, std::size_t most);

/// What lies at most so many steps from a vertex.
struct Around {
  std::uint32_t centre = 0, steps = 2;
};

/// The same, beginning with the centre, of the vertices that are near enough alone; the centre itself always. Shortest
/// paths to the centre need not be chosen. O(E log V).
std::vector<std::uint32_t> choose_around(const GraphView& graph, std::span<const double> score, std::size_t most,
                                         const Around& around);

struct ChosenEdge {
  std::uint32_t from = 0, to = 0;  ///< vertices, from < to
  double weight = 0.0;
};

struct ChosenEdges {
  std::vector<ChosenEdge> edges;  ///< ascending
  std::uint64_t among = 0;        ///< edges that the vertices have among themselves
};

/// The edges among the given vertices, at most `most` of them: first those of the centre, if there is one, and a
/// spanning forest of the heaviest others, so that nothing falls apart, then the heaviest that are left; ties go to the
/// lower vertices. O(E log E).
ChosenEdges choose_edges(const GraphView& graph, std::span<const std::uint32_t> vertices, std::size_t most,
                         std::optional<std::uint32_t> centre = {});

}  // namespace coinvest
