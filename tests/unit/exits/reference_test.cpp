// SPDX-License-Identifier: Apache-2.0
// The data sets that ship, against numbers computed apart from this program.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/exits/registry.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/exits/survival.hpp"
#include "coinvest/ingest/read.hpp"

using namespace coinvest;

namespace {

Dataset read(const std::string& folder, Cleaning cleaning) {
  const std::vector<std::string> paths{std::string(COINVEST_SOURCE_DIR) + "/graphs/" + folder};
  ReadOptions options;
  options.cleaning = cleaning;
  Result<Dataset> data = read_dataset(paths, options, Context{});
  INFO((data ? "" : describe(data.error())));
  REQUIRE(data);
  return std::move(*data);
}

Day day(std::string_view text) {
  return parse_date(text).value().low;
}

}  // namespace

TEST_CASE("crunchbase-2013, raw: exit rates, holding periods, dormancy") {
  const Dataset data = read("crunchbase-2013", Cleaning::raw);
  const Deals deals = select(data, {});
  const std::vector<ExitEvent> events = exit_events(deals);
  const ExitRate companies = overall_exit_rate(deals, events);
  CHECK(companies.exited == 1673);
  CHECK(companies.entered == 21410);

  const std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> expected{
      {"SV Angel", {107, 441}},
      {"Intel Capital", {64, 381}},
      {"Y Combinator", {31, 457}},
      {"New Enterprise Associates", {58, 318}},
      {"Sequoia Capital", {72, 308}}};
  std::size_t found = 0;
  for (const ExitRate& rate : exit_rates(deals, events)) {
    const auto want = expected.find(data.name(*rate.group.investor));
    if (want == expected.end()) continue;
    ++found;
    CAPTURE(want->first);
    CHECK(rate.exited == want->second.first);
    CHECK(rate.entered == want->second.second);
  }
  CHECK(found == expected.size());

  const HoldingSummary holding = holding_periods(deals, events).at(0);
  CHECK(holding.realised == 7928);
  CHECK(holding.median == 993);
  CHECK(holding.lower_quartile == 563);
  CHECK(holding.upper_quartile == 1600);

  std::map<int, int> silent{{12, 0}, {24, 0}, {36, 0}, {60, 0}};
  int dated = 0;
  for (const Dormancy& row : dormancy(deals)) {
    if (row.months) ++dated;
    for (auto& [months, count] : silent)
      if (row.months.value_or(0) >= months) ++count;
  }
  CHECK(dated == 16738);
  CHECK(silent == std::map<int, int>{{12, 10392}, {24, 7464}, {36, 5426}, {60, 2910}});
}

TEST_CASE("china-gpu: the silence of two investors in 2022 is weak evidence") {
  const Dataset data = read("china-gpu", Cleaning::standard);
  Selection then;
  then.known_by = day("2023-03-23");
  SilenceQuestion question{.sector = "gpu", .period = {day("2022-01-01"), day("2022-12-31")}, .history = {}};
  const auto rows = silence(select(data, then), question);
  REQUIRE(rows);
  std::map<std::string, Silence> by_name;
  for (const Silence& row : *rows) by_name[data.name(row.investor)] = row;
  const Silence& first = by_name.at("红杉中国");
  CHECK(first.deals_before == 5);
  CHECK(first.deals_in_period == 0);
  CHECK(first.sector_before == 16);
  CHECK(first.sector_in_period == 8);
  CHECK(first.expected.value() == Approx(2.5));
  CHECK(first.p_zero.value() == Approx(0.082).margin(5e-4));
  CHECK(first.verdict == Verdict::too_few_deals);
  const Silence& second = by_name.at("五源资本");
  CHECK(second.deals_before == 4);
  CHECK(second.p_zero.value() == Approx(0.135).margin(5e-4));

  const auto today = silence(select(data, {}), question);  // the prospectus of 2025 names one deal
  REQUIRE(today);
  for (const Silence& row : *today)
    if (data.name(row.investor) == "红杉中国") CHECK(row.verdict == Verdict::still_investing);
}

TEST_CASE("china-gpu: exits that are none, and every event word known") {
  const Dataset data = read("china-gpu", Cleaning::standard);
  const Deals deals = select(data, {});
  for (const ExitEvent& event : exit_events(deals)) {
    CAPTURE(data.place(event.source));
    CHECK(event.code != ExitCode::unmapped);
    if (event.investor && data.name(*event.investor) == "MSA Capital" && event.grade == Evidence::investor) {
      CHECK(event.code == ExitCode::replace);
      CHECK_FALSE(event.counts_as_exit);
    }
  }
  std::map<RegistryCode, int> changes;
  for (const RegistryEvent& event : registry_events(deals))
    if (data.name(event.company) == "壁仞科技" && event.date == DateInterval::of(day("2023-01-19")))
      ++changes[event.event];
  CHECK(changes == std::map<RegistryCode, int>{{RegistryCode::invest, 2}, {RegistryCode::replace, 1}});
}
