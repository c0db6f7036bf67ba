// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/registry_text.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

std::optional<std::int64_t> minor(const std::optional<Amount>& amount) {
  return amount ? std::optional(amount->low) : std::nullopt;
}

/// One side of a change; notes what could not be read.
std::vector<Stake> stakes_of(Rows& rows, Reading& reading, Field side) {
  std::vector<Stake> stakes;
  const RegistryText text = parse_registry_text(rows.text(side));
  if (!text.trouble.empty()) rows.problem(ProblemKind::bad_value, side, text.trouble);
  for (const RegisteredHolder& holder : text.holders) {
    if (const auto fault = name_fault(holder.name)) {
      rows.problem(ProblemKind::bad_value, side, *fault + ": holder left out");
      continue;
    }
    if (!reading.raw() && is_placeholder(holder.name)) continue;
    Stake stake;
    stake.holder = reading.builder.investor(holder.name, rows.source());
    if (holder.natural_person) reading.builder.describe_investor(stake.holder, "person", "");
    stake.subscribed = minor(holder.subscribed);
    stake.paid = minor(holder.paid);
    stake.percent = holder.percent;
    if (holder.subscribed || holder.paid)
      stake.currency = (holder.subscribed ? holder.subscribed : holder.paid)->currency;
    stakes.push_back(stake);
  }
  return stakes;
}

/// An exact amount of registered capital; nothing if the cell is empty or says less, which is noted.
std::optional<std::int64_t> capital(Rows& rows, Field field, Currency currency) {
  const std::string_view text = rows.text(field);
  if (text.empty() || text == "-") return std::nullopt;
  const Amount amount = rows.amount(field, currency);
  if (amount.precision == Precision::exact) return amount.low;
  if (amount.disclosed()) rows.problem(ProblemKind::bad_amount, field, "not an exact amount: left out");
  return std::nullopt;
}

std::optional<double> percent(Rows& rows) {
  std::string_view text = rows.text(Field::percent);
  if (text.empty() || text == "-") return std::nullopt;
  if (text.ends_with('%')) text.remove_suffix(1);
  double value = 0;
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (trouble == std::errc() && end == text.data() + text.size() && value >= 0 && value <= 100) return value;
  rows.problem(ProblemKind::bad_value, Field::percent,
               fmt::format("'{}' is no share of 0 to 100 %: left out", visible(clip(text, 40))));
  return std::nullopt;
}

/// The company and holder of a row of a cap table, and the day.
struct CapRow {
  CompanyId company;
  InvestorId holder;
  DateInterval date;
  Currency currency;
};

std::optional<CapRow> cap_row(Rows& rows, Reading& reading) {
  const auto company = rows.company();
  const auto holder = rows.investor(Field::shareholder);
  if (!company || !holder) return std::nullopt;
  CapRow row;
  row.date = rows.date(Field::date);
  if (!row.date.known()) {
    rows.reject("no day on which this was so: row left out");
    return std::nullopt;
  }
  row.currency = rows.currency().known() ? rows.currency() : Currency("CNY");
  row.company = reading.builder.company(*company, rows.source());
  row.holder = reading.builder.investor(*holder, rows.source());
  return row;
}

/// Are these all holders? If the capital of each is there, the source is taken for a whole register; shares tell it.
bool is_whole(const std::vector<Stake>& stakes) {
  constexpr double nearly_all = 99;
  double percent = 0;
  for (const Stake& stake : stakes) percent += stake.percent.value_or(0);
  return percent >= nearly_all ||
         std::ranges::all_of(stakes, [](const Stake& stake) { return stake.subscribed.has_value(); });
}

using DayOfCompany = std::tuple<CompanyId, Day, Day>;

void note_repeated(Rows& rows) {
  rows.problem(ProblemKind::duplicate_row, Field::shareholder,
               fmt::format("the row of '{}' again: counted once", visible(clip(rows.text(Field::shareholder), 80))));
}

/// What all rows of one company and day share: the latest day of knowledge, the worst grade.
template <typename Whole>
void join(Whole& whole, Rows& rows, bool is_first) {
  const DateInterval known_on = rows.date(Field::known_on);
  if (known_on.known() && (!whole.known_on.known() || whole.known_on.high < known_on.high)) whole.known_on = known_on;
  const Grade grade = rows.grade();
  if (is_first) whole.source = rows.source();
  if (whole.grade == Grade::ungraded || (grade != Grade::ungraded && grade > whole.grade)) whole.grade = grade;
}

}  // namespace

Result<void> read_register_changes(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    if (!company) return;
    const std::string_view item = rows.text(Field::item);
    const auto about = item.empty() ? RegisterItem::holders : register_item(item);
    if (!about) {
      rows.problem(ProblemKind::bad_value, Field::item,
                   fmt::format("'{}' is not about shareholders: not used", visible(clip(item, 80))));
      return;
    }
    RegisterChange change;
    change.source = rows.source();
    change.company = reading.builder.company(*company, change.source);
    change.date = rows.date(Field::date);
    change.known_on = rows.date(Field::known_on);
    change.grade = rows.grade();
    change.item = *about;
    for (const Field field : {Field::item, Field::before, Field::after, Field::details}) {
      change.says_replacement |= rows.text(field).find("替换") != std::string_view::npos;
      change.says_buyback |= rows.text(field).find("回购") != std::string_view::npos;
    }
    if (change.item == RegisterItem::capital) {
      const auto before = parse_registered_capital(rows.text(Field::before));
      const auto after = parse_registered_capital(rows.text(Field::after));
      if (!before || !after || before->currency != after->currency)
        return rows.reject("no registered capital before and after, in one currency: row left out");
      change.capital_before = before->low;
      change.capital_after = after->low;
      change.capital_currency = after->currency;
    } else {
      change.before = stakes_of(rows, reading, Field::before);
      change.after = stakes_of(rows, reading, Field::after);
      if (change.before.empty() || change.after.empty())
        return rows.reject("no holder is named before, or none after: row left out");
    }
    reading.builder.add_register_change(std::move(change));
  });
}

Result<void> read_cap_table(Rows& rows, Reading& reading) {
  std::map<DayOfCompany, Register> states;
  std::set<std::tuple<DayOfCompany, InvestorId, decltype(Stake::subscribed), decltype(Stake::paid), Currency,
                      decltype(Stake::percent)>>
      seen;
  auto read = for_each_row(rows, [&] {
    const auto row = cap_row(rows, reading);
    if (!row) return;
    Stake stake{row->holder, capital(rows, Field::subscribed, row->currency), capital(rows, Field::paid, row->currency),
                row->currency, percent(rows)};
    const DayOfCompany day{row->company, row->date.low, row->date.high};
    if (!seen.emplace(day, stake.holder, stake.subscribed, stake.paid, stake.currency, stake.percent).second)
      return note_repeated(rows);
    const auto [at, is_first] = states.try_emplace(day);
    Register& state = at->second;
    state.company = row->company;
    state.as_of = row->date;
    join(state, rows, is_first);
    state.stakes.push_back(stake);
  });
  for (auto& [day, state] : states) {
    if (is_whole(state.stakes))
      reading.builder.add_register(std::move(state));
    else
      reading.builder.add_problem(ProblemKind::bad_value, state.source, "",
                                  fmt::format("the {} holders listed for {} have less than 99 % together: not compared "
                                              "with other days",
                                              state.stakes.size(), format_date(state.as_of)));
  }
  return read;
}

Result<void> read_cap_table_flows(Rows& rows, Reading& reading) {
  std::map<DayOfCompany, RegisterChange> changes;
  std::set<std::tuple<DayOfCompany, InvestorId, Currency, std::array<std::int64_t, 4>>> seen;
  auto read = for_each_row(rows, [&] {
    const auto row = cap_row(rows, reading);
    if (!row) return;
    const std::int64_t before = capital(rows, Field::capital_before, row->currency).value_or(0);
    const StakeFlow flow{row->holder, capital(rows, Field::sold, row->currency).value_or(0),
                         capital(rows, Field::bought, row->currency).value_or(0),
                         capital(rows, Field::issued, row->currency).value_or(0)};
    const std::int64_t after = before - flow.sold + flow.bought + flow.issued;
    if (after < 0) return rows.reject("more was sold than held: row left out");
    const DayOfCompany day{row->company, row->date.low, row->date.high};
    if (!seen.emplace(day, row->holder, row->currency, std::array{before, flow.sold, flow.bought, flow.issued}).second)
      return note_repeated(rows);
    const auto [at, is_first] = changes.try_emplace(day);
    RegisterChange& change = at->second;
    change.company = row->company;
    change.date = row->date;
    join(change, rows, is_first);
    if (before > 0) change.before.push_back({row->holder, before, {}, row->currency, {}});
    if (after > 0) change.after.push_back({row->holder, after, {}, row->currency, percent(rows)});
    change.flows.push_back(flow);
  });
  for (auto& [day, change] : changes) reading.builder.add_register_change(std::move(change));
  return read;
}

}  // namespace coinvest
