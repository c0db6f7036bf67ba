// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/partners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "coinvest/queries/cells.hpp"
#include "coinvest/ties/bicm.hpp"
#include "coinvest/ties/disparity.hpp"
#include "coinvest/ties/hypergeometric.hpp"

namespace coinvest {
namespace {

Result<TieTests> test_ties(const Deals& deals, const Coinvestment& graph, std::span<const Tie> ties,
                           const TieValidation& validation, const Context& context) {
  switch (validation.with) {
    case Validation::bicm:
      return validate_bicm(deals, ties, validation.options, context);
    case Validation::disparity:
      return disparity_filter(graph, ties, validation.options.alpha);
    case Validation::hypergeometric:
      break;
  }
  return validate_hypergeometric(deals, ties, validation.options, context);
}

void describe(Table& table, const TieTests& tests, const TieValidation& validation) {
  const ValidateOptions& options = validation.options;
  table.data = {{"validated", count_cell(tests.validated)}, {"alpha", options.alpha}};
  if (validation.with == Validation::disparity) {
    table.caption += fmt::format("; {} are the disparity backbone at {}", tests.validated, options.alpha);
    table.notes.emplace_back("the disparity filter is no test against chance: it keeps what stands out at one end");
    return;
  }
  table.data.emplace_back("tests", count_cell(tests.tests));
  table.data.emplace_back("total", count_cell(tests.total));
  table.caption += tests.validated == 0
                       ? "; none can be told from chance"
                       : fmt::format("; {} cannot be explained by chance at {}", tests.validated, options.alpha);
  if (options.tests == TestsCounted::observed)
    table.notes.emplace_back(
        "counting only pairs that did invest together is a selection error: far too many ties pass");
}

}  // namespace

Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const std::optional<TieValidation>& validation,
                         const Context& context) {
  const auto rows = ties(deals, graph, context);
  if (!rows) return tl::unexpected(rows.error());
  Table table;
  table.name = "ties";
  table.caption = fmt::format("{} co-investment ties among {} investors", rows->size(), graph.investors.size());
  if (graph.skipped_groups > 0)
    table.notes.push_back(
        fmt::format("rounds or companies with too many investors, which make no ties: {}", graph.skipped_groups));
  if (graph.undated_ties > 0)
    table.notes.push_back(
        fmt::format("ties without a date, which have no age and are left out: {}", graph.undated_ties));
  // 80 columns have room for either.
  const Shown tested = validation ? Shown::always : Shown::details;
  const Shown dated = validation ? Shown::details : Shown::always;
  table.columns = {{"a"},
                   {"b"},
                   {"shared_rounds"},
                   {"shared_companies"},
                   {"first", dated},
                   {"last", dated},
                   detail("weight"),
                   {"p_over", tested},
                   detail("p_under"),
                   detail("q"),
                   {"validated", tested},
                   detail("a_led"),
                   detail("b_led"),
                   detail("a_first"),
                   detail("same_time"),
                   detail("b_first"),
                   detail("order_unknown"),
                   detail("precedence"),
                   detail("precedence_p")};

  std::optional<TieTests> tests;
  if (validation) {
    auto made = test_ties(deals, graph, *rows, *validation, context);
    if (!made) return tl::unexpected(made.error());
    tests = std::move(*made);
    describe(table, *tests, *validation);
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
      row.insert(row.end(), {test.p_over, number_cell(test.p_under), test.q, test.validated});
    } else {
      row.resize(row.size() + 4);
    }
    const Precedence& precedence = tie.precedence;
    row.insert(row.end(), {count_cell(tie.a_led), count_cell(tie.b_led), count_cell(precedence.before),
                           count_cell(precedence.same), count_cell(precedence.after), count_cell(precedence.unknown),
                           number_cell(precedence.value()), number_cell(precedence.p())});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace coinvest
