// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/distances.hpp"

#include <bit>
#include <utility>

#include "coinvest/centrality/sources.hpp"

namespace coinvest {
namespace {

constexpr std::size_t words = 8;
constexpr std::size_t sources_per_batch = words * 64;

/// Of a search, which goes along every edge in both directions.
double edge_steps(const LocalGraph& graph) {
  return static_cast<double>(graph.neighbours.size());
}

/// A set of the sources of one batch, one bit each.
using Bits [[gnu::vector_size(words * sizeof(std::uint64_t))]] = std::uint64_t;
struct alignas(sizeof(Bits)) SourceSet {
  Bits bits{};
};

[[gnu::always_inline]] inline std::uint64_t any(const Bits& bits) {
  return (bits[0] | bits[1] | bits[2] | bits[3]) | (bits[4] | bits[5] | bits[6] | bits[7]);
}

[[gnu::always_inline]] inline double size_of(const Bits& bits) {
  int total = 0;
  for (std::size_t word = 0; word < words; ++word) total += std::popcount(bits[word]);
  return total;
}

/// Breadth-first searches from 512 sources at once, one bit each. No distance is stored: of the sources that come to
/// a vertex at one level only the number matters.
class BitSearch {
 public:
  BitSearch(const LocalGraph& graph, DistanceSum sum)
      : graph_(graph),
        sum_(sum),
        seen_(graph.vertices()),
        here_(graph.vertices()),
        coming_(graph.vertices()),
        is_next_(graph.vertices()),
        next_(graph.vertices() + std::size_t{1}) {}

  /// Adds to each vertex the sum over the sources [first, last).
  [[COINVEST_WIDE_VECTORS]] void add(std::uint32_t first, std::uint32_t last, std::span<double> sums,
                                     const Context& context) {
    seen_.assign(graph_.vertices(), {});
    frontier_.clear();
    for (std::uint32_t source = first; source < last; ++source) {
      here_[source] = {};
      here_[source].bits[(source - first) / 64] = std::uint64_t{1} << (source - first) % 64;
      seen_[source] = here_[source];
      frontier_.push_back(source);
    }
    for (double distance = 1; !frontier_.empty(); ++distance) {
      std::size_t found = 0;
      for (std::size_t i = 0; i < frontier_.size(); ++i) {
        if (i % 1024 == 0 && context.stopped()) return;
        const Bits from = here_[frontier_[i]].bits;
        for (const std::uint32_t to : graph_.neighbours_of(frontier_[i])) {
          coming_[to].bits |= from;
          next_[found] = to;  // without a branch, which would be guessed wrong
          found += static_cast<std::size_t>(is_next_[to] == 0);
          is_next_[to] = 1;
        }
      }
      frontier_.clear();
      for (std::size_t i = 0; i < found; ++i) {
        const std::uint32_t v = next_[i];
        is_next_[v] = 0;
        const Bits entering = std::exchange(coming_[v], {}).bits & ~seen_[v].bits;
        if (any(entering) == 0) continue;
        seen_[v].bits |= entering;
        here_[v].bits = entering;
        const double sources = size_of(entering);
        sums[v] += sum_ == DistanceSum::inverses ? sources / distance : sources * distance;
        frontier_.push_back(v);
      }
    }
  }

 private:
  const LocalGraph& graph_;
  const DistanceSum sum_;
  std::vector<SourceSet> seen_, here_, coming_;
  std::vector<std::uint8_t> is_next_;
  std::vector<std::uint32_t> frontier_, next_;
};

}  // namespace

Result<std::vector<double>> sum_over_distances(const GraphView& graph, DistanceSum sum, const char* what,
                                               const Context& context) {
  const LocalGraph local = localize(graph, std::vector<std::uint8_t>(graph.vertices(), 1));
  context.start(what, local.vertices());
  const std::size_t batches = (local.vertices() + sources_per_batch - 1) / sources_per_batch;
  const auto sums = sum_in_blocks(
      batches, local.vertices(), words * edge_steps(local), context, [&](std::size_t from, std::size_t to, auto part) {
        BitSearch search(local, sum);
        for (std::size_t batch = from; batch < to && !context.stopped(); ++batch) {
          const auto first = static_cast<std::uint32_t>(batch * sources_per_batch);
          const std::uint32_t last = std::min(first + static_cast<std::uint32_t>(sources_per_batch), local.vertices());
          search.add(first, last, part, context);
          context.advance(last - first);
        }
      });
  if (context.stopped()) return cancelled();
  std::vector<double> by_vertex(graph.vertices());
  for (std::uint32_t v = 0; v < local.vertices(); ++v) by_vertex[local.original[v]] = sums[v];
  return by_vertex;
}

}  // namespace coinvest
