// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "coinvest/base/parallel.hpp"
#include "coinvest/clusters/methods.hpp"
#include "coinvest/clusters/network.hpp"

namespace coinvest {
namespace {

constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// One search: label propagation between the sides, then joining of clusters, until neither gains anything.
class Search {
 public:
  Search(const GraphView& graph, double resolution, const Context& context)
      : graph_(graph), context_(context), label_(graph.vertices()), tally_(graph.vertices()) {
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      const auto weights = graph.weights_of(v);
      strength_.push_back(std::accumulate(weights.begin(), weights.end(), 0.0));
    }
    const double total =
        std::accumulate(strength_.begin(), strength_.begin() + static_cast<std::ptrdiff_t>(graph.investors), 0.0);
    pull_ = resolution / total;
    least_gain_ = 1e-12 * total;
  }

  /// Improves labels that one side has; on the other side all are nobody's.
  Labels run(Labels start, const Labels& side_first, const Labels& side_second) {
    label_ = std::move(start);
    for (auto& of : sum_) of.assign(graph_.vertices(), 0.0);
    for (const std::uint32_t v : side_second) sum_[side(v)][label_[v]] += strength_[v];
    do {
      bool changed = true;
      while (changed) {
        if (context_.stopped()) return label_;
        changed = adopt(side_first);
        changed = adopt(side_second) || changed;
      }
    } while (join_clusters() && !context_.stopped());
    return label_;
  }

 private:
  std::size_t side(std::uint32_t vertex) const { return vertex < graph_.investors ? 0 : 1; }

  /// Every vertex of a side takes the best label among its neighbours. They do not influence each other: what a label
  /// is worth to an investor depends on its companies alone.
  bool adopt(const Labels& vertices) {
    bool changed = false;
    for (const std::uint32_t v : vertices) {
      const auto row = graph_.neighbours_of(v);
      const auto weights = graph_.weights_of(v);
      for (std::size_t i = 0; i < row.size(); ++i)
        if (label_[row[i]] != nobody) tally_.add(label_[row[i]], weights[i]);
      const std::vector<double>& opposite = sum_[1 - side(v)];
      const std::uint32_t old = label_[v];
      const auto gain = [&](std::uint32_t label) { return tally_[label] - pull_ * strength_[v] * opposite[label]; };
      std::uint32_t best = old;
      // Whoever stands alone joins a cluster even where that gains nothing: a star is one cluster.
      double best_gain = old == nobody || opposite[old] == 0 ? -least_gain_ : gain(old) + least_gain_;
      if (old != nobody && best_gain < -least_gain_) best = nobody;
      if (best == nobody) best_gain = std::max(best_gain, -least_gain_);
      for (const std::uint32_t label : tally_.labels()) {
        const double label_gain = gain(label);
        if (label == old || label_gain < best_gain || (label_gain == best_gain && label > best)) continue;
        best = label;
        best_gain = label_gain;
      }
      tally_.clear();
      if (best == old) continue;
      changed = true;
      if (old != nobody) sum_[side(v)][old] -= strength_[v];
      label_[v] = best;
      if (best != nobody) sum_[side(v)][best] += strength_[v];
    }
    return changed;
  }

  /// Joins clusters that are each other's best partner, again and again; true if any were.
  bool join_clusters() {
    bool any = false;
    while (!context_.stopped()) {
      give_labels_to_all();
      const std::uint32_t count = compact(label_);
      sum_clusters();
      Groups groups(label_, count);
      Labels partner(count, nobody);
      for (std::uint32_t c = 0; c < count; ++c) {
        for (const std::uint32_t v : groups.of(c)) {
          const auto row = graph_.neighbours_of(v);
          for (std::size_t i = 0; i < row.size(); ++i)
            if (label_[row[i]] != c) tally_.add(label_[row[i]], graph_.weights_of(v)[i]);
        }
        double best_gain = least_gain_;
        for (const std::uint32_t other : tally_.labels()) {
          const double gain = tally_[other] - pull_ * (sum_[0][c] * sum_[1][other] + sum_[0][other] * sum_[1][c]);
          if (gain < best_gain || (gain == best_gain && other > partner[c])) continue;
          best_gain = gain;
          partner[c] = other;
        }
        tally_.clear();
      }
      bool joined = false;
      for (std::uint32_t& label : label_) {
        const std::uint32_t other = partner[label];
        if (other == nobody || partner[other] != label || other > label) continue;
        label = other;
        joined = true;
      }
      if (!joined) break;
      any = true;
    }
    return any;
  }

  /// Whoever has no label gets an unused one.
  void give_labels_to_all() {
    std::vector<std::uint8_t> used(label_.size(), 0);
    for (const std::uint32_t label : label_)
      if (label != nobody) used[label] = 1;
    std::uint32_t next = 0;
    for (std::uint32_t& label : label_) {
      if (label != nobody) continue;
      while (used[next] != 0) ++next;
      label = next++;
    }
  }

  void sum_clusters() {
    for (auto& of : sum_) of.assign(graph_.vertices(), 0.0);
    for (std::uint32_t v = 0; v < graph_.vertices(); ++v) sum_[side(v)][label_[v]] += strength_[v];
  }

  const GraphView& graph_;
  const Context& context_;
  Labels label_;
  Tally tally_;
  std::vector<double> strength_;
  std::vector<double> sum_[2];  ///< strength per label, of investors and of companies
  double pull_ = 0, least_gain_ = 0;
};

Labels range(std::uint32_t begin, std::uint32_t end) {
  Labels all(end - begin);
  std::iota(all.begin(), all.end(), begin);
  return all;
}

}  // namespace

Result<Clustering> bipartite_clusters(const GraphView& graph, const ClusterParams& params, const Context& context) {
  if (graph.kind != GraphKind::bipartite) return fail(ErrorKind::usage, "bipartite clusters need the bipartite graph");
  if (auto accepted = check_resolution(params); !accepted) return tl::unexpected(accepted.error());
  if (graph.edges() == 0) return number_by_size(range(0, graph.vertices()));

  const Labels investors = range(0, graph.investors), companies = range(graph.investors, graph.vertices());
  // Small graphs get many starts, since each costs next to nothing.
  const std::size_t restarts = std::clamp<std::size_t>(200'000 / graph.edges(), 4, 400);
  struct Found {
    Labels label;
    double quality = 0;
  };
  std::vector<Found> found(restarts);
  context.start("bipartite clusters", restarts);
  parallel_for(restarts, context, [&](std::size_t restart) {
    Random random(context.seed * 1'000'003 + restart);
    const bool investors_start = restart % 2 == 0;
    const Labels& given = investors_start ? investors : companies;
    Labels start(graph.vertices(), nobody);
    // The first two starts give every vertex of a side a label of its own; later ones draw from fewer.
    const auto number = static_cast<std::uint32_t>(given.size());
    const std::uint32_t labels = restart < 2 ? number : 2 + draw(random, number);
    for (std::size_t i = 0; i < given.size(); ++i)
      start[given[i]] = restart < 2 ? static_cast<std::uint32_t>(i) : draw(random, std::min(labels, number));
    Search search(graph, params.resolution, context);
    Labels label = search.run(std::move(start), investors_start ? companies : investors, given);
    if (!context.stopped()) {
      label = connected_parts(graph, label);
      found[restart] = {label, barber_modularity(graph, label, params.resolution)};
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();
  const auto best = std::ranges::max_element(found, {}, &Found::quality);
  return number_by_size(best->label);
}

}  // namespace coinvest
