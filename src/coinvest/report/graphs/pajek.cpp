// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

/// The format has no escapes: a label ends at the next quotation mark and a record at the end of the line.
std::string label(std::string text) {
  for (char& c : text) c = c == '"' ? '\'' : c == '\\' ? '/' : c >= 0 && c < 0x20 ? ' ' : c;
  return "\"" + text + "\"";
}

}  // namespace

void write_pajek(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  out << fmt::format("*Vertices {}", graph.view.vertices());
  if (graph.view.kind == GraphKind::bipartite) out << fmt::format(" {}", graph.view.investors);
  out << "\n";
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v) out << fmt::format("{} {}\n", v + 1, label(graph.id(v)));
  out << "*Edges\n";
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << fmt::format("{} {} {}\n", edge.source + 1, edge.target + 1, exact_text(Cell{edge.weight}));
  });
}

}  // namespace coinvest
