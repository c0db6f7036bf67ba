// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/centrality/sources.hpp"

namespace coinvest {

/// How a search ended. `overflow`: a number of paths is beyond doubles. Unless done, the searcher is of no use.
enum class BrandesOutcome : std::uint8_t { done, interrupted, overflow };

/// Brandes' algorithm from eight sources at once, one per lane of a vector: searches from neighbouring sources visit
/// the same vertices at about the same depth, and share the reading of their rows.
class Brandes {
 public:
  static constexpr std::size_t lanes = 8;
  using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;
  using LaneSet = std::uint8_t;

  /// `stands_for`: how many vertices each vertex stands for, as an end of paths.
  Brandes(const LocalGraph& graph, std::span<const double> stands_for);

  /// Adds to `sums` the dependency of all paths from each of the sources, at most eight, on every vertex; to `squares`,
  /// unless it is empty, the squares of these. O(V+E).
  BrandesOutcome add(std::span<const std::uint32_t> sources, std::span<double> sums, std::span<double> squares,
                     const Context& context);

 private:
  struct alignas(sizeof(Lanes)) Held {  // an attribute of a type would be lost on the way into the vector's allocator
    Lanes value{};
  };
  struct Visit {
    std::uint32_t vertex;
    LaneSet at;  ///< the lanes whose search has the vertex at this level
  };
  struct Reached {
    LaneSet before = 0;  ///< on earlier levels
    LaneSet now = 0;     ///< on the next level
  };

  bool search(std::span<const std::uint32_t> sources, const Context& context);
  void accumulate(const Lanes& source_size, std::span<double> sums, std::span<double> squares, const Context& context);
  void clear();

  const LocalGraph& graph_;
  std::span<const double> stands_for_;
  std::vector<Reached> reached_;     ///< by vertex
  std::vector<Held> arriving_;       ///< by vertex: numbers of paths so far, on the level to come
  std::vector<Held> share_[2];       ///< by vertex: what a predecessor gets per path, on even and on odd levels
  std::vector<Visit> visits_;        ///< of all levels, one level after the other
  std::vector<Held> paths_;          ///< of every visit: numbers of shortest paths from the sources in `at`, else 0
  std::vector<std::size_t> levels_;  ///< where each begins among the visits, and the end
  std::vector<std::uint32_t> next_;  ///< the vertices of the level to come
  std::vector<std::uint32_t> successors_;  ///< of all visits, one visit after the other
  std::vector<std::size_t> successors_end_;
};

}  // namespace coinvest
