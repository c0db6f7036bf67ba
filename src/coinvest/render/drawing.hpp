// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coinvest {

/// What a node stands for. Headings and names of rows are words without a border; square, dot and ring are marks.
enum class NodeShape : std::uint8_t { investor, company, heading, row_name, square, dot, ring };
enum class NodeState : std::uint8_t { normal, exited, closed, dormant };

/// In points, of which an inch has 72; y grows upwards.
struct Point {
  double x = 0.0, y = 0.0;
};

struct Rectangle {
  Point low, high;
};

/// A picture before any layout: plain values, names only as labels. What the DOT writer draws.
struct DrawingNode {
  NodeShape shape = NodeShape::investor;
  NodeState state = NodeState::normal;
  std::uint32_t id = 0;    ///< unique among investors, companies, and all others: `i12`, `c7` and `m3` in DOT
  std::string label = {};  ///< "" draws none; the name then stands in the tooltip alone
  std::string tooltip = {};
  double size = 0.0;  ///< 0 smallest to 1 largest; the node's area follows it where its label leaves room
  std::uint32_t cluster = no_cluster;
  std::uint32_t frame = 0;       ///< of a storyboard, from 1: `f1_i12` in DOT, once per frame
  std::optional<Point> at = {};  ///< its middle, if it is known before any layout: of all nodes or of none
  std::string remark = {};       ///< words behind the label, if there is one

  static constexpr std::uint32_t no_cluster = ~std::uint32_t{0};
};

enum class EdgeLine : std::uint8_t { solid, dashed, dotted };
enum class Arrow : std::uint8_t { none, forward, both };

struct DrawingEdge {
  std::uint32_t from = 0, to = 0;  ///< positions in `nodes`
  double weight = 1.0;             ///< positive; the pen width follows it
  std::string tooltip = {};
  std::string label = {};
  EdgeLine line = EdgeLine::solid;
  Arrow arrow = Arrow::none;
  double age = 0.0;  ///< 0 newest to 1 oldest: the older, the fainter
};

struct Drawing {
  std::string name = {};  ///< file-name-safe: "bipartite"
  std::string title = {};
  std::vector<std::string> caption = {};       ///< lines under the picture: what it shows, dates, what was left out
  std::string size_means = {};                 ///< "number of companies": for the legend; "" leaves it out
  std::string weight_means = {};               ///< "shared rounds"
  std::string age_means = {};                  ///< "last shared round", for the legend of faint lines
  std::array<std::string, 3> line_means = {};  ///< by EdgeLine
  std::string arrow_means = {};
  std::string_view engine = {};              ///< that shows this view best; "": by kind and size
  std::optional<std::uint32_t> centre = {};  ///< position of the node that everything else lies around
  bool clusters_boxed = false;
  std::vector<Rectangle> boxes = {};            ///< of clusters 0, 1, ... where nodes have places
  std::vector<std::string> cluster_names = {};  ///< of clusters 0, 1, ...: without a name grey, and no box
  std::vector<DrawingNode> nodes = {};
  std::vector<DrawingEdge> edges = {};  ///< the same pair twice is drawn once, with the first one's values
};

/// Puts what a drawing says into other words, as a translation does; empty: leaves all as it is.
using Words = std::function<std::string(std::string_view)>;

}  // namespace coinvest
