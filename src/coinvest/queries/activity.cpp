// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/activity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/exits/silence.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// What one investor's rounds add up to.
struct Totals {
  std::uint64_t leads = 0, in_dollars = 0, unknown = 0, other_currency = 0;
  std::int64_t low = 0, high = 0;
  bool bounded = true;

  /// False if a sum leaves 64 bits.
  bool add(const Amount& amount) {
    if (!amount.disclosed()) {
      ++unknown;
      return true;
    }
    if (amount.currency != Currency("USD")) {
      ++other_currency;
      return true;
    }
    ++in_dollars;
    bounded = bounded && amount.high != Amount::unbounded;
    return !__builtin_add_overflow(low, amount.low, &low) &&
           (!bounded || !__builtin_add_overflow(high, amount.high, &high));
  }
};

Cell band_cell(const std::optional<int>& months) {
  if (!months) return {};
  return text_cell(*months < crunchbase_bands.slowing   ? "under_12"
                   : *months < crunchbase_bands.dormant ? "12_to_17"
                                                        : "18_and_more");
}

}  // namespace

Result<Table> activity(const Deals& deals) {
  const Dataset& data = *deals.data;
  std::vector<Totals> totals(data.investors.size());
  for (std::size_t round = 0; round < deals.size(); ++round) {
    for (std::uint64_t at = deals.offsets[round]; at < deals.offsets[round + 1]; ++at) {
      Totals& of = totals[index(deals.investors[at])];
      if (deals.leads[at] == Lead::yes) ++of.leads;
      if (!of.add(deals.amount(round)))
        return fail(ErrorKind::limit, fmt::format("the amounts of '{}' add up to more than 64 bits hold",
                                                  data.name(deals.investors[at])));
    }
  }
  std::vector<Dormancy> rows = dormancy(deals);
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Dormancy::deals);

  using Row = Dormancy;
  const auto of = [&](const Row& row) -> const Totals& { return totals[index(row.investor)]; };
  Table table;
  table.name = "activity";
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.investor)); }},
             {{"deals"}, [](const Row& r) { return count_cell(r.deals); }},
             {{"leads"}, [&](const Row& r) { return count_cell(of(r).leads); }},
             {{"last_deal"}, [](const Row& r) { return date_cell(r.last_deal); }},
             {{"months"}, [](const Row& r) { return optional_cell(r.months); }},
             {{"band"}, [](const Row& r) { return band_cell(r.months); }},
             {{"usd_low"}, [&](const Row& r) { return of(r).in_dollars > 0 ? money_cell(of(r).low) : Cell{}; }},
             {{"usd_high"},
              [&](const Row& r) { return of(r).in_dollars > 0 && of(r).bounded ? money_cell(of(r).high) : Cell{}; }},
             {{"usd_rounds"}, [&](const Row& r) { return count_cell(of(r).in_dollars); }},
             {{"unknown_amounts"}, [&](const Row& r) { return count_cell(of(r).unknown); }},
             {{"other_currency"}, [&](const Row& r) { return count_cell(of(r).other_currency); }}});
  table.caption = "Deals of investors, months since the last one, and the dollars of their rounds";
  if (!rows.empty() && rows.front().as_of) table.caption += ", as of " + format_day(*rows.front().as_of);
  return table;
}

}  // namespace coinvest
