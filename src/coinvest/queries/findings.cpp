// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <tuple>

#include "coinvest/base/statistics.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/queries/identify.hpp"
#include "coinvest/queries/problems.hpp"

namespace coinvest {
namespace {

/// The first row that names each investor and company.
struct FirstRows {
  std::vector<SourceRow> investor, company;

  explicit FirstRows(const Dataset& data) : investor(data.investors.size()), company(data.companies.size()) {
    const auto see = [](SourceRow& first, const SourceRow& row) {
      if (first.line == 0 || row < first) first = row;
    };
    for (std::size_t row = 0; row < data.participations.size(); ++row)
      see(investor[index(data.participations.investor[row])], data.participations.source[row]);
    for (std::size_t round = 0; round < data.rounds.size(); ++round)
      see(company[index(data.rounds.company[round])], data.rounds.source[round]);
  }
};

void find_variant_names(const Dataset& data, const FirstRows& first, std::vector<Problem>& found) {
  constexpr double least = 0.85;  // of a hundred such pairs most are one organisation
  for (const NameSide side : {NameSide::investors, NameSide::companies}) {
    const bool investors = side == NameSide::investors;
    const auto& names = investors ? data.investors.name : data.companies.name;
    const std::vector<LikelyPair> pairs = likely_pairs(data, side, least, {}).value();  // nobody can cancel it here
    for (const LikelyPair& pair : pairs) {
      const SourceRow& where = (investors ? first.investor : first.company)[pair.b];
      if (where.line == 0) continue;  // known from the alias table alone
      found.push_back({ProblemKind::variant_name, where, investors ? "investor" : "company",
                       fmt::format("{} may be {} ({}): kept apart", names[pair.b], names[pair.a], pair.evidence)});
    }
  }
}

void find_names_on_both_sides(const Dataset& data, const FirstRows& first, std::vector<Problem>& found) {
  std::map<std::string, std::uint32_t> companies;
  for (std::uint32_t company = 0; company < data.companies.size(); ++company)
    companies.emplace(match_key(data.companies.name[company]), company);
  for (std::uint32_t investor = 0; investor < data.investors.size(); ++investor) {
    if (first.investor[investor].line == 0) continue;
    if (companies.contains(match_key(data.investors.name[investor])))
      found.push_back({ProblemKind::both_sides, first.investor[investor], "investor",
                       fmt::format("{} raises money, too: an investor and a company", data.investors.name[investor])});
  }
}

void find_exits_before_entry(const Dataset& data, std::vector<Problem>& found) {
  std::map<SourceRow, std::vector<ExitEvent>> early;
  for (ExitEvent& event : exit_events(select(data, {})))
    if (event.anomaly == ExitAnomaly::exit_before_entry) early[event.source].push_back(std::move(event));
  for (const auto& [where, events] : early) {
    const ExitEvent& event = events.front();
    found.push_back(
        {ProblemKind::exit_before_entry, where, "date",
         fmt::format("{} on {}, but {} came into {} on {}{}", name_of(event.code), format_date(event.date),
                     data.name(*event.investor), data.name(event.company), format_date(event.entered),
                     events.size() > 1 ? fmt::format(", and {} others after it, too", events.size() - 1) : "")});
  }
}

/// Exact amounts against the median of their stage, currency and year: an order of magnitude is an opinion, two are
/// mostly a slip of units.
void find_unusual_amounts(const Dataset& data, std::vector<Problem>& found) {
  constexpr std::size_t fewest_peers = 10;
  constexpr std::int64_t factor = 100;
  const Rounds& rounds = data.rounds;
  std::map<std::tuple<std::string_view, Currency, std::chrono::year>, std::vector<std::size_t>> peers;
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    const DateInterval& date = rounds.announced[round];
    if (rounds.stage_order[round] == 0) continue;  // of an unknown stage any amount is usual
    if (rounds.amount[round].precision != Precision::exact || rounds.duplicate[round] != 0 || !date.known()) continue;
    const auto year = std::chrono::year_month_day(date.low).year();
    peers[{data.text(rounds.stage[round]), rounds.amount[round].currency, year}].push_back(round);
  }
  const auto amount_of = [&](std::size_t round) { return rounds.amount[round].low; };
  for (const auto& [key, group] : peers) {
    if (group.size() < fewest_peers) continue;
    std::vector<std::int64_t> amounts;
    for (const std::size_t round : group) amounts.push_back(amount_of(round));
    const std::int64_t median = *upper_median(std::move(amounts));
    for (const std::size_t round : group) {
      const std::int64_t amount = amount_of(round);
      if (amount / factor <= median && amount >= median / factor) continue;
      found.push_back({ProblemKind::unusual_amount, rounds.source[round], "amount",
                       fmt::format("{} {}, while the median of {} like it is {}: kept", format_minor(amount),
                                   std::get<Currency>(key).text(), group.size(), format_minor(median))});
    }
  }
}

}  // namespace

std::vector<Problem> findings(const Dataset& data) {
  const FirstRows first(data);
  std::vector<Problem> found;
  find_variant_names(data, first, found);
  find_names_on_both_sides(data, first, found);
  find_exits_before_entry(data, found);
  find_unusual_amounts(data, found);
  std::ranges::stable_sort(found, {}, &Problem::where);
  return found;
}

}  // namespace coinvest
