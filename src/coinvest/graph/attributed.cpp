// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/attributed.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace coinvest {
namespace {

void add(RoundsBehind& behind, const DateInterval& date, bool led) {
  ++behind.rounds;
  behind.led += led ? 1 : 0;
  if (!date.known()) return;
  behind.first = std::min(behind.first, date.low);
  behind.last = std::max(behind.last, date.high);
}

template <typename Count>
Cell count(Count value) {
  return static_cast<std::int64_t>(value);
}
Cell text(const std::string& value) {
  return value.empty() ? Cell{} : Cell{value};
}
Cell day(const RoundsBehind& behind, Day RoundsBehind::*end) {
  return behind.dated() ? Cell{format_day(behind.*end)} : Cell{};
}

const Dataset& data(const AttributedGraph& of) {
  return *of.graph.data;
}
std::size_t investor(const AttributedGraph& of, std::uint32_t vertex) {
  return index(of.graph.investors[vertex]);
}
std::size_t company(const AttributedGraph& of, std::uint32_t vertex) {
  return index(of.graph.companies[vertex - of.graph.investors.size()]);
}

constexpr std::array<VertexAttribute, 10> of_vertices{{
    {"bipartite", AttributeType::count, DefinedOn::bipartite,
     [](const AttributedGraph& of, std::uint32_t v) { return count(of.graph.is_investor(v) ? 0 : 1); }},
    {"type", AttributeType::yes_no, DefinedOn::bipartite,
     [](const AttributedGraph& of, std::uint32_t v) { return Cell{!of.graph.is_investor(v)}; }},
    {"investor_type", AttributeType::text, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) {
       return of.graph.is_investor(v) ? text(data(of).investors.type[investor(of, v)]) : Cell{};
     }},
    {"sector", AttributeType::text, DefinedOn::bipartite,
     [](const AttributedGraph& of, std::uint32_t v) {
       return of.graph.is_investor(v) ? Cell{} : text(data(of).companies.sector[company(of, v)]);
     }},
    {"country", AttributeType::text, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) {
       return text(of.graph.is_investor(v) ? data(of).investors.country[investor(of, v)]
                                           : data(of).companies.country[company(of, v)]);
     }},
    {"rounds", AttributeType::count, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) { return count(of.vertices[v].rounds); }},
    {"led", AttributeType::count, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) {
       return of.graph.is_investor(v) ? count(of.vertices[v].led) : Cell{};
     }},
    {"first", AttributeType::text, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) { return day(of.vertices[v], &RoundsBehind::first); }},
    {"last", AttributeType::text, DefinedOn::both,
     [](const AttributedGraph& of, std::uint32_t v) { return day(of.vertices[v], &RoundsBehind::last); }},
    {"same_as", AttributeType::text, DefinedOn::bipartite,
     [](const AttributedGraph& of, std::uint32_t v) {
       return of.same_as[v] == AttributedGraph::no_vertex ? Cell{} : Cell{of.graph.id(of.same_as[v])};
     }},
}};

constexpr std::array<EdgeAttribute, 5> of_edges{{
    {"weight", AttributeType::number, DefinedOn::both, [](const AttributedEdge& edge) { return Cell{edge.weight}; }},
    {"rounds", AttributeType::count, DefinedOn::both,
     [](const AttributedEdge& edge) { return count(edge.behind->rounds); }},
    {"led", AttributeType::count, DefinedOn::bipartite,
     [](const AttributedEdge& edge) { return count(edge.behind->led); }},
    {"first", AttributeType::text, DefinedOn::both,
     [](const AttributedEdge& edge) { return day(*edge.behind, &RoundsBehind::first); }},
    {"last", AttributeType::text, DefinedOn::both,
     [](const AttributedEdge& edge) { return day(*edge.behind, &RoundsBehind::last); }},
}};

}  // namespace

std::span<const VertexAttribute> vertex_attributes() {
  return of_vertices;
}
std::span<const EdgeAttribute> edge_attributes() {
  return of_edges;
}

Result<AttributedGraph> attributed(const Deals& deals, const NamedGraph& graph, const Context& context) {
  const GraphView& view = graph.view;
  AttributedGraph of{graph, std::vector<RoundsBehind>(view.vertices()),
                     std::vector<RoundsBehind>(view.neighbours.size()),
                     std::vector<std::uint32_t>(view.vertices(), AttributedGraph::no_vertex), context};
  const auto vertex_of = [](auto ids, auto id) {  // the graph may be of fewer rounds than these
    const auto at = std::ranges::lower_bound(ids, id);
    return at != ids.end() && *at == id ? std::optional(static_cast<std::uint32_t>(at - ids.begin())) : std::nullopt;
  };
  const auto add_to_edge = [&](std::uint32_t a, std::uint32_t b, const DateInterval& date, bool led) {
    const auto neighbours = view.neighbours_of(a);
    const auto at = std::ranges::lower_bound(neighbours, b);
    if (at != neighbours.end() && *at == b)
      add(of.edges[view.offsets[a] + static_cast<std::uint64_t>(at - neighbours.begin())], date, led);
  };
  for (const auto& [as_investor, as_company] : graph.data->same_as) {
    const auto investor = vertex_of(graph.investors, as_investor), company = vertex_of(graph.companies, as_company);
    if (!investor || !company) continue;
    of.same_as[*investor] = view.investors + *company;
    of.same_as[view.investors + *company] = *investor;
  }
  for (std::size_t position = 0; position < deals.size(); ++position) {
    if (context.stopped()) return cancelled();
    const DateInterval date = deals.date(position);
    const auto company = vertex_of(graph.companies, deals.company(position));
    const auto participants = deals.participants(position);
    if (company && !participants.empty()) add(of.vertices[view.investors + *company], date, false);
    std::vector<std::uint32_t> present;
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const auto investor = vertex_of(graph.investors, participants[i]);
      if (!investor) continue;
      const bool led = deals.leads[deals.offsets[position] + i] == Lead::yes;
      add(of.vertices[*investor], date, led);
      if (company) add_to_edge(*investor, view.investors + *company, date, led);
      if (view.kind == GraphKind::coinvest)
        for (const std::uint32_t other : present) add_to_edge(other, *investor, date, false);
      present.push_back(*investor);
    }
  }
  return of;
}

}  // namespace coinvest
