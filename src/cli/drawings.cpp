// SPDX-License-Identifier: Apache-2.0
#include "cli/drawings.hpp"

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

}  // namespace

Result<Drawing> make_drawing(ViewName view, const Deals& deals, const std::vector<ExitEvent>& events,
                             const GraphOptions& graph_options, ViewOptions options, const Context& context) {
  const GraphKind kind = view == ViewName::bipartite ? GraphKind::bipartite : GraphKind::coinvest;
  const auto graph = AnyGraph::build(deals, kind, graph_options, context);
  if (!graph) return tl::unexpected(graph.error());
  const NamedGraph named = graph->named(*deals.data);
  const std::vector<NodeState> state = states(named, deals, events);
  DrawnGraph drawn{named};
  drawn.state = state;
  if (const auto day = as_of_day(deals)) options.notes.push_back("As of " + format_day(*day));
  if (deals.selection.known_by) options.notes.push_back("As known on " + format_day(*deals.selection.known_by));
  if (view == ViewName::bipartite) return bipartite_view(drawn, options);

  const auto clusters = find_cluster_method("leiden")->run(named.view, {}, context);
  if (!clusters) return tl::unexpected(clusters.error());
  drawn.cluster = clusters->cluster;
  return view == ViewName::coinvest ? coinvest_view(drawn, options) : clusters_view(drawn, options);
}

}  // namespace coinvest::cli
