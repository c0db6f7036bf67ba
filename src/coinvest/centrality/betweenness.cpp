// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <atomic>
#include <boost/graph/connected_components.hpp>
#include <cmath>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {
namespace {

/// A graph without its pendant trees: every vertex that is left stands for those that hung on it.
struct Folded {
  std::vector<std::uint8_t> kept;
  std::vector<double> stands_for;  ///< vertices, itself included
  std::vector<double> score;       ///< what paths that start or end in a tree at this vertex add to it
};

Folded fold_trees(const GraphView& graph) {
  const std::uint32_t n = graph.vertices();
  std::vector<std::uint32_t> component(n);
  const std::uint32_t components = boost::connected_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  std::vector<std::uint64_t> component_size(components, 0);
  for (const std::uint32_t c : component) ++component_size[c];

  std::vector<std::uint64_t> remaining(n), size(n, 1), branch_pairs(n, 0);
  std::vector<std::uint32_t> leaves;
  for (std::uint32_t v = 0; v < n; ++v) {
    remaining[v] = graph.degree(v);
    if (remaining[v] == 1) leaves.push_back(v);
  }
  Folded folded;
  folded.kept.assign(n, 1);
  for (std::size_t next = 0; next < leaves.size(); ++next) {
    const std::uint32_t leaf = leaves[next];
    if (remaining[leaf] == 0) continue;  // the other end of the last edge of a tree was folded first
    folded.kept[leaf] = 0;
    for (const std::uint32_t parent : graph.neighbours_of(leaf)) {
      if (folded.kept[parent] == 0) continue;
      branch_pairs[parent] += (size[parent] - 1) * size[leaf];
      size[parent] += size[leaf];
      if (--remaining[parent] == 1) leaves.push_back(parent);
    }
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    const std::uint64_t rest = component_size[component[v]] - size[v];
    folded.stands_for.push_back(static_cast<double>(size[v]));
    folded.score.push_back(static_cast<double>(branch_pairs[v] + (size[v] - 1) * rest));
  }
  return folded;
}

constexpr std::size_t lanes = 8;
using Lanes = std::array<double, lanes>;
using LaneSet = std::uint8_t;

/// Row m holds 1 in the lanes of the set m, else 0.
constexpr std::array<Lanes, 256> lane_factors = [] {
  std::array<Lanes, 256> rows{};
  for (std::size_t set = 0; set < rows.size(); ++set) {
    for (std::size_t lane = 0; lane < lanes; ++lane) rows[set][lane] = (set >> lane & 1U) != 0 ? 1.0 : 0.0;
  }
  return rows;
}();

/// Brandes' algorithm from eight sources at once, one per lane: searches from neighbouring sources visit the same
/// vertices at about the same depth, and share the reading of their rows.
class BrandesLanes {
 public:
  BrandesLanes(const LocalGraph& graph, std::span<const double> stands_for)
      : graph_(graph),
        stands_for_(stands_for),
        paths_(graph.vertices()),
        dependency_(graph.vertices()),
        seen_(graph.vertices(), 0),
        at_level_(graph.vertices(), 0) {}

  /// Adds the dependencies of the sources [first, last), at most eight, to `scores`. False if some number of paths
  /// is beyond doubles, or if interrupted.
  bool add(std::uint32_t first, std::uint32_t last, std::span<double> scores, const Context& context) {
    const bool done = search(first, last, context) && accumulate(first, last, scores, context);
    for (const Visit& visit : visits_) {
      paths_[visit.vertex] = {};
      dependency_[visit.vertex] = {};
      seen_[visit.vertex] = at_level_[visit.vertex] = 0;
    }
    visits_.clear();
    levels_.clear();
    return done;
  }

 private:
  struct Visit {
    std::uint32_t vertex;
    LaneSet at;  ///< the lanes whose search has the vertex at this level
  };

  static bool interrupted(std::size_t step, const Context& context) { return step % 1024 == 0 && context.stopped(); }

  /// Breadth first in all lanes, level by level; counts the shortest paths from the sources.
  bool search(std::uint32_t first, std::uint32_t last, const Context& context) {
    levels_.push_back(0);
    for (std::uint32_t source = first; source < last; ++source) {
      const std::size_t lane = source - first;
      visits_.push_back({source, static_cast<LaneSet>(1U << lane)});
      seen_[source] = visits_.back().at;
      paths_[source][lane] = 1;
    }
    std::size_t begin = 0;
    while (begin < visits_.size()) {
      const std::size_t end = visits_.size();
      levels_.push_back(end);
      for (std::size_t i = begin; i < end; ++i) {
        if (interrupted(i, context)) return false;
        const Visit from = visits_[i];
        const Lanes& paths = paths_[from.vertex];
        for (const std::uint32_t to : graph_.neighbours_of(from.vertex)) {
          const auto entering = static_cast<LaneSet>(from.at & ~seen_[to]);
          if (entering == 0) continue;
          if (at_level_[to] == 0) visits_.push_back({to, 0});
          at_level_[to] |= entering;
          add_product(paths_[to], paths, lane_factors[entering]);
        }
      }
      for (std::size_t i = end; i < visits_.size(); ++i) {
        Visit& visit = visits_[i];
        visit.at = std::exchange(at_level_[visit.vertex], LaneSet{0});
        seen_[visit.vertex] |= visit.at;
      }
      begin = end;
    }
    return true;
  }

  /// Deepest level first, hands every vertex' dependency on to its predecessors.
  bool accumulate(std::uint32_t first, std::uint32_t last, std::span<double> scores, const Context& context) {
    Lanes source_size{};
    for (std::uint32_t source = first; source < last; ++source) source_size[source - first] = stands_for_[source];

    for (std::size_t level = levels_.size() - 1; level-- > 1;) {
      for (std::size_t i = levels_[level - 1]; i < levels_[level]; ++i) at_level_[visits_[i].vertex] = visits_[i].at;
      for (std::size_t i = levels_[level]; i < levels_[level + 1]; ++i) {
        if (interrupted(i, context)) return false;
        const Visit from = visits_[i];
        Lanes share{};
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          if ((from.at >> lane & 1U) == 0) continue;
          const double dependency = dependency_[from.vertex][lane];
          const double paths = paths_[from.vertex][lane];
          if (!std::isfinite(paths)) return false;
          scores[from.vertex] += source_size[lane] * dependency;
          share[lane] = (stands_for_[from.vertex] + dependency) / paths;
        }
        if (level == 1) continue;  // what remains would go to the sources
        for (const std::uint32_t to : graph_.neighbours_of(from.vertex)) {
          const auto passing = static_cast<LaneSet>(from.at & at_level_[to]);
          if (passing == 0) continue;
          Lanes portion;
          for (std::size_t lane = 0; lane < lanes; ++lane) portion[lane] = paths_[to][lane] * share[lane];
          add_product(dependency_[to], portion, lane_factors[passing]);
        }
      }
      for (std::size_t i = levels_[level - 1]; i < levels_[level]; ++i) at_level_[visits_[i].vertex] = 0;
    }
    return true;
  }

  static void add_product(Lanes& sum, const Lanes& a, const Lanes& b) {
    for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += a[lane] * b[lane];
  }

  const LocalGraph& graph_;
  std::span<const double> stands_for_;
  std::vector<Lanes> paths_, dependency_;
  std::vector<LaneSet> seen_, at_level_;
  std::vector<Visit> visits_;        ///< of all levels, one level after the other
  std::vector<std::size_t> levels_;  ///< where each begins, and the end
};

double pairs_of(double n) {
  return n * (n - 1) / 2;
}

/// Largest betweenness of a vertex among `own` on its side with `other` on the other one.
/// Source: Borgatti & Halgin 2011, Analyzing affiliation networks.
double bipartite_maximum(double own, double other) {
  if (own < 1 || other < 1) return 0;
  const double s = std::floor((own - 1) / other);
  const double t = own - 1 - s * other;
  return (other * other * (s + 1) * (s + 1) + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2;
}

}  // namespace

Result<Column> betweenness(const GraphView& graph, const MeasureParams&, const Context& context) {
  Folded folded = fold_trees(graph);
  const LocalGraph core = localize(graph, folded.kept);
  std::vector<double> stands_for;
  for (const std::uint32_t v : core.original) stands_for.push_back(folded.stands_for[v]);

  context.start("betweenness", core.vertices());
  std::atomic<bool> overflow = false;
  const std::size_t batches = (core.vertices() + lanes - 1) / lanes;
  const auto sums =
      sum_in_blocks(batches, core.vertices(), context, [&](std::size_t from, std::size_t to, auto scores) {
        BrandesLanes brandes(core, stands_for);
        for (std::size_t batch = from; batch < to && !context.stopped() && !overflow; ++batch) {
          const auto first = static_cast<std::uint32_t>(batch * lanes);
          const std::uint32_t last = std::min(first + static_cast<std::uint32_t>(lanes), core.vertices());
          if (!brandes.add(first, last, scores, context) && !context.stopped()) overflow = true;
          context.advance(last - first);
        }
      });
  if (context.stopped()) return cancelled();
  if (overflow) return fail(ErrorKind::numeric, "two vertices have more than 1e308 shortest paths between them");

  Column column;
  column.variant = "unweighted, each pair counted once";
  column.values = std::move(folded.score);
  // Every pair was met from both of its ends.
  for (std::uint32_t v = 0; v < core.vertices(); ++v) column.values[core.original[v]] += sums[v] / 2;
  const double n = graph.investors, m = graph.companies;
  if (graph.kind == GraphKind::bipartite) {
    normalise(column, graph, {.investor = bipartite_maximum(n, m), .company = bipartite_maximum(m, n)});
  } else {
    normalise(column, graph, {.investor = pairs_of(n - 1), .company = 0});
  }
  return column;
}

}  // namespace coinvest
