// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/rates.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/amount.hpp"
#include "coinvest/ingest/strict_table.hpp"

namespace coinvest {
namespace {

Result<Currency> currency_of(std::string_view text) {
  if (const auto currency = parse_currency(text)) return *currency;
  return fail(ErrorKind::input, fmt::format("'{}' is no currency code", visible(clip(text, 80))));
}

}  // namespace

Result<Rates> read_rates(const std::string& path) {
  constexpr std::array<StrictColumn, 4> columns{{{"date", false}, {"currency"}, {"rate"}, {"to", false}}};
  std::optional<Rates> rates;
  const auto read = read_strict_table(path, columns, [&](const StrictRow& row) -> Result<void> {
    const auto target = row.cells[3].empty() ? Currency("USD") : currency_of(row.cells[3]);
    if (!target) return tl::unexpected(target.error());
    if (!rates) rates.emplace(*target);
    if (*target != rates->target())
      return fail(ErrorKind::input, fmt::format("rates to {} after rates to {}: a file converts into one currency",
                                                target->text(), rates->target().text()));
    const auto currency = currency_of(row.cells[1]);
    if (!currency) return tl::unexpected(currency.error());
    const auto rate = parse_rate(row.cells[2]);
    if (!rate) return tl::unexpected(rate.error());
    if (*currency == *target) {
      if (*rate == Rates::unit) return {};
      return fail(ErrorKind::input, fmt::format("a rate of {} to itself that is not 1", currency->text()));
    }
    DateInterval date;
    if (!row.cells[0].empty()) {
      const auto read_date = parse_date(row.cells[0]);
      if (!read_date) return tl::unexpected(read_date.error());
      date = *read_date;
    }
    return rates->add(*currency, date, *rate);
  });
  if (!read) return tl::unexpected(read.error());
  if (!rates) return fail(ErrorKind::input, "no rates: the table has no rows", {path, 0, ""});
  return std::move(*rates);
}

}  // namespace coinvest
