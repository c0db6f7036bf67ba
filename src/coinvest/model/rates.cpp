// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/rates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

__extension__ using Wide = __int128;  // an amount times a rate

enum class Rounding : std::uint8_t { down, nearest, up };

Wide times(std::int64_t amount, std::int64_t rate, Rounding rounding) {
  const Wide product = Wide{amount} * rate;
  const Wide more = rounding == Rounding::down ? 0 : rounding == Rounding::nearest ? Rates::unit / 2 : Rates::unit - 1;
  return (product + more) / Rates::unit;
}

}  // namespace

Result<void> Rates::add(Currency currency, const DateInterval& date, std::int64_t rate) {
  std::vector<Rate>& rates = rates_[currency];
  const bool constant = !date.known();
  const auto is_constant = [](const Rate& other) { return other.from == Day::min(); };
  if (!rates.empty() && (constant || is_constant(rates.front())))
    return fail(ErrorKind::input, fmt::format("{} has a rate without a date, and another one", currency.text()));
  const Rate made = constant ? Rate{Day::min(), Day::max(), rate} : Rate{date.low, date.high, rate};
  const auto at = std::ranges::lower_bound(rates, made.from, {}, &Rate::from);
  if ((at != rates.end() && at->from <= made.to) || (at != rates.begin() && std::prev(at)->to >= made.from))
    return fail(ErrorKind::input, fmt::format("{} has two rates that hold on one day, one of them from {} on",
                                              currency.text(), format_day(made.from)));
  rates.insert(at, made);
  return {};
}

std::optional<Rates::Extremes> Rates::in_force(Currency currency, const DateInterval& date) const {
  const auto found = rates_.find(currency);
  if (found == rates_.end()) return std::nullopt;
  const std::vector<Rate>& rates = found->second;
  if (rates.front().from == Day::min()) return Extremes{rates.front().rate, rates.front().rate};
  if (!date.known()) return std::nullopt;
  auto first = std::ranges::upper_bound(rates, date.low, {}, &Rate::from);
  const auto last = std::ranges::upper_bound(rates, date.high, {}, &Rate::from);
  if (first == rates.begin()) return std::nullopt;
  --first;
  const bool holds_at_both_ends = date.low <= first->to + longest_gap && date.high <= (last - 1)->to + longest_gap;
  if (!holds_at_both_ends) return std::nullopt;
  const auto [lowest, highest] = std::minmax_element(first, last, [](auto& a, auto& b) { return a.rate < b.rate; });
  return Extremes{lowest->rate, highest->rate};
}

Result<Amount> Rates::convert(const Amount& amount, const DateInterval& date) const {
  if (!amount.disclosed() || amount.currency == target_) return amount;
  const auto rates = in_force(amount.currency, date);
  if (!rates) return amount;
  const bool exact = amount.precision == Precision::exact && rates->lowest == rates->highest;
  const Wide low = times(amount.low, rates->lowest, exact ? Rounding::nearest : Rounding::down);
  const bool unbounded = amount.high == Amount::unbounded;
  const Wide high = unbounded ? 0 : times(amount.high, rates->highest, exact ? Rounding::nearest : Rounding::up);
  if (std::max(low, high) >= Amount::unbounded)
    return fail(ErrorKind::limit, fmt::format("{} {} in {} is more than 64 bits hold", format_minor(amount.low),
                                              amount.currency.text(), target_.text()));
  Amount converted{static_cast<std::int64_t>(low), unbounded ? Amount::unbounded : static_cast<std::int64_t>(high),
                   amount.precision, target_};
  if (amount.precision == Precision::exact && !exact) converted.precision = Precision::range;
  return converted;
}

Result<std::int64_t> parse_rate(std::string_view text) {
  const auto refused = [&] {
    return fail(ErrorKind::input, fmt::format("'{}' is no rate: a positive decimal number below 1000000 is expected",
                                              visible(clip(text, 80))));
  };
  std::int64_t rate = 0;
  std::int64_t place = 0;  // of the next decimal; 0 before the point, -1 once decimals are too fine
  bool digits = false;
  for (const char c : text) {
    if (c == '.' && place == 0) {
      place = Rates::unit / 10;
    } else if (c < '0' || c > '9') {
      return refused();
    } else if (place > 0) {
      rate += (c - '0') * place;
      place = place > 1 ? place / 10 : -1;
      digits = true;
    } else if (place == 0) {
      if (rate >= Rates::largest / 10) return refused();
      rate = rate * 10 + (c - '0') * Rates::unit;
      digits = true;
    }
  }
  if (!digits || rate == 0) return refused();
  return rate;
}

}  // namespace coinvest
