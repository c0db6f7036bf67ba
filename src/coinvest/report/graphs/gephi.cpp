// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {

void write_gephi_edges(const AttributedGraph& of, Pieces& out) {
  const auto others = edge_attributes().subspan(1);  // Gephi wants its Weight with a capital
  const auto defined = [&](const EdgeAttribute& attribute) {
    return is_defined_on(attribute.graphs, of.graph.view.kind);
  };
  out << "Source,Target,Type,Weight";
  for (const EdgeAttribute& attribute : others)
    if (defined(attribute)) out << "," << attribute.name;
  out << "\n";
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << csv_field(of.graph.id(edge.source)) << "," << csv_field(of.graph.id(edge.target)) << ",Undirected,"
        << exact_text(Cell{edge.weight});
    for (const EdgeAttribute& attribute : others)
      if (defined(attribute)) out << "," << csv_field(exact_text(attribute.of(edge)));
    out << "\n";
  });
}

void write_gephi_nodes(const AttributedGraph& of, Pieces& out) {
  const auto defined = [&](const VertexAttribute& attribute) {
    return is_defined_on(attribute.graphs, of.graph.view.kind);
  };
  out << "Id,Label";
  for (const VertexAttribute& attribute : vertex_attributes())
    if (defined(attribute)) out << "," << attribute.name;
  out << "\n";
  for (std::uint32_t v = 0; v < of.graph.view.vertices(); ++v) {
    out << csv_field(of.graph.id(v)) << "," << csv_field(of.graph.name(v));
    for (const VertexAttribute& attribute : vertex_attributes())
      if (defined(attribute)) out << "," << csv_field(exact_text(attribute.of(of, v)));
    out << "\n";
  }
}

}  // namespace coinvest
