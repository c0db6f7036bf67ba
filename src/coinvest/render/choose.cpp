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

/// Vertices chosen so far and those that touch them.
class Growth {
 public:
  Growth(const GraphView& graph, std::span<const double> score)
      : graph_(graph), score_(score), seen_(graph.vertices(), 0) {}

  Candidate candidate(std::uint32_t vertex) const {
    const double value = score_[vertex];
    return {std::isnan(value) ? -std::numeric_limits<double>::infinity() : value, vertex};
  }
  bool seen(std::uint32_t vertex) const { return seen_[vertex] != 0; }
  void never(std::uint32_t vertex) { seen_[vertex] = 1; }

  void grow_from(std::uint32_t start, std::size_t most) {
    seen_[start] = 1;
    add(start);
    while (chosen.size() < most && !(border_[0].empty() && border_[1].empty())) {
      const std::size_t fewer = count_[0] <= count_[1] ? 0 : 1;
      auto& from = border_[fewer].empty() ? border_[1 - fewer] : border_[fewer];
      const std::uint32_t next = from.top().vertex;
      from.pop();
      add(next);
    }
  }

  std::vector<std::uint32_t> chosen;

 private:
  std::size_t side(std::uint32_t vertex) const { return vertex < graph_.investors ? 0 : 1; }

  void add(std::uint32_t vertex) {
    chosen.push_back(vertex);
    ++count_[side(vertex)];
    for (const std::uint32_t neighbour : graph_.neighbours_of(vertex)) {
      if (seen(neighbour)) continue;
      seen_[neighbour] = 1;
      border_[side(neighbour)].push(candidate(neighbour));
    }
  }

  const GraphView& graph_;
  std::span<const double> score_;
  std::vector<char> seen_;
  std::array<std::priority_queue<Candidate>, 2> border_;  // investors, companies
  std::array<std::size_t, 2> count_{};
};

}  // namespace

std::vector<std::uint32_t> choose_vertices(const GraphView& graph, std::span<const double> score, std::size_t most) {
  Growth growth(graph, score);
  std::vector<Candidate> best;  // where to begin, best first
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    if (graph.degree(v) > 0) best.push_back(growth.candidate(v));
  }
  std::sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) { return b < a; });
  for (const Candidate& start : best) {
    if (growth.chosen.size() + 2 > most) break;  // a start needs room for a neighbour
    if (!growth.seen(start.vertex)) growth.grow_from(start.vertex, most);
  }
  return std::move(growth.chosen);
}

std::vector<std::uint32_t> choose_around(const GraphView& graph, std::span<const double> score, std::size_t most,
                                         const Around& around) {
  std::vector<char> near(graph.vertices(), 0);
  std::vector<std::uint32_t> reached{around.centre};
  near[around.centre] = 1;
  for (std::size_t step = 0, begin = 0; step < around.steps && begin < reached.size(); ++step) {
    const std::size_t end = reached.size();
    for (; begin < end; ++begin) {
      for (const std::uint32_t neighbour : graph.neighbours_of(reached[begin])) {
        if (near[neighbour] == 0) reached.push_back(neighbour);
        near[neighbour] = 1;
      }
    }
  }
  Growth growth(graph, score);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    if (near[v] == 0) growth.never(v);
  }
  growth.grow_from(around.centre, most);
  return std::move(growth.chosen);
}

ChosenEdges choose_edges(const GraphView& graph, std::span<const std::uint32_t> vertices, std::size_t most,
                         std::optional<std::uint32_t> centre) {
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
    const auto at_centre = [&](const ChosenEdge& edge) { return edge.from == centre || edge.to == centre; };
    std::sort(all.begin(), all.end(), [&](const ChosenEdge& a, const ChosenEdge& b) {
      if (at_centre(a) != at_centre(b)) return at_centre(a);
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
