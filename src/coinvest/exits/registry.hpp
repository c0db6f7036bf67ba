// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What a line of a shareholder register means.
enum class RegistryCode : std::uint8_t {
  invest,
  increase,
  invest_or_increase,
  removed,
  secondary,
  replace,
  transfer,
  dilution,
  capital,
  offer,
  reduction,
  buyback,
  decrease,
  rename,
};

struct RegistryKind {
  RegistryCode code;
  std::string_view name;
  std::string_view summary;
};

std::span<const RegistryKind> registry_kinds();
std::string_view name_of(RegistryCode code);

/// How the other side of a change is known.
enum class CounterpartBasis : std::uint8_t {
  none,        ///< not known
  stated,      ///< the details of this row name it
  paired,      ///< the details of the other side's row name this holder
  candidate,   ///< the only one that came on the day when only this one went, while the capital is not said to change;
               ///< or the one that got what this one gave up
  same_house,  ///< the register shows equal capital, the alias table one manager
};
std::string_view name_of(CounterpartBasis basis);  ///< "" for none

/// Who the holder is, as far as its type or name says: such holders are no venture investors.
enum class HolderLabel : std::uint8_t { none, natural_person, employee_platform };
std::string_view name_of(HolderLabel label);  ///< "" for none

/// The label of a holder by its type and name.
HolderLabel label_of(const Dataset& data, InvestorId holder);

/// Whether all that a holder had is meant.
enum class Extent : std::uint8_t { whole, part };
std::string_view name_of(Extent extent);  ///< "" for whole

struct RegistryEvent {
  CompanyId company{};
  DateInterval date;
  std::optional<InvestorId> holder;  ///< as counted after roll-up; nothing: a change of the company
  RegistryCode event{};
  std::string counterpart;  ///< a holder's name; "" if not known
  CounterpartBasis basis = CounterpartBasis::none;
  std::string capital;                        ///< the change of registered capital as written; never a price
  std::optional<std::int64_t> capital_minor;  ///< the same as a number, if the register says what each holder has
  Currency currency;                          ///< of `capital_minor`
  Extent extent = Extent::whole;
  std::optional<InvestorId> shareholder;  ///< the holder as the register names it
  std::optional<RoundId> round;           ///< new money: the company's round nearest in time, within 180 days
  std::string_view grade = "E2";          ///< evidence: a register
  Grade source_grade = Grade::ungraded;
  HolderLabel label = HolderLabel::none;
  /// Does the sum of capital not add up? Nothing: the capital of some holder is not known, so nobody can tell.
  std::optional<bool> unbalanced;
  std::optional<std::int64_t> residual;  ///< change of capital that the day's events do not explain, minor units
  SourceRow source;
};

/// The name that details give as the other side: `(from X)`, `(to X)`, `transfer to X`, `partial transfer to X`.
/// "" if they give none; numbers and percentages (`increase to 35.87%`) are no names.
std::string_view stated_counterpart(std::string_view details);

/// Register rows as events, by company, day and source row; and what changed between two states of a register, see
/// registry_diff.hpp. A holder that left to a stated buyer is SECONDARY, without
/// one REMOVED; one whose own house (by the roll-up) came or gave is REPLACE. INVEST with a counterpart bought old
/// shares: no money for the company. Kept: rows visible under as_of, known_by and min_grade, of companies in the
/// selection's sector and country, and inside its dates.
std::vector<RegistryEvent> registry_events(const Deals& deals);

}  // namespace coinvest
