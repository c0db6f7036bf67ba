// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/survival.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "coinvest/base/statistics.hpp"

namespace coinvest {
namespace {

using Days = std::vector<std::int64_t>;

/// Nothing if a date is unknown or the exit came before the entry.
std::optional<Spell> spell_of(const Position& position, std::optional<Day> as_of, WriteOffs write_offs) {
  const DateInterval& entered = position.holding.entered;
  if (position.exit != nullptr) {
    if (!position.exit->holding) return {};
    const bool ended = position.exit->code != ExitCode::writeoff || write_offs == WriteOffs::end;
    return Spell{*position.exit->holding, ended};
  }
  if (!entered.known() || !as_of) return {};
  const auto until_now = [&](Day day) { return std::max<std::int64_t>(0, (*as_of - day).count()); };
  return Spell{{until_now(entered.high), until_now(entered.low)}, false};
}

HoldingSummary summary_of(const Group& group, const std::vector<Spell>& spells) {
  HoldingSummary summary;
  summary.group = group;
  Days all, lows, middles, highs;
  for (const Spell& spell : spells) {
    all.push_back(spell.middle());
    if (!spell.ended) continue;
    lows.push_back(spell.days.low);
    middles.push_back(spell.middle());
    highs.push_back(spell.days.high);
    if (spell.days.low != spell.days.high) ++summary.imprecise;
  }
  if (all.size() >= too_few) {
    const auto last = all.begin() + too_few - 1;
    std::nth_element(all.begin(), last, all.end(), std::greater{});
    summary.well_seen = *last;
  }
  summary.realised = middles.size();
  summary.censored = spells.size() - middles.size();
  summary.lower_quartile = quartile(middles, 1);
  summary.median = upper_median(middles);
  summary.upper_quartile = quartile(middles, 3);
  summary.median_low = upper_median(lows);
  summary.median_high = upper_median(highs);
  summary.curve = kaplan_meier(spells);
  summary.kaplan_meier_median = median_of(summary.curve);
  return summary;
}

}  // namespace

std::vector<SurvivalStep> kaplan_meier(std::span<const Spell> spells) {
  std::map<std::int64_t, std::pair<std::uint64_t, std::uint64_t>> days;  // ended, censored
  for (const Spell& spell : spells) {
    auto& [ended, censored] = days[spell.middle()];
    ++(spell.ended ? ended : censored);
  }
  std::vector<SurvivalStep> curve;
  if (spells.empty()) return curve;
  curve.push_back({.days = 0, .at_risk = spells.size(), .low = 1, .high = 1});
  std::uint64_t at_risk = spells.size();
  double survival = 1, variance = 0;  // of Greenwood: the sum of d / (n (n - d))
  for (const auto& [day, counts] : days) {
    const auto [ended, censored] = counts;
    if (ended > 0) {
      if (day > 0) curve.push_back({.days = day, .at_risk = at_risk});
      const double n = static_cast<double>(at_risk), left = static_cast<double>(at_risk - ended);
      survival *= left / n;
      variance += static_cast<double>(ended) / (n * left);
      SurvivalStep& step = curve.back();
      step.ended = ended;
      step.survival = survival;
      step.low = step.high = {};
      if (ended < at_risk) {
        const double half = z_95 * survival * std::sqrt(variance);
        step.low = std::max(0.0, survival - half);
        step.high = std::min(1.0, survival + half);
      }
    }
    curve.back().censored += censored;
    at_risk -= ended + censored;
  }
  return curve;
}

std::optional<std::int64_t> median_of(std::span<const SurvivalStep> curve) {
  constexpr double rounding = 1e-12;  // of a product of shares that is one half
  for (const SurvivalStep& step : curve)
    if (step.survival <= 0.5 + rounding) return step.days;
  return {};
}

std::vector<HoldingSummary> holding_periods(const Deals& deals, std::span<const ExitEvent> events,
                                            const HoldingQuestion& question) {
  const std::optional<Day> as_of = as_of_day(deals);
  std::map<Group, std::vector<Spell>> groups;
  for (const Position& position : positions(deals, events))
    if (const auto spell = spell_of(position, as_of, question.write_offs))
      groups[group_of(deals, position.holding, question.by)].push_back(*spell);
  std::vector<HoldingSummary> summaries;
  for (const auto& [group, spells] : groups) {
    summaries.push_back(summary_of(group, spells));
    summaries.back().as_of = as_of;
  }
  return summaries;
}

}  // namespace coinvest
