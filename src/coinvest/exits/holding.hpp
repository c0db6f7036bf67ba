// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/model/selection.hpp"

namespace coinvest {

/// An investor that took part in at least one selected round of a company.
struct Holding {
  CompanyId company{};
  InvestorId investor{};
  DateInterval entered;   ///< of the first dated participation; unknown if none has a date
  std::size_t round = 0;  ///< position of that participation's round in Deals; undated: of the first one there
};

/// One row per pair of company and investor, ascending. With several imprecise dates the first one lies between their
/// earliest low and their earliest high end. O(P log P) for P participations.
std::vector<Holding> holdings(const Deals& deals);

/// The holders of one company, ascending; `all` as `holdings` gives them.
std::span<const Holding> holders_of(std::span<const Holding> all, CompanyId company);

/// The row of a pair; nullptr if the investor has no selected participation in the company.
const Holding* find_holding(std::span<const Holding> all, CompanyId company, InvestorId investor);

/// The day up to which facts are judged: `as_of` of the selection, else the last day in the data.
std::optional<Day> as_of_day(const Deals& deals);

}  // namespace coinvest
