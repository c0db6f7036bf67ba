// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/silence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "coinvest/base/statistics.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/holding.hpp"

namespace coinvest {
namespace {

void see_deal(Dormancy& row, const DateInterval& date) {
  ++row.deals;
  if (!date.known()) return;
  if (!row.last_deal.known() || std::pair(date.high, date.low) > std::pair(row.last_deal.high, row.last_deal.low))
    row.last_deal = date;
}

void judge(Dormancy& row, std::optional<Day> as_of) {
  row.as_of = as_of;
  if (!row.last_deal.known() || !as_of) return;
  row.months = std::max(0, full_months(row.last_deal.high, *as_of));
  row.state = *row.months < 12   ? Activity::active
              : *row.months < 24 ? Activity::slowing
              : *row.months < 60 ? Activity::dormant
                                 : Activity::lapsed;
}

double days_of(const DayRange& range) {
  return static_cast<double>((range.to - range.from).count() + 1);
}

Verdict verdict_of(const Silence& row, const SilenceQuestion& question, const DayRange& history) {
  if (row.deals_in_period > 0) return Verdict::still_investing;
  if (row.p_zero && *row.p_zero < 0.05) return row.outside_deals > 0 ? Verdict::left_sector : Verdict::left_market;
  const double rate_before = static_cast<double>(row.sector_before) / days_of(history);
  const double rate_in_period = static_cast<double>(row.sector_in_period) / days_of(question.period);
  return rate_in_period < rate_before / 2 ? Verdict::sector_froze : Verdict::too_few_deals;
}

}  // namespace

std::string_view name_of(Activity state) {
  constexpr std::array<std::string_view, 5> names{"active", "slowing", "dormant", "lapsed", "never_dated"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 5> names{"still investing", "sector froze", "too few deals to tell",
                                                  "left the sector", "left the market"};
  return names[static_cast<std::size_t>(verdict)];
}

std::vector<Dormancy> dormancy(const Deals& deals) {
  std::map<InvestorId, Dormancy> rows;
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position)) see_deal(rows[investor], deals.date(position));
  const std::optional<Day> as_of = as_of_day(deals);
  std::vector<Dormancy> result;
  result.reserve(rows.size());
  for (auto& [investor, row] : rows) {
    row.investor = investor;
    judge(row, as_of);
    result.push_back(row);
  }
  return result;
}

Result<std::vector<Silence>> silence(const Deals& deals, const SilenceQuestion& question) {
  const DayRange& period = question.period;
  const DayRange history =
      question.history.value_or(DayRange{plus_years(period.from, -2), period.from - std::chrono::days{1}});
  for (const DayRange& range : {period, history})
    if (range.to < range.from)
      return fail(ErrorKind::usage, "a range of days must not end before it begins: " + format_day(range.from) + ".." +
                                        format_day(range.to));
  if (history.to >= period.from)
    return fail(ErrorKind::usage, "the history must end before the period begins on " + format_day(period.from));

  struct Deal {
    Silence silence;
    Dormancy dormancy;
  };
  std::map<InvestorId, Deal> rows;
  const std::string sector = match_key(question.sector);
  std::map<std::string_view, bool> is_sector;  // few distinct texts, many rounds
  std::uint64_t sector_rounds = 0, sector_before = 0, sector_in_period = 0;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const DateInterval date = deals.date(position);
    const PartialDate rule = deals.selection.partial_date;
    const bool before = lies_in(date, history.from, history.to, rule);
    // Under `overlap` one round may touch both: it stands in each.
    const bool in_period = lies_in(date, period.from, period.to, rule);
    const auto [inside_sector, is_new] = is_sector.try_emplace(deals.sector(position));
    if (is_new) inside_sector->second = match_key(inside_sector->first) == sector;
    const bool inside = inside_sector->second;
    if (inside) {
      ++sector_rounds;
      if (before) ++sector_before;
      if (in_period) ++sector_in_period;
    }
    for (const InvestorId investor : deals.participants(position)) {
      Deal& row = rows[investor];
      if (!inside) {
        if (in_period) ++row.silence.outside_deals;
        continue;
      }
      if (before) ++row.silence.deals_before;
      if (in_period) ++row.silence.deals_in_period;
      see_deal(row.dormancy, date);
    }
  }
  if (sector_rounds == 0)
    return fail(ErrorKind::usage, "no selected round belongs to the sector '" + visible(question.sector) + "'");

  const std::optional<Day> as_of = as_of_day(deals);
  std::vector<Silence> listed;
  std::vector<double> p;
  for (auto& [investor, row] : rows) {
    Silence& silence = row.silence;
    const bool enough = question.listed == Listed::with_history ? silence.deals_before >= 2
                                                                : silence.deals_before + silence.deals_in_period >= 1;
    if (!enough) continue;
    silence.investor = investor;
    silence.sector_before = sector_before;
    silence.sector_in_period = sector_in_period;
    if (sector_before > 0) {
      silence.expected = static_cast<double>(silence.deals_before) / static_cast<double>(sector_before) *
                         static_cast<double>(sector_in_period);
      silence.p_zero = std::exp(-*silence.expected);
      p.push_back(*silence.p_zero);
    }
    judge(row.dormancy, as_of);
    silence.last_deal = row.dormancy.last_deal;
    silence.months = row.dormancy.months;
    silence.state = row.dormancy.state;
    silence.verdict = verdict_of(silence, question, history);
    listed.push_back(silence);
  }
  const std::vector<double> q = benjamini_hochberg(p, p.size());  // all have a p-value, or none has
  for (std::size_t row = 0; row < q.size(); ++row) listed[row].q = q[row];
  return listed;
}

}  // namespace coinvest
