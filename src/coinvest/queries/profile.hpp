// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/queries/panel.hpp"

namespace coinvest {

/// The switches of one tradition of the literature, on the co-investment graph by shared round; or no network at all.
struct Profile {
  std::string_view name, summary, source;
  std::string_view measures;  ///< separated by commas; none: no network, but `activity`
  TieWeight weight;
  int years;  ///< of the window
  Normalised normalised;
  Smoothing smoothing;

  constexpr bool has_network() const { return !measures.empty(); }
};

/// One row per profile; docs/methods.md says more of each.
std::span<const Profile> profiles();

/// Every switch in one line, for captions: "profile li2023: ties by round, weight binary, windows of 1 year, ...".
std::string switches_of(const Profile& profile);

/// The calendar years that a profile's window of so many years covers, ending with the year of the last round: the
/// selection with these dates, unless it has dates of its own or no round has one.
Selection with_window(const Deals& deals, int years);

}  // namespace coinvest
