// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

/// From the first round to the last; without dates it is always there.
std::string spell(const RoundsBehind& behind) {
  return behind.dated() ? fmt::format(" start=\"{}\" end=\"{}\"", format_day(behind.first), format_day(behind.last))
                        : "";
}

template <typename Attributes>
void declare(Pieces& out, std::string_view of, const Attributes& attributes, GraphKind kind) {
  out << "    <attributes class=\"" << of << "\" mode=\"static\">\n";
  for (const auto& attribute : attributes)
    if (is_defined_on(attribute.graphs, kind))
      out << fmt::format("      <attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>\n", attribute.name,
                         xml_type(attribute.type));
  out << "    </attributes>\n";
}

template <typename Attributes, typename Value>
void add_values(Pieces& out, const Attributes& attributes, GraphKind kind, Value value) {
  out << "<attvalues>";
  for (const auto& attribute : attributes) {
    if (!is_defined_on(attribute.graphs, kind)) continue;
    const Cell cell = value(attribute);
    if (!std::holds_alternative<std::monostate>(cell))
      out << "<attvalue for=\"" << attribute.name << "\" value=\"" << escape_xml(exact_text(cell)) << "\"/>";
  }
  out << "</attvalues>";
}

}  // namespace

void write_gexf(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  const GraphKind kind = graph.view.kind;
  // Weight is the edge's own attribute here.
  const auto of_edges = edge_attributes().subspan(1);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
         "  <graph mode=\"dynamic\" defaultedgetype=\"undirected\" timeformat=\"date\" "
         "timerepresentation=\"interval\">\n";
  declare(out, "node", vertex_attributes(), kind);
  declare(out, "edge", of_edges, kind);
  out << "    <nodes>\n";
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v) {
    out << "      <node id=\"" << escape_xml(graph.id(v)) << "\" label=\"" << escape_xml(graph.name(v)) << "\""
        << spell(of.vertices[v]) << ">";
    add_values(out, vertex_attributes(), kind, [&](const VertexAttribute& attribute) { return attribute.of(of, v); });
    out << "</node>\n";
  }
  out << "    </nodes>\n    <edges>\n";
  std::uint64_t id = 0;
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << fmt::format("      <edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"{}>", id++,
                       escape_xml(graph.id(edge.source)), escape_xml(graph.id(edge.target)),
                       exact_text(Cell{edge.weight}), spell(*edge.behind));
    add_values(out, of_edges, kind, [&](const EdgeAttribute& attribute) { return attribute.of(edge); });
    out << "</edge>\n";
  });
  out << "    </edges>\n  </graph>\n</gexf>\n";
}

}  // namespace coinvest
