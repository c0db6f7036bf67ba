// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/silence.hpp"

#include <cmath>
#include <map>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;
using fixtures::day;

namespace {

/// A sector with `before` rounds in 2020-21 and `in_period` in 2022; the first `deals` of the history are X's.
struct Panel {
  int before = 0, in_period = 0, deals = 0, deals_in_period = 0, outside = 0;
};

Dataset build(const Panel& panel) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"p.csv", "p.csv", "", 0});
  int serial = 0;
  const auto round = [&](const std::string& when, const std::string& who, std::string_view sector) {
    const std::string number = std::to_string(++serial);
    const std::string line = "R" + number + " C" + number + " " + when + " " + who;
    fixtures::add_rounds(builder, file, {line}, sector);
  };
  for (int i = 0; i < panel.before; ++i) round(i % 2 == 0 ? "2020-06" : "2021", i < panel.deals ? "X" : "", "gpu");
  for (int i = 0; i < panel.in_period; ++i) round("2022-03-04", i < panel.deals_in_period ? "X" : "", "gpu");
  for (int i = 0; i < panel.outside; ++i) round("2022", "X", "cpu");
  return builder.finish().value();
}

SilenceQuestion in_2022(Listed listed = Listed::with_history) {
  return {.sector = "GPU", .period = {day("2022-01-01"), day("2022-12-31")}, .history = {}, .listed = listed};
}

Silence ask(const Panel& panel) {
  const Dataset data = build(panel);
  const auto rows = silence(select(data, {}), in_2022());
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  return rows->front();
}

}  // namespace

TEST_CASE("five of sixteen, then none of eight: weak evidence") {
  const Silence row = ask({.before = 16, .in_period = 8, .deals = 5});
  CHECK(row.deals_before == 5);
  CHECK(row.sector_before == 16);  // rounds without a named investor count for the sector
  CHECK(row.sector_in_period == 8);
  CHECK(row.expected.value() == Approx(2.5));
  CHECK(row.p_zero.value() == Approx(0.082).margin(5e-4));
  CHECK(name_of(row.verdict) == "too few deals to tell");
  const Silence four = ask({.before = 16, .in_period = 8, .deals = 4});
  CHECK(four.expected.value() == Approx(2.0));
  CHECK(four.p_zero.value() == Approx(0.135).margin(5e-4));
}

TEST_CASE("the five verdicts") {
  const auto verdict = [](const Panel& panel) { return std::string(name_of(ask(panel).verdict)); };
  CHECK(verdict({.before = 16, .in_period = 8, .deals = 5, .deals_in_period = 1}) == "still investing");
  // Half the rate: 16 in 731 days against 4 in 365 is just above half, 3 is below.
  CHECK(verdict({.before = 16, .in_period = 4, .deals = 5}) == "too few deals to tell");
  CHECK(verdict({.before = 16, .in_period = 3, .deals = 5}) == "sector froze");
  CHECK(verdict({.before = 16, .in_period = 0, .deals = 16}) == "sector froze");
  CHECK(verdict({.before = 16, .in_period = 8, .deals = 8, .outside = 1}) == "left the sector");
  CHECK(verdict({.before = 16, .in_period = 8, .deals = 8}) == "left the market");
}

TEST_CASE("last deal, months and state are those of the sector") {
  const Silence row = ask({.before = 16, .in_period = 8, .deals = 2, .outside = 3});
  CHECK(row.dormancy.last_deal == date("2021"));
  CHECK(row.dormancy.months == 12);  // to 2022-12-31, the end of the outside deals' year
  CHECK(row.dormancy.state == Activity::slowing);
  CHECK(row.outside_deals == 3);
}

TEST_CASE("q is adjusted for all that are listed, and --all lists more") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"p.csv", "p.csv", "", 0});
  fixtures::add_rounds(builder, file,
                       {"R1 C1 2020-02 X Y Z", "R2 C2 2020-03 X Y", "R3 C3 2021-04 X", "R4 C4 2022-05 W",
                        "R5 C5 2022-06", "R6 C6 2022-06", "R7 C7 2019 V"},
                       "gpu");
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  const auto listed = silence(deals, in_2022());
  REQUIRE(listed);
  REQUIRE(listed->size() == 2);
  CHECK(listed->at(0).p_zero.value() == Approx(std::exp(-3.0)));
  CHECK(listed->at(0).q.value() == Approx(2 * std::exp(-3.0)));
  CHECK(listed->at(1).q.value() == Approx(std::exp(-2.0)));

  const auto all = silence(deals, in_2022(Listed::all));
  REQUIRE(all);
  std::map<std::string, double> q;
  for (const Silence& row : *all) q[data.name(row.investor)] = row.q.value();
  CHECK(q.size() == 4);  // W X Y Z; V's only deal lies before the history
  CHECK(q.at("X") == Approx(4 * std::exp(-3.0)));
  CHECK(q.at("W") == 1);
}

TEST_CASE("no history in the sector: nothing is expected") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"p.csv", "p.csv", "", 0}), {"R1 C1 2022-02 X"}, "gpu");
  const Dataset data = builder.finish().value();
  const auto rows = silence(select(data, {}), in_2022(Listed::all));
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  CHECK_FALSE(rows->front().expected);
  CHECK_FALSE(rows->front().p_zero);
  CHECK_FALSE(rows->front().q);
  CHECK(rows->front().verdict == Verdict::still_investing);
}

TEST_CASE("partial dates follow the selection's rule") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"p.csv", "p.csv", "", 0}),
                       {"R1 C1 2020-02 X", "R2 C2 2021-02 X", "R3 C3 2022 X"}, "gpu");
  const Dataset data = builder.finish().value();
  SilenceQuestion question = in_2022();
  question.period.to = day("2022-09-30");
  const auto deals_in_period = [&](PartialDate rule) {
    Selection selection;
    selection.partial_date = rule;
    return silence(select(data, selection), question)->front().deals_in_period;
  };
  CHECK(deals_in_period(PartialDate::strict) == 0);
  CHECK(deals_in_period(PartialDate::mid) == 1);
  CHECK(deals_in_period(PartialDate::overlap) == 1);
}

TEST_CASE("questions that make no sense are refused") {
  const Dataset data = build({.before = 2, .in_period = 1, .deals = 2});
  const Deals deals = select(data, {});
  SilenceQuestion question = in_2022();
  question.sector = "shipping";
  REQUIRE_FALSE(silence(deals, question));
  CHECK(silence(deals, question).error().kind == ErrorKind::usage);
  CHECK(silence(deals, question).error().message.find("'shipping'") != std::string::npos);
  question = in_2022();
  std::swap(question.period.from, question.period.to);
  CHECK_FALSE(silence(deals, question));
  question = in_2022();
  question.history = DayRange{day("2020-01-01"), day("2022-01-01")};
  CHECK_FALSE(silence(deals, question));
}

TEST_CASE("dormancy: band edges, undated deals, and a last deal of a year") {
  const auto state = [](const std::string& when, std::string_view as_of) {
    DatasetBuilder builder(Identity::safe, Cleaning::standard);
    fixtures::add_rounds(builder, builder.add_file({"p.csv", "p.csv", "", 0}), {"R1 C1 " + when + " X"});
    const Dataset data = builder.finish().value();
    Selection selection;
    selection.as_of = day(as_of);
    return std::string(name_of(dormancy(select(data, selection)).at(0).state));
  };
  CHECK(state("2020-01-31", "2021-01-30") == "active");
  CHECK(state("2020-01-31", "2021-01-31") == "slowing");
  CHECK(state("2020-01-31", "2022-01-30") == "slowing");
  CHECK(state("2020-01-31", "2022-01-31") == "dormant");
  CHECK(state("2020-01-31", "2025-01-30") == "dormant");
  CHECK(state("2020-01-31", "2025-01-31") == "lapsed");
  CHECK(state("2020", "2021-12-30") == "active");  // the deal may have been on its last day
  CHECK(state("?", "2021-12-30") == "never_dated");
}

namespace {

Dataset deals_on(const std::vector<std::string_view>& rounds) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"p.csv", "p.csv", "", 0}), rounds);
  return builder.finish().value();
}

Dormancy dormancy_on(const std::vector<std::string_view>& rounds, std::string_view as_of,
                     const DormancyRules& rules = {}) {
  const Dataset data = deals_on(rounds);
  Selection selection;
  selection.as_of = day(as_of);
  return dormancy(select(data, selection), rules).at(0);
}

}  // namespace

TEST_CASE("dormancy: other bands, and states that began within the report lag") {
  const std::vector<std::string_view> round{"R1 C1 2020-01-31 X"};
  const auto state = [&](std::string_view as_of, const DormancyRules& rules) {
    return dormancy_on(round, as_of, rules).state;
  };
  const DormancyRules crunchbase{.bands = crunchbase_bands};
  CHECK(state("2021-01-30", crunchbase) == Activity::active);
  CHECK(state("2021-07-30", crunchbase) == Activity::slowing);
  CHECK(state("2021-07-31", crunchbase) == Activity::dormant);
  CHECK(state("2035-01-31", crunchbase) == Activity::dormant);
  const DormancyRules lagging{.report_lag_days = 90};
  CHECK(state("2021-01-30", lagging) == Activity::active);
  CHECK(state("2021-01-31", lagging) == Activity::not_judgeable);
  CHECK(state("2021-04-30", lagging) == Activity::not_judgeable);  // on 2021-01-30 it was active
  CHECK(state("2021-05-01", lagging) == Activity::slowing);
  CHECK(state("2022-02-01", lagging) == Activity::not_judgeable);  // slowing becomes dormant
}

TEST_CASE("dormancy: follow-ons count unless new companies alone are asked for") {
  const std::vector<std::string_view> rounds{"R1 C1 2015-01-01 X", "R2 C1 2019-01-01 X", "R3 C2 2016-01-01 X"};
  CHECK(dormancy_on(rounds, "2020-01-01").last_deal == date("2019-01-01"));
  const Dormancy first = dormancy_on(rounds, "2020-01-01", {.counted = DealsCounted::new_companies});
  CHECK(first.deals == 2);
  CHECK(first.last_deal == date("2016-01-01"));
  CHECK(first.months == 48);
}

TEST_CASE("dormancy: unusual only after four deals, 24 months, and three times the median gap") {
  const std::vector<std::string_view> monthly{"R1 A 2010-01-01 X", "R2 B 2010-02-01 X", "R3 C 2010-03-01 X",
                                              "R4 D 2010-04-01 X"};
  CHECK(dormancy_on(monthly, "2012-04-30").median_gap == 1);
  CHECK_FALSE(dormancy_on(monthly, "2012-04-30").unusual);  // 24 months are not more than 24
  CHECK(dormancy_on(monthly, "2012-05-01").unusual);
  CHECK_FALSE(dormancy_on({monthly.begin(), monthly.begin() + 3}, "2019-01-01").unusual);
  const std::vector<std::string_view> yearly{"R1 A 2010-01-01 X", "R2 B 2011-01-01 X", "R3 C 2012-01-01 X",
                                             "R4 D 2013-01-01 X"};
  CHECK(dormancy_on(yearly, "2016-01-31").median_gap == 12);
  CHECK_FALSE(dormancy_on(yearly, "2016-01-31").unusual);
  CHECK(dormancy_on(yearly, "2016-02-01").unusual);
  CHECK_FALSE(dormancy_on({"R1 A 2010 X"}, "2019-01-01").median_gap);
}

TEST_CASE("silence is significant from the first day on which P(0) is below 0.05") {
  // Expected 2.5 in 365 days: -ln 0.05 = 2.9957 are reached after 437.4, on the 438th day.
  CHECK(ask({.before = 16, .in_period = 8, .deals = 5}).significant_from == day("2022-01-01") + std::chrono::days{437});
  CHECK_FALSE(ask({.before = 16, .in_period = 8, .deals = 5, .deals_in_period = 1}).significant_from);
  CHECK_FALSE(ask({.before = 16, .in_period = 0, .deals = 5}).significant_from);  // at no rate, never
  for (int deals = 2; deals <= 16; ++deals) {
    const Silence row = ask({.before = 16, .in_period = 8, .deals = deals});
    CHECK((*row.significant_from <= day("2022-12-31")) == (*row.p_zero < 0.05));
  }
}

TEST_CASE("without a sector the whole market is asked") {
  const Dataset data = build({.before = 16, .in_period = 8, .deals = 8, .outside = 1});
  SilenceQuestion question = in_2022();
  question.sector.reset();
  const auto rows = silence(select(data, {}), question);
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  CHECK(rows->front().sector_in_period == 9);
  CHECK(rows->front().deals_in_period == 1);
  CHECK(rows->front().outside_deals == 0);
  CHECK(rows->front().verdict == Verdict::still_investing);
}

TEST_CASE("an unknown sector: the nearest, and those there are") {
  const Dataset data = build({.before = 2, .in_period = 1, .deals = 2, .outside = 1});
  SilenceQuestion question = in_2022();
  question.sector = "gpx";
  CHECK(silence(select(data, {}), question).error().message ==
        "no selected round belongs to the sector 'gpx'; did you mean 'gpu'? Sectors by rounds: gpu, cpu");
  const Dataset none = deals_on({"R1 A 2020 X"});
  CHECK(silence(select(none, {}), question).error().message.find("no selected round has a sector") == 0);
}
