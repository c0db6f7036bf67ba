// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/catalogue.hpp"

#include <fmt/format.h>

#include "coinvest/centrality/measure.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/ingest/layout.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {

Table measures_table() {
  Table table;
  table.name = "measures";
  table.caption = "Centrality measures";
  table.columns = {{"name"}, {"summary"}, {"unit"}, detail("cost"), detail("source"), {"graphs"}};
  for (const Measure& measure : measures())
    table.rows.push_back({text_cell(measure.name), text_cell(measure.summary), text_cell(measure.unit),
                          text_cell(measure.cost), text_cell(measure.source),
                          text_cell(measure.graphs == DefinedOn::both        ? "both"
                                    : measure.graphs == DefinedOn::bipartite ? "bipartite"
                                                                             : "coinvest")});
  return table;
}

Table cluster_methods_table() {
  Table table;
  table.name = "methods";
  table.caption = "Clustering methods";
  table.columns = {{"name"}, {"summary"}, detail("unit"), {"cost"}, detail("source")};
  for (const ClusterMethod& method : cluster_methods())
    table.rows.push_back({text_cell(method.name), text_cell(method.summary), text_cell("cluster number"),
                          text_cell(method.cost), text_cell(method.source)});
  return table;
}

Table layouts_table() {
  Table table;
  table.name = "layouts";
  table.caption = "Tables that are read, recognised by their headers";
  table.columns = {{"name"}, {"summary"}, detail("unit"), detail("cost"), detail("source"), {"direction"}, {"needs"}};
  for (const TableLayout& layout : table_layouts()) {
    std::string needs;
    for (const Field field : layout.needed) needs += fmt::format("{}{}", needs.empty() ? "" : ", ", name_of(field));
    const std::string name =
        fmt::format("{}{}{}", layout.layout, layout.layout.empty() || layout.file.empty() ? "" : " ", layout.file);
    table.rows.push_back({name, text_cell(layout.summary), text_cell("row"), text_cell("O(bytes)"),
                          text_cell("docs/formats.md"), text_cell("input"), std::move(needs)});
  }
  return table;
}

}  // namespace coinvest
