// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/dot.hpp"

#include <fmt/format.h>
#include <graphviz/cgraph.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/legend.hpp"

namespace coinvest {
namespace {

// cgraph keeps its scanner, its error handler and parts of its string pool in globals.
std::mutex cgraph_mutex;
std::string* cgraph_messages = nullptr;

int collect_message(char* text) {
  if (cgraph_messages != nullptr) *cgraph_messages += text;
  return 0;
}

/// Holds the one right to call cgraph, and keeps its messages off stderr.
class CgraphTurn {
 public:
  CgraphTurn() : lock_(cgraph_mutex) {
    cgraph_messages = &messages_;
    before_ = agseterrf(collect_message);
  }
  ~CgraphTurn() {
    agseterrf(before_);
    cgraph_messages = nullptr;
  }
  CgraphTurn(const CgraphTurn&) = delete;
  CgraphTurn& operator=(const CgraphTurn&) = delete;
  const std::string& messages() const { return messages_; }

 private:
  std::lock_guard<std::mutex> lock_;
  std::string messages_;
  agusererrf before_ = nullptr;
};

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using Graph = std::unique_ptr<Agraph_t, CloseGraph>;

/// cgraph 2 takes `char*` for texts that it only reads.
char* mut(const char* text) {
  return const_cast<char*>(text);
}
char* mut(const std::string& text) {
  return mut(text.c_str());
}

using Attribute = std::pair<std::string, std::string>;
using Attributes = std::vector<Attribute>;

/// Graphviz resolves backslashes once in labels, twice in tooltips (measured: 2.42).
constexpr std::string_view label_backslash = "\\\\", tooltip_backslash = "\\\\\\\\";

/// A text as label or tooltip: control characters and U+FFFE, U+FFFF become blanks (they are not XML), backslashes and
/// ampersands are escaped, since Graphviz would expand `\N` and decode `&lt;`.
std::string escaped(std::string_view text, std::string_view backslash = label_backslash) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char byte = static_cast<unsigned char>(text[i]);
    const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const unsigned char third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    if (byte < 0x20 || byte == 0x7F) {
      out += ' ';
    } else if (byte == 0xC2 && next < 0xA0) {
      out += ' ';
      i += 1;
    } else if (byte == 0xEF && next == 0xBF && third >= 0xBE) {
      out += ' ';
      i += 2;
    } else if (byte == '\\') {
      out += backslash;
    } else if (byte == '&') {
      out += "&amp;";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string node_id(const DrawingNode& node) {
  return fmt::format("{}{}", node.shape == NodeShape::investor ? 'i' : 'c', node.id);
}

Result<void> check(const Drawing& drawing, const Style& style) {
  if (!style.engine.empty() && find_engine(style.engine) == nullptr) {
    return fail(ErrorKind::usage, fmt::format("no layout engine '{}'", visible(style.engine)));
  }
  const auto valid = [](const std::string& text) { return !first_invalid_utf8(text); };
  const auto all_valid = [&](const std::vector<std::string>& texts) {
    return std::all_of(texts.begin(), texts.end(), valid);
  };
  bool texts_valid = valid(drawing.name) && valid(drawing.title) && valid(drawing.size_means) &&
                     valid(drawing.weight_means) && all_valid(drawing.caption) && all_valid(drawing.cluster_names);
  std::vector<std::pair<NodeShape, std::uint32_t>> ids;
  for (const DrawingNode& node : drawing.nodes) {
    texts_valid = texts_valid && valid(node.label) && valid(node.tooltip);
    ids.emplace_back(node.shape, node.id);
  }
  for (const DrawingEdge& edge : drawing.edges) {
    texts_valid = texts_valid && valid(edge.tooltip);
    if (edge.from >= drawing.nodes.size() || edge.to >= drawing.nodes.size() || edge.from == edge.to) {
      return fail(ErrorKind::usage, fmt::format("edge {}--{} joins no two of the {} nodes of the drawing", edge.from,
                                                edge.to, drawing.nodes.size()));
    }
  }
  if (!texts_valid) return fail(ErrorKind::input, "a text of the drawing is not UTF-8");
  std::sort(ids.begin(), ids.end());
  if (std::adjacent_find(ids.begin(), ids.end()) != ids.end()) {
    return fail(ErrorKind::usage, "two nodes of the drawing have one id");
  }
  return {};
}

Attributes graph_defaults(const Drawing& drawing, const Style& style, std::string_view engine) {
  // A picture of n nodes is about √n nodes wide, and is looked at as a whole.
  const double scale = std::max(1.0, std::sqrt(static_cast<double>(drawing.nodes.size()) / 50.0));
  std::string label;
  for (const std::string& line : legend_and_caption(drawing))
    label += (label.empty() ? "\\l" : "") + escaped(line) + "\\l";
  Attributes attributes{
      {"bgcolor", std::string(style.background)},
      {"charset", "UTF-8"},
      {"color", ""},
      {"fillcolor", ""},
      {"fontcolor", std::string(style.text)},
      {"fontname", std::string(style.fonts)},
      {"fontsize", fmt::format("{:.1f}", style.caption_font * scale)},
      {"label", label},
      {"labeljust", "l"},
      {"labelloc", "b"},
      {"layout", std::string(engine)},
      {"outputorder", "edgesfirst"},
      {"overlap", "prism"},
      {"pack", engine == "osage" ? "20" : "true"},
      {"pad", "0.3"},
      {"penwidth", "1"},
      {"sep", "+5"},
      {"splines", "line"},
      {"start", "1"},
      {"style", ""},
  };
  if (drawing.clusters_boxed) attributes.emplace_back("packmode", "");
  // fdp puts boxes far apart unless its springs are short.
  if (engine == "fdp") attributes.emplace_back("K", "0.1");
  if (engine == "dot") {
    attributes.insert(attributes.end(), {{"nodesep", "0.12"}, {"rankdir", "LR"}, {"ranksep", "3"}});
  }
  return attributes;
}

Attributes node_defaults(const Style& style) {
  return {
      {"color", std::string(style.investor.strong)},
      {"fillcolor", std::string(style.investor.pale)},
      {"fontcolor", std::string(style.text)},
      {"fontname", std::string(style.fonts)},
      {"fontsize", fmt::format("{}", style.smallest_font)},
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
}

std::string_view opacity_of_lines(const Drawing& drawing, const Style& style) {
  return drawing.edges.size() > 2 * drawing.nodes.size() ? style.dense_line_opacity : style.line_opacity;
}

Attributes edge_defaults(const Drawing& drawing, const Style& style) {
  return {
      {"color", fmt::format("{}{}", style.line, opacity_of_lines(drawing, style))},
      {"penwidth", fmt::format("{:.2f}", style.thinnest_line)},
      {"tooltip", ""},
  };
}

Hue colour_of(std::uint32_t cluster, const Drawing& drawing, const Style& style) {
  const bool own = cluster < drawing.cluster_names.size() && cluster < style.clusters.size();
  return own ? style.clusters[cluster] : style.other;
}

Attributes attributes_of(const DrawingNode& node, const Drawing& drawing, const Style& style) {
  const bool company = node.shape == NodeShape::company;
  const Hue colour = node.cluster != DrawingNode::no_cluster ? colour_of(node.cluster, drawing, style)
                     : company                               ? style.company
                                                             : style.investor;
  const double side = std::sqrt(std::clamp(node.size, 0.0, 1.0));  // the area follows the size
  const double width = style.smallest_width + side * (style.largest_width - style.smallest_width);
  const double font = style.smallest_font + side * (style.largest_font - style.smallest_font);
  // The viewer's font may be a tenth wider than ours; a column is about half a font size wide, 72 points are an inch.
  const double margin = std::max(0.09, 0.05 * 0.5 * static_cast<double>(display_width(node.label)) * font / 72.0);
  return {
      {"color", std::string(colour.strong)},
      {"fillcolor", std::string(node.state == NodeState::dormant ? style.dormant_fill : colour.pale)},
      {"fontsize", fmt::format("{:.1f}", font)},
      {"height", fmt::format("{:.2f}", width * 0.6)},
      {"label", escaped(node.label)},
      {"margin", fmt::format("{:.2f},0.04", margin)},
      {"peripheries", node.state == NodeState::exited ? "2" : "1"},
      {"shape", company ? "box" : "ellipse"},
      {"style", node.state == NodeState::closed ? "filled,dashed" : "filled"},
      {"tooltip", escaped(node.tooltip, tooltip_backslash)},
      {"width", fmt::format("{:.2f}", width)},
  };
}

/// Pen widths between thinnest and thickest by the logarithm of the weight; all thin if the weights are equal.
struct PenScale {
  double low = 0.0, high = 0.0;

  explicit PenScale(const std::vector<DrawingEdge>& edges) {
    if (edges.empty()) return;
    const auto lighter = [](const DrawingEdge& a, const DrawingEdge& b) { return a.weight < b.weight; };
    const auto [least, most] = std::minmax_element(edges.begin(), edges.end(), lighter);
    low = std::log(least->weight);
    high = std::log(most->weight);
  }
  double width(double weight, const Style& style) const {
    const double share = high > low ? (std::log(weight) - low) / (high - low) : 0.0;
    return style.thinnest_line + share * (style.thickest_line - style.thinnest_line);
  }
};

Attributes attributes_of(const DrawingEdge& edge, const Drawing& drawing, const PenScale& pens, const Style& style) {
  const std::uint32_t from = drawing.nodes[edge.from].cluster, to = drawing.nodes[edge.to].cluster;
  const std::string_view colour =
      from == to && from != DrawingNode::no_cluster ? colour_of(from, drawing, style).strong : style.line;
  return {
      {"color", fmt::format("{}{}", colour, opacity_of_lines(drawing, style))},
      {"penwidth", fmt::format("{:.2f}", pens.width(edge.weight, style))},
      {"tooltip", escaped(edge.tooltip, tooltip_backslash)},
  };
}

void declare(Agraph_t* graph, int kind, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) agattr(graph, kind, mut(name), mut(value));
}

void set(void* object, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) agset(object, mut(name), mut(value));
}

/// Columns in which osage fills a box: names are several times as wide as high, and as many columns as rows would make
/// a strip of it.
int columns_of_box(std::size_t members) {
  constexpr double wide_to_high = 5.0;
  return static_cast<int>(std::ceil(std::sqrt(static_cast<double>(members) / wide_to_high)));
}

void add_cluster_boxes(Agraph_t* graph, const std::vector<Agnode_t*>& nodes, const Drawing& drawing,
                       const Style& style) {
  std::vector<std::pair<std::uint32_t, std::size_t>> members;  // (cluster, position)
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (drawing.nodes[i].cluster < drawing.cluster_names.size()) members.emplace_back(drawing.nodes[i].cluster, i);
  }
  std::sort(members.begin(), members.end());
  std::vector<std::size_t> sizes(drawing.cluster_names.size());
  for (const auto& [cluster, position] : members) ++sizes[cluster];
  for (const auto& [cluster, position] : members) {
    const std::string name = fmt::format("cluster_{}", cluster);
    Agraph_t* box = agsubg(graph, mut(name), 0);
    if (box == nullptr) {
      box = agsubg(graph, mut(name), 1);
      set(box, {{"color", std::string(colour_of(cluster, drawing, style).strong)},
                {"fillcolor", fmt::format("{}40", colour_of(cluster, drawing, style).pale)},
                {"label", escaped(drawing.cluster_names[cluster])},
                {"labelloc", "t"},
                {"packmode", fmt::format("array{}", columns_of_box(sizes[cluster]))},
                {"style", "filled,rounded"}});
    }
    agsubnode(box, nodes[position], 1);
  }
}

Graph build(const Drawing& drawing, const Style& style) {
  Graph graph(agopen(mut(escaped(drawing.name)), Agstrictundirected, nullptr));
  const std::string_view engine = style.engine.empty() ? choose_engine(drawing) : style.engine;
  declare(graph.get(), AGRAPH, graph_defaults(drawing, style, engine));
  declare(graph.get(), AGNODE, node_defaults(style));
  declare(graph.get(), AGEDGE, edge_defaults(drawing, style));
  std::vector<Agnode_t*> nodes;
  nodes.reserve(drawing.nodes.size());
  for (const DrawingNode& node : drawing.nodes) {
    nodes.push_back(agnode(graph.get(), mut(node_id(node)), 1));
    set(nodes.back(), attributes_of(node, drawing, style));
  }
  if (drawing.clusters_boxed) add_cluster_boxes(graph.get(), nodes, drawing, style);
  const PenScale pens(drawing.edges);
  for (const DrawingEdge& edge : drawing.edges) {
    if (agedge(graph.get(), nodes[edge.from], nodes[edge.to], nullptr, 0) != nullptr) continue;
    set(agedge(graph.get(), nodes[edge.from], nodes[edge.to], nullptr, 1), attributes_of(edge, drawing, pens, style));
  }
  return graph;
}

/// `[name="value", ...]` of those attributes that differ from the declared default; of all where `object` is nothing.
std::string attribute_list(Agraph_t* root, void* object, int kind) {
  std::string list;
  for (Agsym_t* symbol = agnxtattr(root, kind, nullptr); symbol != nullptr; symbol = agnxtattr(root, kind, symbol)) {
    const std::string_view value = object == nullptr ? symbol->defval : agxget(object, symbol);
    if (object != nullptr && value == symbol->defval) continue;
    list += fmt::format("{}{}={}", list.empty() ? "" : ", ", symbol->name, quoted(value));
  }
  return list.empty() ? "" : " [" + list + "]";
}

/// The boxes by cluster number. cgraph itself goes through them in the order of the addresses of their names.
std::vector<Agraph_t*> boxes_of(Agraph_t* graph) {
  std::vector<Agraph_t*> boxes;
  for (Agraph_t* box = agfstsubg(graph); box != nullptr; box = agnxtsubg(box)) boxes.push_back(box);
  const auto number = [](Agraph_t* box) {
    const std::string_view name = agnameof(box);
    return std::pair(name.size(), name);  // cluster_9 before cluster_10
  };
  std::sort(boxes.begin(), boxes.end(), [&](Agraph_t* a, Agraph_t* b) { return number(a) < number(b); });
  return boxes;
}

/// Not `agwrite`: it leaves values such as `-.` unquoted and writes a final backslash so that nothing can parse it.
std::string write(Agraph_t* graph) {
  std::string out = fmt::format("strict graph {} {{\n", quoted(agnameof(graph)));
  constexpr std::array<std::pair<int, std::string_view>, 3> kinds{
      {{AGRAPH, "graph"}, {AGNODE, "node"}, {AGEDGE, "edge"}}};
  for (const auto& [kind, word] : kinds) out += fmt::format("  {}{}\n", word, attribute_list(graph, nullptr, kind));
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    out += fmt::format("  {}{}\n", quoted(agnameof(node)), attribute_list(graph, node, AGNODE));
  }
  for (Agraph_t* box : boxes_of(graph)) {
    out += fmt::format("  subgraph {} {{\n    graph{}\n", quoted(agnameof(box)), attribute_list(graph, box, AGRAPH));
    for (Agnode_t* node = agfstnode(box); node != nullptr; node = agnxtnode(box, node)) {
      out += fmt::format("    {}\n", quoted(agnameof(node)));
    }
    out += "  }\n";
  }
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) {
      out += fmt::format("  {} -- {}{}\n", quoted(agnameof(agtail(edge))), quoted(agnameof(aghead(edge))),
                         attribute_list(graph, edge, AGEDGE));
    }
  }
  return out + "}\n";
}

/// True if both graphs have the same numbers of nodes and edges, and each node its label and tooltip.
bool same(Agraph_t* ours, Agraph_t* theirs) {
  if (agnnodes(ours) != agnnodes(theirs) || agnedges(ours) != agnedges(theirs)) return false;
  for (Agnode_t* node = agfstnode(ours); node != nullptr; node = agnxtnode(ours, node)) {
    Agnode_t* other = agnode(theirs, agnameof(node), 0);
    if (other == nullptr) return false;
    for (const char* name : {"label", "tooltip"}) {
      const char* value = agget(other, mut(name));
      if (value == nullptr || std::string_view(value) != agget(node, mut(name))) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::string> to_dot(const Drawing& drawing, const Style& style) {
  if (auto checked = check(drawing, style); !checked) return tl::unexpected(checked.error());
  const CgraphTurn turn;
  const Graph graph = build(drawing, style);
  std::string text = write(graph.get());
  const Graph read_back(agmemread(text.c_str()));
  if (read_back == nullptr || !same(graph.get(), read_back.get())) {
    return fail(ErrorKind::engine, fmt::format("the DOT text of '{}' reads back differently: {}", visible(drawing.name),
                                               visible(turn.messages())));
  }
  return text;
}

}  // namespace coinvest
