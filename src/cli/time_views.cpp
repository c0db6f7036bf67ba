// SPDX-License-Identifier: Apache-2.0
#include "cli/time_views.hpp"

#include <algorithm>
#include <map>

#include "cli/graphs.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/model/called.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/render/storyboard.hpp"
#include "coinvest/render/timeline.hpp"

namespace coinvest::cli {
namespace {

Deals select_window(const Deals& deals, DayRange days) {
  Selection selection = deals.selection;
  selection.from = days.from;
  selection.to = days.to;
  return select(*deals.data, selection);
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

}  // namespace

Result<Drawing> timeline(const ViewInput& input) {
  const auto company = company_called(*input.deals.data, input.names.front());
  if (!company) return tl::unexpected(company.error());
  const std::vector<CompanyTimeline> timelines = company_timelines(input.deals);
  const Table table = company_table(input.deals, timelines, *company);
  if (!table.chart)
    return fail(ErrorKind::usage, fmt::format("'{}' has no round in the selection", visible(input.names.front())));
  std::vector<DateInterval> dates;
  for (const TimelineRound& round : std::ranges::find(timelines, *company, &CompanyTimeline::company)->rounds)
    dates.push_back(round.date);
  Drawing drawing = timeline_view(std::get<MarkChart>(*table.chart), dates);
  if (!input.options.title.empty()) drawing.title = input.options.title;
  drawing.caption.insert(drawing.caption.end(), input.options.notes.begin(), input.options.notes.end());
  return drawing;
}

Result<Drawing> storyboard_of(const ViewInput& input, Result<Drawing> (*draw_all)(const ViewInput&)) {
  constexpr std::size_t most_windows = 24;
  if (input.windows.size() > most_windows)
    return fail(ErrorKind::usage, fmt::format("{} windows; a storyboard has at most {}: say a larger --step",
                                              input.windows.size(), most_windows));
  const Deals deals = select_window(input.deals, {input.windows.front().days.from, input.windows.back().days.to});
  ViewOptions options = input.options;
  options.edges_per_node = 1e6;  // the windows show all ties
  auto all = draw_all({.deals = deals,
                       .events = input.events,
                       .graph = input.graph,
                       .context = input.context,
                       .options = options,
                       .size_by = input.size_by});
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

}  // namespace coinvest::cli
