// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "coinvest/base/counted.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
double ranked(double score) {
  if (std::isnan(score) || score == 0) return score;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(score))) - 9);
  return std::round(score / unit) * unit;
}

std::vector<const Measure*> measures_defined_on(GraphKind kind) {
  std::vector<const Measure*> defined;
  for (const Measure& measure : measures())
    if (is_defined_on(measure.graphs, kind)) defined.push_back(&measure);
  return defined;
}

std::string_view suffix_of(Normalised normalised) {
  return normalised == Normalised::yes ? "_norm" : normalised == Normalised::percent ? "_pct" : "";
}

double scale_of(Normalised normalised) {
  return normalised == Normalised::percent ? 100 : 1;
}

MeasureParams adapted(MeasureParams params, Normalised normalised) {
  if (normalised == Normalised::percent) params.vector_maximum = VectorMaximum::possible;
  return params;
}

std::vector<double> query_from(const NamedGraph& graph, std::span<const CompanyId> companies) {
  std::vector<double> query(graph.view.vertices(), 0.0);
  std::fill_n(query.begin(), graph.view.investors, 1.0 / graph.view.investors);
  for (std::size_t c = 0; c < graph.companies.size(); ++c)
    if (std::ranges::binary_search(companies, graph.companies[c])) query[graph.view.investors + c] = 1;
  return query;
}

std::vector<CompanyId> exited_companies(const Deals& deals) {
  std::vector<CompanyId> companies;  // events ascend by company
  for (const ExitEvent& event : exit_events(deals))
    if (kind_of(event.code).liquidity == Liquidity::yes && (companies.empty() || companies.back() != event.company))
      companies.push_back(event.company);
  return companies;
}

Result<void> check_defined(std::span<const Measure* const> measures, GraphKind kind) {
  for (const Measure* measure : measures) {
    if (is_defined_on(measure->graphs, kind)) continue;
    const bool bipartite = measure->graphs == DefinedOn::bipartite;
    return fail(ErrorKind::usage,
                fmt::format("{} is defined on the {} graph alone; ask with --graph {}", measure->name,
                            bipartite ? "bipartite" : "co-investment", bipartite ? "bipartite" : "coinvest"));
  }
  return {};
}

Result<Table> ranking(const NamedGraph& graph, std::span<const Measure* const> wanted, RankedSide side,
                      Normalised normalised, const MeasureParams& params, const Context& context) {
  if (auto defined = check_defined(wanted, graph.view.kind); !defined) return tl::unexpected(defined.error());
  Table table;
  table.name = "centrality";
  table.columns = {{"rank"}, detail("id"), {"name"}};
  table.columns.push_back({"side", side == RankedSide::both ? Shown::always : Shown::details});

  std::vector<Column> scores;
  std::string variants;
  for (const Measure* measure : wanted) {
    const std::string name(measure->name);
    auto column = measure->run(graph.view, adapted(params, normalised), context);
    if (!column) return tl::unexpected(column.error());
    table.columns.push_back({name});
    if (normalised != Normalised::no && !column->normalised.empty())
      table.columns.push_back({fmt::format("{}{}", name, suffix_of(normalised))});
    if (!column->error.empty()) table.columns.push_back({name + "_se"});
    if (!column->why.empty()) table.columns.push_back(detail(name + "_why"));
    if (!column->variant.empty()) table.data.emplace_back(name + "_variant", column->variant);
    if (column->whole) {
      table.data.emplace_back(name + "_of_graph", *column->whole);
      table.notes.push_back(fmt::format("{} of the graph as a whole: {:.4f}", name, *column->whole));
    }
    variants += fmt::format("{}{}", variants.empty() ? "" : ", ", name);
    const bool unusual = (measure->run == betweenness && params.edge_length != EdgeLength::step) ||
                         (measure->run == birank && !params.query.empty());
    if (unusual || !column->error.empty()) variants += fmt::format(" ({})", column->variant);
    scores.push_back(std::move(*column));
  }
  table.caption = fmt::format("{} by {} on the {} graph of {} and {}",
                              side == RankedSide::companies ? "Companies"
                              : side == RankedSide::both    ? "Investors and companies"
                                                            : "Investors",
                              variants, graph.view.kind == GraphKind::bipartite ? "bipartite" : "co-investment",
                              counted(graph.view.investors, "investor", "investors"),
                              counted(graph.companies.size(), "company", "companies"));

  const std::uint32_t begin = side == RankedSide::companies ? graph.view.investors : 0;
  const std::uint32_t end = side == RankedSide::investors ? graph.view.investors : graph.view.vertices();
  std::vector<std::uint32_t> order(end - begin);
  std::iota(order.begin(), order.end(), begin);
  std::vector<double> keys(graph.view.vertices(), std::nan(""));
  if (!scores.empty())
    for (const std::uint32_t vertex : order) keys[vertex] = ranked(scores.front().values[vertex]);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::isnan(keys[b]) ? !std::isnan(keys[a]) : keys[a] > keys[b];
  });

  std::int64_t rank = 0;
  for (std::size_t position = 0; position < order.size(); ++position) {
    const std::uint32_t vertex = order[position];
    if (position == 0 || keys[vertex] != keys[order[position - 1]]) rank = static_cast<std::int64_t>(position) + 1;
    std::vector<Cell> row{std::isnan(keys[vertex]) ? Cell{} : Cell{rank}, graph.id(vertex), graph.name(vertex),
                          text_cell(graph.is_investor(vertex) ? "investor" : "company")};
    for (const Column& column : scores) {
      row.push_back(number_cell(column.values[vertex]));
      if (normalised != Normalised::no && !column.normalised.empty())
        row.push_back(number_cell(column.normalised[vertex] * scale_of(normalised)));
      if (!column.error.empty()) row.push_back(number_cell(column.error[vertex]));
      if (!column.why.empty()) row.push_back(text_or_nothing(name_of(column.why[vertex])));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace coinvest
