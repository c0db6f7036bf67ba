// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "coinvest/base/ids.hpp"

namespace coinvest {

/// The members of one community, ascending.
using Community = std::vector<InvestorId>;

enum class CommunityEvent : std::uint8_t {
  birth,      ///< like none before
  continued,  ///< each is the other's most similar one
  split,      ///< most similar to one before that goes on elsewhere
  merge,      ///< of one before: goes into one that continues another
  death,      ///< of one before: like none after
};
std::string_view name_of(CommunityEvent event);

/// What became of communities from one window to the next.
struct Succession {
  CommunityEvent event{};
  std::optional<std::uint32_t> from;                          ///< the community before; nothing at a birth
  std::optional<std::uint32_t> to;                            ///< the community after; nothing at a death
  double jaccard = std::numeric_limits<double>::quiet_NaN();  ///< members of both over members of either
};

/// Every community after once (birth, continued, split), in order, each followed by those that merge into it; then the
/// deaths, in order. Communities are matched by the largest Jaccard similarity, which must reach `least_similar`; of
/// equal ones by the larger overlap, then by the lower number. O(members).
std::vector<Succession> track(std::span<const Community> before, std::span<const Community> after);

constexpr double least_similar = 0.3;

}  // namespace coinvest
