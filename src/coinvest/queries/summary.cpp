// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

__extension__ using Wide = __int128;  // sums are checked against 64 bits at the end

/// Sums of money of a set of rounds in one currency.
struct Money {
  Wide exact = 0, low = 0, high = 0;
  bool bounded = true;
  std::uint64_t undisclosed = 0, other_currency = 0;

  void add(const Amount& amount, Currency currency) {
    if (!amount.disclosed()) {
      ++undisclosed;
    } else if (amount.currency != currency) {
      ++other_currency;
    } else {
      if (amount.precision == Precision::exact) exact += amount.low;
      low += amount.low;
      if (amount.high == Amount::unbounded)
        bounded = false;
      else
        high += amount.high;
    }
  }

  bool fits() const { return std::max({exact, low, high}) <= INT64_MAX; }
};

const std::vector<ColumnHead> money_heads{{"amount_exact"}, {"amount_low"}, {"amount_high"},
                                          {"undisclosed"},  {"currency"},   {"other_currency"}};

void append_money(std::vector<Cell>& row, const Money& money, Currency currency) {
  row.push_back(money_cell(static_cast<std::int64_t>(money.exact)));
  row.push_back(money_cell(static_cast<std::int64_t>(money.low)));
  row.push_back(money.bounded ? money_cell(static_cast<std::int64_t>(money.high)) : Cell{});
  row.push_back(count_cell(money.undisclosed));
  row.push_back(text_or_nothing(currency.text()));
  row.push_back(count_cell(money.other_currency));
}

tl::unexpected<Error> too_much_money(std::string_view group) {
  return fail(ErrorKind::limit, fmt::format("the amounts of {} add up to more than 64 bits hold", group));
}

/// The currency of most disclosed rounds, of equals the first by name.
Currency main_currency(const Deals& deals) {
  std::map<Currency, std::uint64_t> rounds;
  for (std::size_t round = 0; round < deals.size(); ++round)
    if (deals.amount(round).disclosed()) ++rounds[deals.amount(round).currency];
  Currency best;
  std::uint64_t most = 0;
  for (const auto& [currency, count] : rounds)
    if (count > most) {
      best = currency;
      most = count;
    }
  return best;
}

using Keys = std::vector<std::string>;

Keys one(std::string_view key) {
  return {std::string(key.empty() ? "unknown" : key)};
}

/// "2021" or "2021 Q3" if the date lies within one, else the date as wide as it is.
Keys period_key(const DateInterval& date, unsigned months) {
  using namespace std::chrono;
  if (!date.known()) return {"undated"};
  const year_month_day low{date.low};
  const year_month_day high{date.high};
  const auto part = [&](const year_month_day& day) { return (static_cast<unsigned>(day.month()) - 1) / months; };
  if (low.year() != high.year() || part(low) != part(high)) return {format_date(date)};
  const int year = static_cast<int>(low.year());
  return {months == 12 ? fmt::format("{}", year) : fmt::format("{} Q{}", year, part(low) + 1)};
}

Keys investor_keys(const Deals& deals, std::size_t round) {
  Keys keys;
  for (const InvestorId investor : deals.participants(round)) keys.push_back(deals.data->name(investor));
  return keys;
}

Keys investor_type_keys(const Deals& deals, std::size_t round) {
  std::set<std::string> types;
  for (const InvestorId investor : deals.participants(round)) {
    const std::string& type = deals.data->investors.type[index(investor)];
    types.insert(type.empty() ? "unknown" : type);
  }
  return {types.begin(), types.end()};
}

enum class GroupOrder : std::uint8_t { by_name, by_rounds };

struct GroupingRow {
  Grouping head;
  GroupOrder order;
  Keys (*keys)(const Deals&, std::size_t round);
};

constexpr std::array<GroupingRow, 9> grouping_rows{{
    {{"year", "calendar year of the announcement"},
     GroupOrder::by_name,
     [](const Deals& d, std::size_t r) { return period_key(d.date(r), 12); }},
    {{"quarter", "calendar quarter of the announcement"},
     GroupOrder::by_name,
     [](const Deals& d, std::size_t r) { return period_key(d.date(r), 3); }},
    {{"sector", "sector of the round, else of its company"},
     GroupOrder::by_rounds,
     [](const Deals& d, std::size_t r) { return one(d.sector(r)); }},
    {{"stage", "canonical stage of the round"},
     GroupOrder::by_rounds,
     [](const Deals& d, std::size_t r) { return one(d.data->text(d.data->rounds.stage[index(d.rounds[r])])); }},
    {{"country", "country of the round, else of its company"},
     GroupOrder::by_rounds,
     [](const Deals& d, std::size_t r) { return one(d.country(r)); }},
    {{"company", "company"},
     GroupOrder::by_rounds,
     [](const Deals& d, std::size_t r) { return one(d.data->name(d.company(r))); }},
    {{"investor", "each named participant"}, GroupOrder::by_rounds, investor_keys},
    {{"investor-type", "type of each named participant"}, GroupOrder::by_rounds, investor_type_keys},
    {{"currency", "currency of the amount"},
     GroupOrder::by_rounds,
     [](const Deals& d, std::size_t r) { return one(d.amount(r).currency.text()); }},
}};

constexpr auto grouping_heads = [] {
  std::array<Grouping, grouping_rows.size()> heads{};
  for (std::size_t i = 0; i < heads.size(); ++i) heads[i] = grouping_rows[i].head;
  return heads;
}();

}  // namespace

std::span<const Grouping> groupings() {
  return grouping_heads;
}

Result<Table> summary(const Deals& deals, const Context& context) {
  const Bipartite graph = build_bipartite(deals);
  const auto components = find_cluster_method("components")->run(graph.view(), {}, context);
  if (!components) return tl::unexpected(components.error());
  const auto round_ties = count_ties(deals, graph, TieBy::round, context);
  if (!round_ties) return tl::unexpected(round_ties.error());
  const auto company_ties = count_ties(deals, graph, TieBy::company, context);
  if (!company_ties) return tl::unexpected(company_ties.error());

  const Currency currency = main_currency(deals);
  Money money;
  for (std::size_t round = 0; round < deals.size(); ++round) money.add(deals.amount(round), currency);
  if (!money.fits()) return too_much_money("all rounds");

  Table table;
  table.name = "summary";
  table.caption = "Investors, companies and rounds selected, and the graphs that they make";
  table.columns = {{"investors"},  {"companies"},  {"rounds"},      {"edges"},
                   {"components"}, {"ties_round"}, {"ties_company"}};
  table.columns.insert(table.columns.end(), money_heads.begin(), money_heads.end());
  std::vector<Cell> row{count_cell(graph.investors.size()), count_cell(graph.companies.size()),
                        count_cell(deals.size()),           count_cell(graph.view().edges()),
                        count_cell(components->count),      count_cell(*round_ties),
                        count_cell(*company_ties)};
  append_money(row, money, currency);
  table.rows.push_back(std::move(row));
  return table;
}

Result<Table> summary_by(const Deals& deals, std::string_view grouping) {
  const auto by = std::find_if(grouping_rows.begin(), grouping_rows.end(),
                               [&](const GroupingRow& row) { return row.head.name == grouping; });
  if (by == grouping_rows.end()) return fail(ErrorKind::usage, fmt::format("'{}' is no grouping of rounds", grouping));

  struct Group {
    std::uint64_t rounds = 0;
    std::set<CompanyId> companies;
    std::set<InvestorId> investors;
    Money money;
  };
  std::map<std::string, Group> groups;
  const Currency currency = main_currency(deals);
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (const std::string& key : by->keys(deals, round)) {
      Group& group = groups[key];
      ++group.rounds;
      group.companies.insert(deals.company(round));
      const auto participants = deals.participants(round);
      group.investors.insert(participants.begin(), participants.end());
      group.money.add(deals.amount(round), currency);
    }

  Table table;
  table.name = fmt::format("summary-by-{}", grouping);
  table.caption = fmt::format("Rounds by {}{}", by->head.summary,
                              currency.known() ? "; amounts in " + currency.text() : std::string());
  table.columns = {{"group"}, {"rounds"}, {"companies"}, {"investors"}};
  table.columns.insert(table.columns.end(), money_heads.begin(), money_heads.end());
  std::vector<const std::pair<const std::string, Group>*> order;
  for (const auto& entry : groups) order.push_back(&entry);
  if (by->order == GroupOrder::by_rounds)
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->second.rounds > b->second.rounds; });
  for (const auto* entry : order) {
    const auto& [key, group] = *entry;
    if (!group.money.fits()) return too_much_money(key);
    std::vector<Cell> row{text_cell(key), count_cell(group.rounds), count_cell(group.companies.size()),
                          count_cell(group.investors.size())};
    append_money(row, group.money, currency);
    table.rows.push_back(std::move(row));
  }
  if (grouping.starts_with("investor"))
    table.notes.push_back("amounts are those of whole rounds, not the investors' shares, and repeat across groups");
  return table;
}

}  // namespace coinvest
