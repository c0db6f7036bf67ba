// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace coinvest {
namespace {

constexpr std::array<Profile, 4> all_profiles{{
    {"hll2007", "ties of five years, each measure in percent of its maximum",
     "Hochberg, Ljungqvist & Lu 2007, doi:10.1111/j.1540-6261.2007.01207.x",
     "degree,indegree,outdegree,betweenness,eigenvector", TieWeight::binary, 5, Normalised::percent, Smoothing::none},
    {"podolny", "beta status of five years, averaged since the investor's first window",
     "Podolny 1993, doi:10.1086/230091; Pollock et al. 2015, Administrative Science Quarterly 60(3)", "beta",
     TieWeight::count, 5, Normalised::no, Smoothing::since_first},
    {"li2023", "core numbers of yearly networks", "Li et al. 2023", "core", TieWeight::binary, 1, Normalised::no,
     Smoothing::none},
    {"crunchbase", "no network: deals, leads, months since the last deal, dollars", "what the database shows", "",
     TieWeight::binary, 0, Normalised::no, Smoothing::none},
}};

}  // namespace

std::span<const Profile> profiles() {
  return all_profiles;
}

std::string switches_of(const Profile& profile) {
  if (!profile.has_network())
    return fmt::format("profile {}: no network, months in bands of 12 and 18, amounts in USD", profile.name);
  return fmt::format("profile {}: ties by round, weight {}, windows of {} year{}, {}{}{}", profile.name,
                     profile.weight == TieWeight::binary ? "binary" : "count", profile.years,
                     profile.years == 1 ? "" : "s", profile.measures,
                     profile.normalised == Normalised::percent ? ", in percent of the maximum" : "",
                     profile.smoothing == Smoothing::since_first ? ", mean since the first window" : "");
}

Selection with_window(const Deals& deals, int years) {
  Selection selection = deals.selection;
  if (selection.from || selection.to) return selection;
  std::optional<Day> last;
  for (std::size_t round = 0; round < deals.size(); ++round)
    if (deals.date(round).known()) last = std::max(last.value_or(Day::min()), deals.date(round).high);
  if (!last) return selection;
  const auto year = std::chrono::year_month_day(*last).year();
  selection.from = plus_years(Day(year / 1 / 1), 1 - years);
  selection.to = Day(year / 12 / 31);
  return selection;
}

}  // namespace coinvest
