// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coinvest {

enum class NodeShape : std::uint8_t { investor, company };
enum class NodeState : std::uint8_t { normal, exited, closed, dormant };

/// A picture before any layout: plain values, names only as labels. What the DOT writer draws.
struct DrawingNode {
  NodeShape shape = NodeShape::investor;
  NodeState state = NodeState::normal;
  std::uint32_t id = 0;    ///< unique among the nodes of its shape: `i12` and `c7` in DOT
  std::string label = {};  ///< "" draws none; the name then stands in the tooltip alone
  std::string tooltip = {};
  double size = 0.0;  ///< 0 smallest to 1 largest; the node's area follows it where its label leaves room
  std::uint32_t cluster = no_cluster;

  static constexpr std::uint32_t no_cluster = ~std::uint32_t{0};
};

struct DrawingEdge {
  std::uint32_t from = 0, to = 0;  ///< positions in `nodes`
  double weight = 1.0;             ///< positive; the pen width follows it
  std::string tooltip = {};
};

struct Drawing {
  std::string name = {};  ///< file-name-safe: "bipartite"
  std::string title = {};
  std::vector<std::string> caption = {};  ///< lines under the picture: what it shows, dates, what was left out
  std::string size_means = {};            ///< "number of companies": for the legend; "" leaves it out
  std::string weight_means = {};          ///< "shared rounds"
  bool clusters_boxed = false;
  std::vector<std::string> cluster_names = {};  ///< of clusters 0, 1, ...: without a name grey, and no box
  std::vector<DrawingNode> nodes = {};
  std::vector<DrawingEdge> edges = {};  ///< the same pair twice is drawn once, with the first one's values
};

}  // namespace coinvest
