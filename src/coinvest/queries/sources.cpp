// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/named.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

using Rows = std::vector<SourceRow>;

/// The rows that say who took part in a round.
void add_rows(const Deals& deals, std::size_t round, Rows& rows) {
  const Dataset& data = *deals.data;
  rows.push_back(data.rounds.source[index(deals.rounds[round])]);
  for (std::size_t at = deals.offsets[round]; at < deals.offsets[round + 1]; ++at)
    rows.push_back(data.participations.source[index(deals.rows[at])]);
}

struct Entity {
  std::uint32_t vertex = 0;
  std::uint64_t rounds = 0;
  Rows rows = {};
};

Result<Table> table_of(const Deals& deals, const Bipartite& graph, const std::vector<Entity>& entities,
                       const char* neighbours, const Context& context) {
  const NamedGraph named(graph, *deals.data);
  const auto components = find_cluster_method("components")->run(named.view, {}, context);
  if (!components) return tl::unexpected(components.error());
  Table table;
  fill<Entity>(
      table, entities,
      {{detail("id"), [&](const Entity& one) { return Cell{named.id(one.vertex)}; }},
       {{"name"}, [&](const Entity& one) { return Cell{named.name(one.vertex)}; }},
       {{neighbours}, [&](const Entity& one) { return count_cell(named.view.neighbours_of(one.vertex).size()); }},
       {{"rounds"}, [](const Entity& one) { return count_cell(one.rounds); }},
       {{"component"}, [&](const Entity& one) { return count_cell(components->cluster[one.vertex] + 1); }},
       {{"sources", Shown::wrapped}, [&](const Entity& one) { return Cell{text_of(*deals.data, one.rows)}; }}});
  return table;
}

}  // namespace

std::optional<std::uint64_t> place_in(const Deals& deals, std::size_t position, InvestorId investor) {
  const auto all = deals.participants(position);
  const auto at = std::ranges::lower_bound(all, investor);
  if (at == all.end() || *at != investor) return {};
  return deals.offsets[position] + static_cast<std::uint64_t>(at - all.begin());
}

std::string text_of(const Dataset& data, std::vector<SourceRow> rows) {
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  std::string text;
  for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
    for (next = first + 1;
         next < rows.size() && rows[next].file == rows[first].file && rows[next].line == rows[next - 1].line + 1;)
      ++next;
    if (first == 0 || rows[first - 1].file != rows[first].file)
      text += fmt::format("{}{}:", first == 0 ? "" : "; ", data.files[index(rows[first].file)].name);
    else
      text += ", ";
    text += fmt::format("{}", rows[first].line);
    if (next - first > 1) text += fmt::format("-{}", rows[next - 1].line);
  }
  return text;
}

std::vector<SourceRow> rows_behind(const Deals& deals, std::size_t position, std::span<const InvestorId> investors) {
  const Dataset& data = *deals.data;
  Rows rows{data.rounds.source[index(deals.rounds[position])]};
  for (const InvestorId investor : investors) {
    const auto place = place_in(deals, position, investor);
    if (!place) continue;
    rows.push_back(data.participations.source[index(deals.rows[*place])]);
    for (const Deals::Joined& further : deals.joined)
      if (further.participant == *place) rows.push_back(data.participations.source[index(further.row)]);
  }
  return rows;
}

Result<Table> investor_sources(const Deals& deals, const Bipartite& graph, const Context& context) {
  std::vector<Entity> entities(graph.investors.size());
  for (std::uint32_t vertex = 0; vertex < entities.size(); ++vertex) entities[vertex].vertex = vertex;
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (std::size_t at = deals.offsets[round]; at < deals.offsets[round + 1]; ++at) {
      const auto found = std::ranges::lower_bound(graph.investors, deals.investors[at]);
      if (found == graph.investors.end() || *found != deals.investors[at]) continue;
      Entity& investor = entities[static_cast<std::size_t>(found - graph.investors.begin())];
      ++investor.rounds;
      investor.rows.push_back(deals.data->participations.source[index(deals.rows[at])]);
    }
  auto table = table_of(deals, graph, entities, "companies", context);
  if (table) {
    table->name = "investor-sources";
    table->caption = "The rows behind each investor: those that name it in a selected round";
  }
  return table;
}

Result<Table> company_sources(const Deals& deals, const Bipartite& graph, const Context& context) {
  std::vector<Entity> entities(graph.companies.size());
  for (std::uint32_t at = 0; at < entities.size(); ++at)
    entities[at].vertex = at + static_cast<std::uint32_t>(graph.investors.size());
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const auto found = std::ranges::lower_bound(graph.companies, deals.company(round));
    if (found == graph.companies.end() || *found != deals.company(round)) continue;
    Entity& company = entities[static_cast<std::size_t>(found - graph.companies.begin())];
    ++company.rounds;
    add_rows(deals, round, company.rows);
  }
  auto table = table_of(deals, graph, entities, "investors", context);
  if (table) {
    table->name = "company-sources";
    table->caption = "The rows behind each company: its selected rounds and who took part in them";
  }
  return table;
}

Table round_sources(const Deals& deals) {
  const Dataset& data = *deals.data;
  std::vector<std::size_t> rounds(deals.size());
  for (std::size_t round = 0; round < rounds.size(); ++round) rounds[round] = round;
  Table table;
  table.name = "round-sources";
  table.caption = "The rows behind each selected round: its own and those of its participants";
  using Round = std::size_t;
  fill<Round>(
      table, rounds,
      {{{"company"}, [&](Round at) { return Cell{data.name(deals.company(at))}; }},
       {{"round"}, [&](Round at) { return text_or_nothing(data.text(data.rounds.label[index(deals.rounds[at])])); }},
       {{"date"}, [&](Round at) { return date_cell(deals.date(at)); }},
       {{"investors"}, [&](Round at) { return count_cell(deals.participants(at).size()); }},
       {{"sources", Shown::wrapped}, [&](Round at) {
          Rows rows;
          add_rows(deals, at, rows);
          return Cell{text_of(data, std::move(rows))};
        }}});
  return table;
}

}  // namespace coinvest
