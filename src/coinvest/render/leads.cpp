// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "coinvest/render/views.hpp"

namespace coinvest {
namespace {

/// The arcs of a graph as edges, each pair once with the weights of both ways together.
struct ArcGraph {
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;
};

double weight_of(const ArcView& arcs, std::uint32_t from, std::uint32_t to) {
  const auto begin = arcs.ends.begin() + static_cast<std::ptrdiff_t>(arcs.offsets[from]);
  const auto end = arcs.ends.begin() + static_cast<std::ptrdiff_t>(arcs.offsets[from + 1]);
  const auto found = std::lower_bound(begin, end, to);
  return found != end && *found == to ? arcs.weights[static_cast<std::size_t>(found - arcs.ends.begin())] : 0.0;
}

ArcGraph without_directions(const ArcView& arcs, std::uint32_t vertices) {
  std::vector<std::map<std::uint32_t, double>> rows(vertices);
  for (std::uint32_t from = 0; from < vertices && !arcs.offsets.empty(); ++from) {
    for (std::uint64_t k = arcs.offsets[from]; k < arcs.offsets[from + 1]; ++k) {
      rows[from][arcs.ends[k]] += arcs.weights[k];
      rows[arcs.ends[k]][from] += arcs.weights[k];
    }
  }
  ArcGraph graph;
  for (const auto& row : rows) {
    for (const auto& [neighbour, weight] : row) {
      graph.neighbours.push_back(neighbour);
      graph.weights.push_back(weight);
    }
    graph.offsets.push_back(graph.neighbours.size());
  }
  return graph;
}

}  // namespace

Result<Drawing> leads_view(const DrawnGraph& graph, const ViewOptions& options) {
  const ArcView& arcs = graph.graph.view.leads;
  const std::uint32_t vertices = graph.graph.view.vertices();
  const ArcGraph edges = without_directions(arcs, vertices);
  DrawnGraph drawn = graph;
  drawn.graph.view.offsets = edges.offsets;
  drawn.graph.view.neighbours = edges.neighbours;
  drawn.graph.view.weights = edges.weights;
  drawn.cluster = {};
  drawn.of_investor = {"partner in led rounds", "partners in led rounds"};
  ViewOptions words = options;
  words.weight_name = "rounds led";
  std::vector<double> followers;
  if (drawn.score.empty()) {
    words.score_name = "followers";
    for (std::uint32_t v = 0; v < vertices; ++v)
      followers.push_back(arcs.offsets.empty() ? 0.0 : static_cast<double>(arcs.offsets[v + 1] - arcs.offsets[v]));
    drawn.score = followers;
  }
  auto drawing = coinvest_view(drawn, words);
  if (!drawing) return drawing;
  drawing->name = "leads";
  if (arcs.offsets.empty()) drawing->caption.emplace_back("No round here has a known lead.");
  drawing->arrow_means = "from who led a round to who followed";

  std::map<std::uint32_t, std::uint32_t> vertex_of;  // by investor
  for (std::uint32_t v = 0; v < vertices; ++v)
    vertex_of[static_cast<std::uint32_t>(index(graph.graph.investors[v]))] = v;
  for (DrawingEdge& edge : drawing->edges) {
    std::uint32_t from = vertex_of[drawing->nodes[edge.from].id], to = vertex_of[drawing->nodes[edge.to].id];
    double led = weight_of(arcs, from, to), followed = weight_of(arcs, to, from);
    if (led == 0.0) {
      std::swap(edge.from, edge.to);
      std::swap(from, to);
      std::swap(led, followed);
    }
    const auto way = [&](std::uint32_t leader, std::uint32_t follower, double rounds) {
      return fmt::format("{} → {}: led {:.6g} round{}", graph.graph.name(leader), graph.graph.name(follower), rounds,
                         rounds == 1.0 ? "" : "s");
    };
    edge.tooltip = way(from, to, led);
    if (followed > 0.0) edge.tooltip += "; " + way(to, from, followed);
    edge.arrow = followed > 0.0 ? Arrow::both : Arrow::forward;
  }
  return drawing;
}

}  // namespace coinvest
