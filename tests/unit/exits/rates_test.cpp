// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/rates.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::day;

namespace {

struct Exit {
  std::string_view company, event, when;
  std::optional<std::string_view> investor = {};
};

Dataset world(const std::vector<std::string_view>& rounds, const std::vector<Exit>& exits) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"w.csv", "w.csv", "", 0});
  fixtures::add_rounds(builder, file, rounds);
  std::uint32_t line = 100;
  for (const Exit& exit : exits)
    builder.add_exit(
        fixtures::exit_row(builder, {file, ++line}, exit.company, exit.investor, std::string(exit.event), exit.when));
  return builder.finish().value();
}

Deals deals_of(const Dataset& data, std::string_view as_of) {
  Selection selection;
  selection.as_of = day(as_of);
  return select(data, selection);
}

/// "group exited/entered" of each row.
std::vector<std::string> texts(const std::vector<ExitRate>& rates) {
  std::vector<std::string> all;
  for (const ExitRate& rate : rates)
    all.push_back(rate.group.name + " " + std::to_string(rate.exited) + "/" + std::to_string(rate.entered));
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("which of several exits is THE exit") {
  const Dataset data = world({"R1 Co 2010 A", "R2 Co 2018 B"}, {{"Co", "closure", "2019-05-01"},
                                                                {"Co", "equity_transfer", "2012-01-01", "A"},
                                                                {"Co", "ipo", "2015-01-01"},
                                                                {"Co", "acquisition", "?"}});
  const auto decisive = [&](ExitPick pick) {
    std::map<std::string, std::string> of;
    for (const ExitEvent& event : exit_events(select(data, {}), pick))
      if (event.decisive) of[event.investor ? data.name(*event.investor) : ""] += name_of(event.code);
    return of;
  };
  using Of = std::map<std::string, std::string>;
  CHECK(decisive(ExitPick::first) == Of{{"", "IPO"}, {"A", "SECONDARY"}, {"B", "WRITEOFF"}});
  CHECK(decisive(ExitPick::last) == Of{{"", "WRITEOFF"}, {"A", "WRITEOFF"}, {"B", "WRITEOFF"}});
  CHECK(decisive(ExitPick::best) == Of{{"", "IPO"}, {"A", "IPO"}, {"B", "MA_FULL"}});  // B entered after the IPO
}

TEST_CASE("any exit counts positions, and success among them") {
  const Dataset data = world({"R1 Co 2010 A B", "R2 Oc 2011 A", "R3 No 2011 A", "R4 Up 2012 A B"},
                             {{"Co", "closure", "2013"},
                              {"Oc", "equity_transfer", "2014", "A"},
                              {"Up", "ipo", "2015"},
                              {"No", "ipo_filing", "2015"}});
  const Deals deals = deals_of(data, "2020-12-31");
  const std::vector<ExitEvent> events = exit_events(deals);
  const ExitRate all = overall_exit_rate(deals, events, {.of = RateOf::any_exit});
  CHECK(all.entered == 6);
  CHECK(all.exited == 5);
  CHECK(all.succeeded == 2);
  const ExitRate listed = overall_exit_rate(deals, events);
  CHECK(listed.entered == 4);
  CHECK(listed.exited == 1);
}

TEST_CASE("a company counts once, in the cohort, sector and stage where it was entered first") {
  const Dataset data =
      world({"R1 Co 2010-05 A", "R2 Co 2012 B", "R3 Oc 2012-03-01 B", "R4 Un ? A", "R5 Wide 2011 C", "R6 Wide 2010 D"},
            {{"Co", "acquisition", "2013"}, {"Un", "ipo", "2014"}});
  const Deals deals = deals_of(data, "2014-12-31");
  const std::vector<ExitEvent> events = exit_events(deals);
  CHECK(texts(exit_rates(deals, events, {.by = PositionsBy::cohort})) == Texts{"2010 1/2", "2012 0/1", "unknown 1/1"});
  CHECK(texts(exit_rates(deals, events, {.of = RateOf::any_exit, .by = PositionsBy::cohort})) ==
        Texts{"2010 1/2", "2011 0/1", "2012 1/2", "unknown 1/1"});
  CHECK(texts(exit_rates(deals, events, {.by = PositionsBy::sector})) == Texts{"unknown 2/4"});
}

TEST_CASE("only mature entries: years before the as-of day, the whole interval") {
  const Dataset data = world({"R1 A 2010-06-30 X", "R2 B 2010-07-01 X", "R3 C 2010 X", "R4 D ? X", "R5 E 2009 X"},
                             {{"A", "ipo", "2012"}});
  const Deals deals = deals_of(data, "2015-06-30");
  const ExitRate rate = overall_exit_rate(deals, exit_events(deals), {.mature_years = 5});
  CHECK(rate.entered == 2);  // A to the day, and E
  CHECK(rate.exited == 1);
  CHECK(overall_exit_rate(deals, exit_events(deals), {.mature_years = 50}).entered == 0);
  CHECK_FALSE(overall_exit_rate(deals, exit_events(deals), {.mature_years = 50}).rate);
}

// Published for China: 19,400 exits of 2016-2021 over 73,000 cases of 2012-2017; here a hundredth of them.
TEST_CASE("lagged: exits of a year over entries four years before") {
  std::vector<std::string> companies, lines;
  for (int i = 0; i < 730; ++i) {
    companies.push_back("C" + std::to_string(i));
    lines.push_back("R" + companies.back() + " " + companies.back() + " " + std::to_string(2012 + i % 6) + " X");
  }
  const std::vector<std::string_view> years{"2016", "2017", "2018", "2019", "2020", "2021"};
  std::vector<Exit> exits;
  for (std::size_t i = 0; i < 194; ++i) exits.push_back({companies[i], "ipo", years[i % 6]});
  const Dataset data = world({lines.begin(), lines.end()}, exits);
  const Deals deals = deals_of(data, "2021-12-31");
  const LaggedRates lagged = lagged_rates(deals, exit_events(deals), 4);
  REQUIRE(lagged.years.size() == 6);
  CHECK(lagged.years.front().group.name == "2012");
  CHECK(lagged.years.front().entered == 122);  // 730 = 6 * 121 + 4
  CHECK(lagged.years.front().exited == 33);    // 194 = 6 * 32 + 2
  CHECK(lagged.total.group.name == "2012..2017");
  CHECK(lagged.total.entered == 730);
  CHECK(lagged.total.exited == 194);
  CHECK(lagged.total.rate.value() == Approx(0.266).margin(5e-4));

  const LaggedRates shorter = lagged_rates(deals, exit_events(deals), 9);  // the exits of 2021 over entries of 2012
  REQUIRE(shorter.years.size() == 1);
  CHECK(shorter.total.entered == 122);
  CHECK(shorter.total.exited == 32);
  CHECK(lagged_rates(deals, exit_events(deals), 10).years.empty());
}

TEST_CASE("lagged: what cannot be placed is counted, and a rate above 1 has no interval") {
  const Dataset data = world({"R1 A 2010 X Y", "R2 B ? X", "R3 C 2009 Y", "R4 D 2013 X"},
                             {{"A", "ipo", "2011"}, {"B", "ipo", "2011"}, {"C", "ipo", "?"}, {"D", "ipo", "2012"}});
  const Deals deals = deals_of(data, "2013-12-31");
  const LaggedRates lagged = lagged_rates(deals, exit_events(deals), 2);
  REQUIRE(lagged.years.size() == 3);  // 2009, 2010, 2011
  CHECK(lagged.years[0].entered == 1);
  CHECK(lagged.years[0].exited == 3);
  CHECK(lagged.years[0].rate == 3.0);
  CHECK_FALSE(lagged.years[0].rate_low);
  CHECK_FALSE(lagged.years[2].rate);  // nobody entered in 2011
  CHECK(lagged.without_year_entered == 1);
  CHECK(lagged.without_year_exited == 1);
  CHECK(lagged.exited_before_entry == 1);
}

// Published for a quarter of 2009: 28 exits, 20 listings, 6 sales of the company, 2 transfers.
TEST_CASE("channels: shares by code") {
  std::vector<std::string> companies, lines;
  std::vector<Exit> exits;
  for (int i = 0; i < 30; ++i) {
    companies.push_back("C" + std::to_string(i));
    lines.push_back("R" + companies.back() + " " + companies.back() + " 2005 X");
  }
  for (std::size_t i = 0; i < 28; ++i) {
    const std::optional<std::string_view> seller = i < 26 ? std::nullopt : std::optional<std::string_view>("X");
    exits.push_back({companies[i], i < 20 ? "ipo" : i < 26 ? "acquisition" : "equity_transfer", "2009-08", seller});
  }
  const Dataset data = world({lines.begin(), lines.end()}, exits);
  const Deals deals = deals_of(data, "2009-12-31");
  const std::vector<ExitChannel> channels = exit_channels(deals, exit_events(deals), PositionsBy::all);
  REQUIRE(channels.size() == 3);
  const std::vector<std::pair<ExitCode, double>> expected{
      {ExitCode::ipo, .714}, {ExitCode::ma_full, .214}, {ExitCode::secondary, .071}};
  for (std::size_t i = 0; i < channels.size(); ++i) {
    CHECK(channels[i].code == expected[i].first);
    CHECK(channels[i].all_exits == 28);
    CHECK(channels[i].share == Approx(expected[i].second).margin(5e-4));
    CHECK(channels[i].share_low < channels[i].share);
    CHECK(channels[i].share_high > channels[i].share);
  }
}
