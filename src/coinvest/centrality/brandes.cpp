// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/brandes.hpp"

#include <limits>

namespace coinvest {
namespace {

using Lanes = Brandes::Lanes;
using LaneSet = Brandes::LaneSet;
using LaneMask [[gnu::vector_size(sizeof(Lanes))]] = std::int64_t;

/// The values in the lanes of a set, else zero.
[[gnu::always_inline]] inline void keep(Lanes& values, LaneSet set) {
  constexpr LaneMask bit{1, 2, 4, 8, 16, 32, 64, 128};
  values = (bit & static_cast<std::int64_t>(set)) != 0 ? values : Lanes{};
}

/// In an order that does not depend on the width of the machine's vectors.
[[gnu::always_inline]] inline double total(const Lanes& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

bool is_interrupted(std::size_t step, const Context& context) {
  return step % 1024 == 0 && context.stopped();
}

}  // namespace

Brandes::Brandes(const LocalGraph& graph, std::span<const double> stands_for)
    : graph_(graph),
      stands_for_(stands_for),
      reached_(graph.vertices()),
      arriving_(graph.vertices()),
      share_{std::vector<Held>(graph.vertices()), std::vector<Held>(graph.vertices())},
      next_(graph.vertices() + std::size_t{1}) {}

BrandesOutcome Brandes::add(std::span<const std::uint32_t> sources, std::span<double> sums, std::span<double> squares,
                            const Context& context) {
  Lanes source_size{};
  for (std::size_t lane = 0; lane < sources.size(); ++lane) source_size[lane] = stands_for_[sources[lane]];
  const bool finite = search(sources, context);
  if (finite && !context.stopped()) accumulate(source_size, sums, squares, context);
  clear();
  return context.stopped() ? BrandesOutcome::interrupted : finite ? BrandesOutcome::done : BrandesOutcome::overflow;
}

/// Breadth first in all lanes, level by level; counts the shortest paths from the sources. False if some number is
/// beyond doubles.
[[COINVEST_WIDE_VECTORS]] bool Brandes::search(std::span<const std::uint32_t> sources, const Context& context) {
  levels_.push_back(0);
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    visits_.push_back({sources[lane], static_cast<LaneSet>(1U << lane)});
    reached_[sources[lane]].before = visits_.back().at;
    paths_.emplace_back().value[lane] = 1;
  }
  LaneMask overflow{};
  std::size_t recorded = 0;
  for (std::size_t begin = 0; begin < visits_.size();) {
    const std::size_t end = visits_.size();
    levels_.push_back(end);
    std::size_t found = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (is_interrupted(i, context)) return true;
      const LaneSet at = visits_[i].at;
      const auto row = graph_.neighbours_of(visits_[i].vertex);
      if (successors_.size() < recorded + row.size()) successors_.resize(2 * (recorded + row.size()));
      std::uint32_t* const successors = successors_.data() + recorded;
      std::size_t count = 0;
      for (const std::uint32_t to : row) {  // without a branch, which would be guessed wrong
        Reached& reached = reached_[to];
        const auto entering = static_cast<LaneSet>(at & ~reached.before);
        successors[count] = next_[found] = to;
        count += static_cast<std::size_t>(entering != 0);
        found += static_cast<std::size_t>(static_cast<int>(entering != 0) & static_cast<int>(reached.now == 0));
        reached.now |= entering;
      }
      const Lanes paths = paths_[i].value;
      for (std::size_t s = 0; s < count; ++s) arriving_[successors[s]].value += paths;
      recorded += count;
      successors_end_.push_back(recorded);
    }
    for (std::size_t i = 0; i < found; ++i) {
      const std::uint32_t vertex = next_[i];
      Reached& reached = reached_[vertex];
      const LaneSet at = std::exchange(reached.now, LaneSet{0});
      reached.before |= at;
      Lanes paths = std::exchange(arriving_[vertex], {}).value;
      keep(paths, at);
      overflow |= paths > std::numeric_limits<double>::max();
      visits_.push_back({vertex, at});
      paths_.push_back({paths});
    }
    begin = end;
  }
  std::int64_t any = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) any |= overflow[lane];
  return any == 0;
}

/// Deepest level first, takes every vertex' dependency from its successors.
[[COINVEST_WIDE_VECTORS]] void Brandes::accumulate(const Lanes& source_size, std::span<double> sums,
                                                   std::span<double> squares, const Context& context) {
  for (std::size_t level = levels_.size() - 1; level-- > 1;) {
    Held* const share = share_[level % 2].data();
    const Held* const of_successors = share_[(level + 1) % 2].data();
    for (std::size_t i = levels_[level]; i < levels_[level + 1]; ++i) {
      if (is_interrupted(i, context)) return;
      const Visit visit = visits_[i];
      const Lanes paths = paths_[i].value;
      Lanes dependency{};
      for (std::size_t s = successors_end_[i - 1]; s < successors_end_[i]; ++s)
        dependency += of_successors[successors_[s]].value;
      dependency *= paths;
      Lanes per_path = (dependency + stands_for_[visit.vertex]) / paths;
      keep(per_path, visit.at);
      share[visit.vertex].value = per_path;
      dependency *= source_size;
      sums[visit.vertex] += total(dependency);
      if (!squares.empty()) squares[visit.vertex] += total(dependency * dependency);
    }
  }
}

void Brandes::clear() {
  for (const Visit& visit : visits_) reached_[visit.vertex] = {};
  visits_.clear();
  paths_.clear();
  levels_.clear();
  successors_end_.clear();
}

}  // namespace coinvest
