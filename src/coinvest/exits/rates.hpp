// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/exits/events.hpp"

namespace coinvest {

/// Share of the companies entered that were listed or sold (XR1): companies, each once, not investments.
struct ExitRate {
  std::optional<InvestorId> investor;  ///< nothing: all companies with a named investor
  std::uint64_t entered = 0;           ///< companies with a selected participation
  std::uint64_t exited = 0;            ///< of these, with a visible IPO or sale; undated ones and early ones count too
  std::uint64_t exited_before_entry = 0;      ///< of the exited, those whose every such event came before the entry
  std::optional<double> rate;                 ///< exited / entered; nothing if nothing was entered
  std::optional<double> rate_low, rate_high;  ///< 95 % Wilson interval
  std::optional<Day> as_of;
};

/// XR1 of every investor with a selected participation, ascending by id; `events` as `exit_events` gives them.
/// O(P log P). Source: Hochberg, Ljungqvist & Lu 2007, doi:10.1111/j.1540-6261.2007.01207.x; Wilson 1927.
std::vector<ExitRate> exit_rates(const Deals& deals, std::span<const ExitEvent> events);

/// The same over all companies with a selected, named participation, each once: the denominator of the whole.
ExitRate company_exit_rate(const Deals& deals, std::span<const ExitEvent> events);

}  // namespace coinvest
