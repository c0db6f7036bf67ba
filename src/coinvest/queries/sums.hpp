// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/model/rates.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// The amounts of selected rounds, as far as one currency can say them.
struct Amounts {
  Currency currency;           ///< that of the rates, else that of most disclosed rounds, of equals the first by name
  std::vector<Amount> amount;  ///< per round position; in another currency where no rate holds
};
/// Fails (limit) if a converted amount leaves 64 bits.
Result<Amounts> amounts_of(const Deals& deals, const std::optional<Rates>& rates);

/// What amounts add up to, in minor units of one currency, and how many could not be added.
struct Total {
  std::int64_t exact = 0;            ///< the exact ones alone
  std::int64_t low = 0;              ///< the least that all say
  std::optional<std::int64_t> high;  ///< the most; nothing while one of them is unbounded
  std::uint64_t undisclosed = 0, other_currency = 0;
};

/// A sum of intervals of money in one currency, with what could not be added.
class Sum {
 public:
  void add(const Amount& amount, Currency currency);
  /// Fails (limit), naming `what`, if a sum leaves 64 bits.
  Result<Total> total(std::string_view what) const;
  /// Adds a cell per column of `sum_columns`. Fails as `total` does.
  Result<void> append_to(std::vector<Cell>& row, Currency currency, std::string_view what) const;

 private:
  __extension__ using Wide = __int128;  // checked against 64 bits at the end
  Wide exact_ = 0, low_ = 0, high_ = 0;
  bool bounded_ = true;
  std::uint64_t undisclosed_ = 0, other_currency_ = 0;
};

/// amount_exact, amount_low, amount_high, undisclosed, currency, other_currency.
extern const std::vector<ColumnHead> sum_columns;

/// What a reader of the sums must know: how many rounds said no amount, or one in another currency.
void note_missing_amounts(Table& table, const Amounts& amounts);

}  // namespace coinvest
