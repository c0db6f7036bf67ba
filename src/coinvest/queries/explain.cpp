// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "coinvest/exits/events.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/facts.hpp"
#include "coinvest/queries/leave_one_out.hpp"
#include "coinvest/queries/paths.hpp"
#include "coinvest/queries/sources.hpp"

namespace coinvest {
namespace {

/// Of x shared of N, of which the ends have k_a and k_b: in the order of TieWeight.
constexpr std::array<std::string_view, 8> weight_rules{
    "1 for every tie",
    "how many {} both share",
    "over the {} that both share, the sum of 1/(investors - 1)",
    "the {} that both share, over those that either has",
    "the {} that both share, over those of the end that has fewer",
    "the {} that both share, over the root of the product of what each has",
    "the {} that both share, times all, over the product of what each has",
    "over the {} that both share, the sum of 2^(-age/half-life)",
};

std::string tie_rule(const TieOptions& options) {
  std::string rule = options.by == TieBy::round ? "both took part in one round"
                     : options.by == TieBy::company
                         ? "both hold one company, whenever they came in"
                         : fmt::format("both invested in one company within {} days", options.days);
  if (options.min_shared > 1) rule += fmt::format("; {} or more shared", options.min_shared);
  if (options.max_syndicate > 0) rule += fmt::format("; of at most {} investors", options.max_syndicate);
  return rule;
}

/// The weight of the tie of two investors, and how many rounds or companies made it; 0 without a tie.
struct Weight {
  double weight = 0;
  std::uint32_t shared = 0;
};

Result<Weight> weight_of(const Deals& deals, const TieOptions& options, InvestorId a, InvestorId b,
                         const Context& context) {
  const auto graph = build_coinvestment(deals, build_bipartite(deals), options, context);
  if (!graph) return tl::unexpected(graph.error());
  const auto from = std::ranges::lower_bound(graph->investors, a), to = std::ranges::lower_bound(graph->investors, b);
  if (from == graph->investors.end() || *from != a || to == graph->investors.end() || *to != b) return Weight{};
  const auto vertex = static_cast<std::uint32_t>(from - graph->investors.begin());
  const auto neighbours = graph->view().neighbours_of(vertex);
  const auto at = std::ranges::lower_bound(neighbours, static_cast<std::uint32_t>(to - graph->investors.begin()));
  if (at == neighbours.end() || static_cast<std::ptrdiff_t>(*at) != to - graph->investors.begin()) return Weight{};
  const std::uint64_t edge = graph->offsets[vertex] + static_cast<std::uint64_t>(at - neighbours.begin());
  return Weight{graph->weights[edge], graph->shared[edge]};
}

/// Rounds with their rows: all of them, or those of some investors alone.
Table rounds_table(const Deals& deals, std::span<const std::size_t> rounds, std::span<const InvestorId> only) {
  const Dataset& data = *deals.data;
  const auto part = [&](std::size_t position, InvestorId investor) {
    const auto place = place_in(deals, position, investor);
    return !place ? Cell{} : text_cell(deals.leads[*place] == Lead::yes ? "led" : "joined");
  };
  std::vector<ColumnOf<std::size_t>> columns{
      {{"company"}, [&](std::size_t p) { return Cell{data.name(deals.company(p))}; }},
      {{"round"}, [&](std::size_t p) { return text_or_nothing(data.text(data.rounds.label[index(deals.rounds[p])])); }},
      {{"date"}, [&](std::size_t p) { return date_cell(deals.date(p)); }},
      {{"investors"}, [&](std::size_t p) { return count_cell(deals.participants(p).size()); }}};
  constexpr std::array heads{"a", "b"};
  for (std::size_t one = 0; one < only.size(); ++one)
    columns.push_back(
        {{only.size() == 1 ? "part" : heads[one]}, [&, one](std::size_t p) { return part(p, only[one]); }});
  columns.push_back({{"sources", Shown::wrapped}, [&](std::size_t p) {
                       return Cell{text_of(data, rows_behind(deals, p, only.empty() ? deals.participants(p) : only))};
                     }});
  Table table;
  table.name = "rounds";
  fill<std::size_t>(table, rounds, columns);
  return table;
}

/// The rounds for which `takes` is true, by date, the undated ones last.
template <typename Takes>
std::vector<std::size_t> rounds_where(const Deals& deals, Takes takes) {
  std::vector<std::size_t> rounds;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (takes(position)) rounds.push_back(position);
  std::ranges::stable_sort(rounds, {}, [&](std::size_t p) { return deals.date(p).low; });
  return rounds;
}

/// Why an event is the exit of its investor, or is not.
std::string_view reason(const ExitEvent& event) {
  if (event.decisive) return "the exit: it counts, and none that counts is earlier";
  if (!event.counts_as_exit) return "no exit: events of this kind do not count";
  if (event.anomaly == ExitAnomaly::exit_before_entry) return "not the exit: it lies before the entry";
  return "not the exit: an earlier one counts";
}

std::string_view meaning(Evidence evidence) {
  switch (evidence) {
    case Evidence::company:
      return "an event of the company; who sold is not known";
    case Evidence::registry:
      return "a shareholder register";
    case Evidence::investor:
      return "said of this investor";
  }
  return {};
}

}  // namespace

Result<std::vector<Table>> explain_pair(const Deals& deals, const TieOptions& options, InvestorId a, InvestorId b,
                                        std::uint64_t most, const Context& context) {
  if (a == b) return fail(ErrorKind::usage, "both ends are the same investor");
  const Dataset& data = *deals.data;
  const auto tie = weight_of(deals, options, a, b, context);
  if (!tie) return tl::unexpected(tie.error());
  const Portfolios held = portfolios(deals);
  const bool by_round = options.by == TieBy::round;
  const auto has = [&](InvestorId one) {
    if (!by_round) return count_cell(held.contains(one) ? held.at(one).size() : 0);
    return count_cell(rounds_where(deals, [&](std::size_t p) { return place_in(deals, p, one).has_value(); }).size());
  };
  const auto named = rounds_where(deals, [&](std::size_t p) { return !deals.participants(p).empty(); });
  std::set<CompanyId> companies;
  for (const std::size_t position : named) companies.insert(deals.company(position));
  const char* what = by_round ? "rounds" : "companies";
  const bool known = held.contains(a) && held.contains(b);
  const std::vector<std::size_t> behind =
      known ? rounds_behind(deals, options.by, a, b, held) : std::vector<std::size_t>();

  std::vector<Table> tables{
      facts("number", fmt::format("The tie of {} and {}", data.name(a), data.name(b)),
            {{"weight", number_cell(tie->weight)},
             {"weight_is",
              text_cell(fmt::format(fmt::runtime(weight_rules[static_cast<std::size_t>(options.weight)]), what))},
             {"tied_if", text_cell(tie_rule(options))},
             {fmt::format("shared_{}", what), count_cell(tie->shared)},
             {fmt::format("{}_of_a", what), has(a)},
             {fmt::format("{}_of_b", what), has(b)},
             {fmt::format("{}_in_all", what), count_cell(by_round ? named.size() : companies.size())}})};
  for (const InvestorId end : {a, b})
    if (!held.contains(end))
      tables.front().notes.push_back(data.name(end) + " takes part in none of the selected rounds");
  const std::array both{a, b};
  tables.push_back(rounds_table(deals, behind, both));
  tables.back().caption =
      by_round ? "The rounds in which both took part" : "The rounds of either in companies that both hold";
  if (tie->shared == 0) {
    if (known) tables.front().notes.emplace_back("no tie");
    return tables;
  }
  const auto again = [&](const Deals& rest, const Context& inside) -> Result<Standing> {
    return weight_of(rest, options, a, b, inside).map([](const Weight& one) { return Standing{one.weight, {}}; });
  };
  // By these two, every round moves the tie: how many there are, and the last day.
  const bool all_matter = options.weight == TieWeight::lift || options.weight == TieWeight::recency;
  std::set<CompanyId> shared;
  for (const std::size_t position : behind) shared.insert(deals.company(position));
  const auto may_change = [&](std::size_t p) {
    return all_matter || shared.contains(deals.company(p)) || place_in(deals, p, a) || place_in(deals, p, b);
  };
  auto without = leave_one_out(deals, behind, {tie->weight, {}}, again, may_change, most, context);
  if (!without) return tl::unexpected(without.error());
  tables.push_back(std::move(*without));
  return tables;
}

Result<std::vector<Table>> explain_rank(const Deals& deals, const Measure& measure, const Ranked& who,
                                        const RankDeals& rank, std::uint64_t most, const Context& context) {
  const Dataset& data = *deals.data;
  const std::string id = who.investor ? id_text(data, *who.investor) : id_text(data, who.company);
  const std::string& name = who.investor ? data.name(*who.investor) : data.name(who.company);
  const auto now = rank(deals, context);
  if (!now) return tl::unexpected(now.error());
  const auto column = [](const Table& table, std::string_view head) {
    return static_cast<std::size_t>(std::ranges::find(table.columns, head, &ColumnHead::name) - table.columns.begin());
  };
  const auto standing_in = [&](const Table& table) {
    Standing standing;
    const std::size_t at = column(table, "id");
    const auto row = std::ranges::find_if(table.rows, [&](const auto& cells) { return cells[at] == Cell{id}; });
    if (row == table.rows.end()) return standing;
    if (const auto* value = std::get_if<double>(&(*row)[column(table, measure.name)])) standing.value = *value;
    if (const auto* place = std::get_if<std::int64_t>(&(*row)[column(table, "rank")])) standing.rank = *place;
    return standing;
  };
  const Standing standing = standing_in(*now);
  const auto own = rounds_where(deals, [&](std::size_t p) {
    return who.investor ? place_in(deals, p, *who.investor).has_value() : deals.company(p) == who.company;
  });
  const auto variant =
      std::ranges::find(now->data, fmt::format("{}_variant", measure.name), &std::pair<std::string, Cell>::first);
  std::vector<Table> tables{facts("number", fmt::format("The rank of {} by {}", name, measure.name),
                                  {{"rank", optional_cell(standing.rank)},
                                   {"of", count_cell(now->rows.size())},
                                   {std::string(measure.name), optional_cell(standing.value)},
                                   {"is", text_cell(measure.summary)},
                                   {"computed", variant != now->data.end() ? variant->second : Cell{}},
                                   {"unit", text_cell(measure.unit)},
                                   {"defined_by", text_cell(measure.source)}})};
  tables.front().notes = now->notes;
  if (own.empty()) tables.front().notes.push_back(name + " is in none of the selected rounds");
  const std::vector<InvestorId> only = who.investor ? std::vector{*who.investor} : std::vector<InvestorId>();
  tables.push_back(rounds_table(deals, own, only));
  tables.back().caption = fmt::format("The rounds of {}", name);
  if (own.empty()) return tables;
  const auto again = [&](const Deals& rest, const Context& inside) -> Result<Standing> {
    return rank(rest, inside).map(standing_in);
  };
  const auto any = [](std::size_t) { return true; };
  auto without = leave_one_out(deals, own, standing, again, any, most, context);
  if (!without) return tl::unexpected(without.error());
  tables.push_back(std::move(*without));
  return tables;
}

std::vector<Table> explain_exit(const Deals& deals, CompanyId company, std::optional<InvestorId> investor) {
  const Dataset& data = *deals.data;
  const auto all = holdings(deals);
  const Holding* holding = investor ? find_holding(all, company, *investor) : nullptr;
  std::vector<ExitEvent> events = exit_events(deals);
  // Of a company each of its events once, not again for each of its investors.
  std::erase_if(events, [&](const ExitEvent& event) {
    if (event.company != company) return true;
    return investor ? event.investor != investor : event.investor && event.grade == Evidence::company;
  });
  const auto exit = std::ranges::find_if(
      events, [&](const ExitEvent& event) { return event.decisive && event.investor == investor; });
  const bool out = exit != events.end();
  const auto days = [&](std::int64_t DaysRange::*end) {
    return out && exit->holding ? count_cell((*exit->holding).*end) : Cell{};
  };
  std::vector<Table> tables{facts("number",
                                  investor
                                      ? fmt::format("The exit of {} from {}", data.name(*investor), data.name(company))
                                      : fmt::format("The exit of {}", data.name(company)),
                                  {{"exit", out ? text_cell(name_of(exit->code)) : Cell{}},
                                   {"is", out ? text_cell(kind_of(exit->code).summary) : Cell{}},
                                   {"grade", out ? text_cell(name_of(exit->grade)) : Cell{}},
                                   {"known_from", out ? text_cell(meaning(exit->grade)) : Cell{}},
                                   {"date", out ? date_cell(exit->date) : Cell{}},
                                   {"entered", holding != nullptr ? date_cell(holding->entered) : Cell{}},
                                   {"holding_days_low", days(&DaysRange::low)},
                                   {"holding_days_high", days(&DaysRange::high)},
                                   {"investors", investor ? Cell{} : count_cell(holders_of(all, company).size())},
                                   {"source", out ? Cell{data.place(exit->source)} : Cell{}}})};
  if (!out) tables.front().notes.emplace_back(events.empty() ? "no event is known" : "no event decides");
  if (investor && holding == nullptr)
    tables.front().notes.push_back(
        fmt::format("{} takes part in no selected round of {}", data.name(*investor), data.name(company)));

  Table& table = tables.emplace_back();
  table.name = "events";
  table.caption = "What is known of it, and what follows";
  fill<ExitEvent>(table, events,
                  {{investor ? detail("investor") : ColumnHead{"investor"},
                    [&](const ExitEvent& e) { return e.investor ? Cell{data.name(*e.investor)} : Cell{}; }},
                   {{"date"}, [](const ExitEvent& e) { return date_cell(e.date); }},
                   {{"code"}, [](const ExitEvent& e) { return text_cell(name_of(e.code)); }},
                   {detail("word"), [](const ExitEvent& e) { return text_or_nothing(e.word); }},
                   {{"grade"}, [](const ExitEvent& e) { return text_cell(name_of(e.grade)); }},
                   {detail("decides"), [](const ExitEvent& e) { return Cell{e.decisive}; }},
                   {detail("anomaly"), [](const ExitEvent& e) { return text_or_nothing(name_of(e.anomaly)); }},
                   {{"sources"},
                    [&](const ExitEvent& e) {
                      std::vector<SourceRow> rows{e.source};
                      if (e.also) rows.push_back(*e.also);
                      return Cell{text_of(data, std::move(rows))};
                    }},
                   {{"reason", Shown::wrapped}, [](const ExitEvent& e) { return text_cell(reason(e)); }}});
  if (!investor)
    table.notes.emplace_back("events of the company concern each of its investors: name one to see its own exit");

  if (investor) {
    const std::array only{*investor};
    tables.push_back(rounds_table(
        deals,
        rounds_where(deals,
                     [&](std::size_t p) { return deals.company(p) == company && place_in(deals, p, *investor); }),
        only));
    tables.back().caption = "The rounds in which it took part";
  }
  return tables;
}

}  // namespace coinvest
