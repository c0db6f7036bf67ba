// SPDX-License-Identifier: Apache-2.0
#include "cli/path_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "coinvest/base/text.hpp"

namespace coinvest::cli {
namespace {

constexpr std::size_t widest_label = 30;
constexpr double size_of_ends = 0.7, size_between = 0.25;

/// "3 rounds, last 2021-05-06".
std::string what_ties(const Deals& deals, const Introduction& step) {
  DateInterval last;
  for (const std::size_t round : step.rounds)
    if (const DateInterval date = deals.date(round); date.known() && (!last.known() || last.high < date.high))
      last = date;
  return fmt::format("{} {}{}{}", step.rounds.size(), step.rounds.size() == 1 ? "round" : "rounds",
                     last.known() ? ", last " : "", format_date(last));
}

}  // namespace

Drawing path_drawing(const Deals& deals, std::span<const IntroductionPath> paths, InvestorId from, InvestorId to) {
  const Dataset& data = *deals.data;
  Drawing drawing;
  drawing.name = "path";
  drawing.engine = "dot";
  drawing.weight_means = "strength of the tie";
  std::map<InvestorId, std::uint32_t> position_of;
  const auto position = [&](InvestorId investor) {
    const auto [found, is_new] = position_of.try_emplace(investor, static_cast<std::uint32_t>(drawing.nodes.size()));
    if (is_new) {
      const std::string& name = data.name(investor);
      drawing.nodes.push_back({.id = static_cast<std::uint32_t>(index(investor)),
                               .label = clip(name, widest_label),
                               .tooltip = name + " (investor)",
                               .size = investor == from || investor == to ? size_of_ends : size_between});
    }
    return found->second;
  };
  position(from);
  drawing.caption.push_back(fmt::format("The {} best way{} from {} to {} by co-investment.", paths.size(),
                                        paths.size() == 1 ? "" : "s", data.name(from), data.name(to)));
  if (paths.empty())
    drawing.caption.back() = fmt::format("No tie leads from {} to {}.", data.name(from), data.name(to));
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> edge_of;
  std::map<std::size_t, std::vector<std::size_t>> ways;  // that take an edge
  std::set<std::string> conflicts;
  for (std::size_t number = 1; const IntroductionPath& path : paths) {
    std::string way = fmt::format("{}: {}", number, data.name(from));
    for (const Introduction& step : path.steps) {
      way += " – " + data.name(step.to);
      const std::uint32_t one = position(step.from), other = position(step.to);
      const auto [edge, is_new] = edge_of.try_emplace(std::minmax(one, other), drawing.edges.size());
      if (is_new)
        drawing.edges.push_back({.from = one,
                                 .to = other,
                                 .weight = step.weight,
                                 .tooltip = fmt::format("{} – {}, {}, weight {:.4g}", data.name(step.from),
                                                        data.name(step.to), what_ties(deals, step), step.weight),
                                 .label = what_ties(deals, step)});
      ways[edge->second].push_back(number);
      for (const Conflict& conflict : step.conflicts) {
        conflicts.insert(fmt::format("{} and {} back competitors in {}.", data.name(step.from), data.name(step.to),
                                     conflict.sector));
        drawing.edges[edge->second].line = EdgeLine::dashed;
      }
    }
    drawing.caption.push_back(fmt::format("{}, strength {:.3g}.", way, path.strength));
    ++number;
  }
  for (const auto& [edge, numbers] : ways)
    drawing.edges[edge].label += fmt::format("; way{} {}", numbers.size() == 1 ? "" : "s", fmt::join(numbers, ", "));
  position(to);
  drawing.line_means = {"", "its ends back competitors in one sector", ""};
  drawing.caption.insert(drawing.caption.end(), conflicts.begin(), conflicts.end());
  return drawing;
}

}  // namespace coinvest::cli
