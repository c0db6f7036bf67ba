// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace coinvest {
namespace {

constexpr std::array<ClusterMethod, 5> all_methods{{
    {"components", "whoever is connected at all", "O(V+E)", "Hopcroft & Tarjan 1973, doi:10.1145/362248.362272",
     DefinedOn::both, Objectives::its_own, Seeded::no, components, modularity},
    {"leiden", "communities of high modularity; on the bipartite graph investors and companies alike",
     "about O(E) per pass", "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z", DefinedOn::both,
     Objectives::any, Seeded::yes, leiden, modularity},
    {"louvain", "communities of high modularity, without Leiden's refinement", "about O(E) per pass",
     "Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi:10.1088/1742-5468/2008/10/P10008", DefinedOn::both,
     Objectives::any, Seeded::yes, louvain, modularity},
    {"bipartite", "investors and companies together, by Barber's modularity", "about O(E) per pass and start",
     "Liu & Murata 2010, doi:10.1007/978-3-642-04409-0_50; Barber 2007, doi:10.1103/PhysRevE.76.066102",
     DefinedOn::bipartite, Objectives::its_own, Seeded::yes, bipartite_clusters, barber_modularity},
    {"walktrap", "communities that short random walks stay in", "O(EV) time, O(V²) memory",
     "Pons & Latapy 2006, doi:10.7155/jgaa.00124", DefinedOn::both, Objectives::its_own, Seeded::no, walktrap,
     modularity},
}};

}  // namespace

std::span<const ClusterMethod> cluster_methods() {
  return all_methods;
}

const ClusterMethod* find_cluster_method(std::string_view name) {
  const auto found = std::ranges::find(all_methods, name, &ClusterMethod::name);
  return found == all_methods.end() ? nullptr : &*found;
}

Result<void> check_resolution(const ClusterParams& params) {
  if (params.resolution >= 0 && std::isfinite(params.resolution)) return {};
  return fail(ErrorKind::usage, fmt::format("resolution {} is not accepted: it is 0 or more", params.resolution));
}

Clustering number_by_size(std::span<const std::uint32_t> labels) {
  std::vector<std::uint32_t> size(labels.size(), 0), by_size;
  for (const std::uint32_t label : labels) {
    if (size[label]++ == 0) by_size.push_back(label);
  }
  // Stable on the order of first appearance, which is that of the lowest vertices.
  std::ranges::stable_sort(by_size, std::ranges::greater{}, [&](std::uint32_t label) { return size[label]; });

  Clustering clustering;
  clustering.count = static_cast<std::uint32_t>(by_size.size());
  std::vector<std::uint32_t> number(labels.size());
  for (std::uint32_t position = 0; position < clustering.count; ++position) number[by_size[position]] = position;
  clustering.cluster.reserve(labels.size());
  for (const std::uint32_t label : labels) clustering.cluster.push_back(number[label]);
  return clustering;
}

}  // namespace coinvest
