// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/bipartite.hpp"

#include <algorithm>

namespace coinvest {
namespace {

template <typename Id>
std::uint32_t position_of(const std::vector<Id>& sorted, Id id) {
  return static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), id) - sorted.begin());
}

template <typename Id>
void sort_distinct(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

GraphView Bipartite::view() const {
  return {GraphKind::bipartite,
          static_cast<std::uint32_t>(investors.size()),
          static_cast<std::uint32_t>(companies.size()),
          offsets,
          neighbours,
          weights};
}

Bipartite build_bipartite(const Deals& deals, BipartiteWeight weight) {
  Bipartite graph;
  struct Holding {
    InvestorId investor;
    CompanyId company;
    auto operator<=>(const Holding&) const = default;
  };
  std::vector<Holding> holdings;  // one per participation, sorted: equal ones are several rounds
  holdings.reserve(deals.investors.size());
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (const InvestorId investor : deals.participants(round)) {
      holdings.push_back({investor, deals.company(round)});
      graph.companies.push_back(deals.company(round));
    }
  graph.investors = deals.investors;
  sort_distinct(graph.investors);
  sort_distinct(graph.companies);
  std::sort(holdings.begin(), holdings.end());

  const std::size_t n = graph.investors.size();
  struct Edge {
    std::uint32_t investor, company;
    double rounds;
  };
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < holdings.size(); ++i) {
    if (i > 0 && holdings[i] == holdings[i - 1]) {
      edges.back().rounds += 1;
      continue;
    }
    edges.push_back({position_of(graph.investors, holdings[i].investor),
                     static_cast<std::uint32_t>(n) + position_of(graph.companies, holdings[i].company), 1});
  }

  graph.offsets.assign(n + graph.companies.size() + 1, 0);
  for (const Edge& edge : edges) {
    ++graph.offsets[edge.investor + std::size_t{1}];
    ++graph.offsets[edge.company + std::size_t{1}];
  }
  for (std::size_t v = 1; v < graph.offsets.size(); ++v) graph.offsets[v] += graph.offsets[v - 1];
  graph.neighbours.resize(2 * edges.size());
  graph.weights.resize(2 * edges.size());
  std::vector<std::uint64_t> next(graph.offsets.begin(), graph.offsets.end() - 1);
  for (const Edge& edge : edges) {  // sorted by investor, then company: both directions come out ascending
    const double w = weight == BipartiteWeight::rounds ? edge.rounds : 1.0;
    for (const auto& [from, to] : {std::pair{edge.investor, edge.company}, std::pair{edge.company, edge.investor}}) {
      graph.neighbours[next[from]] = to;
      graph.weights[next[from]++] = w;
    }
  }
  return graph;
}

}  // namespace coinvest
