// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/positions.hpp"

#include <algorithm>

namespace coinvest {

bool before_entry(const ExitEvent* event) {
  return event != nullptr && event->anomaly == ExitAnomaly::exit_before_entry;
}

std::vector<Position> positions(const Deals& deals, std::span<const ExitEvent> events) {
  const std::vector<Holding> held = holdings(deals);
  std::vector<Position> all;
  all.reserve(held.size());
  for (const Holding& holding : held) all.push_back({holding});
  for (const ExitEvent& event : events) {
    if (!event.investor) continue;
    const Holding* holding = find_holding(held, event.company, *event.investor);
    if (holding == nullptr) continue;
    Position& position = all[static_cast<std::size_t>(holding - held.data())];
    if (event.counts_as_exit && (position.exit == nullptr || event.decisive)) position.exit = &event;
    if (kind_of(event.code).liquidity == Liquidity::yes &&
        (position.liquidity == nullptr || (before_entry(position.liquidity) && !before_entry(&event))))
      position.liquidity = &event;
  }
  return all;
}

Group group_of(const Deals& deals, const Holding& holding, PositionsBy by) {
  const auto named = [](const std::string& name) { return Group{{}, name.empty() ? "unknown" : name}; };
  switch (by) {
    case PositionsBy::investor:
      return {holding.investor, ""};
    case PositionsBy::cohort: {
      const std::optional<int> year = year_of(holding.entered);
      return named(year ? std::to_string(*year) : "");
    }
    case PositionsBy::sector:
      return named(deals.sector(holding.round));
    case PositionsBy::stage:
      return named(deals.data->text(deals.data->rounds.stage[index(deals.rounds[holding.round])]));
    case PositionsBy::all:
      break;
  }
  return named("all");
}

std::optional<int> year_of(const DateInterval& date) {
  if (!date.known()) return {};
  const auto year = [](Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); };
  return year(date.low) == year(date.high) ? std::optional(year(date.low)) : std::nullopt;
}

}  // namespace coinvest
