// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/graph/coinvestment.hpp"

// What the projection is made of; inside this room only.

namespace coinvest {

/// The rounds or companies that make ties: members are vertices of the co-investment graph, ascending.
struct TieGroups {
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint32_t> members;
  std::vector<std::size_t> origin;  ///< position of the round in the deals, or company vertex

  // Parallel to members, and only where dates matter.
  std::vector<std::vector<DateInterval>> visits;  ///< the dates of the member's rounds in the group
  std::vector<std::vector<std::size_t>> rounds;   ///< parallel to visits: the positions of these rounds
  std::vector<Day> came_in;                       ///< the middle of the first dated one; Day::max() if none is

  std::size_t size() const { return offsets.size() - 1; }
  std::uint64_t size_of(std::size_t group) const { return offsets[group + 1] - offsets[group]; }
};

/// `skipped` counts the groups larger than allowed.
TieGroups tie_groups(const Deals& deals, const Bipartite& graph, const TieOptions& options, std::uint64_t& skipped);

/// True if two members, by their places in `members`, took part in one round, or in two at most `days` apart. Dates of
/// a month or a year are as far apart as they can be (strict), as near as they can be (overlap), or as their middles.
bool met_within(const TieGroups& groups, std::uint64_t a, std::uint64_t b, std::uint32_t days, PartialDate rule);

}  // namespace coinvest
