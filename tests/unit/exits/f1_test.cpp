// SPDX-License-Identifier: Apache-2.0
// The nine-round fixture, whole: every number here is computed by hand from its rounds and exits.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/exits/registry.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/exits/survival.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;
using fixtures::day;

namespace {

Deals f1_deals(const Dataset& data) {
  Selection selection;
  selection.as_of = day("2023-12-31");
  return select(data, selection);
}

const ExitEvent& event_of(const Dataset& data, const std::vector<ExitEvent>& events, std::string_view company,
                          std::optional<std::string_view> investor) {
  const auto found = std::find_if(events.begin(), events.end(), [&](const ExitEvent& event) {
    return data.name(event.company) == company && event.investor.has_value() == investor.has_value() &&
           (!investor || data.name(*event.investor) == *investor);
  });
  REQUIRE(found != events.end());
  return *found;
}

}  // namespace

TEST_CASE("exit rates with their Wilson intervals") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const std::vector<ExitEvent> events = exit_events(deals);
  struct Expected {
    std::uint64_t exited, entered;
    double low, high;
  };
  const std::map<std::string, Expected> expected{{"A", {2, 3, .2077, .9385}},
                                                 {"B", {2, 4, .1500, .8500}},
                                                 {"C", {2, 2, .3424, 1}},
                                                 {"D", {1, 2, .0945, .9055}},
                                                 {"E", {0, 1, 0, .7935}}};
  const std::vector<ExitRate> rates = exit_rates(deals, events);
  REQUIRE(rates.size() == expected.size());
  for (const ExitRate& rate : rates) {
    const Expected& want = expected.at(data.name(*rate.group.investor));
    CAPTURE(data.name(*rate.group.investor));
    CHECK(rate.exited == want.exited);
    CHECK(rate.entered == want.entered);
    CHECK(rate.rate_low.value() == Approx(want.low).margin(5e-5));
    CHECK(rate.rate_high.value() == Approx(want.high).margin(5e-5));
    CHECK(rate.exited_before_entry == 0);
    CHECK(rate.as_of == day("2023-12-31"));
  }
  const ExitRate companies = overall_exit_rate(deals, events);
  CHECK(companies.exited == 2);
  CHECK(companies.entered == 4);
  CHECK_FALSE(companies.group.investor);
}

TEST_CASE("holding days, of partial dates as a range") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const std::vector<ExitEvent> events = exit_events(deals);
  CHECK(event_of(data, events, "Alpha", "A").holding == DaysRange{3044, 3044});
  CHECK(event_of(data, events, "Beta", "A").holding == DaysRange{1551, 1916});
  const ExitEvent& gamma = event_of(data, events, "Gamma", "B");
  CHECK(gamma.holding == DaysRange{638, 638});
  CHECK(name_of(gamma.grade) == "E2");
}

TEST_CASE("an event of the company stands there for the company and for each holder") {
  const Dataset data = fixtures::f1();
  const std::vector<ExitEvent> events = exit_events(f1_deals(data));
  CHECK(events.size() == 1 + 4 + 1 + 3 + 1);  // Alpha: A B C D; Beta: A B C; Gamma: the register
  const ExitEvent& listing = event_of(data, events, "Alpha", std::nullopt);
  CHECK(name_of(listing.code) == "IPO");
  CHECK(name_of(listing.grade) == "E1");
  CHECK(listing.decisive);
  CHECK_FALSE(listing.holding);
  const ExitEvent& sale = event_of(data, events, "Beta", "C");
  CHECK(name_of(sale.code) == "MA_FULL");
  CHECK(sale.counterpart == "Delta");
  CHECK(sale.anomaly == ExitAnomaly::none);  // the buyer is no investor of Beta
}

TEST_CASE("a holder that left the register as another came is a candidate for a sale") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const ExitEvent gamma = event_of(data, exit_events(deals), "Gamma", "B");
  CHECK(name_of(gamma.code) == "REMOVED");
  REQUIRE(gamma.candidate);
  CHECK(name_of(*gamma.candidate) == "SECONDARY");
  CHECK(gamma.counterpart == "F");
  CHECK(gamma.counts_as_exit);
  CHECK(gamma.decisive);

  const std::vector<RegistryEvent> rows = registry_events(deals);
  REQUIRE(rows.size() == 2);
  for (const RegistryEvent& row : rows) {
    const bool left = data.name(*row.holder) == "B";
    CHECK(name_of(row.event) == (left ? "REMOVED" : "INVEST"));
    CHECK(row.counterpart == (left ? "F" : "B"));
    CHECK(row.basis == CounterpartBasis::candidate);
    CHECK_FALSE(row.unbalanced);
  }
}

TEST_CASE("dormancy in full calendar months") {
  const Dataset data = fixtures::f1();
  const std::map<std::string, std::pair<int, std::string_view>> expected{{"A", {59, "dormant"}},
                                                                         {"B", {35, "dormant"}},
                                                                         {"C", {59, "dormant"}},
                                                                         {"D", {19, "slowing"}},
                                                                         {"E", {35, "dormant"}}};
  const std::vector<Dormancy> rows = dormancy(f1_deals(data));
  REQUIRE(rows.size() == expected.size());
  for (const Dormancy& row : rows) {
    CAPTURE(data.name(row.investor));
    CHECK(row.months == expected.at(data.name(row.investor)).first);
    CHECK(name_of(row.state) == expected.at(data.name(row.investor)).second);
  }
}

TEST_CASE("as-of before an event: it has not happened") {
  const Dataset data = fixtures::f1();
  Selection selection;
  selection.as_of = day("2023-06-30");  // the day before the listing
  const Deals deals = select(data, selection);
  const std::vector<ExitEvent> events = exit_events(deals);
  CHECK(std::none_of(events.begin(), events.end(), [](const ExitEvent& e) { return e.code == ExitCode::ipo; }));
  CHECK(exit_rates(deals, events).front().exited == 1);  // A: Beta alone
}

TEST_CASE("a window selects entries, not exits") {
  const Dataset data = fixtures::f1();
  Selection selection;
  selection.from = day("2016-01-01");
  selection.to = day("2019-12-31");
  const Deals deals = select(data, selection);
  const std::vector<ExitEvent> events = exit_events(deals);
  const ExitRate a = exit_rates(deals, events).front();
  CHECK(a.entered == 2);  // Alpha again in 2017, and Beta
  CHECK(a.exited == 2);
  CHECK(event_of(data, events, "Alpha", "A").holding->low == (day("2023-07-01") - day("2017-06-15")).count());
  CHECK(std::none_of(events.begin(), events.end(),
                     [&](const ExitEvent& event) { return data.name(event.company) == "Gamma"; }));
}

TEST_CASE("holding periods: realised order statistics and the censored median") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const HoldingSummary all = holding_periods(deals, exit_events(deals)).at(0);
  // Realised, middle of ranges: Gamma B 638; Alpha C and D 2207, A and B 3044; Beta B 811, A and C 1733.
  CHECK(all.realised == 8);
  CHECK(all.lower_quartile == 1733);
  CHECK(all.median == 2207);
  CHECK(all.upper_quartile == 3044);
  // Still held with a dated entry: D, B, E in Delta, 1094 days each.
  // Survival: 638 10/11, 811 9/11, 1094 (3 leave the risk set), 1733 9/11·4/6 = .545, 2207 .545·2/4 = .27.
  CHECK(all.censored == 3);
  CHECK(all.kaplan_meier_median == 2207);
}

TEST_CASE("any exit, ways of leaving, and exits six years after the entry") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const std::vector<ExitEvent> events = exit_events(deals);
  // Twelve positions: four in Alpha (listed 2023), three in Beta (sold 2021), one in Gamma (left 2022), four in Delta.
  const ExitRate all = overall_exit_rate(deals, events, {.of = RateOf::any_exit});
  CHECK(all.entered == 12);
  CHECK(all.exited == 8);
  CHECK(all.succeeded == 7);
  const std::vector<ExitRate> rates = exit_rates(deals, events, {.of = RateOf::any_exit});
  CHECK(rates.at(1).exited == 3);  // B
  CHECK(rates.at(1).entered == 4);
  CHECK(rates.at(1).succeeded == 2);

  std::map<std::string_view, std::uint64_t> channels;
  for (const ExitChannel& channel : exit_channels(deals, events, PositionsBy::all))
    channels[name_of(channel.code)] = channel.exits;
  CHECK(channels == std::map<std::string_view, std::uint64_t>{{"IPO", 4}, {"MA_FULL", 3}, {"REMOVED", 1}});

  const LaggedRates lagged = lagged_rates(deals, events, 6);
  REQUIRE(lagged.years.size() == 3);  // entries of 2015, 2016, 2017: two each; exits of 2021, 2022, 2023
  CHECK(lagged.years[0].exited == 3);
  CHECK(lagged.years[1].exited == 1);
  CHECK(lagged.years[2].exited == 4);
  CHECK(lagged.total.entered == 6);
  CHECK(lagged.without_year_entered == 1);  // A in Delta
}

TEST_CASE("what could be known a year earlier") {
  const Dataset data = fixtures::f1();
  Selection selection;
  selection.known_by = day("2022-12-31");
  const Deals deals = select(data, selection);
  const ExitRate all = overall_exit_rate(deals, exit_events(deals), {.of = RateOf::any_exit});
  CHECK(all.entered == 11);  // without the undated round, which nobody can place before that day
  CHECK(all.exited == 4);    // without the listing of 2023
}

TEST_CASE("the survival curve by hand") {
  const Dataset data = fixtures::f1();
  const Deals deals = f1_deals(data);
  const std::vector<SurvivalStep> curve = holding_periods(deals, exit_events(deals)).at(0).curve;
  const std::vector<std::pair<std::int64_t, double>> expected{{0, 1},          {638, 10. / 11}, {811, 9. / 11},
                                                              {1733, 6. / 11}, {2207, 3. / 11}, {3044, 0}};
  REQUIRE(curve.size() == expected.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CHECK(curve[i].days == expected[i].first);
    CHECK(curve[i].survival == Approx(expected[i].second).margin(1e-12));
  }
  CHECK(curve[2].censored == 3);
  // Greenwood after 638 days: sqrt(1 / (11 · 10)) · 10/11.
  CHECK(curve[1].low.value() == Approx(10. / 11 - 1.959964 * 10. / 11 * std::sqrt(1. / 110)).margin(1e-6));
}
