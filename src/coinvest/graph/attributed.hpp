// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/graph/named.hpp"

namespace coinvest {

/// What the rounds behind a vertex or an edge say.
struct RoundsBehind {
  std::uint32_t rounds = 0;
  std::uint32_t led = 0;   ///< of these, by the investor; nothing is known of the others
  Day first = Day::max();  ///< the earliest day that one may have been on
  Day last = Day::min();   ///< the latest
  bool dated() const { return first <= last; }
};

/// A graph with what is known of its vertices and edges, for the tools of others. Owns nothing of the graph.
struct AttributedGraph {
  static constexpr std::uint32_t no_vertex = UINT32_MAX;

  NamedGraph graph;
  std::vector<RoundsBehind> vertices;
  std::vector<RoundsBehind> edges;     ///< parallel to the view's neighbours, only where the neighbour comes later
  std::vector<std::uint32_t> same_as;  ///< of every vertex the other one of its organisation, else `no_vertex`
  Context context;                     ///< its stop flag ends walks over the edges
};

/// Of an edge between an investor and a company the investor's rounds there, of a tie the rounds that both share,
/// whatever made it. O(Σ d² log) for rounds of d investors. Fails: cancelled.
Result<AttributedGraph> attributed(const Deals& deals, const NamedGraph& graph, const Context& context);

/// One edge, at its end that comes first: the investor of the two.
struct AttributedEdge {
  std::uint32_t source = 0, target = 0;
  double weight = 1;
  const RoundsBehind* behind = nullptr;
};

/// Calls `visit(AttributedEdge)` for every edge, ascending by source, then target, until the stop flag is raised.
template <typename Visit>
void for_each_edge(const AttributedGraph& of, Visit visit) {
  const GraphView& view = of.graph.view;
  for (std::uint32_t v = 0; v < view.vertices() && !of.context.stopped(); ++v)
    for (std::uint64_t at = view.offsets[v]; at < view.offsets[v + 1]; ++at)
      if (view.neighbours[at] > v) visit(AttributedEdge{v, view.neighbours[at], view.weights[at], &of.edges[at]});
}

enum class AttributeType : std::uint8_t { text, count, number, yes_no };

struct VertexAttribute {
  std::string_view name;
  AttributeType type;
  DefinedOn graphs;
  Cell (*of)(const AttributedGraph&, std::uint32_t vertex);
};
struct EdgeAttribute {
  std::string_view name;
  AttributeType type;
  DefinedOn graphs;
  Cell (*of)(const AttributedEdge&);
};

/// One row per attribute that a graph file holds beside ids and labels.
std::span<const VertexAttribute> vertex_attributes();
std::span<const EdgeAttribute> edge_attributes();

}  // namespace coinvest
