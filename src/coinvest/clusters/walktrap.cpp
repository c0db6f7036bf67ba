// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "coinvest/base/parallel.hpp"
#include "coinvest/clusters/methods.hpp"
#include "coinvest/clusters/network.hpp"

namespace coinvest {
namespace {

/// Where walks of four steps end, from the members of a community in equal shares. Position k is divided by the root
/// of the strength of k, so that distances are Euclidean.
using Walk = std::vector<float>;

double squared_distance(const Walk& a, const Walk& b) {
  double sum[4] = {};  // four chains: the processor adds them side by side
  std::size_t k = 0;
  for (; k + 4 <= a.size(); k += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double difference = static_cast<double>(a[k + lane]) - static_cast<double>(b[k + lane]);
      sum[lane] += difference * difference;
    }
  for (; k < a.size(); ++k) {
    const double difference = static_cast<double>(a[k]) - static_cast<double>(b[k]);
    sum[0] += difference * difference;
  }
  return sum[0] + sum[1] + sum[2] + sum[3];
}

/// The hierarchy of one component; its vertices are numbered 0, 1, ... in ascending order.
class Hierarchy {
 public:
  Hierarchy(const GraphView& graph, std::span<const std::uint32_t> vertices, const Labels& local,
            const Context& context)
      : graph_(graph), vertices_(vertices), local_(local), context_(context) {}

  /// The communities (labels below the number of vertices) at the cut of largest modularity; `total` is the strength of
  /// the whole graph.
  Labels cut(double total) {
    start();
    const auto n = static_cast<std::uint32_t>(vertices_.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> merges;  // the new community's number is n + position
    double quality = 0, best_quality = 0;
    std::size_t best_merges = 0;
    while (!queue_.empty() && !context_.stopped()) {
      const auto [delta, a, b] = *queue_.begin();
      Link& link = links_[a].at(b);
      if (!link.exact) {
        set_delta(a, b, variance(a, b), true);
        continue;
      }
      quality += link.weight / total * 2 - 2 * (strength_[a] / total) * (strength_[b] / total);
      merges.emplace_back(a, b);
      if (quality > best_quality + 1e-12) std::tie(best_quality, best_merges) = std::pair(quality, merges.size());
      merge(a, b, delta);
      context_.advance();
    }
    Labels parent(n + merges.size());
    std::iota(parent.begin(), parent.end(), 0U);
    for (std::uint32_t i = 0; i < best_merges; ++i) parent[merges[i].first] = parent[merges[i].second] = n + i;
    for (std::size_t community = parent.size(); community-- > 0;) parent[community] = parent[parent[community]];
    Labels labels(parent.begin(), parent.begin() + n);
    Labels lowest(parent.size(), ~std::uint32_t{0});
    for (std::uint32_t v = 0; v < n; ++v) lowest[labels[v]] = std::min(lowest[labels[v]], v);
    for (std::uint32_t& label : labels) label = lowest[label];
    return labels;
  }

 private:
  /// Two neighbouring communities: the weight between them, and what joining them adds to the spread of walks inside.
  struct Link {
    double weight = 0;
    double delta = 0;
    bool exact = false;  ///< after a merge it is an estimate until it comes up
  };

  void start() {
    const std::size_t n = vertices_.size();
    strength_.resize(n);
    size_.assign(n, 1);
    walks_.resize(n);
    links_.resize(n);
    // Every vertex has a loop of the mean weight of its ties: else walks would alternate between the sides of a graph.
    std::vector<double> loop(n), step(n);
    for (std::size_t v = 0; v < n; ++v) {
      const auto weights = graph_.weights_of(vertices_[v]);
      strength_[v] = std::accumulate(weights.begin(), weights.end(), 0.0);
      loop[v] = strength_[v] / static_cast<double>(weights.size());
      step[v] = strength_[v] + loop[v];
    }
    constexpr std::size_t block = 64;
    parallel_for((n + block - 1) / block, context_, [&](std::size_t task) {
      std::vector<double> here(n), next(n);
      for (std::size_t from = task * block; from < std::min(n, (task + 1) * block); ++from) {
        std::ranges::fill(here, 0.0);
        here[from] = 1;
        for (int steps = 0; steps < 4; ++steps) {
          std::ranges::fill(next, 0.0);
          for (std::size_t v = 0; v < n; ++v) {
            if (here[v] == 0) continue;
            const double share = here[v] / step[v];
            next[v] += share * loop[v];
            const auto row = graph_.neighbours_of(vertices_[v]);
            const auto weights = graph_.weights_of(vertices_[v]);
            for (std::size_t i = 0; i < row.size(); ++i) next[local_[row[i]]] += share * weights[i];
          }
          std::swap(here, next);
        }
        walks_[from].resize(n);
        for (std::size_t v = 0; v < n; ++v) walks_[from][v] = static_cast<float>(here[v] / std::sqrt(step[v]));
      }
    });
    parallel_for((n + block - 1) / block, context_, [&](std::size_t task) {
      for (std::size_t v = task * block; v < std::min(n, (task + 1) * block); ++v) {
        const auto row = graph_.neighbours_of(vertices_[v]);
        for (std::size_t i = 0; i < row.size(); ++i) {
          const std::uint32_t other = local_[row[i]];
          const auto low = static_cast<std::uint32_t>(v);
          if (other > low) links_[v][other] = {graph_.weights_of(vertices_[v])[i], variance(low, other), true};
        }
      }
    });
    for (std::uint32_t v = 0; v < n; ++v)
      for (const auto& [other, link] : links_[v]) {
        if (other < v) continue;
        links_[other][v] = link;
        queue_.emplace(link.delta, v, other);
      }
  }

  double variance(std::uint32_t a, std::uint32_t b) const {
    return size_[a] * size_[b] / (size_[a] + size_[b]) * squared_distance(walks_[a], walks_[b]);
  }

  void set_delta(std::uint32_t a, std::uint32_t b, double delta, bool exact) {
    Link& link = links_[a].at(b);
    queue_.erase({link.delta, a, b});
    link.delta = delta;
    link.exact = exact;
    links_[b].at(a) = link;
    queue_.emplace(delta, a, b);
  }

  void merge(std::uint32_t a, std::uint32_t b, double delta) {
    const auto made = static_cast<std::uint32_t>(size_.size());
    const double size_a = size_[a], size_b = size_[b], size = size_a + size_b;
    strength_.push_back(strength_[a] + strength_[b]);
    size_.push_back(size);
    Walk walk = std::move(walks_[a]);
    const auto share_a = static_cast<float>(size_a / size), share_b = static_cast<float>(size_b / size);
    for (std::size_t k = 0; k < walk.size(); ++k) walk[k] = walk[k] * share_a + walks_[b][k] * share_b;
    walks_[b] = {};
    walks_.push_back(std::move(walk));
    links_.emplace_back();

    for (const auto& [from, partner] : {std::pair(a, b), std::pair(b, a)})
      for (const auto& [other, link] : links_[from]) {
        queue_.erase({link.delta, std::min(from, other), std::max(from, other)});
        if (other == partner) continue;
        const auto twin = links_[partner].find(other);
        if (twin != links_[partner].end() && from == b) continue;  // seen from a
        Link joined{link.weight, 0, false};
        if (twin != links_[partner].end()) {
          joined.weight += twin->second.weight;
          joined.delta = ((size_[from] + size_[other]) * link.delta +
                          (size_[partner] + size_[other]) * twin->second.delta - size_[other] * delta) /
                         (size + size_[other]);
        } else {
          joined.delta = ((size_[from] + size_[other]) * link.delta + size_[partner] * delta) / (size + size_[other]);
        }
        links_[made][other] = joined;
      }
    for (const std::uint32_t from : {a, b}) {
      for (const auto& [other, link] : links_[from]) links_[other].erase(from);
      links_[from].clear();
    }
    for (const auto& [other, link] : links_[made]) {
      links_[other][made] = link;
      queue_.emplace(link.delta, other, made);
    }
  }

  const GraphView& graph_;
  std::span<const std::uint32_t> vertices_;
  const Labels& local_;
  const Context& context_;
  std::vector<double> strength_, size_;
  std::vector<Walk> walks_;
  std::vector<std::map<std::uint32_t, Link>> links_;
  std::set<std::tuple<double, std::uint32_t, std::uint32_t>> queue_;  ///< (delta, lower, higher)
};

}  // namespace

Result<Clustering> walktrap(const GraphView& graph, const ClusterParams& params, const Context& context) {
  auto component = components(graph, params, context);
  if (!component) return component;
  Groups groups(component->cluster, component->count);
  constexpr std::size_t largest = 30'000;  // 4 bytes for each pair of vertices: 3.6 GB
  if (component->count > 0 && groups.of(0).size() > largest)
    return fail(ErrorKind::limit, fmt::format("walktrap takes components of at most {} vertices, not {}; leiden has no "
                                              "such bound",
                                              largest, groups.of(0).size()));
  const double total = std::accumulate(graph.weights.begin(), graph.weights.end(), 0.0);
  Labels labels(graph.vertices()), local(graph.vertices());
  context.start("walktrap", graph.vertices());
  for (std::uint32_t c = 0; c < component->count; ++c) {
    const auto vertices = groups.of(c);
    for (std::uint32_t i = 0; i < vertices.size(); ++i) local[vertices[i]] = i;
    const Labels cut = vertices.size() > 1 ? Hierarchy(graph, vertices, local, context).cut(total) : Labels{0};
    if (context.stopped()) return cancelled();
    for (std::uint32_t i = 0; i < vertices.size(); ++i) labels[vertices[i]] = vertices[cut[i]];
  }
  return number_by_size(labels);
}

}  // namespace coinvest
