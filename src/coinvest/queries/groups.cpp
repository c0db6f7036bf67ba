// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

void describe(Table& table, const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
              const ClusterParams& params) {
  const double quality = method.modularity(graph.view, clustering.cluster, params.resolution);
  table.data = {{"method", text_cell(method.name)},
                {"clusters", count_cell(clustering.count)},
                {"resolution", params.resolution},
                {"modularity", number_cell(quality)}};
  table.caption = fmt::format("Clusters by {} on the {} graph: {} of {} vertices and {} ties", method.name,
                              graph.view.kind == GraphKind::bipartite ? "bipartite" : "co-investment", clustering.count,
                              graph.view.vertices(), graph.view.edges());
  if (graph.view.edges() > 0) table.caption += fmt::format(", modularity {:.4f}", quality);
}

/// Vertices by cluster, within it by summed tie weight, then by vertex.
std::vector<std::uint32_t> by_cluster(const NamedGraph& graph, const Clustering& clustering) {
  std::vector<double> strength(graph.view.vertices());
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v)
    for (const double weight : graph.view.weights_of(v)) strength[v] += weight;
  std::vector<std::uint32_t> order(graph.view.vertices());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return clustering.cluster[a] != clustering.cluster[b] ? clustering.cluster[a] < clustering.cluster[b]
                                                          : strength[a] > strength[b];
  });
  return order;
}

}  // namespace

Table clusters_table(const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
                     const ClusterParams& params) {
  Table table;
  table.name = "clusters";
  describe(table, graph, clustering, method, params);
  table.columns = {
      detail("id"), {"name"}, {"side", graph.companies.empty() ? Shown::details : Shown::always}, {"cluster"}};
  for (const std::uint32_t vertex : by_cluster(graph, clustering))
    table.rows.push_back({graph.id(vertex), graph.name(vertex),
                          text_cell(graph.is_investor(vertex) ? "investor" : "company"),
                          count_cell(clustering.cluster[vertex] + 1)});
  return table;
}

Table cluster_quality(const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
                      const ClusterParams& params) {
  Table table;
  table.name = "cluster-quality";
  describe(table, graph, clustering, method, params);
  table.columns = {{"cluster"}, {"size"}, {"share"}, {"ties_inside"}, {"inside_share"}, {"leading_members"}};
  const std::vector<std::uint32_t> order = by_cluster(graph, clustering);
  std::uint64_t alone = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    const std::uint32_t cluster = clustering.cluster[order[begin]];
    std::size_t end = begin;
    std::uint64_t inside = 0;
    std::uint64_t all = 0;
    for (; end < order.size() && clustering.cluster[order[end]] == cluster; ++end)
      for (const std::uint32_t other : graph.view.neighbours_of(order[end])) {
        ++all;
        if (clustering.cluster[other] == cluster) ++inside;
      }
    const std::size_t size = end - begin;
    if (all == 0) {
      ++alone;
    } else {
      constexpr std::size_t leading = 3;
      std::string members;
      for (std::size_t i = 0; i < std::min(size, leading); ++i)
        members += (i == 0 ? "" : ", ") + graph.name(order[begin + i]);
      table.rows.push_back({count_cell(cluster + 1), count_cell(size),
                            static_cast<double>(size) / static_cast<double>(graph.view.vertices()),
                            count_cell(inside / 2), static_cast<double>(inside) / static_cast<double>(all), members});
    }
    begin = end;
  }
  if (alone > 0) table.notes.push_back(fmt::format("{} without a tie are not listed", alone));
  return table;
}

}  // namespace coinvest
