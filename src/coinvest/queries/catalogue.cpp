// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/catalogue.hpp"

#include "coinvest/centrality/measure.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {

Table measures_table() {
  Table table;
  table.name = "measures";
  table.caption = "Centrality measures";
  table.columns = {{"name"}, {"summary"}, {"unit"}, {"cost"}, {"source"}, {"graphs"}};
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
  table.columns = {{"name"}, {"summary"}, {"cost"}, {"source"}};
  for (const ClusterMethod& method : cluster_methods())
    table.rows.push_back(
        {text_cell(method.name), text_cell(method.summary), text_cell(method.cost), text_cell(method.source)});
  return table;
}

}  // namespace coinvest
