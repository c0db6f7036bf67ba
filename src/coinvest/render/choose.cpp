// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/choose.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>
#include <tuple>

namespace coinvest {
namespace {

struct Candidate {
  double score = 0.0;
  std::uint32_t vertex = 0;

  bool operator<(const Candidate& other) const {
    return score < other.score || (score == other.score && vertex > other.vertex);
  }
};

}  // namespace

std::vector<std::uint32_t> choose_vertices(const GraphView& graph, std::span<const double> score, std::size_t most) {
  const auto candidate = [&](std::uint32_t vertex) {
    const double value = score[vertex];
    return Candidate{std::isnan(value) ? -std::numeric_limits<double>::infinity() : value, vertex};
  };
  std::vector<Candidate> best;  // where to begin, best first
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    if (graph.degree(v) > 0) best.push_back(candidate(v));
  }
  std::sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return b < a; });

  std::vector<std::uint32_t> chosen;
  std::vector<char> seen(graph.vertices(), 0);
  std::array<std::priority_queue<Candidate>, 2> border;  // investors, companies
  std::array<std::size_t, 2> count{};
  const auto side = [&](std::uint32_t vertex) { return vertex < graph.investors ? std::size_t{0} : std::size_t{1}; };
  const auto add = [&](std::uint32_t vertex) {
    chosen.push_back(vertex);
    ++count[side(vertex)];
    for (const std::uint32_t neighbour : graph.neighbours_of(vertex)) {
      if (seen[neighbour] != 0) continue;
      seen[neighbour] = 1;
      border[side(neighbour)].push(candidate(neighbour));
    }
  };
  for (const Candidate& start : best) {
    if (chosen.size() + 2 > most) break;  // a start needs room for a neighbour
    if (seen[start.vertex] != 0) continue;
    seen[start.vertex] = 1;
    add(start.vertex);
    while (chosen.size() < most && !(border[0].empty() && border[1].empty())) {
      const std::size_t fewer = count[0] <= count[1] ? 0 : 1;
      auto& from = border[fewer].empty() ? border[1 - fewer] : border[fewer];
      const std::uint32_t next = from.top().vertex;
      from.pop();
      add(next);
    }
  }
  return chosen;
}

ChosenEdges choose_edges(const GraphView& graph, std::span<const std::uint32_t> vertices, std::size_t most) {
  std::vector<char> kept(graph.vertices(), 0);
  for (const std::uint32_t v : vertices) kept[v] = 1;
  std::vector<ChosenEdge> all;
  for (const std::uint32_t v : vertices) {
    const auto neighbours = graph.neighbours_of(v);
    for (std::size_t k = 0; k < neighbours.size(); ++k) {
      if (neighbours[k] > v && kept[neighbours[k]] != 0) all.push_back({v, neighbours[k], graph.weights_of(v)[k]});
    }
  }
  const auto ends = [](const ChosenEdge& edge) { return std::tie(edge.from, edge.to); };
  const auto in_order = [&](const ChosenEdge& a, const ChosenEdge& b) { return ends(a) < ends(b); };
  ChosenEdges result{{}, all.size()};
  if (all.size() > most) {
    std::sort(all.begin(), all.end(), [&](const ChosenEdge& a, const ChosenEdge& b) {
      return a.weight > b.weight || (a.weight == b.weight && in_order(a, b));
    });
    std::vector<std::uint32_t> parent(graph.vertices());
    std::iota(parent.begin(), parent.end(), std::uint32_t{0});
    const auto root = [&](std::uint32_t v) {
      while (parent[v] != v) v = parent[v] = parent[parent[v]];
      return v;
    };
    // The forest's edges move to the front; both parts stay in order of weight.
    std::stable_partition(all.begin(), all.end(), [&](const ChosenEdge& edge) {
      const std::uint32_t a = root(edge.from), b = root(edge.to);
      if (a != b) parent[a] = b;
      return a != b;
    });
    all.resize(most);
  }
  std::sort(all.begin(), all.end(), in_order);
  result.edges = std::move(all);
  return result;
}

}  // namespace coinvest
