// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/cluster_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "coinvest/base/parallel.hpp"
#include "coinvest/clusters/tracking.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// The communities of one window, the largest first.
struct Snapshot {
  std::vector<InvestorId> investors;  ///< in the network, ascending
  std::vector<Community> communities;
  std::vector<std::string> names;  ///< of the communities: the two members with the heaviest ties
  std::uint64_t undated = 0;
};

Result<Snapshot> snapshot(const Dataset& data, Selection selection, const DayRange& days, const HistoryOptions& options,
                          const Context& context) {
  selection.from = days.from;
  selection.to = days.to;
  const Deals deals = select(data, selection);
  auto graph = build_coinvestment(deals, build_bipartite(deals), options.ties, context);
  if (graph && options.validation) graph = keep_validated(deals, *graph, *options.validation, context);
  if (!graph) return tl::unexpected(graph.error());
  const GraphView view = graph->view();
  const auto clustering = options.method->run(view, options.params, context);
  if (!clustering) return tl::unexpected(clustering.error());

  Snapshot made{graph->investors, {}, {}, deals.left_out.undated};
  std::vector<std::vector<std::uint32_t>> members(clustering->count);
  for (std::uint32_t v = 0; v < view.vertices(); ++v) members[clustering->cluster[v]].push_back(v);
  for (std::vector<std::uint32_t>& of : members) {
    if (of.size() < 2) break;  // the largest come first
    Community& community = made.communities.emplace_back();
    for (const std::uint32_t v : of) community.push_back(graph->investors[v]);
    const auto strength = [&](std::uint32_t v) {
      const auto weights = view.weights_of(v);
      return std::accumulate(weights.begin(), weights.end(), 0.0);
    };
    std::ranges::stable_sort(of, std::ranges::greater{}, strength);
    made.names.push_back(data.name(graph->investors[of[0]]) + ", " + data.name(graph->investors[of[1]]));
  }
  return made;
}

/// The community of each investor that is in one.
std::map<InvestorId, std::uint32_t> membership(const Snapshot& window) {
  std::map<InvestorId, std::uint32_t> in;
  for (std::uint32_t c = 0; c < window.communities.size(); ++c)
    for (const InvestorId member : window.communities[c]) in.emplace(member, c);
  return in;
}

void add_stability(Table& table, const Dataset& data, const Cell& from, const Cell& to, const Snapshot& before,
                   const Snapshot& after) {
  const auto was_in = membership(before), is_in = membership(after);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> together;  // by community before and after
  for (const auto& [investor, community] : was_in)
    if (const auto now = is_in.find(investor); now != is_in.end()) ++together[{community, now->second}];
  for (const InvestorId investor : after.investors) {
    const auto old = was_in.find(investor);
    if (old == was_in.end()) continue;
    const auto now = is_in.find(investor);
    const std::uint64_t kept = now == is_in.end() ? 0 : together.at({old->second, now->second}) - 1;
    const std::size_t mates = before.communities[old->second].size() - 1;
    table.rows.push_back({from, to, id_text(data, investor), data.name(investor),
                          now == is_in.end() ? Cell{} : count_cell(now->second + 1), count_cell(mates),
                          count_cell(kept), static_cast<double>(kept) / static_cast<double>(mates)});
  }
}

}  // namespace

Result<History> cluster_history(const Dataset& data, const Selection& selection, std::span<const PanelWindow> windows,
                                const HistoryOptions& options, const Context& context) {
  Context inside = context;
  inside.progress = nullptr;
  inside.threads = 1;
  std::vector<Result<Snapshot>> found(windows.size(), cancelled());
  context.start("windows", windows.size());
  parallel_for(windows.size(), context, [&](std::size_t w) {
    found[w] = snapshot(data, selection, windows[w].days, options, inside);
    context.advance();
  });
  if (context.stopped()) return cancelled();
  for (const auto& window : found)
    if (!window) return tl::unexpected(window.error());

  History history;
  history.events.name = "cluster-history";
  history.events.columns = {
      detail("window_from"), {"window_to"}, {"cluster"}, {"event"}, detail("community"), {"from"}, {"size"},
      {"jaccard"},           {"name"}};
  history.stability.name = "cluster-stability";
  history.stability.columns = {detail("window_from"), {"window_to"},    detail("id"), {"name"},
                               {"cluster"},           {"mates_before"}, {"kept"},     {"stability"}};
  std::uint32_t communities = 0;
  std::vector<std::uint32_t> number;  // of the communities before, as long as they continue
  const Snapshot nobody;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const Snapshot &before = w == 0 ? nobody : *found[w - 1], &after = *found[w];
    const Cell from = format_day(windows[w].days.from), to = format_day(windows[w].days.to);
    std::vector<std::uint32_t> next(after.communities.size());
    for (const Succession& row : track(before.communities, after.communities)) {
      const bool of_after = row.event != CommunityEvent::death;
      const std::uint32_t shown = of_after ? *row.to : *row.from;
      std::uint32_t community = 0;
      if (row.event == CommunityEvent::birth || row.event == CommunityEvent::split)
        community = next[shown] = ++communities;
      else if (row.event == CommunityEvent::continued)
        community = next[shown] = number[*row.from];
      else
        community = number[*row.from];
      const Snapshot& described = of_after ? after : before;
      history.events.rows.push_back({from, to, row.to ? count_cell(*row.to + 1) : Cell{}, text_cell(name_of(row.event)),
                                     count_cell(community), row.from ? count_cell(*row.from + 1) : Cell{},
                                     count_cell(described.communities[shown].size()), number_cell(row.jaccard),
                                     described.names[shown]});
    }
    number = std::move(next);
    if (w > 0) add_stability(history.stability, data, from, to, before, after);
  }
  history.events.caption = fmt::format("What became of communities by {} over {} windows: {} in all",
                                       options.method->name, windows.size(), communities);
  history.stability.caption =
      fmt::format("Share of each investor's mates that are in its community in the next of {} windows", windows.size());
  for (Table* table : {&history.events, &history.stability})
    if (!found.empty() && found.front()->undated > 0)
      table->notes.push_back(fmt::format("rounds without a date, which are in no window: {}", found.front()->undated));
  return history;
}

}  // namespace coinvest
