// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/tie_groups.hpp"

#include <algorithm>

namespace coinvest {
namespace {

/// Adds a group unless it makes no tie; returns false if it is larger than allowed.
bool add_group(TieGroups& groups, std::vector<std::uint32_t>& members, std::size_t origin, std::uint32_t largest) {
  if (largest != 0 && members.size() > largest) return false;
  if (members.size() > 1) {
    groups.members.insert(groups.members.end(), members.begin(), members.end());
    groups.offsets.push_back(groups.members.size());
    groups.origin.push_back(origin);
  }
  return true;
}

std::uint32_t vertex_of(const Bipartite& graph, InvestorId investor) {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(graph.investors, investor) - graph.investors.begin());
}

void add_visits(TieGroups& groups, const Deals& deals, const Bipartite& graph, TieBy by) {
  constexpr std::size_t none = ~std::size_t{0};
  std::vector<std::size_t> group_of(std::max(deals.size(), graph.investors.size() + graph.companies.size()), none);
  for (std::size_t group = 0; group < groups.size(); ++group) group_of[groups.origin[group]] = group;
  groups.visits.resize(groups.members.size());
  groups.rounds.resize(groups.members.size());
  groups.came_in.assign(groups.members.size(), Day::max());
  for (std::size_t position = 0; position < deals.size(); ++position) {
    if (deals.participants(position).empty()) continue;  // its company may be no vertex
    const auto company = std::ranges::lower_bound(graph.companies, deals.company(position)) - graph.companies.begin();
    const std::size_t origin =
        by == TieBy::round ? position : graph.investors.size() + static_cast<std::size_t>(company);
    const std::size_t group = group_of[origin];
    if (group == none) continue;
    const auto begin = groups.members.begin() + static_cast<std::ptrdiff_t>(groups.offsets[group]);
    const auto end = groups.members.begin() + static_cast<std::ptrdiff_t>(groups.offsets[group + 1]);
    const DateInterval date = deals.date(position);
    for (const InvestorId investor : deals.participants(position)) {
      const auto at =
          static_cast<std::size_t>(std::lower_bound(begin, end, vertex_of(graph, investor)) - groups.members.begin());
      groups.visits[at].push_back(date);
      groups.rounds[at].push_back(position);
      if (date.known()) groups.came_in[at] = std::min(groups.came_in[at], middle(date));
    }
  }
}

/// Days between two dates, by the rule.
std::chrono::days apart(const DateInterval& a, const DateInterval& b, PartialDate rule) {
  const auto gap = [](Day x, Day y) { return x < y ? y - x : x - y; };
  if (rule == PartialDate::mid) return gap(middle(a), middle(b));
  if (rule == PartialDate::strict) return std::max(gap(a.low, b.high), gap(a.high, b.low));
  if (a.low <= b.high && b.low <= a.high) return std::chrono::days(0);
  return std::min(gap(a.low, b.high), gap(a.high, b.low));
}

}  // namespace

TieGroups tie_groups(const Deals& deals, const Bipartite& graph, const TieOptions& options, std::uint64_t& skipped) {
  TieGroups groups;
  std::vector<std::uint32_t> members;
  if (options.by == TieBy::round) {
    std::vector<std::uint32_t> vertex_at(deals.data->investors.size());
    for (std::uint32_t vertex = 0; vertex < graph.investors.size(); ++vertex)
      vertex_at[index(graph.investors[vertex])] = vertex;
    for (std::size_t round = 0; round < deals.size(); ++round) {
      members.clear();
      for (const InvestorId investor : deals.participants(round)) members.push_back(vertex_at[index(investor)]);
      if (!add_group(groups, members, round, options.max_syndicate)) ++skipped;
    }
  } else {
    const GraphView view = graph.view();
    for (std::uint32_t company = view.investors; company < view.vertices(); ++company) {
      const auto holders = view.neighbours_of(company);
      members.assign(holders.begin(), holders.end());
      if (!add_group(groups, members, company, options.max_syndicate)) ++skipped;
    }
  }
  if (options.by == TieBy::window || options.weight == TieWeight::recency) add_visits(groups, deals, graph, options.by);
  return groups;
}

bool met_within(const TieGroups& groups, std::uint64_t a, std::uint64_t b, std::uint32_t days, PartialDate rule) {
  for (std::size_t i = 0; i < groups.visits[a].size(); ++i)
    for (std::size_t j = 0; j < groups.visits[b].size(); ++j) {
      if (groups.rounds[a][i] == groups.rounds[b][j]) return true;
      const DateInterval &of_a = groups.visits[a][i], &of_b = groups.visits[b][j];
      if (of_a.known() && of_b.known() && apart(of_a, of_b, rule) <= std::chrono::days(days)) return true;
    }
  return false;
}

}  // namespace coinvest
