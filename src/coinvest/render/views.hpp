// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/graph/named.hpp"
#include "coinvest/render/choose.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest {

/// What the neighbours of a vertex are called: "company", "companies".
struct NeighbourWord {
  std::string_view one, many;
};

/// A graph and what is known of each of its vertices; owns nothing.
struct DrawnGraph {
  DrawnGraph(const NamedGraph& drawn)  // NOLINT(google-explicit-constructor): a graph of which nothing more is known
      : graph(drawn),
        of_investor(drawn.view.kind == GraphKind::coinvest ? NeighbourWord{"co-investor", "co-investors"}
                                                           : NeighbourWord{"company", "companies"}) {}

  NamedGraph graph;
  std::span<const double> score = {};           ///< chooses, ranks and sizes; empty: the degree
  std::span<const std::uint32_t> cluster = {};  ///< 0 the largest; empty: none
  std::span<const NodeState> state = {};        ///< empty: all normal
  NeighbourWord of_investor, of_company{"investor", "investors"};
};

enum class Force : std::uint8_t { no, yes };

struct ViewOptions {
  std::uint32_t max_nodes = 150;  ///< 2 to 10,000; above 3,000 only with `force`
  Force force = Force::no;
  std::uint32_t label_budget = 60;  ///< nodes that show their name; the others have it in their tooltip
  double edges_per_node = 3.0;      ///< above it only the heaviest edges are drawn, none of them a bridge
  std::string title = {};
  std::string score_name = {};          ///< "betweenness"; "" with no score: the degree is named
  std::string weight_name = {};         ///< ""  names rounds, shared ones between investors
  std::vector<std::string> notes = {};  ///< further lines of the caption: dates, selection, sources
};

/// Pictures of a graph: the best-scored vertices that hang together, both sides alike in the bipartite graph, with the
/// edges among them; the caption says what was chosen and left out. Sizes are scaled within each side, the largest
/// is 1. O(E log V). Fails (limit): max_nodes beyond its bounds; (usage): spans that do not fit the graph, no clusters
/// for `clusters_view`.
Result<Drawing> bipartite_view(const DrawnGraph& graph, const ViewOptions& options);
Result<Drawing> coinvest_view(const DrawnGraph& graph, const ViewOptions& options);
/// The same with a box around each cluster that has at least three drawn members.
Result<Drawing> clusters_view(const DrawnGraph& graph, const ViewOptions& options);
/// What lies around one vertex, which is in the centre, with all of its edges to what is drawn.
Result<Drawing> ego_view(const DrawnGraph& graph, const Around& around, const ViewOptions& options);
/// Who led whom, of a co-investment graph: an arrow from who led a round to who followed, both ways if both led. The
/// score is the number of followers, if there is none other; clusters are not shown.
Result<Drawing> leads_view(const DrawnGraph& graph, const ViewOptions& options);

}  // namespace coinvest
