// SPDX-License-Identifier: Apache-2.0
#include "cli/drawings.hpp"

#include <array>

#include "cli/graphs.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/exits/silence.hpp"

namespace coinvest::cli {
namespace {

std::vector<NodeState> states(const NamedGraph& graph, const Deals& deals, const std::vector<ExitEvent>& events) {
  const Dataset& data = *deals.data;
  std::vector<NodeState> of_investor(data.investors.size(), NodeState::normal);
  for (const Dormancy& row : dormancy(deals))
    if (row.state == Activity::dormant || row.state == Activity::lapsed)
      of_investor[index(row.investor)] = NodeState::dormant;
  std::vector<NodeState> of_company(data.companies.size(), NodeState::normal);
  for (const ExitEvent& event : events)
    if (event.decisive && !event.investor)
      of_company[index(event.company)] = event.code == ExitCode::writeoff ? NodeState::closed : NodeState::exited;

  std::vector<NodeState> states;
  for (const InvestorId investor : graph.investors) states.push_back(of_investor[index(investor)]);
  for (const CompanyId company : graph.companies) states.push_back(of_company[index(company)]);
  return states;
}

/// The graph of that kind with the states of its vertices, drawn by `draw`.
template <typename Draw>
Result<Drawing> with_graph(const ViewInput& input, GraphKind kind, const Draw& draw) {
  const auto graph = AnyGraph::build(input.deals, kind, input.graph, input.context);
  if (!graph) return tl::unexpected(graph.error());
  const NamedGraph named = graph->named(*input.deals.data);
  const std::vector<NodeState> state = states(named, input.deals, input.events);
  DrawnGraph drawn{named};
  drawn.state = state;
  return draw(drawn);
}

template <typename Draw>
Result<Drawing> with_clusters(const ViewInput& input, const Draw& draw) {
  return with_graph(input, GraphKind::coinvest, [&](DrawnGraph& drawn) -> Result<Drawing> {
    const auto clusters = find_cluster_method("leiden")->run(drawn.graph.view, {}, input.context);
    if (!clusters) return tl::unexpected(clusters.error());
    drawn.cluster = clusters->cluster;
    return draw(drawn, input.options);
  });
}

Result<Drawing> bipartite(const ViewInput& input) {
  return with_graph(input, GraphKind::bipartite,
                    [&](const DrawnGraph& drawn) { return bipartite_view(drawn, input.options); });
}

Result<Drawing> coinvest(const ViewInput& input) {
  return with_clusters(input, coinvest_view);
}

Result<Drawing> clusters(const ViewInput& input) {
  return with_clusters(input, clusters_view);
}

constexpr std::array<DrawingView, 3> views{{
    {"bipartite", "investors and companies", 0, bipartite},
    {"coinvest", "investors that took part in the same rounds", 0, coinvest},
    {"clusters", "the same, a box around each cluster", 0, clusters},
}};

}  // namespace

std::span<const DrawingView> drawing_views() {
  return views;
}

Choices<const DrawingView*> view_choices() {
  Choices<const DrawingView*> choices;
  for (const DrawingView& view : views) choices.emplace_back(view.name, &view);
  return choices;
}

Result<Drawing> make_drawing(const DrawingView& view, ViewInput input) {
  if (input.names.size() != view.names)
    return fail(ErrorKind::usage, fmt::format("the view {} takes {} --name, not {}", view.name,
                                              view.names == 0 ? "no" : std::to_string(view.names), input.names.size()));
  if (const auto day = as_of_day(input.deals)) input.options.notes.push_back("As of " + format_day(*day));
  if (const auto& day = input.deals.selection.known_by)
    input.options.notes.push_back("As known on " + format_day(*day));
  return view.make(input);
}

}  // namespace coinvest::cli
