// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/summary.hpp"

#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/sums.hpp"

namespace coinvest {

Result<Table> summary(const Deals& deals, const Context& context, const std::optional<Rates>& rates) {
  const Bipartite graph = build_bipartite(deals);
  const auto components = find_cluster_method("components")->run(graph.view(), {}, context);
  if (!components) return tl::unexpected(components.error());
  const auto round_ties = count_ties(deals, graph, TieBy::round, context);
  if (!round_ties) return tl::unexpected(round_ties.error());
  const auto company_ties = count_ties(deals, graph, TieBy::company, context);
  if (!company_ties) return tl::unexpected(company_ties.error());
  const auto amounts = amounts_of(deals, rates);
  if (!amounts) return tl::unexpected(amounts.error());
  Sum money;
  for (const Amount& amount : amounts->amount) money.add(amount, amounts->currency);

  Table table;
  table.name = "summary";
  table.caption = "Investors, companies and rounds selected, and the graphs that they make";
  table.columns = {{"investors"},  {"companies"},  {"rounds"},      {"edges"},
                   {"components"}, {"ties_round"}, {"ties_company"}};
  table.columns.insert(table.columns.end(), sum_columns.begin(), sum_columns.end());
  std::vector<Cell> row{count_cell(graph.investors.size()), count_cell(graph.companies.size()),
                        count_cell(deals.size()),           count_cell(graph.view().edges()),
                        count_cell(components->count),      count_cell(*round_ties),
                        count_cell(*company_ties)};
  if (auto sums = money.append_to(row, amounts->currency, "all rounds"); !sums) return tl::unexpected(sums.error());
  table.rows.push_back(std::move(row));
  return table;
}

}  // namespace coinvest
