// SPDX-License-Identifier: Apache-2.0
#include "cli/drawings.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "cli/exits_view.hpp"
#include "cli/graphs.hpp"
#include "cli/path_view.hpp"
#include "cli/time_views.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/render/ages.hpp"

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

Result<Drawing> draw(const ViewInput& input, const NamedGraph& graph,
                     const std::function<Result<Drawing>(DrawnGraph&, ViewOptions&)>& view) {
  const std::vector<NodeState> state = states(graph, input.deals, input.events);
  DrawnGraph drawn(graph);
  drawn.state = state;
  ViewOptions options = input.options;
  Column score;
  if (input.size_by != nullptr) {
    if (!is_defined_on(input.size_by->graphs, graph.view.kind))
      return fail(ErrorKind::usage, fmt::format("{} is not defined on the graph of this view", input.size_by->name));
    auto measured = input.size_by->run(graph.view, {}, input.context);
    if (!measured) return tl::unexpected(measured.error());
    score = std::move(*measured);
    drawn.score = score.values;
    options.score_name = input.size_by->name;
  }
  return view(drawn, options);
}

/// The graph of that kind, drawn by `view`.
Result<Drawing> draw(const ViewInput& input, GraphKind kind,
                     const std::function<Result<Drawing>(DrawnGraph&, ViewOptions&)>& view) {
  const auto graph = AnyGraph::build(input.deals, kind, input.graph, input.context);
  if (!graph) return tl::unexpected(graph.error());
  auto drawing = draw(input, graph->named(*input.deals.data), view);
  if (drawing) add_ages(*drawing, input.deals);
  return drawing;
}

Result<Drawing> bipartite(const ViewInput& input) {
  return draw(input, GraphKind::bipartite, bipartite_view);
}

Result<Drawing> draw_clusters(const ViewInput& input, Result<Drawing> (*view)(const DrawnGraph&, const ViewOptions&)) {
  return draw(input, GraphKind::coinvest, [&](DrawnGraph& drawn, const ViewOptions& options) -> Result<Drawing> {
    const auto clusters = find_cluster_method("leiden")->run(drawn.graph.view, {}, input.context);
    if (!clusters) return tl::unexpected(clusters.error());
    drawn.cluster = clusters->cluster;
    return view(drawn, options);
  });
}

Result<Drawing> coinvest(const ViewInput& input) {
  return draw_clusters(input, coinvest_view);
}

Result<Drawing> clusters(const ViewInput& input) {
  return draw_clusters(input, clusters_view);
}

/// The vertex of the investor, as the selection counts it, or company of that name; of the two sides of one
/// organisation that with more ties.
Result<std::uint32_t> vertex_called(const Deals& deals, const NamedGraph& graph, const std::string& name) {
  const auto investor = counted_investor(deals, name);
  const auto company = company_called(*graph.data, name);
  std::optional<std::uint32_t> found;
  for (std::uint32_t v = 0; v < graph.view.vertices(); ++v) {
    const bool called = graph.is_investor(v) ? investor && graph.investors[v] == *investor
                                             : company && graph.companies[v - graph.investors.size()] == *company;
    if (called && (!found || graph.view.degree(v) > graph.view.degree(*found))) found = v;
  }
  if (found) return *found;
  if (investor || company)
    return fail(ErrorKind::usage, fmt::format("'{}' takes part in no round of the selection", visible(name)));
  return tl::unexpected(nobody_called(*graph.data, name));
}

Result<Drawing> ego(const ViewInput& input) {
  return draw(input, GraphKind::bipartite, [&](const DrawnGraph& drawn, const ViewOptions& options) -> Result<Drawing> {
    const auto centre = vertex_called(input.deals, drawn.graph, input.names.front());
    if (!centre) return tl::unexpected(centre.error());
    return ego_view(drawn, {*centre, input.steps}, options);
  });
}

Result<Drawing> exits(const ViewInput& input) {
  const auto wanted = input.graph.bipartite();
  if (!wanted) return tl::unexpected(wanted.error());
  const Bipartite graph = with_exits_alone(build_bipartite(input.deals, *wanted), input.events);
  return draw(input, NamedGraph(graph, *input.deals.data), [&](DrawnGraph& drawn, const ViewOptions& options) {
    drawn.of_investor = {"company with an exit", "companies with an exit"};
    auto drawing = bipartite_view(drawn, options);
    if (!drawing) return drawing;
    drawing->name = "exits";
    drawing->caption.insert(drawing->caption.begin() + 1, "Only companies with an exit, their own or an investor's.");
    mark_exits(*drawing, *input.deals.data, input.events);
    return drawing;
  });
}

Result<Drawing> leads(const ViewInput& input) {
  return draw(input, GraphKind::coinvest, leads_view);
}

Result<Drawing> path(const ViewInput& input) {
  GraphOptions graph_options = input.graph;
  graph_options.set_default_weight(TieWeight::recency);
  const auto from = counted_investor(input.deals, input.names[0]), to = counted_investor(input.deals, input.names[1]);
  if (!from) return tl::unexpected(from.error());
  if (!to) return tl::unexpected(to.error());
  const auto graph = AnyGraph::build(input.deals, GraphKind::coinvest, graph_options, input.context);
  if (!graph) return tl::unexpected(graph.error());
  const auto paths = introductions(input.deals, *graph->coinvestment, graph_options.ties()->by, *from, *to, input.paths,
                                   input.context);
  if (!paths) return tl::unexpected(paths.error());
  Drawing drawing = path_drawing(input.deals, *paths, *from, *to);
  drawing.title = input.options.title;
  drawing.caption.insert(drawing.caption.end(), input.options.notes.begin(), input.options.notes.end());
  return drawing;
}

Result<Drawing> storyboard(const ViewInput& input) {
  return storyboard_of(input, coinvest);
}

constexpr auto views = std::to_array<DrawingView>({
    {"bipartite", "investors and companies", 0, OverTime::no, Drawn::best, bipartite},
    {"coinvest", "investors that took part in the same rounds", 0, OverTime::no, Drawn::best, coinvest},
    {"clusters", "the same, a box around each cluster", 0, OverTime::no, Drawn::best, clusters},
    {"ego", "what lies around --name", 1, OverTime::no, Drawn::best, ego},
    {"exits", "companies with an exit, their investors, and how it ended", 0, OverTime::no, Drawn::best, exits},
    {"leads", "arrows from who led rounds to who followed", 0, OverTime::no, Drawn::best, leads},
    {"path", "how one investor is introduced to another", 2, OverTime::no, Drawn::all, path},
    {"timeline", "rounds of the company --name in time, and who joined, stayed or left", 1, OverTime::no, Drawn::all,
     timeline},
    {"storyboard", "coinvest in each of --windows, every investor in one place", 0, OverTime::yes, Drawn::best,
     storyboard},
});

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
    return fail(ErrorKind::usage, fmt::format("the view {} {} --name, not {}", view.name,
                                              view.names == 0   ? "takes no"
                                              : view.names == 1 ? "needs one"
                                                                : "needs two",
                                              input.names.size()));
  if ((view.time == OverTime::yes) != !input.windows.empty())
    return fail(ErrorKind::usage, fmt::format("the view {} {}", view.name,
                                              view.time == OverTime::yes ? "needs --windows" : "takes no --windows"));
  if (const auto day = as_of_day(input.deals)) input.options.notes.push_back("As of " + format_day(*day));
  if (const auto& day = input.deals.selection.known_by)
    input.options.notes.push_back("As known on " + format_day(*day));
  return view.make(input);
}

}  // namespace coinvest::cli
