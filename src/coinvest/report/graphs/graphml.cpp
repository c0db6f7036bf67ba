// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

void add_key(Pieces& out, std::string_view of, std::string_view name, AttributeType type) {
  out << fmt::format("  <key id=\"{0}_{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"{2}\"/>\n", of, name,
                     xml_type(type));
}

void add_data(Pieces& out, std::string_view of, std::string_view name, const Cell& cell) {
  if (!std::holds_alternative<std::monostate>(cell))
    out << "<data key=\"" << of << "_" << name << "\">" << escape_xml(exact_text(cell)) << "</data>";
}

}  // namespace

void write_graphml(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  const auto defined = [&](const auto& attribute) { return is_defined_on(attribute.graphs, graph.view.kind); };
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  add_key(out, "node", "label", AttributeType::text);
  for (const VertexAttribute& attribute : vertex_attributes())
    if (defined(attribute)) add_key(out, "node", attribute.name, attribute.type);
  for (const EdgeAttribute& attribute : edge_attributes())
    if (defined(attribute)) add_key(out, "edge", attribute.name, attribute.type);
  out << "  <graph edgedefault=\"undirected\">\n";
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v) {
    out << "    <node id=\"" << escape_xml(graph.id(v)) << "\">";
    add_data(out, "node", "label", graph.name(v));
    for (const VertexAttribute& attribute : vertex_attributes())
      if (defined(attribute)) add_data(out, "node", attribute.name, attribute.of(of, v));
    out << "</node>\n";
  }
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << "    <edge source=\"" << escape_xml(graph.id(edge.source)) << "\" target=\""
        << escape_xml(graph.id(edge.target)) << "\">";
    for (const EdgeAttribute& attribute : edge_attributes())
      if (defined(attribute)) add_data(out, "edge", attribute.name, attribute.of(edge));
    out << "</edge>\n";
  });
  out << "  </graph>\n</graphml>\n";
}

}  // namespace coinvest
