// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/survival.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::day;

namespace {

Spell spell(std::int64_t days, bool ended) {
  return {{days, days}, ended};
}

}  // namespace

// Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), 21 patients, of whom 9 relapsed: the example of
// most textbooks, with its published estimates and standard errors.
TEST_CASE("a published survival curve") {
  std::vector<Spell> spells;
  for (const int weeks : {6, 6, 6, 7, 10, 13, 16, 22, 23}) spells.push_back(spell(weeks, true));
  for (const int weeks : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) spells.push_back(spell(weeks, false));
  const std::vector<SurvivalStep> curve = kaplan_meier(spells);
  struct Expected {
    std::int64_t days;
    std::uint64_t at_risk, ended, censored;
    double survival, error;
  };
  const std::vector<Expected> expected{{0, 21, 0, 0, 1, 0},          {6, 21, 3, 1, .8571, .0764},
                                       {7, 17, 1, 1, .8067, .0869},  {10, 15, 1, 2, .7529, .0963},
                                       {13, 12, 1, 0, .6902, .1068}, {16, 11, 1, 3, .6275, .1141},
                                       {22, 7, 1, 0, .5378, .1282},  {23, 6, 1, 5, .4482, .1346}};
  REQUIRE(curve.size() == expected.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CAPTURE(curve[i].days);
    CHECK(curve[i].days == expected[i].days);
    CHECK(curve[i].at_risk == expected[i].at_risk);
    CHECK(curve[i].ended == expected[i].ended);
    CHECK(curve[i].censored == expected[i].censored);
    CHECK(curve[i].survival == Approx(expected[i].survival).margin(5e-5));
    CHECK(curve[i].low.value() == Approx(std::max(0.0, curve[i].survival - 1.959964 * expected[i].error)).margin(2e-4));
    CHECK(curve[i].high.value() ==
          Approx(std::min(1.0, curve[i].survival + 1.959964 * expected[i].error)).margin(2e-4));
  }
  CHECK(median_of(curve) == 23);
}

TEST_CASE("curves at their edges") {
  CHECK(kaplan_meier({}).empty());
  CHECK_FALSE(median_of({}));
  const std::vector<SurvivalStep> at_once = kaplan_meier(std::vector{spell(0, true), spell(0, false)});
  REQUIRE(at_once.size() == 1);
  CHECK(at_once[0].ended == 1);
  CHECK(at_once[0].censored == 1);
  CHECK(at_once[0].survival == 0.5);
  const std::vector<SurvivalStep> all_ended = kaplan_meier(std::vector{spell(5, true)});
  CHECK(all_ended.back().survival == 0);
  CHECK_FALSE(all_ended.back().low);
  CHECK(median_of(all_ended) == 5);
  CHECK_FALSE(median_of(kaplan_meier(std::vector{spell(5, false)})));
}

TEST_CASE("without censoring the curve is the share left; with it, nobody is lost") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange(1, 40);
    std::vector<Spell> ended, mixed;
    for (int i = 0; i < size; ++i) {
      const auto days = *rc::gen::inRange(0, 12);
      ended.push_back(spell(days, true));
      mixed.push_back(spell(days, *rc::gen::arbitrary<bool>()));
    }
    for (const SurvivalStep& step : kaplan_meier(ended)) {
      const auto left =
          std::count_if(ended.begin(), ended.end(), [&](const Spell& s) { return s.middle() > step.days; });
      RC_ASSERT(std::abs(step.survival - static_cast<double>(left) / size) < 1e-12);
    }
    const std::vector<SurvivalStep> curve = kaplan_meier(mixed);
    std::uint64_t at_risk = mixed.size();
    for (const SurvivalStep& step : curve) {
      RC_ASSERT(step.at_risk == at_risk);
      RC_ASSERT(step.at_risk ==
                static_cast<std::uint64_t>(std::count_if(mixed.begin(), mixed.end(),
                                                         [&](const Spell& s) { return s.middle() >= step.days; })));
      at_risk -= step.ended + step.censored;
    }
    RC_ASSERT(at_risk == 0U);
  }));
}

TEST_CASE("ranges of days stay ranges, and write-offs end or censor") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"w.csv", "w.csv", "", 0});
  fixtures::add_rounds(builder, file, {"R1 A 2010 X", "R2 B 2012-01-01 X", "R3 C 2013-01-01 X", "R4 D ? X"});
  builder.add_exit(fixtures::exit_row(builder, {file, 9}, "A", {}, "ipo", "2012-01-01"));
  builder.add_exit(fixtures::exit_row(builder, {file, 10}, "B", {}, "closure", "2014-01-01"));
  const Dataset data = builder.finish().value();
  Selection selection;
  selection.as_of = day("2014-01-01");
  const Deals deals = select(data, selection);
  const HoldingSummary all = holding_periods(deals, exit_events(deals)).at(0);
  CHECK(all.realised == 2);  // 366 to 730 days, and 731
  CHECK(all.imprecise == 1);
  CHECK(all.censored == 1);
  CHECK(all.lower_quartile == 548);
  CHECK(all.median == 731);
  CHECK(all.median_low == 731);
  CHECK(all.median_high == 731);
  const HoldingSummary censored = holding_periods(deals, exit_events(deals), {.write_offs = WriteOffs::censored}).at(0);
  CHECK(censored.realised == 1);
  CHECK(censored.censored == 2);
  CHECK(censored.median_low == 366);
  CHECK(censored.median == 548);
  CHECK(censored.median_high == 730);
  const std::vector<HoldingSummary> cohorts = holding_periods(deals, exit_events(deals), {.by = PositionsBy::cohort});
  REQUIRE(cohorts.size() == 3);  // the undated position has no holding period
  CHECK(cohorts[2].group.name == "2013");
  CHECK(cohorts[2].censored == 1);
}
