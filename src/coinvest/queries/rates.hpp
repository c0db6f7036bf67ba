// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "coinvest/base/table.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/exits/survival.hpp"

namespace coinvest {

struct RatesQuestion;

/// A way to divide exits by something: one row per way, for help and `--rate`.
struct RateKind {
  std::string_view name, summary;
  std::string_view options;  ///< of RatesQuestion that it heeds: "by mature"
  Table (*make)(const Deals&, std::span<const ExitEvent>, const RatesQuestion&);
};
std::span<const RateKind> rate_kinds();

struct RatesQuestion {
  const RateKind* rate = &rate_kinds().front();
  std::optional<PositionsBy> by = {};  ///< nothing: what suits the table
  std::optional<int> mature_years = {};
  int lag_years = 4;
  WriteOffs write_offs = WriteOffs::end;
};

/// Exits over entries, or what `question.rate` divides by what. Rates of fewer than five are faint.
Table rates_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question);

/// How long positions were held: one row per group.
Table holding_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question);

/// Which share of positions was still held after how many days: Kaplan–Meier curves, the same as a chart.
Table survival_table(const Deals& deals, std::span<const ExitEvent> events, const RatesQuestion& question);

/// ", as of 2013-12-12"; "" without a day.
std::string as_of_text(const std::optional<Day>& day);

}  // namespace coinvest
