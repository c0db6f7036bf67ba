// SPDX-License-Identifier: Apache-2.0
#include "graph_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <numeric>
#include <random>
#include <stdexcept>

namespace coinvest::bench {

EdgeList read_edges(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const auto read = [&](auto* values, std::size_t count) {
    file.read(reinterpret_cast<char*>(values), static_cast<std::streamsize>(count * sizeof *values));
    if (!file) throw std::runtime_error(path + ": no graph that coinvest_bench wrote");
  };
  std::array<std::uint32_t, 3> head{};
  read(head.data(), head.size());
  EdgeList list{head[0], head[1], {}, std::vector<double>(head[2])};
  std::vector<std::uint32_t> ends(std::size_t{2} * head[2]);
  read(ends.data(), ends.size());
  read(list.weights.data(), list.weights.size());
  for (std::size_t i = 0; i < ends.size(); i += 2) list.edges.emplace_back(ends[i], ends[i + 1]);
  return list;
}

void write_edges(const std::string& path, const EdgeList& list) {
  std::ofstream file(path, std::ios::binary);
  const auto write = [&](const auto* values, std::size_t count) {
    file.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count * sizeof *values));
  };
  const std::array head{list.investors, list.companies, static_cast<std::uint32_t>(list.edges.size())};
  write(head.data(), head.size());
  for (const auto& [a, b] : list.edges) {
    write(&a, 1);
    write(&b, 1);
  }
  write(list.weights.data(), list.weights.size());
  if (!file.flush()) throw std::runtime_error(path + ": cannot be written");
}

EdgeList edges_of(const GraphView& graph) {
  EdgeList list{graph.investors, graph.companies, {}, {}};
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const auto row = graph.neighbours_of(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] < v) continue;
      list.edges.emplace_back(v, row[i]);
      list.weights.push_back(graph.weights_of(v)[i]);
    }
  }
  return list;
}

Bipartite graph_of(const EdgeList& list) {
  Bipartite graph;
  for (std::uint32_t i = 0; i < list.investors; ++i) graph.investors.push_back(InvestorId{i});
  for (std::uint32_t c = 0; c < list.companies; ++c) graph.companies.push_back(CompanyId{c});
  graph.offsets.assign(list.investors + list.companies + std::size_t{1}, 0);
  for (const auto& [a, b] : list.edges) {
    ++graph.offsets[a + std::size_t{1}];
    ++graph.offsets[b + std::size_t{1}];
  }
  std::partial_sum(graph.offsets.begin(), graph.offsets.end(), graph.offsets.begin());
  graph.neighbours.resize(2 * list.edges.size());
  graph.weights.resize(2 * list.edges.size());
  // Edges stand ascending by both ends, so rows come out ascending if the lower neighbours go first.
  std::vector<std::uint64_t> next(graph.offsets.begin(), graph.offsets.end() - 1);
  const auto place = [&](std::uint32_t from, std::uint32_t to, double weight) {
    graph.neighbours[next[from]] = to;
    graph.weights[next[from]++] = weight;
  };
  for (std::size_t i = 0; i < list.edges.size(); ++i) place(list.edges[i].second, list.edges[i].first, list.weights[i]);
  for (std::size_t i = 0; i < list.edges.size(); ++i) place(list.edges[i].first, list.edges[i].second, list.weights[i]);
  return graph;
}

EdgeList grown(const GraphView& graph, std::uint32_t copies, std::uint64_t seed) {
  EdgeList list{graph.investors * copies, graph.companies * copies, {}, {}};
  std::vector<std::uint32_t> investors, companies;  // one entry per end of an edge
  for (std::uint32_t copy = 0; copy < copies; ++copy) {
    for (std::uint32_t i = 0; i < graph.investors; ++i)
      investors.insert(investors.end(), graph.degree(i), copy * graph.investors + i);
    for (std::uint32_t c = 0; c < graph.companies; ++c)
      companies.insert(companies.end(), graph.degree(graph.investors + c), list.investors + copy * graph.companies + c);
  }
  std::mt19937_64 random(seed);
  std::ranges::shuffle(companies, random);
  for (std::size_t i = 0; i < investors.size(); ++i) list.edges.emplace_back(investors[i], companies[i]);
  std::ranges::sort(list.edges);
  list.edges.erase(std::ranges::unique(list.edges).begin(), list.edges.end());
  list.weights.assign(list.edges.size(), 1.0);
  return list;
}

}  // namespace coinvest::bench
