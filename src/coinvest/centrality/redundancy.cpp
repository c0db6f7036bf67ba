// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <utility>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"

namespace coinvest {
namespace {

/// Counts the pairs of neighbours of one vertex that some other vertex has, too.
class PairCounter {
 public:
  explicit PairCounter(const GraphView& graph)
      : graph_(graph), end_of_(graph.vertices(), 0), next_in_(graph.vertices(), 0) {}

  std::uint64_t redundant_pairs(std::uint32_t vertex) {
    collect(vertex);
    const auto neighbours = graph_.neighbours_of(vertex);
    const auto size = static_cast<std::uint32_t>(neighbours.size());
    joined_with_.assign(size, size);
    std::uint64_t pairs = 0;
    for (std::uint32_t a = 0; a < size; ++a) {
      std::uint32_t missing = size - a - 1;
      for (const std::uint32_t partner : graph_.neighbours_of(neighbours[a])) {
        if (missing == 0) break;
        if (partner == vertex) continue;
        // The positions of a partner ascend, and so does a: those up to a are done with.
        while (next_in_[partner] < end_of_[partner] && shared_[next_in_[partner]] <= a) ++next_in_[partner];
        for (std::uint64_t at = next_in_[partner]; at < end_of_[partner]; ++at) {
          if (joined_with_[shared_[at]] == a) continue;
          joined_with_[shared_[at]] = a;
          --missing;
          ++pairs;
        }
      }
    }
    return pairs;
  }

 private:
  /// For everybody who shares neighbours with the vertex, which: positions among them, ascending, from next_in_ to
  /// end_of_.
  void collect(std::uint32_t vertex) {
    for (const std::uint32_t partner : partners_) end_of_[partner] = 0;
    partners_.clear();
    const auto neighbours = graph_.neighbours_of(vertex);
    for (const std::uint32_t neighbour : neighbours) {
      for (const std::uint32_t partner : graph_.neighbours_of(neighbour))
        if (partner != vertex && end_of_[partner]++ == 0) partners_.push_back(partner);
    }
    std::uint64_t total = 0;
    for (const std::uint32_t partner : partners_) {
      next_in_[partner] = total;
      total += std::exchange(end_of_[partner], total);
    }
    shared_.resize(total);
    for (std::uint32_t position = 0; position < neighbours.size(); ++position) {
      for (const std::uint32_t partner : graph_.neighbours_of(neighbours[position]))
        if (partner != vertex) shared_[end_of_[partner]++] = position;
    }
  }

  const GraphView& graph_;
  std::vector<std::uint64_t> end_of_, next_in_;
  std::vector<std::uint32_t> shared_, joined_with_, partners_;
};

}  // namespace

Result<Column> redundancy(const GraphView& graph, const MeasureParams&, const Context& context) {
  Column column;
  column.variant = "share of pairs of neighbours that somebody else joins, too";
  column.values.assign(graph.vertices(), std::numeric_limits<double>::quiet_NaN());
  context.start("redundancy", graph.vertices());
  for_vertices_in_blocks(graph, context, [&](std::uint32_t first, std::uint32_t last) {
    PairCounter counter(graph);
    for (std::uint32_t v = first; v < last && !context.stopped(); ++v) {
      const auto degree = static_cast<double>(graph.degree(v));
      if (degree >= 2) column.values[v] = static_cast<double>(counter.redundant_pairs(v)) / (degree * (degree - 1) / 2);
    }
    context.advance(last - first);
  });
  if (context.stopped()) return cancelled();
  explain_undefined(column, Why::too_few_neighbours);
  return column;
}

}  // namespace coinvest
