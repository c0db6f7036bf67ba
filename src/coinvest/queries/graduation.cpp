// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "coinvest/base/statistics.hpp"
#include "coinvest/exits/holding.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/summary.hpp"

namespace coinvest {
namespace {

struct DatedRound {
  DateInterval date;
  std::int16_t order = 0;
};

/// The dated rounds of each company.
std::vector<std::vector<DatedRound>> rounds_of_companies(const Deals& all) {
  std::vector<std::vector<DatedRound>> rounds(all.data->companies.size());
  for (std::size_t round = 0; round < all.size(); ++round)
    if (all.date(round).known())
      rounds[index(all.company(round))].push_back(
          {all.date(round), all.data->rounds.stage_order[index(all.rounds[round])]});
  return rounds;
}

/// What became of the companies of one stage.
struct Cohort {
  std::string stage;
  std::uint64_t companies = 0, graduated = 0, recent = 0;
  std::vector<std::int64_t> days_to_next;
};

void add_company(Cohort& cohort, const DatedRound& entry, const std::vector<DatedRound>& rounds,
                 const std::optional<Day>& as_of) {
  constexpr int months_to_wait = 24;
  ++cohort.companies;
  const bool graduated = std::ranges::any_of(
      rounds, [&](const DatedRound& round) { return round.order > entry.order && round.date.low >= entry.date.low; });
  if (graduated)
    ++cohort.graduated;
  else if (as_of && full_months(entry.date.low, *as_of) < months_to_wait)
    ++cohort.recent;
  const DatedRound* next = nullptr;
  for (const DatedRound& round : rounds)
    if (round.date.low > entry.date.low && (next == nullptr || round.date.low < next->date.low)) next = &round;
  if (next != nullptr) cohort.days_to_next.push_back((middle(next->date) - middle(entry.date)).count());
}

}  // namespace

Table graduation(const Deals& deals) {
  const Dataset& data = *deals.data;
  // The first of a company at a stage; stages of one place by their names, not by the order in which they were read.
  std::map<std::tuple<std::int16_t, std::string_view, CompanyId>, DatedRound> entries;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const std::size_t row = index(deals.rounds[round]);
    const DatedRound found{deals.date(round), data.rounds.stage_order[row]};
    if (found.order == 0 || !found.date.known()) continue;
    const auto [entry, is_new] =
        entries.try_emplace({found.order, data.text(data.rounds.stage[row]), deals.company(round)}, found);
    if (!is_new && found.date.low < entry->second.date.low) entry->second = found;
  }
  const Deals all = select(data, unbounded(deals.selection));
  const auto rounds = rounds_of_companies(all);
  const std::optional<Day> as_of = as_of_day(all);
  std::vector<Cohort> cohorts;
  for (const auto& [key, entry] : entries) {
    const std::string_view stage = std::get<std::string_view>(key);
    if (cohorts.empty() || cohorts.back().stage != stage) cohorts.push_back({std::string(stage), 0, 0, 0, {}});
    add_company(cohorts.back(), entry, rounds[index(std::get<CompanyId>(key))], as_of);
  }

  using Row = Cohort;
  const auto share = [](const Row& row) { return wilson_95(row.graduated, row.companies); };
  Table table;
  table.name = "graduation";
  table.caption = "Companies of each stage that came to a later one" + (as_of ? ", as of " + format_day(*as_of) : "");
  fill<Row>(table, cohorts,
            {{{"stage"}, [](const Row& r) { return text_cell(r.stage); }},
             {{"companies"}, [](const Row& r) { return count_cell(r.companies); }},
             {{"graduated"}, [](const Row& r) { return count_cell(r.graduated); }},
             {{"share"}, [&](const Row& r) { return number_cell(share(r).share); }},
             {detail("share_low"), [&](const Row& r) { return number_cell(share(r).low); }},
             {detail("share_high"), [&](const Row& r) { return number_cell(share(r).high); }},
             {{"recent"}, [](const Row& r) { return count_cell(r.recent); }},
             {{"with_next"}, [](const Row& r) { return count_cell(r.days_to_next.size()); }},
             {{"median_days"}, [](const Row& r) { return optional_cell(upper_median(r.days_to_next)); }},
             {detail("as_of"), [&](const Row&) { return day_cell(as_of); }}});
  table.notes.emplace_back(
      "recent companies came less than 24 months ago and may yet graduate; median days are of the "
      "next rounds that came, so that both are too low for young companies");
  return table;
}

}  // namespace coinvest
