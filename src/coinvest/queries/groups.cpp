// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

void describe(Table& table, const NamedGraph& graph, const Clustering& clustering, const ClusterMethod& method,
              const ClusterParams& params) {
  const double quality = method.modularity(graph.view, clustering.cluster, judged_resolution(params));
  table.data = {{"method", text_cell(method.name)},
                {"clusters", count_cell(clustering.count)},
                {"resolution", params.resolution},
                {"modularity", number_cell(quality)}};
  if (params.objective == Objective::constant_potts)
    table.data.emplace_back("constant_potts", constant_potts(graph.view, clustering.cluster, params.resolution));
  const bool bipartite = graph.view.kind == GraphKind::bipartite;
  table.caption =
      fmt::format("{} of {} {} by {} on the {} graph with {}", counted(clustering.count, "cluster", "clusters"),
                  grouped(graph.view.vertices()),
                  bipartite                    ? "investors and companies"
                  : graph.view.vertices() == 1 ? "investor"
                                               : "investors",
                  method.name, bipartite ? "bipartite" : "co-investment", counted(graph.view.edges(), "tie", "ties"));
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

/// How many companies of each sector: of the members, or held by them in the co-investment graph.
struct Sectors {
  std::vector<std::map<std::string_view, std::uint64_t>> of_cluster;
  std::map<std::string_view, std::uint64_t> overall;
};

Sectors count_sectors(const NamedGraph& graph, const Deals& deals, const Clustering& clustering) {
  std::map<CompanyId, std::string_view> sector;
  std::vector<std::pair<std::uint32_t, CompanyId>> held;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const CompanyId company = deals.company(position);
    std::string_view& known = sector[company];
    if (known.empty()) known = deals.sector(position);
    if (!graph.companies.empty()) continue;
    for (const InvestorId investor : deals.participants(position)) {
      const auto vertex = std::ranges::lower_bound(graph.investors, investor) - graph.investors.begin();
      held.emplace_back(clustering.cluster[static_cast<std::size_t>(vertex)], company);
    }
  }
  for (std::size_t c = 0; c < graph.companies.size(); ++c)
    held.emplace_back(clustering.cluster[graph.investors.size() + c], graph.companies[c]);
  std::ranges::sort(held);
  held.erase(std::unique(held.begin(), held.end()), held.end());

  Sectors counted;
  counted.of_cluster.resize(clustering.count);
  for (const auto& [cluster, company] : held)
    if (!sector[company].empty()) ++counted.of_cluster[cluster][sector[company]];
  for (const auto& [company, name] : sector)
    if (!name.empty()) ++counted.overall[name];
  return counted;
}

struct LeadingSector {
  std::string_view name;  ///< "" if no sector is known
  double share = 0;
  bool stands_out = false;  ///< more common here than in the whole graph
};

LeadingSector leading_sector(const Sectors& sectors, std::uint32_t cluster) {
  const auto total = [](const auto& counts) {
    double sum = 0;
    for (const auto& [name, count] : counts) sum += static_cast<double>(count);
    return sum;
  };
  LeadingSector leading;
  std::uint64_t most = 0;
  for (const auto& [name, count] : sectors.of_cluster[cluster]) {
    if (count <= most) continue;
    most = count;
    leading.name = name;
  }
  if (most == 0) return leading;
  leading.share = static_cast<double>(most) / total(sectors.of_cluster[cluster]);
  leading.stands_out = leading.share > static_cast<double>(sectors.overall.at(leading.name)) / total(sectors.overall);
  return leading;
}

void add_trust(Table& table, const Trust& trust) {
  table.data.insert(table.data.end(), {{"seeds", count_cell(trust.made.seeds)},
                                       {"nmi", number_cell(trust.nmi)},
                                       {"ari", number_cell(trust.ari)},
                                       {"randomisations", count_cell(trust.made.randomisations)},
                                       {"null_modularity", number_cell(trust.null_mean)},
                                       {"null_deviation", number_cell(trust.null_deviation)},
                                       {"z", number_cell(trust.z)}});
  std::string words;
  if (!std::isnan(trust.nmi))
    words += fmt::format("over {} seeds: mean pairwise NMI {:.3f}, ARI {:.3f}", trust.made.seeds, trust.nmi, trust.ari);
  if (!std::isnan(trust.null_mean))
    words += fmt::format("{}{} random graphs of the same degrees have modularity {:.4f} ± {:.4f}{}",
                         words.empty() ? "" : "; ", trust.made.randomisations, trust.null_mean, trust.null_deviation,
                         std::isnan(trust.z) ? "" : fmt::format(", z {:.1f}", trust.z));
  if (!words.empty()) table.notes.push_back(words);
  if (std::abs(trust.z) < Trust::least_z)
    table.notes.emplace_back(
        "warning: random graphs of the same degrees cluster as well (|z| < 3): these may be chance");
  if (trust.nmi < Trust::least_nmi)
    table.notes.emplace_back("warning: other seeds give other clusters (NMI < 0.7): read little into any one of them");
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

Table cluster_quality(const NamedGraph& graph, const Deals& deals, const Clustering& clustering,
                      const ClusterMethod& method, const ClusterParams& params, const std::optional<Trust>& trust) {
  Table table;
  table.name = "cluster-quality";
  describe(table, graph, clustering, method, params);
  table.columns = {{"cluster"},
                   {"name"},
                   {"size"},
                   detail("share"),
                   {"ties_inside"},
                   {"inside_share"},
                   detail("leading_members"),
                   detail("leading_sector"),
                   detail("sector_share")};
  const std::vector<std::uint32_t> order = by_cluster(graph, clustering);
  const Sectors sectors = count_sectors(graph, deals, clustering);
  std::uint64_t alone = 0;
  double weight_inside = 0, weight = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    const std::uint32_t cluster = clustering.cluster[order[begin]];
    std::size_t end = begin;
    std::uint64_t inside = 0;
    std::uint64_t all = 0;
    for (; end < order.size() && clustering.cluster[order[end]] == cluster; ++end) {
      const auto row = graph.view.neighbours_of(order[end]);
      for (std::size_t i = 0; i < row.size(); ++i) {
        const double of_tie = graph.view.weights_of(order[end])[i];
        ++all;
        weight += of_tie;
        if (clustering.cluster[row[i]] != cluster) continue;
        ++inside;
        weight_inside += of_tie;
      }
    }
    const std::size_t size = end - begin;
    if (all == 0) {
      ++alone;
    } else {
      const auto leading = [&](std::size_t most) {
        std::string members;
        for (std::size_t i = 0; i < std::min(size, most); ++i)
          members += (i == 0 ? "" : ", ") + graph.name(order[begin + i]);
        return members;
      };
      const LeadingSector sector = leading_sector(sectors, cluster);
      std::string name = leading(2);
      if (sector.stands_out) name += fmt::format(" ({})", sector.name);
      table.rows.push_back({count_cell(cluster + 1), std::move(name), count_cell(size),
                            static_cast<double>(size) / static_cast<double>(graph.view.vertices()),
                            count_cell(inside / 2), static_cast<double>(inside) / static_cast<double>(all), leading(3),
                            text_or_nothing(sector.name), sector.name.empty() ? Cell{} : Cell{sector.share}});
    }
    begin = end;
  }
  table.data.emplace_back("inside_share", weight > 0 ? Cell{weight_inside / weight} : Cell{});
  if (trust) add_trust(table, *trust);
  if (alone > 0) table.notes.push_back(fmt::format("{} without a tie are not listed", alone));
  return table;
}

}  // namespace coinvest
