// SPDX-License-Identifier: Apache-2.0
#include "cli/drawings.hpp"

#include <array>
#include <map>

#include "cli/graphs.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/render/storyboard.hpp"
#include "coinvest/render/timeline.hpp"

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

Deals select_window(const Deals& deals, DayRange days) {
  Selection selection = deals.selection;
  selection.from = days.from;
  selection.to = days.to;
  return select(*deals.data, selection);
}

Result<Drawing> timeline(const ViewInput& input) {
  const auto company = company_called(*input.deals.data, input.names.front());
  if (!company) return tl::unexpected(company.error());
  const Table table = company_table(input.deals, company_timelines(input.deals), *company);
  if (!table.chart)
    return fail(ErrorKind::usage, fmt::format("'{}' has no round in the selection", visible(input.names.front())));
  Drawing drawing = timeline_view(std::get<MarkChart>(*table.chart));
  if (!input.options.title.empty()) drawing.title = input.options.title;
  drawing.caption.insert(drawing.caption.end(), input.options.notes.begin(), input.options.notes.end());
  return drawing;
}

/// The ties of one window among the nodes of a drawing.
Result<Frame> frame_of(const ViewInput& input, const PanelWindow& window, const Drawing& all) {
  const auto year = [](Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); };
  const int first = year(window.days.from), last = year(window.days.to);
  Frame frame{first == last ? fmt::format("{}", first) : fmt::format("{}–{}", first, last), {}};
  const Deals deals = select_window(input.deals, window.days);
  const auto graph = AnyGraph::build(deals, GraphKind::coinvest, input.graph, input.context);
  if (!graph) return tl::unexpected(graph.error());
  const NamedGraph named = graph->named(*deals.data);
  std::map<std::uint32_t, std::uint32_t> node_of;
  for (std::uint32_t node = 0; node < all.nodes.size(); ++node) node_of[all.nodes[node].id] = node;
  for (std::uint32_t v = 0; v < named.view.vertices(); ++v) {
    const auto from = node_of.find(static_cast<std::uint32_t>(index(named.investors[v])));
    if (from == node_of.end()) continue;
    for (std::size_t k = 0; k < named.view.neighbours_of(v).size(); ++k) {
      const std::uint32_t other = named.view.neighbours_of(v)[k];
      const auto to = node_of.find(static_cast<std::uint32_t>(index(named.investors[other])));
      if (to == node_of.end() || from->second >= to->second) continue;
      const double weight = named.view.weights_of(v)[k];
      frame.ties.push_back({.from = from->second,
                            .to = to->second,
                            .weight = weight,
                            .tooltip = fmt::format("{} – {}, {}, {}: {:.6g}", named.name(v), named.name(other),
                                                   frame.title, all.weight_means, weight)});
    }
  }
  return frame;
}

Result<Drawing> storyboard(const ViewInput& input) {
  constexpr std::size_t most_windows = 24;
  if (input.windows.size() > most_windows)
    return fail(ErrorKind::usage, fmt::format("{} windows; a storyboard has at most {}: say a larger --step",
                                              input.windows.size(), most_windows));
  const Deals deals = select_window(input.deals, {input.windows.front().days.from, input.windows.back().days.to});
  auto all = coinvest({deals, input.events, input.graph, input.context, input.options});
  if (!all) return all;
  if (all->nodes.empty()) return fail(ErrorKind::usage, "no two investors are tied in any of the windows");
  all = input.place(std::move(*all));
  if (!all) return all;
  std::vector<Frame> frames;
  for (const PanelWindow& window : input.windows) {
    auto frame = frame_of(input, window, *all);
    if (!frame) return tl::unexpected(frame.error());
    frames.push_back(std::move(*frame));
  }
  all->caption.insert(all->caption.begin() + 1,
                      "Every investor keeps its place; who has no tie in a window is left out of it.");
  return storyboard_view(*all, frames);
}

constexpr std::array<DrawingView, 5> views{{
    {"bipartite", "investors and companies", 0, false, bipartite},
    {"coinvest", "investors that took part in the same rounds", 0, false, coinvest},
    {"clusters", "the same, a box around each cluster", 0, false, clusters},
    {"timeline", "rounds of the company --name in time, and who joined, stayed or left", 1, false, timeline},
    {"storyboard", "coinvest in each of --windows, every investor in one place", 0, true, storyboard},
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
  if (view.over_time != !input.windows.empty())
    return fail(ErrorKind::usage,
                fmt::format("the view {} {}", view.name, view.over_time ? "needs --windows" : "takes no --windows"));
  if (const auto day = as_of_day(input.deals)) input.options.notes.push_back("As of " + format_day(*day));
  if (const auto& day = input.deals.selection.known_by)
    input.options.notes.push_back("As known on " + format_day(*day));
  return view.make(input);
}

}  // namespace coinvest::cli
