// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/partners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "coinvest/queries/cells.hpp"

namespace coinvest {

Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const std::optional<ValidateOptions>& validate,
                         const Context& context) {
  const auto rows = ties(deals, graph, context);
  if (!rows) return tl::unexpected(rows.error());
  Table table;
  table.name = "ties";
  table.caption = fmt::format("{} co-investment ties among {} investors", rows->size(), graph.investors.size());
  if (graph.skipped_groups > 0)
    table.notes.push_back(
        fmt::format("rounds or companies with too many investors, which make no ties: {}", graph.skipped_groups));
  const Shown tested = validate ? Shown::always : Shown::details;
  table.columns = {{"a"},
                   {"b"},
                   {"shared_rounds"},
                   {"shared_companies"},
                   {"first"},
                   {"last"},
                   {"weight"},
                   {"p_over", tested},
                   detail("p_under"),
                   {"q", tested},
                   {"validated", tested}};

  std::optional<TieTests> tests;
  if (validate) {
    auto made = validate_hypergeometric(deals, *rows, *validate, context);
    if (!made) return tl::unexpected(made.error());
    tests = std::move(*made);
    table.data = {{"validated", count_cell(tests->validated)},
                  {"tests", count_cell(tests->tests)},
                  {"total", count_cell(tests->total)},
                  {"alpha", validate->alpha}};
    table.caption += tests->validated == 0
                         ? "; none can be told from chance"
                         : fmt::format("; {} cannot be explained by chance at {}", tests->validated, validate->alpha);
    if (validate->tests == TestsCounted::observed)
      table.notes.push_back(
          "counting only pairs that did invest together is a selection error: far too many ties pass");
  }

  std::vector<std::size_t> order(rows->size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return (*rows)[x].weight > (*rows)[y].weight; });
  const Dataset& data = *deals.data;
  for (const std::size_t position : order) {
    const Tie& tie = (*rows)[position];
    std::vector<Cell> row{data.name(tie.a),
                          data.name(tie.b),
                          count_cell(tie.shared_rounds),
                          count_cell(tie.shared_companies),
                          date_cell(tie.first),
                          date_cell(tie.last),
                          tie.weight};
    if (tests) {
      const TieTest& test = tests->rows[position];
      row.insert(row.end(), {test.p_over, test.p_under, test.q, test.validated});
    } else {
      row.resize(table.columns.size());
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace coinvest
