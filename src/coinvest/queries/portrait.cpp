// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/portrait.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "coinvest/centrality/measure.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/exits/followon.hpp"
#include "coinvest/exits/holding.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/facts.hpp"
#include "coinvest/queries/following.hpp"
#include "coinvest/queries/leaving.hpp"
#include "coinvest/queries/portfolios.hpp"
#include "coinvest/queries/ranking.hpp"
#include "coinvest/queries/sources.hpp"
#include "coinvest/ties/validate.hpp"

namespace coinvest {
namespace {

struct RankedBy {
  GraphKind graph;
  std::string_view measure, means;
};
/// Quick to compute on any graph; `coinvest centrality` has the others.
constexpr std::array<RankedBy, 5> ranked_by{{{GraphKind::bipartite, "degree", "companies"},
                                             {GraphKind::coinvest, "degree", "partners"},
                                             {GraphKind::coinvest, "strength", "rounds shared, once per partner"},
                                             {GraphKind::coinvest, "outdegree", "partners in rounds that it led"},
                                             {GraphKind::coinvest, "core", "core number"}}};

/// The entry of an investor in a list with a member `investor`; nullptr if it has none.
template <typename Row>
const Row* row_of(const std::vector<Row>& rows, InvestorId investor) {
  const auto found = std::ranges::find(rows, investor, &Row::investor);
  return found == rows.end() ? nullptr : &*found;
}

Result<Table> ranks(const Deals& deals, const Bipartite& bipartite, const Coinvestment& graph, InvestorId investor,
                    std::span<const Measure* const> also, const Context& context) {
  std::vector<RankedBy> wanted(ranked_by.begin(), ranked_by.end());
  for (const Measure* measure : also)
    for (const GraphKind kind : {GraphKind::bipartite, GraphKind::coinvest}) {
      const bool is_there = std::ranges::any_of(
          wanted, [&](const RankedBy& by) { return by.graph == kind && by.measure == measure->name; });
      if (is_defined_on(measure->graphs, kind) && !is_there) wanted.push_back({kind, measure->name, measure->summary});
    }
  Table table;
  table.name = "ranks";
  table.caption = "Ranks among all investors";
  table.columns = {{"measure"}, {"graph"}, {"means"}, {"value"}, {"rank"}, {"of"}};
  for (const RankedBy& by : wanted) {
    const NamedGraph named =
        by.graph == GraphKind::bipartite ? NamedGraph(bipartite, *deals.data) : NamedGraph(graph, *deals.data);
    const Measure* measure = find_measure(by.measure);
    auto ranked = ranking(named, std::span(&measure, 1), RankedSide::investors, Normalised::no, {}, context);
    if (!ranked) return ranked;
    const auto column = [&](std::string_view name) {
      return static_cast<std::size_t>(std::ranges::find(ranked->columns, name, &ColumnHead::name) -
                                      ranked->columns.begin());
    };
    const Cell id = id_text(*deals.data, investor);
    const auto row = std::ranges::find_if(ranked->rows, [&](const auto& cells) { return cells[column("id")] == id; });
    if (row == ranked->rows.end()) continue;
    table.rows.push_back({text_cell(by.measure), text_cell(by.graph == GraphKind::bipartite ? "bipartite" : "coinvest"),
                          text_cell(by.means), (*row)[column(by.measure)], (*row)[column("rank")],
                          count_cell(ranked->rows.size())});
  }
  return table;
}

Table portfolio(const Deals& deals, std::span<const ExitEvent> events, InvestorId investor) {
  struct Row {
    Holding holding;
    std::string_view sector;
    std::uint64_t rounds = 0, led = 0;
    const ExitEvent* exit = nullptr;
  };
  std::map<CompanyId, Row> rows;
  const auto sector_of = sectors(deals);
  for (const Holding& holding : holdings(deals))
    if (holding.investor == investor) rows.emplace(holding.company, Row{holding, sector_of.at(holding.company)});
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (const auto place = place_in(deals, position, investor)) {
      Row& row = rows.at(deals.company(position));
      ++row.rounds;
      row.led += deals.leads[*place] == Lead::yes ? 1U : 0U;
    }
  for (const ExitEvent& event : events)
    if (event.decisive && event.investor == investor)
      if (const auto row = rows.find(event.company); row != rows.end()) row->second.exit = &event;
  std::vector<Row> ordered;
  for (const auto& [company, row] : rows) ordered.push_back(row);
  std::ranges::stable_sort(ordered, {}, [](const Row& row) { return row.holding.entered.low; });

  const Dataset& data = *deals.data;
  Table table;
  table.name = "portfolio";
  table.caption = "Companies, by first round";
  fill<Row>(table, ordered,
            {{detail("id"), [&](const Row& row) { return Cell{id_text(data, row.holding.company)}; }},
             {{"company"}, [&](const Row& row) { return Cell{data.name(row.holding.company)}; }},
             {{"sector"}, [](const Row& row) { return text_or_nothing(row.sector); }},
             {{"entered"}, [](const Row& row) { return date_cell(row.holding.entered); }},
             {{"rounds"}, [](const Row& row) { return count_cell(row.rounds); }},
             {{"led"}, [](const Row& row) { return count_cell(row.led); }},
             {{"exit"}, [](const Row& row) { return row.exit ? text_cell(name_of(row.exit->code)) : Cell{}; }},
             {{"grade"}, [](const Row& row) { return row.exit ? text_cell(name_of(row.exit->grade)) : Cell{}; }},
             {{"exit_date"}, [](const Row& row) { return row.exit ? date_cell(row.exit->date) : Cell{}; }},
             {detail("source"),
              [&](const Row& row) { return row.exit ? text_cell(data.place(row.exit->source)) : Cell{}; }}});
  return table;
}

Table missed_rounds(const Deals& deals, std::vector<CompanyTimeline> timelines, InvestorId investor) {
  for (CompanyTimeline& timeline : timelines)
    std::erase_if(timeline.holders, [&](const TimelineHolder& holder) { return holder.investor != investor; });
  Table table = find_follow_view("missed")->make(deals, timelines);
  table.name = "missed_rounds";
  table.caption = "Later rounds of its companies that it could have joined";
  const auto drop_who = [](auto& cells) { cells.erase(cells.begin(), cells.begin() + 2); };  // id and name
  drop_who(table.columns);
  std::ranges::for_each(table.rows, drop_who);
  return table;
}

/// Rounds and companies of one investor by a word of the round, most rounds first.
template <typename Word>
Table divided(const Deals& deals, InvestorId investor, const char* name, const char* what, Word word) {
  struct Row {
    std::string_view word;
    std::uint64_t rounds = 0;
    std::set<CompanyId> companies;
  };
  std::map<std::string_view, Row> by;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (place_in(deals, position, investor)) {
      Row& row = by[word(position)];
      ++row.rounds;
      row.companies.insert(deals.company(position));
    }
  std::vector<Row> rows;
  for (auto& [key, row] : by) {
    row.word = key;
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Row::rounds);
  Table table;
  table.name = name;
  table.caption = fmt::format("Rounds by {}", what);
  fill<Row>(table, rows,
            {{{what}, [](const Row& row) { return text_or_nothing(row.word); }},
             {{"rounds"}, [](const Row& row) { return count_cell(row.rounds); }},
             {{"companies"}, [](const Row& row) { return count_cell(row.companies.size()); }}});
  return table;
}

Result<Table> partners(const Deals& deals, const Coinvestment& graph, InvestorId investor, const Context& context) {
  const auto all = ties(deals, graph, context);
  if (!all) return tl::unexpected(all.error());
  const TieValidation validation;
  const auto tests = test_ties(deals, graph, *all, validation, context);
  if (!tests) return tl::unexpected(tests.error());
  struct Row {
    const Tie* tie;
    const TieTest* test;
  };
  std::vector<Row> rows;
  for (std::size_t at = 0; at < all->size(); ++at)
    if ((*all)[at].a == investor || (*all)[at].b == investor) rows.push_back({&(*all)[at], &tests->rows[at]});
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Row& row) { return row.tie->shared_rounds; });
  const Dataset& data = *deals.data;
  const auto partner = [&](const Row& row) { return row.tie->a == investor ? row.tie->b : row.tie->a; };
  Table table;
  table.name = "partners";
  table.caption = fmt::format("{} partners; the ties validated cannot be explained by chance at {}", rows.size(),
                              validation.options.alpha);
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& row) { return Cell{id_text(data, partner(row))}; }},
             {{"partner"}, [&](const Row& row) { return Cell{data.name(partner(row))}; }},
             {{"shared_rounds"}, [](const Row& row) { return count_cell(row.tie->shared_rounds); }},
             {{"shared_companies"}, [](const Row& row) { return count_cell(row.tie->shared_companies); }},
             {detail("first"), [](const Row& row) { return date_cell(row.tie->first); }},
             {{"last"}, [](const Row& row) { return date_cell(row.tie->last); }},
             {{"p_over"}, [](const Row& row) { return Cell{row.test->p_over}; }},
             {{"validated"}, [](const Row& row) { return Cell{row.test->validated}; }}});
  return table;
}

}  // namespace

Result<std::vector<Table>> investor_portrait(const Deals& deals, const Bipartite& bipartite, const Coinvestment& graph,
                                             InvestorId investor, std::span<const Measure* const> also,
                                             const Context& context) {
  const Dataset& data = *deals.data;
  const auto dormant = dormancy(deals);
  const Dormancy* active = row_of(dormant, investor);
  const std::string type = data.investors.type[index(investor)], country = data.investors.country[index(investor)];
  if (active == nullptr) {
    std::vector<Table> tables{
        facts("overview", data.name(investor),
              {{"type", text_or_nothing(type)}, {"country", text_or_nothing(country)}, {"rounds", count_cell(0)}})};
    tables.front().notes.emplace_back("it takes part in none of the selected rounds");
    return tables;
  }
  const auto events = exit_events(deals);
  const auto rates = exit_rates(deals, events);
  const auto rate = std::ranges::find_if(rates, [&](const ExitRate& row) { return row.group.investor == investor; });
  auto timelines = company_timelines(deals);
  const auto follows = follow_ons(timelines);
  const FollowOn* follow = row_of(follows, investor);
  Table held = portfolio(deals, events, investor);
  std::uint64_t led = 0;
  DateInterval first;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (const auto place = place_in(deals, position, investor)) {
      led += deals.leads[*place] == Lead::yes ? 1U : 0U;
      if (const DateInterval date = deals.date(position); date.known() && date.low < first.low) first = date;
    }
  std::vector<Table> tables{
      facts("overview", data.name(investor) + (active->as_of ? ", as of " + format_day(*active->as_of) : ""),
            {{"type", text_or_nothing(type)},
             {"country", text_or_nothing(country)},
             {"rounds", count_cell(active->deals)},
             {"led", count_cell(led)},
             {"companies", count_cell(held.rows.size())},
             {"first_deal", date_cell(first)},
             {"last_deal", date_cell(active->last_deal)},
             {"months_since", optional_cell(active->months)},
             {"state", text_cell(name_of(active->state))},
             {"silence_unusual", Cell{active->unusual}},
             {"companies_listed_or_sold", rate != rates.end() ? count_cell(rate->exited) : Cell{}},
             {"exit_rate", rate != rates.end() ? optional_cell(rate->rate) : Cell{}},
             {"follow_on_opportunities", follow != nullptr ? count_cell(follow->opportunities) : Cell{}},
             {"follow_on_rate", follow != nullptr ? optional_cell(follow->rate()) : Cell{}}})};
  auto ranked = ranks(deals, bipartite, graph, investor, also, context);
  if (!ranked) return tl::unexpected(ranked.error());
  auto with = partners(deals, graph, investor, context);
  if (!with) return tl::unexpected(with.error());
  tables.push_back(std::move(*ranked));
  tables.push_back(std::move(held));
  tables.push_back(missed_rounds(deals, std::move(timelines), investor));
  tables.push_back(divided(deals, investor, "sectors", "sector",
                           [&](std::size_t position) -> std::string_view { return deals.sector(position); }));
  tables.push_back(divided(deals, investor, "stages", "stage", [&](std::size_t position) -> std::string_view {
    return data.text(data.rounds.stage[index(deals.rounds[position])]);
  }));
  tables.push_back(std::move(*with));
  return tables;
}

std::vector<Table> company_portrait(const Deals& deals, CompanyId company) {
  const Dataset& data = *deals.data;
  std::vector<std::size_t> positions;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (deals.company(position) == company) positions.push_back(position);
  std::ranges::stable_sort(positions, {}, [&](std::size_t position) { return deals.date(position).low; });

  std::vector<Holding> holders;
  for (const Holding& holding : holdings(deals))
    if (holding.company == company) holders.push_back(holding);
  std::ranges::stable_sort(holders, {}, [](const Holding& holding) { return holding.entered.low; });
  std::vector<ExitEvent> events = exit_events(deals);
  std::erase_if(events, [&](const ExitEvent& event) { return event.company != company; });

  const std::size_t at = index(company);
  std::vector<Table> tables{facts("overview", data.name(company),
                                  {{"sector", text_or_nothing(data.companies.sector[at])},
                                   {"country", text_or_nothing(data.companies.country[at])},
                                   {"status", text_or_nothing(data.companies.status[at])},
                                   {"founded", date_cell(data.companies.founded[at])},
                                   {"rounds", count_cell(positions.size())},
                                   {"investors", count_cell(holders.size())}})};
  if (positions.empty()) tables.front().notes.emplace_back("none of its rounds is selected");

  Table& rounds = tables.emplace_back();
  rounds.name = "rounds";
  rounds.caption = "Rounds, by date";
  const auto names = [&](std::size_t position, bool leads_alone) {
    std::vector<std::string> texts;
    for (std::uint64_t i = deals.offsets[position]; i < deals.offsets[position + 1]; ++i)
      if (!leads_alone || deals.leads[i] == Lead::yes) texts.push_back(data.name(deals.investors[i]));
    return text_or_nothing(fmt::format("{}", fmt::join(texts, "; ")));
  };
  fill<std::size_t>(
      rounds, positions,
      {{{"round"},
        [&](std::size_t p) { return text_or_nothing(data.text(data.rounds.label[index(deals.rounds[p])])); }},
       {{"date"}, [&](std::size_t p) { return date_cell(deals.date(p)); }},
       {{"amount_low"},
        [&](std::size_t p) { return deals.amount(p).disclosed() ? money_cell(deals.amount(p).low) : Cell{}; }},
       {detail("amount_high"),
        [&](std::size_t p) {
          const Amount& amount = deals.amount(p);
          return amount.disclosed() && amount.high != Amount::unbounded ? money_cell(amount.high) : Cell{};
        }},
       {{"currency"},
        [&](std::size_t p) {
          return text_or_nothing(deals.amount(p).disclosed() ? deals.amount(p).currency.text() : "");
        }},
       {{"led_by"}, [&](std::size_t p) { return names(p, true); }},
       {detail("source"), [&](std::size_t p) { return Cell{data.place(data.rounds.source[index(deals.rounds[p])])}; }},
       {{"investors", Shown::wrapped}, [&](std::size_t p) { return names(p, false); }}});

  Table& investors = tables.emplace_back();
  investors.name = "investors";
  investors.caption = "Investors, by first round";
  const auto exit_of = [&](const Holding& holding) {
    return std::ranges::find_if(
        events, [&](const ExitEvent& event) { return event.decisive && event.investor == holding.investor; });
  };
  const auto count_rounds = [&](const Holding& holding, bool led) {
    return count_cell(std::ranges::count_if(positions, [&](std::size_t position) {
      const auto place = place_in(deals, position, holding.investor);
      return place && (!led || deals.leads[*place] == Lead::yes);
    }));
  };
  fill<Holding>(
      investors, holders,
      {{detail("id"), [&](const Holding& h) { return Cell{id_text(data, h.investor)}; }},
       {{"name"}, [&](const Holding& h) { return Cell{data.name(h.investor)}; }},
       {{"entered"}, [](const Holding& h) { return date_cell(h.entered); }},
       {{"rounds"}, [&](const Holding& h) { return count_rounds(h, false); }},
       {{"led"}, [&](const Holding& h) { return count_rounds(h, true); }},
       {{"exit"},
        [&](const Holding& h) { return exit_of(h) != events.end() ? text_cell(name_of(exit_of(h)->code)) : Cell{}; }},
       {{"grade"}, [&](const Holding& h) {
          return exit_of(h) != events.end() ? text_cell(name_of(exit_of(h)->grade)) : Cell{};
        }}});

  tables.push_back(find_exit_view("events")->make(deals, events, {}));
  return tables;
}

}  // namespace coinvest
