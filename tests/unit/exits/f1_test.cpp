// SPDX-License-Identifier: Apache-2.0
// The nine-round fixture, whole: every number here is computed by hand from its rounds and exits.
#include <algorithm>
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
