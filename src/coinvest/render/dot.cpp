// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/dot.hpp"

#include <fmt/format.h>
#include <graphviz/cgraph.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/render/attributes.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/escape.hpp"

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

Result<void> check(const Drawing& drawing, const DotOptions& options) {
  if (!options.engine.empty() && find_engine(options.engine) == nullptr) {
    return fail(ErrorKind::usage, fmt::format("no layout engine '{}'", visible(options.engine)));
  }
  const auto valid = [](const std::string& text) { return !first_invalid_utf8(text); };
  const auto all_valid = [&](const auto& texts) { return std::all_of(texts.begin(), texts.end(), valid); };
  bool texts_valid = valid(drawing.name) && valid(drawing.title) && valid(drawing.size_means) &&
                     valid(drawing.weight_means) && valid(drawing.age_means) && all_valid(drawing.line_means) &&
                     all_valid(drawing.caption) && all_valid(drawing.cluster_names);
  std::vector<std::string> ids;
  for (const DrawingNode& node : drawing.nodes) {
    texts_valid = texts_valid && valid(node.label) && valid(node.tooltip);
    ids.push_back(node_id(node));
  }
  for (const DrawingEdge& edge : drawing.edges) {
    texts_valid = texts_valid && valid(edge.label) && valid(edge.tooltip);
    if (edge.from >= drawing.nodes.size() || edge.to >= drawing.nodes.size() || edge.from == edge.to) {
      return fail(ErrorKind::usage, fmt::format("edge {}--{} joins no two of the {} nodes of the drawing", edge.from,
                                                edge.to, drawing.nodes.size()));
    }
  }
  if (drawing.centre && *drawing.centre >= drawing.nodes.size()) {
    return fail(ErrorKind::usage, fmt::format("node {} in the centre is none of the {} nodes of the drawing",
                                              *drawing.centre, drawing.nodes.size()));
  }
  if (!texts_valid) return fail(ErrorKind::input, "a text of the drawing is not UTF-8");
  std::sort(ids.begin(), ids.end());
  if (std::adjacent_find(ids.begin(), ids.end()) != ids.end()) {
    return fail(ErrorKind::usage, "two nodes of the drawing have one id");
  }
  return {};
}

void declare(Agraph_t* graph, int kind, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) agattr(graph, kind, mut(name), mut(value));
}

void set(void* object, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) agset(object, mut(name), mut(value));
}

void add_cluster_boxes(Agraph_t* graph, const std::vector<Agnode_t*>& nodes, const Drawing& drawing, const Look& look) {
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
      set(box, look.of_box(cluster, sizes[cluster]));
    }
    agsubnode(box, nodes[position], 1);
  }
}

Graph build(const Drawing& drawing, const DotOptions& options) {
  const auto has_arrow = [](const DrawingEdge& edge) { return edge.arrow != Arrow::none; };
  const bool directed = std::ranges::any_of(drawing.edges, has_arrow);
  Graph graph(agopen(mut(escaped(drawing.name)), directed ? Agstrictdirected : Agstrictundirected, nullptr));
  const Look look(drawing, options.theme,
                  options.engine.empty() || is_placed(drawing) ? choose_engine(drawing) : options.engine,
                  options.words);
  declare(graph.get(), AGRAPH, look.graph_defaults());
  declare(graph.get(), AGNODE, look.node_defaults());
  declare(graph.get(), AGEDGE, look.edge_defaults());
  std::vector<Agnode_t*> nodes;
  nodes.reserve(drawing.nodes.size());
  for (const DrawingNode& node : drawing.nodes) {
    nodes.push_back(agnode(graph.get(), mut(node_id(node)), 1));
    set(nodes.back(), look.of(node));
  }
  if (drawing.clusters_boxed) add_cluster_boxes(graph.get(), nodes, drawing, look);
  for (const DrawingEdge& edge : drawing.edges) {
    const auto drawn = [&](std::uint32_t a, std::uint32_t b) {
      return agedge(graph.get(), nodes[a], nodes[b], nullptr, 0) != nullptr;
    };
    if (drawn(edge.from, edge.to) || drawn(edge.to, edge.from)) continue;
    set(agedge(graph.get(), nodes[edge.from], nodes[edge.to], nullptr, 1), look.of(edge));
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
  const bool directed = agisdirected(graph) != 0;
  std::string out = fmt::format("strict {} {} {{\n", directed ? "digraph" : "graph", quoted(agnameof(graph)));
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
      out += fmt::format("  {} {} {}{}\n", quoted(agnameof(agtail(edge))), directed ? "->" : "--",
                         quoted(agnameof(aghead(edge))), attribute_list(graph, edge, AGEDGE));
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

/// "1.5,2,3" as numbers; as many as can be read.
std::vector<double> numbers_of(const char* text) {
  std::vector<double> numbers;
  for (const std::string_view word : split(text == nullptr ? "" : text, ',')) {
    double number = 0.0;
    if (std::from_chars(word.data(), word.data() + word.size(), number).ec != std::errc{}) break;
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

Result<void> take_places(Drawing& drawing, const std::string& laid_out) {
  const CgraphTurn turn;
  const Graph graph(agmemread(laid_out.c_str()));
  const auto missing = [&](std::string_view what) {
    return fail(ErrorKind::engine, fmt::format("the layout of '{}' has no place for {}", visible(drawing.name), what));
  };
  if (graph == nullptr) return missing("anything");
  for (DrawingNode& node : drawing.nodes) {
    Agnode_t* found = agnode(graph.get(), mut(node_id(node)), 0);
    const std::vector<double> at = numbers_of(found == nullptr ? nullptr : agget(found, mut("pos")));
    if (at.size() != 2) return missing(node_id(node));
    node.at = Point{at[0], at[1]};
  }
  if (!drawing.clusters_boxed) return {};
  for (std::size_t cluster = 0; cluster < drawing.cluster_names.size(); ++cluster) {
    Agraph_t* found = agsubg(graph.get(), mut(fmt::format("cluster_{}", cluster)), 0);
    const std::vector<double> box = numbers_of(found == nullptr ? nullptr : agget(found, mut("bb")));
    if (box.size() != 4) return missing(fmt::format("cluster {}", cluster));
    drawing.boxes.push_back({{box[0], box[1]}, {box[2], box[3]}});
  }
  return {};
}

Result<std::string> to_dot(const Drawing& drawing, const DotOptions& options) {
  if (auto checked = check(drawing, options); !checked) return tl::unexpected(checked.error());
  const CgraphTurn turn;
  const Graph graph = build(drawing, options);
  std::string text = write(graph.get());
  const Graph read_back(agmemread(text.c_str()));
  if (read_back == nullptr || !same(graph.get(), read_back.get())) {
    return fail(ErrorKind::engine, fmt::format("the DOT text of '{}' reads back differently: {}", visible(drawing.name),
                                               visible(turn.messages())));
  }
  return text;
}

}  // namespace coinvest
