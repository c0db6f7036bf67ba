// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/methods.hpp"

#include <algorithm>
#include <array>

namespace coinvest {
namespace {

constexpr std::array<ClusterMethod, 2> all_methods{{
    {"components", "whoever is connected at all", "O(V+E)", "Hopcroft & Tarjan 1973, doi:10.1145/362248.362272",
     components},
    {"leiden", "communities of high modularity; on the bipartite graph investors and companies alike",
     "about O(E) per pass", "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z", leiden},
}};

}  // namespace

std::span<const ClusterMethod> cluster_methods() {
  return all_methods;
}

const ClusterMethod* find_cluster_method(std::string_view name) {
  const auto found = std::ranges::find(all_methods, name, &ClusterMethod::name);
  return found == all_methods.end() ? nullptr : &*found;
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
