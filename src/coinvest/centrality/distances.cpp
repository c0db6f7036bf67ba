// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/distances.hpp"

#include <array>
#include <bit>

#include "coinvest/centrality/sources.hpp"

namespace coinvest {
namespace {

constexpr std::size_t words = 8;
constexpr std::size_t sources_per_batch = words * 64;

/// A set of the sources of one batch.
struct SourceSet {
  std::array<std::uint64_t, words> bits{};

  void insert(std::size_t source) { bits[source / 64] |= std::uint64_t{1} << source % 64; }
  unsigned size() const {
    unsigned total = 0;
    for (const std::uint64_t word : bits) total += static_cast<unsigned>(std::popcount(word));
    return total;
  }
};

/// Breadth-first searches from 512 sources at once, one bit each. No distance is stored: of the sources that come to
/// a vertex at one level only the number matters.
class BitSearch {
 public:
  BitSearch(const LocalGraph& graph, DistanceSum sum)
      : graph_(graph), sum_(sum), seen_(graph.vertices()), here_(graph.vertices()), coming_(graph.vertices()) {}

  /// Adds to each vertex the sum over the sources [first, last).
  void add(std::uint32_t first, std::uint32_t last, std::span<double> sums, const Context& context) {
    seen_.assign(graph_.vertices(), {});
    frontier_.clear();
    for (std::uint32_t source = first; source < last; ++source) {
      here_[source] = {};
      here_[source].insert(source - first);
      seen_[source] = here_[source];
      frontier_.push_back(source);
    }
    for (double distance = 1; !frontier_.empty(); ++distance) {
      next_.clear();
      for (std::size_t i = 0; i < frontier_.size(); ++i) {
        if (i % 1024 == 0 && context.stopped()) return;
        for (const std::uint32_t to : graph_.neighbours_of(frontier_[i])) arrive(here_[frontier_[i]], to);
      }
      for (const std::uint32_t v : next_) {
        is_next_[v] = 0;
        for (std::size_t word = 0; word < words; ++word) seen_[v].bits[word] |= coming_[v].bits[word];
        const double sources = coming_[v].size();
        sums[v] += sum_ == DistanceSum::inverses ? sources / distance : sources * distance;
        here_[v] = coming_[v];
        coming_[v] = {};
      }
      frontier_.swap(next_);
    }
  }

 private:
  void arrive(const SourceSet& from, std::uint32_t to) {
    std::uint64_t any = 0;
    for (std::size_t word = 0; word < words; ++word) {
      const std::uint64_t entering = from.bits[word] & ~seen_[to].bits[word];
      coming_[to].bits[word] |= entering;
      any |= entering;
    }
    if (any == 0 || is_next_[to] != 0) return;
    is_next_[to] = 1;
    next_.push_back(to);
  }

  const LocalGraph& graph_;
  const DistanceSum sum_;
  std::vector<SourceSet> seen_, here_, coming_;
  std::vector<std::uint8_t> is_next_ = std::vector<std::uint8_t>(graph_.vertices(), 0);
  std::vector<std::uint32_t> frontier_, next_;
};

}  // namespace

Result<std::vector<double>> sum_over_distances(const GraphView& graph, DistanceSum sum, const char* what,
                                               const Context& context) {
  const LocalGraph local = localize(graph, std::vector<std::uint8_t>(graph.vertices(), 1));
  context.start(what, local.vertices());
  const std::size_t batches = (local.vertices() + sources_per_batch - 1) / sources_per_batch;
  const auto sums = sum_in_blocks(batches, local.vertices(), context, [&](std::size_t from, std::size_t to, auto part) {
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
