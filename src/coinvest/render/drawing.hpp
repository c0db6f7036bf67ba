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
  std::string label;    ///< "" draws none; the name then stands in the tooltip alone
  std::string tooltip;
  double size = 0.0;    ///< 0 smallest to 1 largest; the node's area follows it
  std::uint32_t cluster = no_cluster;

  static constexpr std::uint32_t no_cluster = ~std::uint32_t{0};
};

struct DrawingEdge {
  std::uint32_t from = 0, to = 0;  ///< positions in `nodes`
  double weight = 1.0;             ///< positive; the pen width follows it
};

struct Drawing {
  std::string name;     ///< file-name-safe: "bipartite"
  std::string title;
  std::vector<std::string> caption;  ///< lines under the picture: what it shows, dates, what was left out
  bool clusters_boxed = false;
  std::vector<DrawingNode> nodes;
  std::vector<DrawingEdge> edges;
};

}  // namespace coinvest
