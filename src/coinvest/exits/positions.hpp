// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coinvest/exits/events.hpp"
#include "coinvest/exits/holding.hpp"

namespace coinvest {

/// Shares and curves of fewer than so many say little.
inline constexpr int too_few = 5;

/// An investor's position in a company, and how it ended as far as is known.
struct Position {
  Holding holding;
  const ExitEvent* exit = nullptr;       ///< THE exit; if all that count came before the entry, the first of them
  const ExitEvent* liquidity = nullptr;  ///< the first IPO or sale of the company that is not before the entry, else
                                         ///< the first
};

/// True if an event is not null and came before the entry.
bool before_entry(const ExitEvent* event);

/// One per holding, in the same order. `events` as `exit_events` gives them, and they must outlive the result.
/// O(X log P).
std::vector<Position> positions(const Deals& deals, std::span<const ExitEvent> events);

/// What positions are put together by. Sector and stage are those of the round of entry.
enum class PositionsBy : std::uint8_t { all, investor, cohort, sector, stage };

/// One group of positions.
struct Group {
  std::optional<InvestorId> investor;  ///< by investor
  std::string name;                    ///< "2012", "gpu", "seed", "unknown"; by investor: ""; all: "all"
  auto operator<=>(const Group&) const = default;
};

/// The group of a position. A cohort is the calendar year of the entry; "unknown" if it may lie in several.
Group group_of(const Deals& deals, const Holding& holding, PositionsBy by);

/// The calendar year in which all days of an interval lie; nothing if there are several, or none.
std::optional<int> year_of(const DateInterval& date);

}  // namespace coinvest
