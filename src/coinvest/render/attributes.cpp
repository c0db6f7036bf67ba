// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "coinvest/base/text.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/escape.hpp"
#include "coinvest/render/legend.hpp"

namespace coinvest {
namespace {

/// Columns in which osage fills a box: names are several times as wide as high, and as many columns as rows would make
/// a strip of it.
int columns_of_box(std::size_t members) {
  constexpr double wide_to_high = 5.0;
  return static_cast<int>(std::ceil(std::sqrt(static_cast<double>(members) / wide_to_high)));
}

bool is_organisation(const DrawingNode& node) {
  return node.shape == NodeShape::investor || node.shape == NodeShape::company;
}

/// Opaque where it is 1: "#0072B299" for 0.6.
std::string with_opacity(std::string_view colour, double opacity) {
  if (opacity >= 1.0) return std::string(colour);
  return fmt::format("{}{:02X}", colour, static_cast<int>(std::lround(std::max(opacity, 0.0) * 255.0)));
}

}  // namespace

std::string node_id(const DrawingNode& node) {
  const char side = node.shape == NodeShape::investor ? 'i' : node.shape == NodeShape::company ? 'c' : 'm';
  const std::string frame = node.frame == 0 ? "" : fmt::format("f{}_", node.frame);
  return fmt::format("{}{}{}", frame, side, node.id);
}

Look::Look(const Drawing& drawing, const Theme& theme, std::string_view engine, Words words)
    : drawing_(drawing), theme_(theme), engine_(engine), words_(std::move(words)) {
  if (drawing.edges.empty()) return;
  const auto [least, most] = std::ranges::minmax_element(drawing.edges, {}, &DrawingEdge::weight);
  lightest_ = std::log(least->weight);
  heaviest_ = std::log(most->weight);
}

Attributes Look::graph_defaults() const {
  // A picture of n names is about √n names wide, and is looked at as a whole.
  const auto organisations = std::ranges::count_if(drawing_.nodes, is_organisation);
  const double scale = std::max(1.0, std::sqrt(static_cast<double>(organisations) / 50.0));
  std::string label;
  for (const std::string& line : legend_and_caption(drawing_, theme_, words_))
    label += (label.empty() ? "\\l" : "") + escaped(line) + "\\l";
  Attributes attributes{
      {"bgcolor", theme_.background},
      {"charset", "UTF-8"},
      {"color", ""},
      {"fillcolor", ""},
      {"fontcolor", theme_.text},
      {"fontname", theme_.fonts},
      {"fontsize", fmt::format("{:.1f}", theme_.caption_font * scale)},
      {"label", label},
      {"labeljust", "l"},
      {"labelloc", "b"},
      {"layout", std::string(engine_)},
      {"outputorder", "edgesfirst"},
      {"overlap", "prism"},
      {"pack", engine_ == "osage" ? "20" : "true"},
      {"pad", "0.3"},
      {"penwidth", "1"},
      {"sep", "+5"},
      {"splines", "line"},
      {"start", "1"},
      {"style", ""},
  };
  if (drawing_.clusters_boxed) attributes.emplace_back("packmode", "");
  // fdp puts boxes far apart unless its springs are short.
  if (engine_ == "fdp") attributes.emplace_back("K", "0.1");
  if (engine_ == "dot") {
    const bool two_sided =
        std::ranges::find(drawing_.nodes, NodeShape::company, &DrawingNode::shape) != drawing_.nodes.end();
    // Straight lines would go through the words beside them.
    if (std::ranges::any_of(drawing_.edges, [](const DrawingEdge& edge) { return !edge.label.empty(); }))
      std::ranges::find(attributes, "splines", &std::pair<std::string, std::string>::first)->second = "true";
    attributes.insert(attributes.end(),
                      {{"nodesep", two_sided ? "0.12" : "0.4"}, {"rankdir", "LR"}, {"ranksep", two_sided ? "3" : "1"}});
  }
  if (drawing_.centre) attributes.emplace_back("root", node_id(drawing_.nodes[*drawing_.centre]));
  if (is_placed(drawing_)) {
    std::erase_if(attributes, [](const auto& one) { return one.first == "overlap" || one.first == "pack"; });
    attributes.insert(attributes.end(), {{"bb", ""}, {"inputscale", "72"}, {"overlap", "true"}});
  }
  return attributes;
}

Attributes Look::node_defaults() const {
  Attributes attributes{
      {"color", theme_.investor.border},
      {"fillcolor", theme_.investor.fill},
      {"fontcolor", theme_.text},
      {"fontname", theme_.fonts},
      {"fontsize", fmt::format("{}", theme_.smallest_font)},
      {"height", "0.1"},
      {"label", "\\N"},
      {"margin", "0.09,0.04"},
      {"penwidth", "1.5"},
      {"peripheries", "1"},
      {"shape", "ellipse"},
      {"style", "filled"},
      {"tooltip", ""},
      {"width", "0.2"},
  };
  if (is_placed(drawing_)) attributes.emplace_back("pos", "");
  return attributes;
}

Attributes Look::edge_defaults() const {
  return {
      {"arrowhead", "vee"},
      {"arrowtail", "vee"},
      {"color", line_colour(theme_.line, 0.0)},
      {"dir", "none"},
      {"fontcolor", theme_.text},
      {"fontname", theme_.fonts},
      {"fontsize", fmt::format("{}", theme_.smallest_font)},
      {"label", ""},
      {"penwidth", fmt::format("{:.2f}", theme_.thinnest_line)},
      {"style", "solid"},
      {"tooltip", ""},
  };
}

Attributes Look::of(const DrawingNode& node) const {
  Attributes attributes = is_organisation(node) ? of_organisation(node) : of_mark(node);
  attributes.emplace_back("tooltip", escaped(said(node.tooltip), tooltip_backslash));
  if (node.at) attributes.emplace_back("pos", fmt::format("{:.2f},{:.2f}!", node.at->x, node.at->y));
  return attributes;
}

Attributes Look::of_organisation(const DrawingNode& node) const {
  const bool company = node.shape == NodeShape::company;
  const Hue& hue = node.cluster != DrawingNode::no_cluster ? hue_of(node.cluster)
                   : company                               ? theme_.company
                                                           : theme_.investor;
  const double side = std::sqrt(std::clamp(node.size, 0.0, 1.0));  // the area follows the size
  const double width = theme_.smallest_width + side * (theme_.largest_width - theme_.smallest_width);
  const double font = theme_.smallest_font + side * (theme_.largest_font - theme_.smallest_font);
  // The viewer's font may be a tenth wider than ours; a column is about half a font size wide, 72 points are an inch.
  const std::string label = node.label.empty() ? "" : node.label + said(node.remark);  // a name is no phrase
  const double margin = std::max(0.09, 0.05 * 0.5 * static_cast<double>(display_width(label)) * font / 72.0);
  const bool centre = drawing_.centre && &node == &drawing_.nodes[*drawing_.centre];
  return {
      {"color", hue.border},
      {"fillcolor", node.state == NodeState::dormant ? theme_.dormant_fill : hue.fill},
      {"fontsize", fmt::format("{:.1f}", font)},
      {"height", fmt::format("{:.2f}", width * 0.6)},
      {"label", escaped(label)},
      {"margin", fmt::format("{:.2f},0.04", margin)},
      {"penwidth", centre ? "3" : "1.5"},
      {"peripheries", node.state == NodeState::exited ? "2" : "1"},
      {"shape", company ? "box" : "ellipse"},
      {"style", node.state == NodeState::closed ? "filled,dashed" : "filled"},
      {"width", fmt::format("{:.2f}", width)},
  };
}

Attributes Look::of_mark(const DrawingNode& node) const {
  constexpr const char* mark_width = "0.16";
  const auto mark = [&](const char* shape, std::string_view border, std::string_view fill) {
    return Attributes{{"color", std::string(border)},
                      {"fillcolor", std::string(fill)},
                      {"height", mark_width},
                      {"label", ""},
                      {"shape", shape},
                      {"width", mark_width}};
  };
  switch (node.shape) {
    case NodeShape::square:
      return mark("box", theme_.company.border, theme_.company.border);
    case NodeShape::dot:
      return mark("ellipse", theme_.investor.border, theme_.investor.border);
    case NodeShape::ring:
      return mark("ellipse", theme_.line, theme_.background);
    default:
      break;
  }
  // Words end at the right edge of a node that is wider than any name, so that names of rows stand flush.
  const bool flush = node.shape == NodeShape::row_name;
  const double font = theme_.smallest_font + node.size * (theme_.largest_font - theme_.smallest_font);
  return {{"fontsize", fmt::format("{:.1f}", font)},
          {"label", escaped(node.shape == NodeShape::heading ? said(node.label) : node.label) + (flush ? "\\r" : "")},
          {"margin", "0,0"},
          {"peripheries", "0"},
          {"shape", "box"},
          {"style", ""},
          {"width", flush ? "2.5" : "0.1"}};
}

Attributes Look::of(const DrawingEdge& edge) const {
  constexpr std::array<const char*, 3> lines{"solid", "dashed", "dotted"};
  constexpr std::array<double, 3> thinnest{0.0, 2.4, 1.5};  // points: thin broken lines are easily overlooked
  constexpr std::array<const char*, 3> arrows{"none", "forward", "both"};
  const std::uint32_t from = drawing_.nodes[edge.from].cluster, to = drawing_.nodes[edge.to].cluster;
  // What is dotted is gone or in doubt, and has no colour of its own: among dashed lines it would look like them.
  const bool within = from == to && from != DrawingNode::no_cluster && edge.line != EdgeLine::dotted;
  return {
      {"color", line_colour(within ? hue_of(from).border : theme_.line, edge.age)},
      {"dir", arrows.at(static_cast<std::size_t>(edge.arrow))},
      {"label", escaped(said(edge.label))},
      {"penwidth",
       fmt::format("{:.2f}", std::max(pen_width(edge.weight), thinnest.at(static_cast<std::size_t>(edge.line))))},
      {"style", lines.at(static_cast<std::size_t>(edge.line))},
      {"tooltip", escaped(said(edge.tooltip), tooltip_backslash)},
  };
}

Attributes Look::of_box(std::uint32_t cluster, std::size_t members) const {
  Attributes attributes{
      {"color", hue_of(cluster).border},
      {"fillcolor", with_opacity(hue_of(cluster).fill, 0.25)},
      {"label", escaped(drawing_.cluster_names[cluster])},
      {"labelloc", "t"},
      {"packmode", fmt::format("array{}", columns_of_box(members))},
      {"style", "filled,rounded"},
  };
  if (is_placed(drawing_) && cluster < drawing_.boxes.size()) {
    const auto& [low, high] = drawing_.boxes[cluster];
    attributes.emplace_back("bb", fmt::format("{:.2f},{:.2f},{:.2f},{:.2f}", low.x, low.y, high.x, high.y));
  }
  return attributes;
}

const Hue& Look::hue_of(std::uint32_t cluster) const {
  const bool own = cluster < drawing_.cluster_names.size() && cluster < theme_.clusters.size();
  return own ? theme_.clusters.at(cluster) : theme_.other;
}

/// Between thinnest and thickest by the logarithm of the weight; all thin if the weights are equal.
double Look::pen_width(double weight) const {
  const double share = heaviest_ > lightest_ ? (std::log(weight) - lightest_) / (heaviest_ - lightest_) : 0.0;
  return theme_.thinnest_line + share * (theme_.thickest_line - theme_.thinnest_line);
}

std::string Look::line_colour(std::string_view colour, double age) const {
  const bool dense = drawing_.edges.size() > 2 * drawing_.nodes.size();
  const double newest = dense ? theme_.dense_line_opacity : theme_.line_opacity;
  return with_opacity(colour, newest * (1.0 - age * (1.0 - theme_.old_line_opacity)));
}

}  // namespace coinvest
