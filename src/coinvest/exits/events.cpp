// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/events.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>
#include <utility>

#include "coinvest/base/text.hpp"
#include "coinvest/exits/registry.hpp"
#include "coinvest/exits/scope.hpp"

namespace coinvest {
namespace {

bool may_be_one_day(const DateInterval& a, const DateInterval& b) {
  return !a.known() || !b.known() || (a.low <= b.high && b.low <= a.high);
}

/// Is the buyer one of the company's investors?
ExitAnomaly acquirer_anomaly(const Dataset& data, const RollupMap& rollup, const ExitRow& row,
                             std::span<const Holding> holders) {
  if (trim(row.acquirer).empty()) return ExitAnomaly::none;
  const std::string key = match_key(row.acquirer);
  const std::optional<InvestorId> written = find_investor(data, row.acquirer);
  const bool insider = std::any_of(holders.begin(), holders.end(), [&](const Holding& holding) {
    return (written && rollup.of(*written, row.date) == holding.investor) ||
           match_key(data.name(holding.investor)) == key;
  });
  return insider ? ExitAnomaly::insider_acquirer : ExitAnomaly::none;
}

/// Fills what follows from the investor's entry.
void measure(ExitEvent& event, const Holding* holding) {
  if (holding == nullptr) {
    event.anomaly = ExitAnomaly::never_entered;
    return;
  }
  event.entered = holding->entered;
  if (!event.entered.known() || !event.date.known()) return;
  if (event.date.high < event.entered.low) {
    event.anomaly = ExitAnomaly::exit_before_entry;
    return;
  }
  event.holding = DaysRange{std::max<std::int64_t>(0, (event.date.low - event.entered.high).count()),
                            (event.date.high - event.entered.low).count()};
}

ExitEvent event_of(const ExitRow& row) {
  ExitEvent event;
  event.company = row.company;
  event.code = exit_code(row);
  event.grade = Evidence::company;
  event.date = row.date;
  event.counterpart = row.acquirer;
  event.word = row.event;
  event.source_grade = row.grade;
  event.source = row.source;
  return event;
}

/// A buyer that is only a candidate leaves the way of the exit unknown.
ExitCode code_of(const RegistryEvent& row) {
  if (row.event == RegistryCode::reduction) return ExitCode::reduction;
  if (row.event == RegistryCode::buyback) return ExitCode::buyback;
  const bool sold = row.event == RegistryCode::secondary && row.basis != CounterpartBasis::candidate;
  return sold ? ExitCode::secondary : ExitCode::removed;
}

/// Did this holder leave, and is it one whose leaving is asked for?
bool is_exit(const RegistryEvent& row) {
  constexpr std::array ways{RegistryCode::removed, RegistryCode::secondary, RegistryCode::reduction,
                            RegistryCode::buyback};
  return row.holder && row.extent == Extent::whole && row.label == HolderLabel::none &&
         std::find(ways.begin(), ways.end(), row.event) != ways.end();
}

ExitEvent event_of(const RegistryEvent& row) {
  ExitEvent event;
  event.company = row.company;
  event.investor = row.holder;
  event.grade = Evidence::registry;
  event.date = row.date;
  event.code = code_of(row);
  if (row.basis == CounterpartBasis::candidate) event.candidate = ExitCode::secondary;
  event.counterpart = row.counterpart;
  event.source_grade = row.source_grade;
  event.source = row.source;
  return event;
}

void add_reported(const Deals& deals, std::span<const Holding> held, std::vector<ExitEvent>& events) {
  const Dataset& data = *deals.data;
  const CompanyScope scope(deals, CompanyScope::Dates::of_rounds);
  const RollupMap rollup(data, deals.rollup);
  for (const ExitRow& row : data.exits) {
    if (!scope.contains(row.company) || !is_visible(deals.selection, row.date, row.known_on, row.grade)) continue;
    const std::span<const Holding> holders = holders_of(held, row.company);
    ExitEvent event = event_of(row);
    event.anomaly = acquirer_anomaly(data, rollup, row, holders);
    const ExitKind& kind = kind_of(event.code);
    const bool real = kind.counts == CountsAsExit::yes;
    if (row.investor) {
      event.investor = rollup.of(*row.investor, row.date);
      event.grade = Evidence::investor;
      event.counts_as_exit = real;
      measure(event, find_holding(held, row.company, *event.investor));
      events.push_back(std::move(event));
      continue;
    }
    // An investor's kind of exit without the investor's name is nobody's exit.
    event.counts_as_exit = real && kind.level == ExitLevel::company;
    if (kind.level == ExitLevel::company) {
      for (const Holding& holding : holders) {
        ExitEvent& own = events.emplace_back(event);
        own.investor = holding.investor;
        measure(own, &holding);
      }
    }
    events.push_back(std::move(event));
  }
}

void add_registered(const Deals& deals, std::span<const Holding> held, std::vector<ExitEvent>& events) {
  const CompanyScope scope(deals, CompanyScope::Dates::of_rounds);
  Deals any_day = deals;
  any_day.selection.from = any_day.selection.to = {};  // a window selects entries, not exits
  const std::size_t reported = events.size();
  for (const RegistryEvent& row : registry_events(any_day)) {
    if (!is_exit(row) || !scope.contains(row.company)) continue;
    const auto end = events.begin() + static_cast<std::ptrdiff_t>(reported);
    const auto same = std::find_if(events.begin(), end, [&](const ExitEvent& event) {
      return event.grade == Evidence::investor && event.company == row.company && event.investor == row.holder &&
             kind_of(event.code).level == ExitLevel::investor && may_be_one_day(event.date, row.date);
    });
    if (same != end) {
      same->also = row.source;
      continue;
    }
    ExitEvent event = event_of(row);
    event.counts_as_exit = true;
    measure(event, find_holding(held, row.company, *row.holder));
    events.push_back(std::move(event));
  }
}

bool can_decide(const ExitEvent& event) {
  return event.counts_as_exit && (event.anomaly == ExitAnomaly::none || event.anomaly == ExitAnomaly::insider_acquirer);
}

/// Does a later event take the place of an earlier one?
bool replaces(const ExitEvent& later, const ExitEvent& earlier, ExitPick pick) {
  switch (pick) {
    case ExitPick::first:
      return false;
    case ExitPick::last:
      return later.date.known();
    case ExitPick::best:
      return later.code < earlier.code;
  }
  return false;
}

}  // namespace

std::string_view name_of(Evidence evidence) {
  constexpr std::array<std::string_view, 4> names{"E0", "E1", "E2", "E3"};
  return names[static_cast<std::size_t>(evidence)];
}

std::string_view name_of(ExitAnomaly anomaly) {
  constexpr std::array<std::string_view, 4> names{"", "exit_before_entry", "insider_acquirer", "never_entered"};
  return names[static_cast<std::size_t>(anomaly)];
}

std::vector<ExitEvent> exit_events(const Deals& deals, ExitPick pick) {
  const std::vector<Holding> held = holdings(deals);
  std::vector<ExitEvent> events;
  add_reported(deals, held, events);
  add_registered(deals, held, events);

  // Unknown intervals begin at the last day there is, so they sort behind the dated ones.
  const auto order = [](const ExitEvent& e) {
    return std::tuple(e.company, e.investor, e.date.low, e.date.high, e.source);
  };
  std::sort(events.begin(), events.end(), [&](const ExitEvent& a, const ExitEvent& b) { return order(a) < order(b); });
  for (std::size_t first = 0, next = 0; first < events.size(); first = next) {
    ExitEvent* decided = nullptr;
    for (; next < events.size() && events[next].company == events[first].company &&
           events[next].investor == events[first].investor;
         ++next)
      if (can_decide(events[next]) && (decided == nullptr || replaces(events[next], *decided, pick)))
        decided = &events[next];
    if (decided != nullptr) decided->decisive = true;
  }
  return events;
}

}  // namespace coinvest
