// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/partners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

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
  table.caption += tests.validated == 0 ? "; none can be told from chance"
                                        : fmt::format("; {} cannot be explained by chance at {}",
                                                      grouped(tests.validated), options.alpha);
  table.caption +=
      fmt::format(", of {} tested{}", counted(tests.tests / (options.sides == Sides::both ? 2 : 1), "pair", "pairs"),
                  options.sides == Sides::both ? " on both sides" : "");
  const auto able =
      std::ranges::count_if(tests.rows, [&](const TieTest& row) { return row.p_least <= tests.threshold; });
  table.notes.push_back(fmt::format(
      "to pass, p must be at most {:.3g}; {} of {} could get there, since the ends of the others "
      "invest too little",
      tests.threshold, grouped(static_cast<std::uint64_t>(able)), counted(tests.rows.size(), "tie", "ties")));
  if (options.tests == TestsCounted::observed)
    table.notes.emplace_back(
        "counting only pairs that did invest together is a selection error: far too many ties pass");
}

}  // namespace

void note_left_out(Table& table, const Coinvestment& graph) {
  if (graph.skipped_groups > 0)
    table.notes.push_back(
        fmt::format("rounds or companies with too many investors, which make no ties: {}", graph.skipped_groups));
  if (graph.undated_ties > 0)
    table.notes.push_back(
        fmt::format("ties without a date, which have no age and are left out: {}", graph.undated_ties));
}

void note_unknown_weights(Table& table, const Bipartite& graph) {
  const UnknownWeights& unknown = graph.unknown;
  const bool amounts = uses_amounts(graph.options.weight);
  if (amounts && unknown.currency.known())
    table.notes.push_back(fmt::format("weights are in {}: of every amount its lower end", unknown.currency.text()));
  if (unknown.participations > 0)
    table.notes.push_back(fmt::format("participations without a{}, which add no weight: {}",
                                      amounts ? "n amount" : " date", unknown.participations));
  if (unknown.other_currency > 0)
    table.notes.push_back(fmt::format("participations with an amount in another currency, which add no weight: {}",
                                      unknown.other_currency));
  if (unknown.edges > 0)
    table.notes.push_back(fmt::format("investors and companies whose tie has no known weight and is left out: {}",
                                      counted(unknown.edges, "pair", "pairs")));
}

Result<Table> ties_table(const Deals& deals, const Coinvestment& graph, const TieOptions& options,
                         const std::optional<TieValidation>& validation, const Context& context) {
  const auto rows = ties(deals, graph, context);
  if (!rows) return tl::unexpected(rows.error());
  Table table;
  table.name = "ties";
  table.caption = fmt::format("{} among {}", counted(rows->size(), "co-investment tie", "co-investment ties"),
                              counted(graph.investors.size(), "investor", "investors"));
  note_left_out(table, graph);
  // 80 columns have room for either.
  const Shown tested = validation ? Shown::always : Shown::details;
  const bool weighed = options.weight != TieWeight::count && options.weight != TieWeight::binary;
  const Shown dated = validation || weighed ? Shown::details : Shown::always;
  table.columns = {{"a"},
                   {"b"},
                   {"shared_rounds"},
                   {"shared_companies"},
                   {"first", dated},
                   {"last", dated},
                   {"weight", weighed ? Shown::always : Shown::details},
                   {"p_over", tested},
                   detail("p_under"),
                   detail("q"),
                   {"validated", tested},
                   {"stance", validation && validation->options.sides == Sides::both ? tested : Shown::details},
                   detail("p_least"),
                   detail("a_led"),
                   detail("b_led"),
                   detail("a_first"),
                   detail("same_time"),
                   detail("b_first"),
                   detail("order_unknown"),
                   detail("precedence"),
                   detail("precedence_p"),
                   detail("p_b_given_a"),
                   detail("p_a_given_b")};
  const Choices choices = count_choices(deals, options.by);

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
      row.insert(row.end(), {test.p_over, number_cell(test.p_under), test.q, test.validated,
                             text_cell(!test.validated  ? "neutral"
                                       : test.avoided() ? "avoided"
                                                        : "preferred"),
                             number_cell(test.p_least)});
    } else {
      row.resize(row.size() + 6);
    }
    const Precedence& precedence = tie.precedence;
    row.insert(row.end(), {count_cell(tie.a_led), count_cell(tie.b_led), count_cell(precedence.before),
                           count_cell(precedence.same), count_cell(precedence.after), count_cell(precedence.unknown),
                           number_cell(precedence.value()), number_cell(precedence.p())});
    const double shared = options.by == TieBy::round ? tie.shared_rounds : tie.shared_companies;
    row.insert(row.end(), {shared / choices.chosen.at(tie.a), shared / choices.chosen.at(tie.b)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Result<Table> power_table(const Deals& deals, const Coinvestment& graph, const TieValidation& validation,
                          const Context& context) {
  const auto rows = ties(deals, graph, context);
  if (!rows) return tl::unexpected(rows.error());
  const auto tests = test_ties(deals, graph, *rows, validation, context);
  if (!tests) return tl::unexpected(tests.error());
  const auto classes = power(deals, *rows, *tests, validation, context);
  if (!classes) return tl::unexpected(classes.error());
  Table table;
  table.name = "power";
  table.caption = "What the test can find among " + counted(rows->size(), "co-investment tie", "co-investment ties");
  describe(table, *tests, validation);
  const char* unit = validation.options.by == TieBy::round ? "rounds" : "companies";
  table.notes.push_back(fmt::format(
      "needed: {} that two investors of `chosen` {} each must share to pass; empty: not even all of them would do",
      unit, unit));
  fill<Power>(table, *classes,
              {{{"chosen"}, [](const Power& of) { return count_cell(of.chosen); }},
               {{"investors"}, [](const Power& of) { return count_cell(of.investors); }},
               {{"ties"}, [](const Power& of) { return count_cell(of.ties); }},
               {{"validated"}, [](const Power& of) { return count_cell(of.validated); }},
               {{"p_least"}, [](const Power& of) { return Cell{of.p_least}; }},
               {{"needed"}, [](const Power& of) { return optional_cell(of.needed); }}});
  return table;
}

}  // namespace coinvest
