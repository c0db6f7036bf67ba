// SPDX-License-Identifier: Apache-2.0
// Rates and holding periods of random worlds, recomputed from the raw rows by the slowest possible loops.
#include <rapidcheck.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "coinvest/exits/rates.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

DateInterval random_date() {
  const int year = *rc::gen::inRange(2010, 2014);
  const int month = *rc::gen::inRange(1, 13);
  const std::string text = std::to_string(year);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return {};
    case 1:
      return fixtures::date(text);
    case 2:
      return fixtures::date(text + (month < 10 ? "-0" : "-") + std::to_string(month));
    default:
      return fixtures::date(text + (month < 10 ? "-0" : "-") + std::to_string(month) + "-15");
  }
}

std::string random_name(char side, int count) {
  return side + std::to_string(*rc::gen::inRange(0, count));
}

Dataset random_world() {
  DatasetBuilder builder(Identity::exact, Cleaning::standard);
  const FileId file = builder.add_file({"w.csv", "w.csv", "", 0});
  const int rounds = *rc::gen::inRange(1, 14);
  for (int r = 0; r < rounds; ++r) {
    RoundInput round;
    round.id = std::to_string(r);
    const std::string company = random_name('c', 4);
    round.company = company;
    round.announced = random_date();
    const RoundId id = builder.add_round(round);
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
      ParticipationInput participation;
      participation.round = id;
      const std::string investor = random_name('i', 5);
      participation.investor = investor;
      builder.add_participation(participation);
    }
  }
  const int exits = *rc::gen::inRange(0, 8);
  const std::vector<std::string> words{"ipo", "acquisition", "closure", "ipo_filing", "equity_transfer", "新三板挂牌"};
  for (int e = 0; e < exits; ++e) {
    ExitRow row;
    const SourceRow source{file, static_cast<std::uint32_t>(e) + 2};
    row.company = builder.company(random_name('c', 4), source);
    row.event = words[*rc::gen::inRange(std::size_t{0}, words.size())];
    if (row.event == "equity_transfer") row.investor = builder.investor(random_name('i', 5), source);
    row.date = random_date();
    row.source = source;
    builder.add_exit(row);
  }
  return builder.finish().value();
}

/// The days on which an investor entered a company, one range per dated participation; nothing if it never did.
std::optional<std::vector<DateInterval>> entries(const Dataset& data, InvestorId investor, CompanyId company) {
  bool entered = false;
  std::vector<DateInterval> dates;
  for (std::size_t p = 0; p < data.participations.size(); ++p) {
    const std::size_t round = index(data.participations.round[p]);
    if (data.participations.investor[p] != investor || data.rounds.company[round] != company) continue;
    entered = true;
    if (data.rounds.announced[round].known()) dates.push_back(data.rounds.announced[round]);
  }
  return entered ? std::optional(dates) : std::nullopt;
}

bool concerns(const ExitRow& row, InvestorId investor, CompanyId company) {
  return row.company == company && (!row.investor || row.investor == investor);
}

/// Shortest and longest time from the first entry to an exit; nothing if unknown or the exit is surely the earlier.
std::optional<DaysRange> held(const std::vector<DateInterval>& dates, const DateInterval& exit) {
  if (dates.empty() || !exit.known()) return {};
  Day first_low = Day::max(), first_high = Day::max();
  for (const DateInterval& date : dates) {
    first_low = std::min(first_low, date.low);
    first_high = std::min(first_high, date.high);
  }
  if (exit.high < first_low) return {};
  const auto shortest = (exit.low - first_high).count();
  return DaysRange{shortest < 0 ? 0 : shortest, (exit.high - first_low).count()};
}

/// What the definitions say about one investor's exit from one company.
void check_pair(const Dataset& data, const std::vector<ExitEvent>& events, InvestorId investor, CompanyId company) {
  const auto dates = entries(data, investor, company);
  std::optional<std::tuple<Day, Day, std::uint32_t>> earliest;
  const ExitRow* decisive = nullptr;
  for (const ExitRow& row : data.exits) {
    const bool counts = row.event == "ipo" || row.event == "acquisition" || row.event == "closure" || row.investor;
    if (!dates || !counts || !concerns(row, investor, company)) continue;
    const bool before = !dates->empty() && row.date.known() && !held(*dates, row.date);
    const std::tuple when{row.date.low, row.date.high, row.source.line};
    if (before || (earliest && *earliest < when)) continue;
    earliest = when;
    decisive = &row;
  }
  std::size_t found = 0;
  for (const ExitEvent& event : events) {
    if (!event.decisive || event.investor != investor || event.company != company) continue;
    ++found;
    RC_ASSERT(decisive != nullptr);
    RC_ASSERT(event.source == decisive->source);
    RC_ASSERT(event.holding == held(*dates, decisive->date));
  }
  RC_ASSERT(found == (decisive != nullptr ? 1U : 0U));
}

}  // namespace

TEST_CASE("random worlds: rates and holding periods agree with brute force") {
  const bool passed = rc::check([] {
    const Dataset data = random_world();
    const Deals deals = select(data, {});
    const std::vector<ExitEvent> events = exit_events(deals);
    const std::vector<ExitRate> rates = exit_rates(deals, events);
    std::size_t investors = 0;
    std::set<CompanyId> all_entered, all_exited;
    for (std::size_t i = 0; i < data.investors.size(); ++i) {
      const auto investor = id_of<InvestorId>(i);
      std::uint64_t entered = 0, exited = 0;
      for (std::size_t c = 0; c < data.companies.size(); ++c) {
        const auto company = id_of<CompanyId>(c);
        check_pair(data, events, investor, company);
        if (!entries(data, investor, company)) continue;
        ++entered;
        all_entered.insert(company);
        if (std::any_of(data.exits.begin(), data.exits.end(), [&](const ExitRow& row) {
              return row.company == company && (row.event == "ipo" || row.event == "acquisition");
            })) {
          ++exited;
          all_exited.insert(company);
        }
      }
      if (entered == 0) continue;
      RC_ASSERT(investors < rates.size());
      const ExitRate& rate = rates[investors++];
      RC_ASSERT(rate.group.investor == investor);
      RC_ASSERT(rate.entered == entered);
      RC_ASSERT(rate.exited == exited);
      RC_ASSERT(*rate.rate_low <= *rate.rate && *rate.rate <= *rate.rate_high);
    }
    RC_ASSERT(rates.size() == investors);
    const ExitRate companies = overall_exit_rate(deals, events);
    RC_ASSERT(companies.entered == all_entered.size());
    RC_ASSERT(companies.exited == all_exited.size());
  });
  CHECK(passed);
}
