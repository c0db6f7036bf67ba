// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void add(Pieces& out, std::string_view name, const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return;
  const auto* text = std::get_if<std::string>(&cell);
  out << ", \"" << name << "\": " << (text != nullptr ? quoted(*text) : exact_text(cell));
}

}  // namespace

void write_node_link(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  const auto defined = [&](const auto& attribute) { return is_defined_on(attribute.graphs, graph.view.kind); };
  out << "{\"directed\": false, \"multigraph\": false, \"graph\": {},\n\"nodes\": [";
  std::string_view before = "\n";
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v) {
    out << before << " {\"id\": " << quoted(graph.id(v));
    before = ",\n";
    add(out, "label", graph.name(v));
    for (const VertexAttribute& attribute : vertex_attributes())
      if (defined(attribute)) add(out, attribute.name, attribute.of(of, v));
    out << "}";
  }
  out << "\n],\n\"edges\": [";
  before = "\n";
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << before << " {\"source\": " << quoted(graph.id(edge.source))
        << ", \"target\": " << quoted(graph.id(edge.target));
    before = ",\n";
    for (const EdgeAttribute& attribute : edge_attributes())
      if (defined(attribute)) add(out, attribute.name, attribute.of(edge));
    out << "}";
  });
  out << "\n]}\n";
}

}  // namespace coinvest
