// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "coinvest/exits/holding.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/summary.hpp"
#include "coinvest/queries/sums.hpp"

namespace coinvest {
namespace {

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

constexpr std::array<Grouping, 9> all_groupings{{
    {"year", "calendar year of the announcement", GroupKind::year,
     [](const Deals& d, std::size_t r) { return period_key(d.date(r), 12); }},
    {"quarter", "calendar quarter of the announcement", GroupKind::quarter,
     [](const Deals& d, std::size_t r) { return period_key(d.date(r), 3); }},
    {"sector", "sector of the round, else of its company", GroupKind::other,
     [](const Deals& d, std::size_t r) { return one(d.sector(r)); }},
    {"stage", "canonical stage of the round", GroupKind::other,
     [](const Deals& d, std::size_t r) { return one(d.data->text(d.data->rounds.stage[index(d.rounds[r])])); }},
    {"country", "country of the round, else of its company", GroupKind::other,
     [](const Deals& d, std::size_t r) { return one(d.country(r)); }},
    {"company", "company", GroupKind::other,
     [](const Deals& d, std::size_t r) { return one(d.data->name(d.company(r))); }},
    {"investor", "each named participant", GroupKind::investor, investor_keys},
    {"investor-type", "type of each named participant", GroupKind::investor, investor_type_keys},
    {"currency", "currency of the amount", GroupKind::other,
     [](const Deals& d, std::size_t r) { return one(d.amount(r).currency.text()); }},
}};

/// When companies and investors were first and last seen in all that the data set knows, whatever window or sector is
/// selected. Of an imprecise date the first day counts.
class Past {
 public:
  explicit Past(const Deals& deals)
      : deals_(select(*deals.data, unbounded(deals.selection))),
        holdings_(holdings(deals_)),
        as_of_(as_of_day(deals_)) {
    first_of_company_.resize(deals.data->companies.size(), Day::max());
    seen_.resize(deals.data->investors.size());
    for (std::size_t round = 0; round < deals_.size(); ++round) {
      if (!deals_.date(round).known()) continue;
      const Day day = deals_.date(round).low;
      Day& first = first_of_company_[index(deals_.company(round))];
      first = std::min(first, day);
      for (const InvestorId investor : deals_.participants(round)) {
        Seen& seen = seen_[index(investor)];
        seen = {std::min(seen.first, day), std::max(seen.last, day)};
      }
    }
  }

  bool is_first_of(CompanyId company, Day day) const { return first_of_company_[index(company)] == day; }
  bool comes(InvestorId investor, Day day) const { return seen_[index(investor)].first == day; }
  bool leaves(InvestorId investor, Day day) const { return seen_[index(investor)].last == day; }
  /// True if the investor had no earlier dated round of the company.
  bool enters(InvestorId investor, CompanyId company, Day day) const {
    const Holding* holding = find_holding(holdings_, company, investor);
    return holding == nullptr || holding->entered.low == day;
  }
  /// True if enough time has passed since a day for a silence to mean something.
  bool is_long_ago(Day day) const {
    constexpr int months_of_silence = 24;  // from then on an investor counts as dormant
    return as_of_ && full_months(day, *as_of_) >= months_of_silence && day <= *as_of_;
  }

 private:
  struct Seen {
    Day first = Day::max(), last = Day::min();
  };

  Deals deals_;
  std::vector<Holding> holdings_;
  std::optional<Day> as_of_;
  std::vector<Day> first_of_company_;
  std::vector<Seen> seen_;
};

struct Group {
  std::string key;
  std::size_t rounds = 0, dated = 0, first_rounds = 0, led = 0, with_known_lead = 0;
  std::set<CompanyId> companies, entered, returned;
  std::set<InvestorId> investors, came, left;
  Day last_day = Day::min();
  Sum money;
};

/// The last day of the period of so many months that holds `day`.
Day period_end(Day day, GroupKind kind) {
  using namespace std::chrono;
  const year_month_day date{day};
  const unsigned length = static_cast<unsigned>(kind);
  const unsigned last_month = ((static_cast<unsigned>(date.month()) - 1) / length + 1) * length;
  return sys_days{date.year() / month{last_month} / last};
}

void add_dated(Group& group, const Deals& deals, std::size_t round, const Past& past) {
  const DateInterval date = deals.date(round);
  const CompanyId company = deals.company(round);
  ++group.dated;
  group.last_day = std::max(group.last_day, date.high);
  if (past.is_first_of(company, date.low)) ++group.first_rounds;
  for (const InvestorId investor : deals.participants(round)) {
    if (past.comes(investor, date.low)) group.came.insert(investor);
    if (past.leaves(investor, date.low)) group.left.insert(investor);
  }
}

/// What the group of one investor adds: whether it led, and whether it knew the company.
void add_deal(Group& group, const Deals& deals, std::size_t round, const Past& past) {
  const DateInterval date = deals.date(round);
  const auto leads = std::span(deals.leads).subspan(deals.offsets[round], deals.participants(round).size());
  if (std::ranges::find(leads, Lead::yes) != leads.end()) ++group.with_known_lead;
  for (std::uint64_t at = deals.offsets[round]; at < deals.offsets[round + 1]; ++at) {
    if (deals.data->name(deals.investors[at]) != group.key) continue;
    if (deals.leads[at] == Lead::yes) ++group.led;
    if (!date.known()) continue;
    const bool is_new = past.enters(deals.investors[at], deals.company(round), date.low);
    (is_new ? group.entered : group.returned).insert(deals.company(round));
  }
}

std::vector<ColumnHead> columns_of(GroupKind kind) {
  std::vector<ColumnHead> columns{{"group"}, {"rounds"}, {"companies"}, {"investors"}};
  columns.insert(columns.end(), sum_columns.begin(), sum_columns.end());
  columns.insert(columns.end(), {{"first_rounds"}, {"first_share"}});
  if (is_period(kind)) columns.insert(columns.end(), {{"new_investors"}, {"leaving_investors"}});
  if (kind == GroupKind::investor) columns.insert(columns.end(), {{"led"}, {"new_companies"}, {"returning_companies"}});

  // A terminal has room for some of them.
  std::vector<std::string_view> details{"amount_exact", "amount_high",    "undisclosed",
                                        "currency",     "other_currency", "first_rounds"};
  if (kind == GroupKind::investor) details.insert(details.end(), {"investors", "amount_low", "first_share"});
  for (ColumnHead& column : columns)
    if (std::ranges::find(details, column.name) != details.end()) column.shown = Shown::details;
  return columns;
}

}  // namespace

std::span<const Grouping> groupings() {
  return all_groupings;
}

Result<Grouping> grouping_called(std::string_view name) {
  const auto* found = std::ranges::find(all_groupings, name, &Grouping::name);
  if (found == all_groupings.end()) return fail(ErrorKind::usage, fmt::format("'{}' is no grouping of rounds", name));
  return *found;
}

Result<Table> summary_by(const Deals& deals, std::string_view grouping, const std::optional<Rates>& rates) {
  const auto by = grouping_called(grouping);
  if (!by) return tl::unexpected(by.error());
  const auto amounts = amounts_of(deals, rates);
  if (!amounts) return tl::unexpected(amounts.error());

  const Past past(deals);
  std::map<std::string, Group> groups;
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (std::string& key : by->keys(deals, round)) {
      Group& group = groups[key];
      group.key = std::move(key);
      ++group.rounds;
      group.companies.insert(deals.company(round));
      const auto participants = deals.participants(round);
      group.investors.insert(participants.begin(), participants.end());
      group.money.add(amounts->amount[round], amounts->currency);
      if (deals.date(round).known()) add_dated(group, deals, round, past);
      if (by->kind == GroupKind::investor) add_deal(group, deals, round, past);
    }

  Table table;
  table.name = fmt::format("summary-by-{}", grouping);
  table.caption = fmt::format("Rounds by {}{}", by->summary,
                              amounts->currency.known() ? "; amounts in " + amounts->currency.text() : std::string());
  table.columns = columns_of(by->kind);
  std::vector<const Group*> order;
  for (const auto& [key, group] : groups) order.push_back(&group);
  if (!is_period(by->kind)) std::ranges::stable_sort(order, std::ranges::greater{}, &Group::rounds);
  for (const Group* group : order) {
    std::vector<Cell> row{text_cell(group->key), count_cell(group->rounds), count_cell(group->companies.size()),
                          count_cell(group->investors.size())};
    if (auto sums = group->money.append_to(row, amounts->currency, group->key); !sums)
      return tl::unexpected(sums.error());
    row.push_back(count_cell(group->first_rounds));
    row.push_back(share_cell(group->first_rounds, group->dated));
    if (is_period(by->kind)) {
      const bool can_tell = group->dated > 0 && past.is_long_ago(period_end(group->last_day, by->kind));
      row.push_back(optional_cell(group->dated > 0 ? std::optional(group->came.size()) : std::nullopt));
      row.push_back(optional_cell(can_tell ? std::optional(group->left.size()) : std::nullopt));
    }
    if (by->kind == GroupKind::investor) {
      row.push_back(optional_cell(group->with_known_lead > 0 ? std::optional(group->led) : std::nullopt));
      row.push_back(count_cell(group->entered.size()));
      row.push_back(count_cell(group->returned.size()));
    }
    table.rows.push_back(std::move(row));
  }
  if (grouping.starts_with("investor"))
    table.notes.push_back("amounts are those of whole rounds, not the investors' shares, and repeat across groups");
  note_missing_amounts(table, *amounts);
  if (is_period(by->kind)) table.sketched = "rounds";
  return table;
}

}  // namespace coinvest
