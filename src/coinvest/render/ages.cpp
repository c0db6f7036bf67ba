// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/ages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <vector>

namespace coinvest {
namespace {

using Positions = std::vector<std::size_t>;  // of rounds among the deals, ascending

/// The date of the rounds that may have been last; unknown if none of them has one.
template <typename Rounds>
DateInterval last_of(const Deals& deals, const Rounds& rounds) {
  DateInterval last;
  for (const std::size_t round : rounds) {
    const DateInterval date = deals.date(round);
    if (date.known() && (!last.known() || last.high < date.high)) last = date;
  }
  return last;
}

}  // namespace

void add_ages(Drawing& drawing, const Deals& deals) {
  std::map<std::uint32_t, Positions> rounds_of;  // by investor
  for (const DrawingNode& node : drawing.nodes)
    if (node.shape == NodeShape::investor) rounds_of[node.id];
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (const InvestorId investor : deals.participants(round))
      if (const auto found = rounds_of.find(static_cast<std::uint32_t>(index(investor))); found != rounds_of.end())
        found->second.push_back(round);

  const auto shared = [&](const DrawingNode& one, const DrawingNode& other) {
    const Positions& rounds = rounds_of[one.id];
    Positions both;
    if (other.shape == NodeShape::investor)
      std::ranges::set_intersection(rounds, rounds_of[other.id], std::back_inserter(both));
    else
      std::ranges::copy_if(rounds, std::back_inserter(both),
                           [&](std::size_t round) { return index(deals.company(round)) == other.id; });
    return both;
  };
  std::vector<DateInterval> last;
  Day newest = Day::min(), oldest = Day::max();
  for (const DrawingEdge& edge : drawing.edges) {
    const DrawingNode &from = drawing.nodes[edge.from], &to = drawing.nodes[edge.to];
    const bool investor_first = from.shape == NodeShape::investor;
    last.push_back(last_of(deals, shared(investor_first ? from : to, investor_first ? to : from)));
    if (!last.back().known()) continue;
    newest = std::max(newest, last.back().high);
    oldest = std::min(oldest, last.back().high);
  }
  for (std::size_t i = 0; i < last.size(); ++i) {
    if (!last[i].known()) continue;
    DrawingEdge& edge = drawing.edges[i];
    edge.tooltip += fmt::format(", last {}", format_date(last[i]));
    if (oldest < newest)
      edge.age = static_cast<double>((newest - last[i].high).count()) / static_cast<double>((newest - oldest).count());
  }
  if (oldest < newest)
    drawing.age_means = fmt::format("last deal long ago ({} to {})", format_day(oldest), format_day(newest));
}

}  // namespace coinvest
