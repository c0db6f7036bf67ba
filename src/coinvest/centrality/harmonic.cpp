// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
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
  explicit BitSearch(const LocalGraph& graph)
      : graph_(graph), seen_(graph.vertices()), here_(graph.vertices()), coming_(graph.vertices()) {}

  /// Adds to each vertex the sum of 1/distance to the sources [first, last).
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
        sums[v] += coming_[v].size() / distance;
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
  std::vector<SourceSet> seen_, here_, coming_;
  std::vector<std::uint8_t> is_next_ = std::vector<std::uint8_t>(graph_.vertices(), 0);
  std::vector<std::uint32_t> frontier_, next_;
};

}  // namespace

Result<Column> harmonic(const GraphView& graph, const MeasureParams&, const Context& context) {
  const LocalGraph local = localize(graph, std::vector<std::uint8_t>(graph.vertices(), 1));
  context.start("harmonic", local.vertices());
  const std::size_t batches = (local.vertices() + sources_per_batch - 1) / sources_per_batch;
  const auto sums = sum_in_blocks(batches, local.vertices(), context, [&](std::size_t from, std::size_t to, auto part) {
    BitSearch search(local);
    for (std::size_t batch = from; batch < to && !context.stopped(); ++batch) {
      const auto first = static_cast<std::uint32_t>(batch * sources_per_batch);
      const std::uint32_t last = std::min(first + static_cast<std::uint32_t>(sources_per_batch), local.vertices());
      search.add(first, last, part, context);
      context.advance(last - first);
    }
  });
  if (context.stopped()) return cancelled();

  Column column;
  column.variant = "unweighted, 0 for vertices out of reach";
  column.values.resize(graph.vertices());
  for (std::uint32_t v = 0; v < local.vertices(); ++v) column.values[local.original[v]] = sums[v];
  const double n = graph.investors, m = graph.companies;
  if (graph.kind == GraphKind::bipartite) {
    normalise(column, graph, {.investor = m + (n - 1) / 2, .company = n + (m - 1) / 2});
  } else {
    normalise(column, graph, {.investor = n - 1, .company = 0});
  }
  return column;
}

}  // namespace coinvest
