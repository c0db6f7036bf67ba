// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/sums.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
const std::vector<ColumnHead> sum_columns{{"amount_exact"}, {"amount_low"}, {"amount_high"},
                                          {"undisclosed"},  {"currency"},   {"other_currency"}};

Result<Amounts> amounts_of(const Deals& deals, const std::optional<Rates>& rates) {
  Amounts made;
  made.amount.reserve(deals.size());
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const auto amount = rates ? rates->convert(deals.amount(round), deals.date(round)) : deals.amount(round);
    if (!amount) return tl::unexpected(amount.error());
    made.amount.push_back(*amount);
  }
  made.currency = rates ? rates->target() : most_frequent_currency(made.amount);
  return made;
}

void Sum::add(const Amount& amount, Currency currency) {
  if (!amount.disclosed()) {
    ++undisclosed_;
  } else if (amount.currency != currency) {
    ++other_currency_;
  } else {
    if (amount.precision == Precision::exact) exact_ += amount.low;
    low_ += amount.low;
    if (amount.high == Amount::unbounded)
      bounded_ = false;
    else
      high_ += amount.high;
  }
}

Result<Total> Sum::total(std::string_view what) const {
  if (std::max({exact_, low_, high_}) > INT64_MAX)
    return fail(ErrorKind::limit, fmt::format("the amounts of {} add up to more than 64 bits hold", what));
  Total total{static_cast<std::int64_t>(exact_), static_cast<std::int64_t>(low_), {}, undisclosed_, other_currency_};
  if (bounded_) total.high = static_cast<std::int64_t>(high_);
  return total;
}

Result<void> Sum::append_to(std::vector<Cell>& row, Currency currency, std::string_view what) const {
  const auto sum = total(what);
  if (!sum) return tl::unexpected(sum.error());
  row.push_back(money_cell(sum->exact));
  row.push_back(money_cell(sum->low));
  row.push_back(sum->high ? money_cell(*sum->high) : Cell{});
  row.push_back(count_cell(sum->undisclosed));
  row.push_back(text_or_nothing(currency.text()));
  row.push_back(count_cell(sum->other_currency));
  return {};
}

void note_missing_amounts(Table& table, const Amounts& amounts) {
  const auto count = [&](auto holds) { return std::ranges::count_if(amounts.amount, holds); };
  const auto undisclosed = count([](const Amount& amount) { return !amount.disclosed(); });
  const auto other =
      count([&](const Amount& amount) { return amount.disclosed() && amount.currency != amounts.currency; });
  if (undisclosed > 0)
    table.notes.push_back(fmt::format("{} of {} disclose no amount", grouped(static_cast<std::uint64_t>(undisclosed)),
                                      counted(amounts.amount.size(), "round", "rounds")));
  if (other > 0)
    table.notes.push_back(fmt::format("{} in other currencies: not in the sums; see --rates",
                                      counted(static_cast<std::uint64_t>(other), "round", "rounds")));
}

}  // namespace coinvest
