// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/followon.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

/// "A 2 of 3, 1 unknown" per investor, in order.
std::vector<std::string> rates(const Dataset& data, const Selection& selection = {}) {
  std::vector<std::string> texts;
  for (const FollowOn& row : follow_ons(company_timelines(select(data, selection))))
    texts.push_back(data.name(row.investor) + " " + std::to_string(row.followed) + " of " +
                    std::to_string(row.opportunities) +
                    (row.unknown > 0 ? ", " + std::to_string(row.unknown) + " unknown" : ""));
  return texts;
}

const CompanyTimeline& timeline_of(const Dataset& data, const std::vector<CompanyTimeline>& all,
                                   std::string_view company) {
  return *std::ranges::find_if(all, [&](const CompanyTimeline& t) { return data.name(t.company) == company; });
}

/// "A led joined skipped" per holder.
std::vector<std::string> presences(const Dataset& data, const CompanyTimeline& timeline) {
  std::vector<std::string> texts;
  for (const TimelineHolder& holder : timeline.holders) {
    std::string& text = texts.emplace_back(data.name(holder.investor) + ":");
    for (const Presence presence : holder.rounds) text += " " + std::string(name_of(presence));
  }
  return texts;
}

using Texts = std::vector<std::string>;

Dataset build(const std::vector<std::string_view>& rounds, const std::vector<std::string>& incomplete = {},
              const std::vector<std::array<std::string, 4>>& exits = {}) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"f.csv", "f.csv", "", 0});
  fixtures::add_rounds(builder, file, rounds);
  for (const std::string& id : incomplete) builder.mark_incomplete(*builder.find_round(id));
  for (const auto& [company, investor, event, when] : exits)
    builder.add_exit(fixtures::exit_row(builder, {file, 90}, company,
                                        investor.empty() ? std::nullopt : std::optional<std::string_view>(investor),
                                        event, when));
  return builder.finish().value();
}

}  // namespace

// By hand. Alpha (R1 2015 A B; R2 and R3 on one day of 2017, C A and D; R9 2022 D; IPO 2023): A may follow in R2, R3
// and R9 and does in R2; B in the same three, in none; C and D in R9 alone (R3 is not later than R2), D does. Beta (R4
// 2016 A C; R5 2019 C A B; sold 2021): A and C follow in R5. Gamma has one round; Delta's R8 has no date. So A 2 of 4,
// B 0 of 3, C 1 of 2, D 1 of 1, E nothing.
TEST_CASE("follow-on in F1") {
  const Dataset data = fixtures::f1();
  CHECK(rates(data) == Texts{"A 2 of 4", "B 0 of 3", "C 1 of 2", "D 1 of 1", "E 0 of 0"});
  const std::vector<CompanyTimeline> timelines = company_timelines(select(data, {}));
  CHECK_FALSE(follow_ons(timelines).back().rate());
  CHECK(follow_ons(timelines).at(0).rate() == 0.5);
  CHECK(presences(data, timeline_of(data, timelines, "Alpha")) ==
        Texts{"A: led joined skipped skipped", "B: joined skipped skipped skipped", "C: not yet led not yet skipped",
              "D: not yet not yet joined joined"});
  const CompanyTimeline& delta = timeline_of(data, timelines, "Delta");
  CHECK(presences(data, delta) ==
        Texts{"B: joined unknown", "D: led unknown", "E: joined joined", "A: unknown joined"});
}

TEST_CASE("nothing counts after an exit, unless the round surely came before it") {
  const std::vector<std::string_view> rounds{"R1 Co 2015-01-01 A B", "R2 Co 2016-01-01 C", "R3 Co 2017-01-01 C",
                                             "R4 Co 2018-01-01 A"};
  CHECK(rates(build(rounds)) == Texts{"A 1 of 3", "B 0 of 3", "C 1 of 2"});
  CHECK(rates(build(rounds, {}, {{"Co", "A", "equity_transfer", "2016-06"}})) ==
        Texts{"A 0 of 1", "B 0 of 3", "C 1 of 2"});
  CHECK(rates(build(rounds, {}, {{"Co", "", "ipo", "2017-06-01"}})) == Texts{"A 0 of 2", "B 0 of 2", "C 1 of 1"});
  SECTION("an exit of the year of a round may have come before it") {
    CHECK(rates(build(rounds, {}, {{"Co", "B", "equity_transfer", "2017"}}))[1] == "B 0 of 1");
  }
  SECTION("an exit before the entry is none") {
    CHECK(rates(build(rounds, {}, {{"Co", "B", "equity_transfer", "2014"}}))[1] == "B 0 of 3");
  }
  SECTION("the company's filing is none, and who left keeps the day") {
    const Dataset data = build(rounds, {}, {{"Co", "", "ipo_filing", "2015"}, {"Co", "B", "buyback", "2016-06-30"}});
    const auto timelines = company_timelines(select(data, {}));
    const TimelineHolder& b = timelines.at(0).holders.at(1);
    REQUIRE(b.left);
    CHECK(b.left->code == ExitCode::buyback);
    CHECK(b.left->date == fixtures::date("2016-06-30"));
    CHECK(presences(data, timelines.at(0))[1] == "B: joined skipped left left");
    CHECK_FALSE(timelines.at(0).holders.at(0).left);
  }
}

TEST_CASE("rounds whose list is incomplete are neither followed nor missed") {
  const Dataset data = build({"R1 Co 2015-01-01 A* B", "R2 Co 2016-01-01 A", "R3 Co 2017-01-01 A B C*"}, {"R2"});
  CHECK(rates(data) == Texts{"A 1 of 1, 1 unknown", "B 1 of 1, 1 unknown", "C 0 of 0"});
  const auto timelines = company_timelines(select(data, {}));
  CHECK(presences(data, timelines.at(0)) ==
        Texts{"A: led joined joined", "B: joined unknown joined", "C: not yet not yet led"});
}

TEST_CASE("insiders only, a new lead, all insiders absent") {
  const Dataset data = build({"R1 Co 2015-01-01 A* B", "R2 Co 2016-01-01 A* B", "R3 Co 2017-01-01 C* D",
                              "R4 Co 2018-01-01 A C", "R5 Co 2019-01-01 E", "R6 Co 2020-01-01 B"},
                             {"R5", "R6"});
  const auto timelines = company_timelines(select(data, {}));
  const auto flag = [](const std::optional<bool>& value) { return !value ? "?" : *value ? "yes" : "no"; };
  Texts flags;
  for (const TimelineRound& round : timelines.at(0).rounds)
    flags.push_back(std::string(flag(round.insiders_only)) + " " + flag(round.new_lead) + " " +
                    flag(round.all_insiders_absent));
  CHECK(flags == Texts{"? ? ?", "yes no no", "no yes yes", "yes ? no", "no ? ?", "? ? no"});
}

TEST_CASE("who is new in a round is left open where dates leave it open") {
  const auto timelines = [](const std::vector<std::string_view>& rounds) {
    const Dataset data = build(rounds);
    const std::vector<CompanyTimeline> all = company_timelines(select(data, {}));
    Texts texts;
    for (const TimelineRound& round : all.at(0).rounds)
      texts.push_back(std::to_string(round.newcomers) + (round.insiders_only ? " told" : "") +
                      (round.new_lead ? *round.new_lead ? " new lead" : " old lead" : ""));
    return texts;
  };
  // B came in 2017 or, if R2 was in its second half, in R3: each of the two rounds may be the first of B.
  CHECK(timelines({"R1 Co 2015-01-01 A", "R2 Co 2017 A B*", "R3 Co 2017-06-01 A B*"}) == Texts{"1", "0", "0"});
  CHECK(timelines({"R1 Co 2015-01-01 A", "R2 Co 2017 A B*", "R3 Co 2018-06-01 A B*"}) ==
        Texts{"1", "1 told new lead", "0 told old lead"});
}

TEST_CASE("a filter of investor types chooses holders, not who took part") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"f.csv", "f.csv", "", 0});
  fixtures::add_rounds(builder, file, {"R1 Co 2015-01-01 A B", "R2 Co 2016-01-01 B"});
  builder.describe_investor(builder.investor("A", {}), "gp", "");
  const Dataset data = builder.finish().value();
  Selection selection;
  selection.investor_types = {"gp"};
  CHECK(rates(data, selection) == Texts{"A 0 of 1"});
  CHECK(company_timelines(select(data, selection)).at(0).rounds.at(1).newcomers == 0);
}

namespace {

DateInterval random_date() {
  const std::string year = std::to_string(*rc::gen::inRange(2010, 2014));
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return {};
    case 1:
      return fixtures::date(year);
    default:
      return fixtures::date(year + "-0" + std::to_string(*rc::gen::inRange(1, 10)) + "-15");
  }
}

}  // namespace

TEST_CASE("rates of random worlds, recomputed pair by pair from the raw rows") {
  CHECK(rc::check([] {
    DatasetBuilder builder(Identity::exact, Cleaning::standard);
    const FileId file = builder.add_file({"w.csv", "w.csv", "", 0});
    struct Raw {
      std::string company;
      DateInterval date;
      std::set<std::string> investors;
      bool incomplete, primary;
    };
    std::vector<Raw> rounds;
    const int count = *rc::gen::inRange(1, 12);
    for (int r = 0; r < count; ++r) {
      Raw raw{"c" + std::to_string(*rc::gen::inRange(0, 3)),
              random_date(),
              {},
              *rc::gen::inRange(0, 5) == 0,
              *rc::gen::inRange(0, 6) != 0};
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        raw.investors.insert("i" + std::to_string(*rc::gen::inRange(0, 5)));
      RoundInput round;
      round.id = std::to_string(r);
      round.company = raw.company;
      round.announced = raw.date;
      round.incomplete = raw.incomplete;
      round.kind = raw.primary ? RoundKind::primary : RoundKind::secondary;
      const RoundId id = builder.add_round(round);
      for (const std::string& name : raw.investors) builder.add_participation({id, name, Lead::unknown, {}, {}, {}});
      rounds.push_back(raw);
    }
    struct Sale {
      std::string company, investor;  // investor "": a listing
      DateInterval date;
    };
    std::vector<Sale> sales;
    for (int e = *rc::gen::inRange(0, 5); e > 0; --e) {
      Sale sale{"c" + std::to_string(*rc::gen::inRange(0, 3)),
                *rc::gen::inRange(0, 2) == 0 ? "" : "i" + std::to_string(*rc::gen::inRange(0, 5)), random_date()};
      builder.add_exit(
          fixtures::exit_row(builder, {file, 50 + static_cast<std::uint32_t>(e)}, sale.company,
                             sale.investor.empty() ? std::nullopt : std::optional<std::string_view>(sale.investor),
                             sale.investor.empty() ? "ipo" : "equity_transfer", "?"));
      sales.push_back(sale);
    }
    Dataset data = builder.finish().value();
    for (std::size_t e = 0; e < sales.size(); ++e) data.exits[e].date = data.exits[e].known_on = sales[e].date;

    Selection selection;
    selection.kinds = {};  // secondary purchases are entries, but no rounds to follow in
    std::map<std::string, std::array<std::uint64_t, 3>> expected;  // opportunities, followed, unknown
    for (const std::string company : {"c0", "c1", "c2"})
      for (const std::string investor : {"i0", "i1", "i2", "i3", "i4"}) {
        Day low = Day::max(), high = Day::max();
        bool entered = false;
        for (const Raw& round : rounds)
          if (round.company == company && round.investors.contains(investor)) {
            entered = true;
            if (round.date.known()) low = std::min(low, round.date.low), high = std::min(high, round.date.high);
          }
        if (!entered) continue;
        auto& [opportunities, followed, unknown] = expected[investor];
        if (low == Day::max()) continue;
        for (const Raw& round : rounds) {
          if (round.company != company || !round.primary || round.investors.empty()) continue;
          if (!round.date.known() || !(round.date.low > high)) continue;
          bool undated = false, out = false;
          std::vector<Sale> dated;
          for (const Sale& sale : sales) {
            if (sale.company != company || (sale.investor != investor && !sale.investor.empty())) continue;
            if (!sale.date.known())
              undated = true;
            else if (!(sale.date.high < low))
              dated.push_back(sale);
          }
          // The earliest dated exit decides; undated ones only where there is none.
          std::ranges::stable_sort(dated, {}, [](const Sale& s) { return std::pair(s.date.low, s.date.high); });
          out = dated.empty() ? undated : !(round.date.high < dated.front().date.low);
          if (out) continue;
          if (round.incomplete)
            ++unknown;
          else {
            ++opportunities;
            followed += round.investors.contains(investor);
          }
        }
      }
    const std::vector<FollowOn> rows = follow_ons(company_timelines(select(data, selection)));
    RC_ASSERT(rows.size() == expected.size());
    for (const FollowOn& row : rows)
      RC_ASSERT((std::array{row.opportunities, row.followed, row.unknown}) == expected.at(data.name(row.investor)));
  }));
}
