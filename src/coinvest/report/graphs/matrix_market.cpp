// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {

void write_matrix_market(const AttributedGraph& of, Pieces& out) {
  const GraphView& view = of.graph.view;
  const bool bipartite = view.kind == GraphKind::bipartite;
  out << "%%MatrixMarket matrix coordinate real " << (bipartite ? "general" : "symmetric") << "\n% "
      << (bipartite ? "rows: investors; columns: companies" : "rows and columns: investors; the lower triangle")
      << "\n% the node table beside this file names them, in this order\n";
  out << fmt::format("{} {} {}\n", view.investors, bipartite ? view.companies : view.investors, view.edges());
  for_each_edge(of, [&](const AttributedEdge& edge) {
    const auto [row, column] =
        bipartite ? std::pair(edge.source, edge.target - view.investors) : std::pair(edge.target, edge.source);
    out << fmt::format("{} {} {}\n", row + 1, column + 1, exact_text(Cell{edge.weight}));
  });
}

}  // namespace coinvest
