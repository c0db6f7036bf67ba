// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/sources.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "coinvest/base/parallel.hpp"

namespace coinvest {
namespace {

constexpr std::size_t most_blocks = 64;

}  // namespace

LocalGraph localize(const GraphView& graph, std::span<const std::uint8_t> kept) {
  constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> hubs_first(graph.vertices());
  std::iota(hubs_first.begin(), hubs_first.end(), 0U);
  std::ranges::stable_sort(hubs_first, std::ranges::greater{}, [&](std::uint32_t v) { return graph.degree(v); });

  LocalGraph local;
  std::vector<std::uint32_t> number(graph.vertices(), unseen);
  const auto reach = [&](std::uint32_t v) {
    if (kept[v] == 0 || number[v] != unseen) return;
    number[v] = local.vertices();
    local.original.push_back(v);
  };
  for (const std::uint32_t hub : hubs_first) {
    std::size_t next = local.original.size();
    for (reach(hub); next < local.original.size(); ++next) {
      for (const std::uint32_t neighbour : graph.neighbours_of(local.original[next])) reach(neighbour);
    }
  }

  local.offsets.push_back(0);
  for (const std::uint32_t v : local.original) {
    for (const std::uint32_t neighbour : graph.neighbours_of(v)) {
      if (kept[neighbour] != 0) local.neighbours.push_back(number[neighbour]);
    }
    local.offsets.push_back(local.neighbours.size());
  }
  return local;
}

std::vector<double> sum_in_blocks(std::size_t batches, std::size_t length, double steps, const Context& context,
                                  const SumBatches& add) {
  constexpr std::size_t most_sums = std::size_t{512} * 1024 * 1024 / sizeof(double);
  const std::size_t affordable = std::clamp<std::size_t>(most_sums / std::max<std::size_t>(1, length), 4, most_blocks);
  const std::size_t blocks = std::min(batches, affordable);
  std::vector<std::vector<double>> sums(blocks);
  parallel_for(blocks, for_steps(context, static_cast<double>(batches) * steps), [&](std::size_t block) {
    sums[block].assign(length, 0.0);
    add(batches * block / blocks, batches * (block + 1) / blocks, sums[block]);
  });

  std::vector<double> total(length, 0.0);
  if (context.stopped()) return total;
  for (const auto& part : sums) {
    for (std::size_t i = 0; i < length; ++i) total[i] += part[i];
  }
  return total;
}

void for_vertices_in_blocks(const GraphView& graph, const Context& context,
                            const std::function<void(std::uint32_t first, std::uint32_t last)>& body) {
  const std::uint32_t vertices = graph.vertices();
  double steps = 0;
  for (std::uint32_t v = 0; v < vertices; ++v)
    steps += static_cast<double>(graph.degree(v)) * static_cast<double>(graph.degree(v));
  const std::size_t blocks = std::min<std::size_t>(vertices, most_blocks);
  parallel_for(blocks, for_steps(context, steps), [&](std::size_t block) {
    body(static_cast<std::uint32_t>(vertices * block / blocks),
         static_cast<std::uint32_t>(vertices * (block + 1) / blocks));
  });
}

}  // namespace coinvest
