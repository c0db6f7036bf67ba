// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "coinvest/graph/view.hpp"

// Small graphs to try algorithms on. Vertices are numbers; a bipartite edge names its company by its vertex.

namespace coinvest::graphs {

struct WeightedEdge {
  std::uint32_t a = 0, b = 0;
  double weight = 1;
};

/// A graph that owns its rows.
struct OwnedGraph {
  GraphKind kind = GraphKind::coinvest;
  std::uint32_t investors = 0, companies = 0;
  std::vector<WeightedEdge> edges;
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;

  OwnedGraph(GraphKind which, std::uint32_t n, std::uint32_t m, std::vector<WeightedEdge> list)
      : kind(which), investors(n), companies(m), edges(std::move(list)) {
    std::vector<std::map<std::uint32_t, double>> rows(n + m);
    for (const WeightedEdge& edge : edges) rows.at(edge.a)[edge.b] = rows.at(edge.b)[edge.a] = edge.weight;
    offsets.push_back(0);
    for (const auto& row : rows) {
      for (const auto& [neighbour, weight] : row) {
        neighbours.push_back(neighbour);
        weights.push_back(weight);
      }
      offsets.push_back(neighbours.size());
    }
  }

  GraphView view() const { return {kind, investors, companies, offsets, neighbours, weights}; }
  std::uint32_t vertices() const { return investors + companies; }
};

inline OwnedGraph coinvest_graph(std::uint32_t n, std::vector<WeightedEdge> edges) {
  return {GraphKind::coinvest, n, 0, std::move(edges)};
}
inline OwnedGraph bipartite_graph(std::uint32_t n, std::uint32_t m, std::vector<WeightedEdge> edges) {
  return {GraphKind::bipartite, n, m, std::move(edges)};
}

inline OwnedGraph complete_bipartite(std::uint32_t n, std::uint32_t m) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t c = n; c < n + m; ++c) edges.push_back({i, c});
  }
  return bipartite_graph(n, m, std::move(edges));
}

/// Vertex 0 and its leaves.
inline OwnedGraph star(std::uint32_t leaves) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t leaf = 1; leaf <= leaves; ++leaf) edges.push_back({0, leaf});
  return coinvest_graph(leaves + 1, std::move(edges));
}

inline OwnedGraph path(std::uint32_t n) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t v = 1; v < n; ++v) edges.push_back({v - 1, v});
  return coinvest_graph(n, std::move(edges));
}

inline OwnedGraph complete(std::uint32_t n) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) edges.push_back({a, b});
  }
  return coinvest_graph(n, std::move(edges));
}

inline OwnedGraph grid(std::uint32_t rows, std::uint32_t columns) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t r = 0; r < rows; ++r) {
    for (std::uint32_t c = 0; c < columns; ++c) {
      const std::uint32_t v = r * columns + c;
      if (c + 1 < columns) edges.push_back({v, v + 1});
      if (r + 1 < rows) edges.push_back({v, v + columns});
    }
  }
  return coinvest_graph(rows * columns, std::move(edges));
}

/// Diamonds in a row: joint k is vertex 3k, the two ways from it to the next joint are 3k+1 and 3k+2.
inline OwnedGraph ladder_of_diamonds(std::uint32_t diamonds) {
  std::vector<WeightedEdge> edges;
  for (std::uint32_t joint = 0; joint < 3 * diamonds; joint += 3) {
    for (const std::uint32_t middle : {joint + 1, joint + 2}) {
      edges.push_back({joint, middle});
      edges.push_back({middle, joint + 3});
    }
  }
  return coinvest_graph(3 * diamonds + 1, std::move(edges));
}

/// At most `count` random edges with weights 1 to 4, repeated ones joined.
inline OwnedGraph random_coinvest(std::uint32_t n, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<WeightedEdge> edges;
  for (std::size_t i = 0; i < count; ++i) {
    const auto a = static_cast<std::uint32_t>(random() % n), b = static_cast<std::uint32_t>(random() % n);
    const auto weight = static_cast<double>(1 + random() % 4);
    if (a != b) edges.push_back({a, b, weight});
  }
  return coinvest_graph(n, std::move(edges));
}

inline OwnedGraph random_bipartite(std::uint32_t n, std::uint32_t m, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<WeightedEdge> edges;
  for (std::size_t i = 0; i < count; ++i) {
    const auto a = static_cast<std::uint32_t>(random() % n), b = static_cast<std::uint32_t>(n + random() % m);
    edges.push_back({a, b});
  }
  return bipartite_graph(n, m, std::move(edges));
}

/// Investors tied by the number of companies that they share.
inline OwnedGraph projection(const OwnedGraph& graph) {
  const GraphView view = graph.view();
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> shared;
  for (std::uint32_t c = graph.investors; c < graph.vertices(); ++c) {
    for (const std::uint32_t a : view.neighbours_of(c)) {
      for (const std::uint32_t b : view.neighbours_of(c)) {
        if (a < b) ++shared[{a, b}];
      }
    }
  }
  std::vector<WeightedEdge> edges;
  for (const auto& [pair, weight] : shared) edges.push_back({pair.first, pair.second, weight});
  return coinvest_graph(graph.investors, std::move(edges));
}

/// The same graph with vertex v called number[v].
inline OwnedGraph renumbered(const OwnedGraph& graph, const std::vector<std::uint32_t>& number) {
  std::vector<WeightedEdge> edges = graph.edges;
  for (WeightedEdge& edge : edges) edge = {number[edge.a], number[edge.b], edge.weight};
  return {graph.kind, graph.investors, graph.companies, std::move(edges)};
}

/// New numbers that keep the two sides apart.
inline std::vector<std::uint32_t> random_numbers(const OwnedGraph& graph, std::uint64_t seed) {
  std::vector<std::uint32_t> number(graph.vertices());
  std::iota(number.begin(), number.end(), 0U);
  std::mt19937_64 random(seed);
  std::shuffle(number.begin(), number.begin() + graph.investors, random);
  std::shuffle(number.begin() + graph.investors, number.end(), random);
  return number;
}

/// Number of steps between any two vertices (Floyd and Warshall), `far` without a path, and of shortest paths.
struct AllPairs {
  static constexpr std::uint32_t far = 1'000'000;
  std::vector<std::vector<std::uint32_t>> distance;
  std::vector<std::vector<double>> paths;
};

inline AllPairs all_pairs(const GraphView& graph) {
  const std::uint32_t n = graph.vertices();
  AllPairs all{.distance{n, std::vector<std::uint32_t>(n, AllPairs::far)}, .paths{n, std::vector<double>(n, 0)}};
  for (std::uint32_t v = 0; v < n; ++v) {
    all.distance[v][v] = 0;
    for (const std::uint32_t other : graph.neighbours_of(v)) all.distance[v][other] = 1;
  }
  for (std::uint32_t via = 0; via < n; ++via) {
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = 0; b < n; ++b) {
        all.distance[a][b] = std::min(all.distance[a][b], all.distance[a][via] + all.distance[via][b]);
      }
    }
  }
  // Paths of length d are those of length d-1 to a neighbour of the end.
  for (std::uint32_t a = 0; a < n; ++a) {
    std::vector<std::uint32_t> by_distance(n);
    std::iota(by_distance.begin(), by_distance.end(), 0U);
    std::ranges::sort(by_distance, {}, [&](std::uint32_t b) { return all.distance[a][b]; });
    all.paths[a][a] = 1;
    for (const std::uint32_t b : by_distance) {
      if (b == a || all.distance[a][b] >= AllPairs::far) continue;
      for (const std::uint32_t before : graph.neighbours_of(b)) {
        if (all.distance[a][before] + 1 == all.distance[a][b]) all.paths[a][b] += all.paths[a][before];
      }
    }
  }
  return all;
}

}  // namespace coinvest::graphs
