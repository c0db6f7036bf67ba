// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// In how many shared companies the one came first. An investor comes in with its first dated participation.
struct Precedence {
  std::uint32_t before = 0;   ///< a came in on an earlier day than b
  std::uint32_t same = 0;     ///< in the same round, or on the same day
  std::uint32_t after = 0;    ///< a came in later
  std::uint32_t unknown = 0;  ///< undated, or imprecise dates that overlap

  /// (before − after) / (before + after); NaN without either.
  double value() const;
  /// Two-sided sign test of before against after: 1 if they are as many; NaN without either.
  double p() const;
};

/// Two investors that invest together.
struct Tie {
  InvestorId a{}, b{};                 ///< a < b
  std::uint32_t shared_rounds = 0;     ///< selected rounds with both, whatever made the tie
  std::uint32_t shared_companies = 0;  ///< companies with both, in the same round or not
  DateInterval first, last;            ///< of the shared rounds; unknown if none is dated
  double weight = 0;                   ///< as in the co-investment graph
  std::uint32_t a_led = 0, b_led = 0;  ///< shared rounds that a, or b, is known to have led
  Precedence precedence;               ///< over the shared companies
};

/// The edges of a co-investment graph, ascending by a, then b. Of several imprecise dates the first lies between their
/// earliest low and earliest high end, the last between their latest ends. Both counts are over all selected rounds,
/// also those that `max_syndicate` kept from making ties. Fails: cancelled.
/// O(Σ over ties of the rounds of both ends).
Result<std::vector<Tie>> ties(const Deals& deals, const Coinvestment& graph, const Context& context);

}  // namespace coinvest
