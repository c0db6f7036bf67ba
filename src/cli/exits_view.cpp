// SPDX-License-Identifier: Apache-2.0
#include "cli/exits_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace coinvest::cli {
namespace {

constexpr std::size_t most_told = 12;  // in the caption

/// "IPO 2020".
std::string code_and_year(const ExitEvent& event) {
  if (!event.date.known()) return std::string(name_of(event.code));
  const auto year = [](Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); };
  const int from = year(event.date.low), to = year(event.date.high);
  return from == to ? fmt::format("{} {}", name_of(event.code), from)
                    : fmt::format("{} {}–{}", name_of(event.code), from, to);
}

/// "IPO on 2020-07-20, E1, to somebody".
std::string all_of(const ExitEvent& event) {
  std::string text = fmt::format("{}{}{}, {}", name_of(event.code), event.date.known() ? " on " : "",
                                 format_date(event.date), name_of(event.grade));
  if (!event.counterpart.empty()) text += ", to " + event.counterpart;
  return text;
}

}  // namespace

Bipartite with_exits_alone(const Bipartite& graph, const std::vector<ExitEvent>& events) {
  std::set<CompanyId> gone;
  for (const ExitEvent& event : events)
    if (event.decisive) gone.insert(event.company);
  const auto n = static_cast<std::uint32_t>(graph.investors.size());
  const auto is_kept = [&](std::uint32_t v) { return v < n || gone.contains(graph.companies[v - n]); };
  Bipartite kept = graph;
  kept.offsets = {0};
  kept.neighbours.clear();
  kept.weights.clear();
  for (std::uint32_t v = 0; v + 1 < graph.offsets.size(); ++v) {
    for (std::uint64_t k = graph.offsets[v]; k < graph.offsets[v + 1]; ++k) {
      if (!is_kept(v) || !is_kept(graph.neighbours[k])) continue;
      kept.neighbours.push_back(graph.neighbours[k]);
      kept.weights.push_back(graph.weights[k]);
    }
    kept.offsets.push_back(kept.neighbours.size());
  }
  return kept;
}

void mark_exits(Drawing& drawing, const Dataset& data, const std::vector<ExitEvent>& events) {
  std::map<std::uint32_t, const ExitEvent*> of_company;
  std::map<std::pair<std::uint32_t, std::uint32_t>, const ExitEvent*> of_investor;  // by company and investor
  for (const ExitEvent& event : events) {
    if (!event.decisive) continue;
    const auto company = static_cast<std::uint32_t>(index(event.company));
    if (event.investor)
      of_investor[{company, static_cast<std::uint32_t>(index(*event.investor))}] = &event;
    else
      of_company[company] = &event;
  }
  for (DrawingNode& node : drawing.nodes) {
    const auto found = of_company.find(node.id);
    if (node.shape != NodeShape::company || found == of_company.end()) continue;
    node.remark = fmt::format(" ({})", code_and_year(*found->second));
    node.tooltip += ": " + all_of(*found->second);
  }
  std::vector<std::string> left;
  std::size_t all_left = 0;
  for (DrawingEdge& edge : drawing.edges) {
    const DrawingNode &one = drawing.nodes[edge.from], &other = drawing.nodes[edge.to];
    const bool company_first = one.shape == NodeShape::company;
    const auto found = of_investor.find({company_first ? one.id : other.id, company_first ? other.id : one.id});
    if (found == of_investor.end()) continue;
    const ExitEvent& event = *found->second;
    edge.tooltip += "; " + all_of(event);
    edge.line = event.grade == Evidence::company ? EdgeLine::dotted : EdgeLine::dashed;
    if (edge.line == EdgeLine::dotted) continue;
    if (left.size() < most_told)
      left.push_back(
          fmt::format("{} from {} ({})", data.name(*event.investor), data.name(event.company), code_and_year(event)));
    ++all_left;
  }
  if (!left.empty())
    drawing.caption.insert(
        drawing.caption.begin() + 1,
        fmt::format("Who left: {}{}.", fmt::join(left, "; "),
                    all_left > left.size() ? fmt::format("; and {} more", all_left - left.size()) : ""));
  drawing.line_means = {"still held, as far as is known", "this investor left",
                        "the company was listed, sold or closed; whether this investor left is not known"};
}

}  // namespace coinvest::cli
