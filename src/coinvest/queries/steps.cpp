// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
#include <span>
#include <tuple>

#include "coinvest/base/statistics.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/summary.hpp"

namespace coinvest {
namespace {

/// What a company was worth before and after a round. Each of the two is an interval in `currency`.
struct Valuation {
  std::size_t round = 0;  ///< position among the deals
  DateInterval date;
  Currency currency;
  Amount before, after;
};

/// `amount` less `taken`, which is part of it; undisclosed if it cannot be.
Amount less(const Amount& amount, const Amount& taken) {
  const bool fits = taken.low <= amount.high;
  Amount rest = amount;
  rest.low = std::max<std::int64_t>(0, amount.low - (fits ? taken.high : Amount::unbounded));
  if (fits && amount.high != Amount::unbounded) rest.high -= taken.low;
  return rest;
}

Amount sum(Amount amount, const Amount& added) {
  amount.low += added.low;
  const bool bounded = amount.high != Amount::unbounded && added.high != Amount::unbounded;
  amount.high = bounded ? amount.high + added.high : Amount::unbounded;
  return amount;
}

/// What a round says, or its amount lets one conclude; nothing if it says neither valuation, or both in unlike
/// currencies.
std::optional<Valuation> valuation_of(const Deals& deals, std::size_t round) {
  const std::size_t row = index(deals.rounds[round]);
  const Amount& before = deals.data->rounds.pre_money[row];
  const Amount& after = deals.data->rounds.post_money[row];
  const bool both = before.disclosed() && after.disclosed();
  if (!deals.date(round).known() || (!before.disclosed() && !after.disclosed()) ||
      (both && before.currency != after.currency))
    return std::nullopt;
  const Currency currency = before.disclosed() ? before.currency : after.currency;
  const Amount& amount = deals.amount(round);
  const Amount money = amount.disclosed() && amount.currency == currency ? amount : Amount{};
  return Valuation{round, deals.date(round), currency, before.disclosed() ? before : less(after, money),
                   after.disclosed() ? after : sum(before, money)};
}

/// All valuations, by company and then by date.
std::vector<Valuation> valuations_of(const Deals& deals) {
  std::vector<Valuation> all;
  for (std::size_t round = 0; round < deals.size(); ++round)
    if (const auto valuation = valuation_of(deals, round)) all.push_back(*valuation);
  std::ranges::sort(all, {}, [&](const Valuation& v) {
    return std::tuple(deals.company(v.round), v.date.low, v.date.high, v.round);
  });
  return all;
}

enum class Direction : std::uint8_t { up, flat, down, undecided, other_currency };

struct Step {
  std::size_t round = 0;  ///< the later one
  Direction direction = Direction::undecided;
  double low = std::nan(""), high = std::nan("");  ///< the multiple, if the order of the rounds is known
};

/// The step to `next` from the valuations before it, of which any may have been the last.
Step step_to(const Valuation& next, std::span<const Valuation> before) {
  Step step{next.round};
  Amount last = before.front().after;
  for (const Valuation& valuation : before) {
    if (valuation.currency != next.currency) step.direction = Direction::other_currency;
    last.low = std::min(last.low, valuation.after.low);
    last.high = std::max(last.high, valuation.after.high);
  }
  if (step.direction == Direction::other_currency) return step;
  const auto ratio = [](std::int64_t worth, std::int64_t of) {
    if (of == Amount::unbounded) return 0.0;
    if (worth == Amount::unbounded || of == 0) return std::numeric_limits<double>::infinity();
    return static_cast<double>(worth) / static_cast<double>(of);
  };
  step.low = ratio(next.before.low, last.high);
  step.high = ratio(next.before.high, last.low);
  if (next.before.low > last.high) step.direction = Direction::up;
  if (next.before.high < last.low) step.direction = Direction::down;
  if (step.low == 1 && step.high == 1) step.direction = Direction::flat;
  return step;
}

/// The steps of all companies. Rounds whose dates overlap may have come in any order.
std::vector<Step> steps_of(const Deals& deals) {
  const std::vector<Valuation> all = valuations_of(deals);
  std::vector<Step> steps;
  std::span<const Valuation> before;
  for (auto from = all.begin(); from != all.end();) {
    const CompanyId company = deals.company(from->round);
    if (!before.empty() && deals.company(before.front().round) != company) before = {};
    Day last = from->date.high;
    auto to = std::next(from);
    for (; to != all.end() && deals.company(to->round) == company && to->date.low <= last; ++to)
      last = std::max(last, to->date.high);
    const std::span<const Valuation> together(from, to);
    if (together.size() == 1 && !before.empty()) steps.push_back(step_to(*from, before));
    if (together.size() > 1)
      for (const Valuation& valuation : together.subspan(before.empty() ? 1 : 0)) steps.push_back({valuation.round});
    before = together;
    from = to;
  }
  return steps;
}

struct StepGroup {
  std::string key;
  std::array<std::uint64_t, 5> directions{};
  std::uint64_t steps = 0;
  std::vector<double> exact, lows, highs;

  void add(const Step& step) {
    ++steps;
    ++directions[static_cast<std::size_t>(step.direction)];
    if (std::isnan(step.low)) return;
    lows.push_back(step.low);
    highs.push_back(step.high);
    if (step.low == step.high) exact.push_back(step.low);
  }
  Cell count(Direction direction) const { return count_cell(directions[static_cast<std::size_t>(direction)]); }
};

Cell median_cell(const std::vector<double>& multiples) {
  const auto median = upper_median(multiples);
  return median && std::isfinite(*median) ? number_cell(*median) : Cell{};
}

}  // namespace

Result<Table> steps(const Deals& deals, std::optional<std::string_view> grouping) {
  std::optional<Grouping> by;
  if (grouping) {
    auto found = grouping_called(*grouping);
    if (!found) return tl::unexpected(found.error());
    by = *found;
  }
  const Deals all = select(*deals.data, unbounded(deals.selection));
  std::map<std::string, StepGroup> groups;
  if (!by) groups[""];
  for (const Step& step : steps_of(all)) {
    const auto selected = std::ranges::lower_bound(deals.rounds, all.rounds[step.round]);
    if (selected == deals.rounds.end() || *selected != all.rounds[step.round]) continue;
    const auto position = static_cast<std::size_t>(selected - deals.rounds.begin());
    for (const std::string& key : by ? by->keys(deals, position) : std::vector<std::string>{""}) groups[key].add(step);
  }
  std::vector<StepGroup> rows;
  for (auto& [key, group] : groups) {
    group.key = key;
    rows.push_back(std::move(group));
  }
  if (by && !is_period(by->kind)) std::ranges::stable_sort(rows, std::ranges::greater{}, &StepGroup::steps);

  using Row = StepGroup;
  std::vector<ColumnOf<Row>> columns{
      {{"steps"}, [](const Row& r) { return count_cell(r.steps); }},
      {{"up"}, [](const Row& r) { return r.count(Direction::up); }},
      {{"flat"}, [](const Row& r) { return r.count(Direction::flat); }},
      {{"down"}, [](const Row& r) { return r.count(Direction::down); }},
      {{"undecided"}, [](const Row& r) { return r.count(Direction::undecided); }},
      {detail("other_currency"), [](const Row& r) { return r.count(Direction::other_currency); }},
      {{"exact"}, [](const Row& r) { return count_cell(r.exact.size()); }},
      {{"median"}, [](const Row& r) { return median_cell(r.exact); }},
      {detail("median_low"), [](const Row& r) { return median_cell(r.lows); }},
      {detail("median_high"), [](const Row& r) { return median_cell(r.highs); }}};
  if (by) columns.insert(columns.begin(), {{"group"}, [](const Row& r) { return text_cell(r.key); }});
  Table table;
  table.name = by ? fmt::format("steps-by-{}", by->name) : "steps";
  table.caption =
      "Steps of companies' valuations from round to round" + (by ? fmt::format(", by {}", by->summary) : std::string());
  fill<Row>(table, rows, columns);
  const auto valued = std::ranges::count_if(std::views::iota(std::size_t{0}, deals.size()),
                                            [&](std::size_t round) { return valuation_of(deals, round).has_value(); });
  table.notes.push_back(
      fmt::format("{} of {} rounds have a date and a valuation; a multiple is the pre-money valuation "
                  "over the post-money one of the round before",
                  valued, deals.size()));
  return table;
}

}  // namespace coinvest
