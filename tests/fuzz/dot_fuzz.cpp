// SPDX-License-Identifier: Apache-2.0
#include <graphviz/cgraph.h>

#include <cstdlib>
#include <memory>

#include "coinvest/base/text.hpp"
#include "coinvest/render/dot.hpp"

namespace {

using namespace coinvest;

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

/// What Graphviz makes of an escaped text: `backslash` stands for one, entities for what they name.
std::string shown(std::string_view text, std::string_view backslash) {
  std::string out;
  while (!text.empty()) {
    const bool slash = text.starts_with(backslash), ampersand = text.starts_with("&amp;");
    // Neither may be there on its own: it would be an escape of Graphviz.
    if (!slash && !ampersand && (text[0] == '\\' || text[0] == '&')) std::abort();
    out += slash ? '\\' : ampersand ? '&' : text[0];
    text.remove_prefix(slash ? backslash.size() : ampersand ? 5 : 1);
  }
  return out;
}

/// Control characters and what is not XML are blanks in a drawing.
std::string without_controls(std::string_view name) {
  std::string out;
  for (const std::string_view character : characters(name)) {
    const bool control = character < "\x20" || character == "\x7f" || (character >= "\u0080" && character < "\u00a0");
    out += control || character == "\uFFFE" || character == "\uFFFF" ? " " : character;
  }
  return out;
}

}  // namespace

/// Every line is a name. All of them come back from Graphviz's own parser as labels and tooltips, each of its node.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Drawing drawing;
  drawing.name = "fuzz";
  for (const std::string_view name : split(text, '\n')) {
    DrawingNode node;
    node.id = static_cast<std::uint32_t>(drawing.nodes.size());
    node.label = node.tooltip = name;
    drawing.nodes.push_back(node);
    if (node.id > 0) drawing.edges.push_back({node.id - 1, node.id, 1.0, std::string(name)});
  }
  drawing.title = drawing.nodes.front().label;
  drawing.caption = {drawing.nodes.back().label};

  const auto dot = to_dot(drawing);
  if (first_invalid_utf8(text)) {
    if (dot || dot.error().kind != ErrorKind::input) std::abort();
    return 0;
  }
  if (!dot) std::abort();
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot->c_str()));
  if (graph == nullptr || agnnodes(graph.get()) != static_cast<int>(drawing.nodes.size())) std::abort();
  if (agnedges(graph.get()) != static_cast<int>(drawing.edges.size())) std::abort();
  for (const DrawingNode& node : drawing.nodes) {
    std::string id = "i" + std::to_string(node.id), label = "label", tooltip = "tooltip";
    Agnode_t* found = agnode(graph.get(), id.data(), 0);
    const std::string name = without_controls(node.label);
    if (found == nullptr || shown(agget(found, label.data()), "\\\\") != name) std::abort();
    if (shown(agget(found, tooltip.data()), "\\\\\\\\") != name) std::abort();
  }
  return 0;
}
