// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "coinvest/base/table.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/exits/registry.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/queries/rates.hpp"

namespace coinvest {

/// A way to look at exits: one row per way, for help and `--view`.
struct ExitView {
  std::string_view name, summary;
  std::string_view options;  ///< of RatesQuestion that it heeds: "by write-offs"
  Table (*make)(const Deals&, std::span<const ExitEvent>, const RatesQuestion&);
};
std::span<const ExitView> exit_views();
const ExitView* find_exit_view(std::string_view name);

/// Silence in a sector, the least probable first, those who still invest last.
Table silence_table(const Deals& deals, const SilenceQuestion& question, std::span<const Silence> rows);

/// When each investor invested last in any sector: those silent for unusually long first, then by deals.
Table dormancy_table(const Deals& deals, const DormancyRules& rules);

/// Shareholder changes as events, by company and day.
Table registry_table(const Deals& deals, std::span<const RegistryEvent> events);

}  // namespace coinvest
