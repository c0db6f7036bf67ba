// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/paths.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "coinvest/model/called.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/partners.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {
namespace {

double strength_of(double weight) {
  return weight / (1 + weight);
}

struct Stronger {
  bool operator()(const VertexPath& a, const VertexPath& b) const {
    return std::tuple(-ranked(a.strength), a.vertices.size(), std::cref(a.vertices).get()) <
           std::tuple(-ranked(b.strength), b.vertices.size(), std::cref(b.vertices).get());
  }
};

/// How a vertex is joined to the end of a path.
struct Reach {
  double strength = 0;
  std::int64_t ties = 0;
  /// The larger the better, as `Stronger` compares.
  std::pair<double, std::int64_t> rank() const { return {ranked(strength), -ties}; }
  Reach through(double weight) const { return {strength * strength_of(weight), ties + 1}; }
};

/// For every vertex its best path to `to` through vertices that are not `closed`; of strength 0 if there is none.
std::vector<Reach> reaches_to(const GraphView& graph, std::uint32_t to, const std::vector<char>& closed) {
  std::vector<Reach> best(graph.vertices());
  std::priority_queue<std::pair<std::pair<double, std::int64_t>, std::uint32_t>> open;
  best[to] = {1, 0};
  open.emplace(best[to].rank(), to);
  while (!open.empty()) {
    const auto [rank, vertex] = open.top();
    open.pop();
    if (rank < best[vertex].rank()) continue;
    const auto neighbours = graph.neighbours_of(vertex);
    const auto weights = graph.weights_of(vertex);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      const Reach through = best[vertex].through(weights[i]);
      if (closed[neighbours[i]] != 0 || through.rank() <= best[neighbours[i]].rank()) continue;
      best[neighbours[i]] = through;
      open.emplace(through.rank(), neighbours[i]);
    }
  }
  return best;
}

/// The strongest path that begins with `root`, goes on to none of `barred`, and ends at `to`.
std::optional<VertexPath> completed(const GraphView& graph, std::span<const std::uint32_t> root, std::uint32_t to,
                                    const std::set<std::uint32_t>& barred) {
  std::vector<char> closed(graph.vertices(), 0);
  for (const std::uint32_t vertex : root) closed[vertex] = 1;
  const std::vector<Reach> best = reaches_to(graph, to, closed);
  VertexPath path{1, {root.begin(), root.end()}};
  while (path.vertices.back() != to) {
    const std::uint32_t at = path.vertices.back();
    const auto neighbours = graph.neighbours_of(at);
    const auto weights = graph.weights_of(at);
    std::optional<std::size_t> next;
    Reach strongest;
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (closed[neighbours[i]] != 0 || (path.vertices.size() == root.size() && barred.contains(neighbours[i])))
        continue;
      const Reach through = best[neighbours[i]].through(weights[i]);
      if (through.rank() <= strongest.rank()) continue;
      strongest = through;
      next = i;
    }
    if (!next) return std::nullopt;
    path.vertices.push_back(neighbours[*next]);
    closed[neighbours[*next]] = 1;
  }
  return path;
}

double weight_between(const GraphView& graph, std::uint32_t a, std::uint32_t b) {
  const auto neighbours = graph.neighbours_of(a);
  return graph.weights_of(a)[static_cast<std::size_t>(std::ranges::lower_bound(neighbours, b) - neighbours.begin())];
}

/// The sectors in which both hold companies that the other does not.
std::vector<Conflict> conflicts(const Portfolio& from, const Portfolio& to,
                                const std::map<CompanyId, std::string_view>& sector_of) {
  std::map<std::string_view, Conflict> by_sector;
  const auto add = [&](const Portfolio& own, const Portfolio& other, std::vector<CompanyId> Conflict::*held) {
    for (const CompanyId company : own)
      if (const std::string_view sector = sector_of.at(company); !sector.empty() && !other.contains(company))
        (by_sector[sector].*held).push_back(company);
  };
  add(from, to, &Conflict::of_from);
  add(to, from, &Conflict::of_to);
  std::vector<Conflict> result;
  for (auto& [sector, conflict] : by_sector) {
    if (conflict.of_from.empty() || conflict.of_to.empty()) continue;
    conflict.sector = sector;
    result.push_back(std::move(conflict));
  }
  return result;
}

/// Company, round, date (file:line).
std::string described(const Deals& deals, std::size_t position) {
  const Dataset& data = *deals.data;
  const std::size_t round = index(deals.rounds[position]);
  std::string text = data.name(deals.company(position));
  for (const std::string& word : {data.text(data.rounds.label[round]), format_date(deals.date(position))})
    if (!word.empty()) text += " " + word;
  return fmt::format("{} ({})", text, data.place(data.rounds.source[round]));
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

std::vector<std::size_t> rounds_behind(const Deals& deals, TieBy by, InvestorId a, InvestorId b,
                                       const Portfolios& held) {
  std::vector<std::size_t> rounds;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const bool with_a = std::ranges::binary_search(deals.participants(position), a);
    const bool with_b = std::ranges::binary_search(deals.participants(position), b);
    const CompanyId company = deals.company(position);
    if (by == TieBy::round ? with_a && with_b
                           : (with_a || with_b) && held.at(a).contains(company) && held.at(b).contains(company))
      rounds.push_back(position);
  }
  std::ranges::stable_sort(rounds, {}, [&](std::size_t position) {
    return deals.date(position).known() ? deals.date(position).low : Day::min();
  });
  return rounds;
}

Result<std::vector<VertexPath>> strongest_paths(const GraphView& graph, std::uint32_t from, std::uint32_t to,
                                                std::size_t most, const Context& context) {
  std::vector<VertexPath> found;
  std::set<VertexPath, Stronger> candidates;
  const auto add = [&](std::span<const std::uint32_t> root, const std::set<std::uint32_t>& barred) {
    auto path = completed(graph, root, to, barred);
    if (!path) return;
    for (std::size_t i = 1; i < path->vertices.size(); ++i)
      path->strength *= strength_of(weight_between(graph, path->vertices[i - 1], path->vertices[i]));
    candidates.insert(std::move(*path));
  };
  context.start("introductions", most);
  add(std::span(&from, 1), {});
  while (found.size() < most && !candidates.empty()) {
    found.push_back(std::move(candidates.extract(candidates.begin()).value()));
    const std::vector<std::uint32_t>& last = found.back().vertices;
    for (std::size_t length = 1; length < last.size() && found.size() < most; ++length) {
      if (context.stopped()) return cancelled();
      std::set<std::uint32_t> barred;  // where the paths found go on from this root
      for (const VertexPath& path : found)
        if (path.vertices.size() > length &&
            std::equal(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(length), path.vertices.begin()))
          barred.insert(path.vertices[length]);
      add(std::span(last).first(length), barred);
    }
    context.advance();
  }
  return found;
}

Result<InvestorId> counted_investor(const Deals& deals, std::string_view name) {
  auto found = investor_called(*deals.data, name);
  if (!found) return found;
  return RollupMap(*deals.data, deals.rollup).of(*found, {});
}

Result<std::vector<IntroductionPath>> introductions(const Deals& deals, const Coinvestment& graph, TieBy by,
                                                    InvestorId from, InvestorId to, std::size_t most,
                                                    const Context& context) {
  if (from == to) return fail(ErrorKind::usage, "both ends are the same investor");
  std::vector<std::uint32_t> ends;
  for (const InvestorId end : {from, to}) {
    const auto at = std::ranges::lower_bound(graph.investors, end);
    if (at == graph.investors.end() || *at != end) return std::vector<IntroductionPath>();
    ends.push_back(static_cast<std::uint32_t>(at - graph.investors.begin()));
  }
  const GraphView view = graph.view();
  const auto paths = strongest_paths(view, ends[0], ends[1], most, context);
  if (!paths) return tl::unexpected(paths.error());
  const Portfolios held = portfolios(deals);
  const auto sector_of = sectors(deals);
  std::vector<IntroductionPath> result;
  for (const VertexPath& path : *paths) {
    IntroductionPath& way = result.emplace_back();
    way.strength = path.strength;
    for (std::size_t i = 1; i < path.vertices.size(); ++i) {
      const std::uint32_t a = path.vertices[i - 1], b = path.vertices[i];
      Introduction& step = way.steps.emplace_back();
      step.from = graph.investors[a];
      step.to = graph.investors[b];
      step.weight = weight_between(view, a, b);
      step.rounds = rounds_behind(deals, by, step.from, step.to, held);
      step.conflicts = conflicts(held.at(step.from), held.at(step.to), sector_of);
    }
  }
  return result;
}

Result<Table> paths_table(const Deals& deals, const Coinvestment& graph, TieBy by, std::string_view from,
                          std::string_view to, std::size_t most, const Context& context) {
  const auto source = counted_investor(deals, from);
  if (!source) return tl::unexpected(source.error());
  const auto target = counted_investor(deals, to);
  if (!target) return tl::unexpected(target.error());
  const auto paths = introductions(deals, graph, by, *source, *target, most, context);
  if (!paths) return tl::unexpected(paths.error());

  const Dataset& data = *deals.data;
  Table table;
  table.name = "path";
  table.caption = fmt::format("The {} best way{} from {} to {}", paths->size(), paths->size() == 1 ? "" : "s",
                              data.name(*source), data.name(*target));
  note_left_out(table, graph);
  for (const InvestorId end : {*source, *target})
    if (!std::ranges::binary_search(graph.investors, end))
      table.notes.push_back(data.name(end) + " takes part in none of the selected rounds");
  if (paths->empty()) {
    table.caption = fmt::format("No way from {} to {}", data.name(*source), data.name(*target));
    if (table.notes.empty()) table.notes.emplace_back("no chain of ties leads from the one to the other");
  }
  struct Row {
    std::size_t path, step;
    double strength;
    const Introduction* tie;
  };
  std::vector<Row> rows;
  std::size_t conflicting = 0;
  for (std::size_t path = 0; path < paths->size(); ++path)
    for (std::size_t step = 0; step < (*paths)[path].steps.size(); ++step) {
      rows.push_back({path + 1, step + 1, (*paths)[path].strength, &(*paths)[path].steps[step]});
      if (!rows.back().tie->conflicts.empty()) ++conflicting;
    }
  if (conflicting > 0)
    table.notes.push_back(fmt::format("{} of these {} ties join{} investors who back competitors in one sector",
                                      conflicting, rows.size(), conflicting == 1 ? "s" : ""));
  const auto companies = [&](const Row& row, std::vector<CompanyId> Conflict::*held) {
    std::vector<std::string> texts;
    for (const Conflict& conflict : row.tie->conflicts)
      for (const CompanyId company : conflict.*held) texts.push_back(data.name(company));
    return text_or_nothing(joined(texts));
  };
  const auto dates = [&](const Row& row, auto pick) {
    DateInterval date;
    for (const std::size_t position : row.tie->rounds)
      if (const DateInterval of = deals.date(position); of.known()) date = date.known() ? pick(date, of) : of;
    return date_cell(date);
  };
  fill<Row>(table, rows,
            {{{"path"}, [](const Row& row) { return count_cell(row.path); }},
             {{"strength"}, [](const Row& row) { return Cell{row.strength}; }},
             {detail("step"), [](const Row& row) { return count_cell(row.step); }},
             {{"from"}, [&](const Row& row) { return Cell{data.name(row.tie->from)}; }},
             {{"to"}, [&](const Row& row) { return Cell{data.name(row.tie->to)}; }},
             {detail("weight"), [](const Row& row) { return Cell{row.tie->weight}; }},
             {{"count"}, [](const Row& row) { return count_cell(row.tie->rounds.size()); }},
             {detail("first"),
              [&](const Row& row) { return dates(row, [](auto a, auto b) { return b.low < a.low ? b : a; }); }},
             {detail("last"),
              [&](const Row& row) { return dates(row, [](auto a, auto b) { return b.high > a.high ? b : a; }); }},
             {{"conflict"},
              [](const Row& row) {
                std::vector<std::string> texts;
                for (const Conflict& conflict : row.tie->conflicts) texts.emplace_back(conflict.sector);
                return text_or_nothing(joined(texts));
              }},
             {detail("conflict_from"), [&](const Row& row) { return companies(row, &Conflict::of_from); }},
             {detail("conflict_to"), [&](const Row& row) { return companies(row, &Conflict::of_to); }},
             {detail("rounds"),
              [&](const Row& row) {
                std::vector<std::string> texts;
                for (const std::size_t position : row.tie->rounds) texts.push_back(described(deals, position));
                return text_or_nothing(joined(texts));
              }},
             {{"latest", Shown::wrapped}, [&](const Row& row) {
                return row.tie->rounds.empty() ? Cell{} : Cell{described(deals, row.tie->rounds.back())};
              }}});
  return table;
}

}  // namespace coinvest
