// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "coinvest/exits/registry.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// Two states of a shareholder register, and what else its source says of the change.
struct RegisterStep {
  std::span<const Stake> before, after;
  std::span<const std::pair<InvestorId, InvestorId>> renames;  ///< old name, new name
  std::span<const StakeFlow> flows;                            ///< exact, if not empty
  std::optional<std::int64_t> capital_before, capital_after;   ///< of the whole company, as stated
  bool says_replacement = false, says_buyback = false;
  bool renames_told = false;  ///< by another step of the day
};

/// What happened to one holder, or with `holder` empty to the company.
struct StakeEvent {
  RegistryCode event{};
  std::optional<InvestorId> holder, counterpart;
  CounterpartBasis basis = CounterpartBasis::none;
  Extent extent = Extent::whole;
  std::optional<std::int64_t> capital;  ///< registered capital, minor units; nothing: not known
  auto operator<=>(const StakeEvent&) const = default;
};

struct RegisterDiff {
  std::vector<StakeEvent> events;
  /// Change of the capital that the events do not explain; nothing: some capital is not known.
  std::optional<std::int64_t> residual;
  bool unbalanced = false;  ///< the residual is more than rounding
};

/// Reads a change of a register as events, in this order: renames; a common factor of all holders (a change of par
/// value, or with shares in percent alone a dilution); equal amounts that went and came, by the cheapest assignment,
/// where `same_house` says that two holders are one house (then it is a replacement); one amount that is the sum of
/// several others; and what remains as new money if nothing went, as reduction if nothing came, else as bought from all
/// who sold if there was one buyer, else as removals that leave the capital unbalanced. Amounts are equal within 0.5 %.
/// Beyond 200 holders that sold or bought, amounts are paired in order of size; sums are tried among the 12 largest.
RegisterDiff diff_registers(const RegisterStep& step, const std::function<bool(InvestorId, InvestorId)>& same_house);

}  // namespace coinvest
