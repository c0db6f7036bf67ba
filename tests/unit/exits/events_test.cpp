// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/events.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/exits/rates.hpp"
#include "coinvest/exits/survival.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;
using fixtures::day;

namespace {

/// Small worlds: rounds as in the fixtures, then exits and register rows.
class World {
 public:
  explicit World(const std::vector<std::string_view>& rounds) {
    file_ = builder_.add_file({"w.csv", "w.csv", "", rounds.size()});
    fixtures::add_rounds(builder_, file_, rounds);
  }
  ExitRow row(std::string_view company, std::optional<std::string_view> investor, std::string event,
              std::string_view when) {
    return fixtures::exit_row(builder_, {file_, ++line_}, company, investor, std::move(event), when);
  }
  World& exit(ExitRow row) {
    builder_.add_exit(std::move(row));
    return *this;
  }
  World& exit(std::string_view company, std::optional<std::string_view> investor, std::string event,
              std::string_view when, std::string acquirer = "", std::string details = "") {
    ExitRow made = row(company, investor, std::move(event), when);
    made.acquirer = std::move(acquirer);
    made.details = std::move(details);
    return exit(std::move(made));
  }
  World& registry(std::string_view company, std::string_view when, std::string_view holder, RegistryChange change) {
    builder_.add_registry(fixtures::registry_row(builder_, {file_, ++line_}, company, when, holder, change));
    return *this;
  }
  DatasetBuilder& builder() { return builder_; }
  FileId file() const { return file_; }
  Dataset finish() { return builder_.finish().value(); }

 private:
  DatasetBuilder builder_{Identity::safe, Cleaning::standard};
  FileId file_{};
  std::uint32_t line_ = 100;
};

/// "Company/Investor CODE E1 [!] anomaly": the investor or nothing; "!" where decisive.
std::string text_of(const Dataset& data, const ExitEvent& event) {
  std::string text = data.name(event.company) + "/" + (event.investor ? data.name(*event.investor) : "");
  text += " " + std::string(name_of(event.code)) + " " + std::string(name_of(event.grade));
  if (event.decisive) text += " !";
  if (event.anomaly != ExitAnomaly::none) text += " " + std::string(name_of(event.anomaly));
  return text;
}

std::vector<std::string> texts(const Dataset& data, const Selection& selection = {}) {
  std::vector<std::string> result;
  for (const ExitEvent& event : exit_events(select(data, selection))) result.push_back(text_of(data, event));
  return result;
}

using Texts = std::vector<std::string>;

ExitCode code(std::string event, std::string details = "", std::string acquirer = "") {
  ExitRow row;
  row.event = std::move(event);
  row.details = std::move(details);
  row.acquirer = std::move(acquirer);
  return exit_code(row);
}

}  // namespace

TEST_CASE("every word of the table means its code, in any case and with blanks") {
  std::set<std::string_view> seen;
  for (const ExitWord& word : exit_words()) {
    CAPTURE(word.word);
    CHECK(seen.insert(word.word).second);
    if (word.place == WordPlace::details) continue;
    CHECK(code(std::string(word.word)) == word.code);
  }
  CHECK(code(" IPO ") == ExitCode::ipo);
  CHECK(code("Equity Transfer") == ExitCode::secondary);
  CHECK(code("IPO上市") == ExitCode::ipo);
  CHECK(code("S基金") == ExitCode::secondary);
  CHECK(code("levitation") == ExitCode::unmapped);
  CHECK(code("") == ExitCode::unmapped);
}

TEST_CASE("exit kinds: names are distinct, only exits are liquidity, nobody's events count nowhere") {
  std::set<std::string_view> names;
  for (const ExitKind& kind : exit_kinds()) {
    CHECK(names.insert(kind.name).second);
    if (kind.liquidity == Liquidity::yes) CHECK(kind.counts == CountsAsExit::yes);
    if (kind.liquidity == Liquidity::yes) CHECK(kind.level == ExitLevel::company);
    if (kind.level == ExitLevel::nobody) CHECK(kind.counts == CountsAsExit::no);
  }
}

TEST_CASE("details refine vague events and nothing else") {
  CHECK(code("shareholder_exit", "sold everything in one go") == ExitCode::secondary);
  CHECK(code("shareholder_exit", "bought back by the founder") == ExitCode::buyback);
  CHECK(code("shareholder_exit", "减资") == ExitCode::reduction);
  CHECK(code("shareholder_exit", "") == ExitCode::removed);
  CHECK(code("equity_transfer", "appears as a replacement of an earlier holder") == ExitCode::replace);
  CHECK(code("equity_transfer", "sold to the company, a repurchase") == ExitCode::secondary);
  CHECK(code("equity_transfer", "listed 3.5595% for sale, floor price 58m") == ExitCode::note);
  CHECK(code("equity_transfer", "rescue: strategic financing") == ExitCode::note);
  CHECK(code("ipo", "one holder sold shares") == ExitCode::ipo);
  CHECK(code("acquisition", "X took 58% for 6.8亿元") == ExitCode::ma_majority);
  CHECK(code("acquisition", "X took 50% ") == ExitCode::ma_minority);
  CHECK(code("acquisition", "took 30%, later acquired 96.5 %") == ExitCode::ma_full);
  CHECK(code("acquisition", "收购51%") == ExitCode::ma_majority);
  CHECK(code("acquisition", "at a premium of 20%") == ExitCode::ma_full);
  CHECK(code("acquisition", "the company as buyer: 10.75% of another") == ExitCode::note);
  CHECK(code("delisting") == ExitCode::writeoff);
  CHECK(code("delisting", "", "Buyer") == ExitCode::take_private);
}

TEST_CASE("an undated exit counts, without a holding period") {
  const Dataset data = World({"R1 Co 2015 A"}).exit("Co", {}, "acquisition", "?").finish();
  const Deals deals = select(data, {});
  const std::vector<ExitEvent> events = exit_events(deals);
  CHECK(texts(data) == Texts{"Co/ MA_FULL E1 !", "Co/A MA_FULL E1 !"});
  CHECK_FALSE(events[1].holding);
  CHECK(exit_rates(deals, events).at(0).exited == 1);
  CHECK(holding_periods(deals, events).empty());
}

TEST_CASE("an exit before the entry counts in the rate, is flagged, and has no holding period") {
  const Dataset data = World({"R1 Co 2018-05-02 A", "R2 Co 2015 B"}).exit("Co", {}, "ipo", "2018-05-01").finish();
  CHECK(texts(data) == Texts{"Co/ IPO E1 !", "Co/A IPO E1 exit_before_entry", "Co/B IPO E1 !"});
  const Deals deals = select(data, {});
  const std::vector<ExitEvent> events = exit_events(deals);
  CHECK_FALSE(events[1].holding);
  const std::vector<ExitRate> rates = exit_rates(deals, events);
  CHECK(rates.at(0).exited == 1);
  CHECK(rates.at(0).exited_before_entry == 1);
  CHECK(rates.at(1).exited_before_entry == 0);
}

TEST_CASE("an exit on the day of the entry, or in the same year, is none before it") {
  const Dataset data = World({"R1 Co 2018-05-02 A", "R2 Oc 2018 A"})
                           .exit("Co", {}, "ipo", "2018-05-02")
                           .exit("Oc", {}, "ipo", "2018")
                           .finish();
  const std::vector<ExitEvent> events = exit_events(select(data, {}));
  CHECK(events.at(1).holding == DaysRange{0, 0});
  CHECK(events.at(3).holding == DaysRange{0, 364});
}

TEST_CASE("the earliest event after the first investment decides; others are kept") {
  const Dataset data = World({"R1 Co 2015-01-01 A", "R2 Co 2018-01-01 B"})
                           .exit("Co", {}, "acquisition", "2019-01-01")
                           .exit("Co", {}, "ipo", "2017-01-01")
                           .exit("Co", "A", "equity_transfer", "2016-01-01")
                           .finish();
  CHECK(texts(data) == Texts{"Co/ IPO E1 !", "Co/ MA_FULL E1", "Co/A SECONDARY E3 !", "Co/A IPO E1", "Co/A MA_FULL E1",
                             "Co/B IPO E1 exit_before_entry", "Co/B MA_FULL E1 !"});
  const Deals deals = select(data, {});
  const std::vector<ExitRate> rates = exit_rates(deals, exit_events(deals));
  CHECK(rates.at(0).exited == 1);  // one company, however many events
  CHECK(rates.at(1).exited_before_entry == 0);
  CHECK(overall_exit_rate(deals, exit_events(deals)).exited == 1);
}

TEST_CASE("an acquirer among the investors is flagged, a company that buys itself rejected") {
  const Dataset data = World({"R1 Co 2015 Big Other", "R2 Self 2015 A"})
                           .exit("Co", {}, "acquisition", "2016-02-03", "BIG, Inc.")
                           .exit("Self", {}, "acquisition", "2016-02-03", "Self Ltd")
                           .finish();
  CHECK(texts(data) == Texts{"Co/ MA_FULL E1 ! insider_acquirer", "Co/Big MA_FULL E1 ! insider_acquirer",
                             "Co/Other MA_FULL E1 ! insider_acquirer"});
  REQUIRE(data.problems.size() == 1);
  CHECK(name_of(data.problems.front().kind) == "self_acquisition");
}

TEST_CASE("a replaced holder did not leave") {
  const Dataset data = World({"R1 Co 2015 A B"})
                           .registry("Co", "2016-01-01", "A", RegistryChange::replacement)
                           .exit("Co", "B", "替换", "2016-01-01")
                           .finish();
  CHECK(texts(data) == Texts{"Co/B REPLACE E3"});
  CHECK_FALSE(exit_events(select(data, {})).front().counts_as_exit);
}

TEST_CASE("one vehicle out and another of the same house in, on one day, is a replacement") {
  World world({"R1 Co 2015 FundOne"});
  for (const std::string_view fund : {"FundOne", "FundTwo"})
    world.builder().add_alias(fund, "House", AliasLevel::manager, "gp", {}, {world.file(), 50});
  world.registry("Co", "2016-01-01", "FundOne", RegistryChange::left);
  world.registry("Co", "2016-01-01", "FundTwo", RegistryChange::entered);
  const Dataset data = world.finish();
  CHECK(texts(data).empty());
  Selection raw;
  raw.rollup = Rollup::none;
  CHECK(texts(data, raw) == Texts{"Co/FundOne REMOVED E2 !"});
}

TEST_CASE("notes and unknown words are listed and count nowhere") {
  const Dataset data =
      World({"R1 Co 2015 A"}).exit("Co", {}, "ipo_filing", "2016").exit("Co", {}, "levitation", "2017").finish();
  CHECK(texts(data) == Texts{"Co/ NOTE E1", "Co/ UNMAPPED E1"});
  const Deals deals = select(data, {});
  CHECK(exit_events(deals).back().word == "levitation");
  CHECK(exit_rates(deals, exit_events(deals)).front().exited == 0);
}

TEST_CASE("a sale without a seller is nobody's exit") {
  const Dataset data = World({"R1 Co 2015 A"}).exit("Co", {}, "buyback", "2016").finish();
  CHECK(texts(data) == Texts{"Co/ BUYBACK E1"});
  CHECK_FALSE(exit_events(select(data, {})).front().counts_as_exit);
}

TEST_CASE("an exit of somebody who never entered is kept and flagged") {
  const Dataset data = World({"R1 Co 2015 A"}).exit("Co", "Z", "equity_transfer", "2016").finish();
  CHECK(texts(data) == Texts{"Co/Z SECONDARY E3 never_entered"});
  CHECK(exit_rates(select(data, {}), exit_events(select(data, {}))).size() == 1);  // no rate for Z
}

TEST_CASE("a register row repeats an investor's own row if both may mean one day") {
  const auto world = [](std::string_view own, std::string_view registered) {
    return World({"R1 Co 2015 A"})
        .exit("Co", "A", "shareholder_exit", own)
        .registry("Co", registered, "A", RegistryChange::left)
        .finish();
  };
  CHECK(texts(world("2016-03-01", "2016-03-01")) == Texts{"Co/A REMOVED E3 !"});
  CHECK(texts(world("2016", "2016-03-01")) == Texts{"Co/A REMOVED E3 !"});
  CHECK(texts(world("?", "2016-03-01")) == Texts{"Co/A REMOVED E3 !"});
  CHECK(texts(world("2016-03-01", "2016-04-01")) == Texts{"Co/A REMOVED E3 !", "Co/A REMOVED E2"});
  const Dataset once = world("2016", "2016-03-01");
  CHECK(exit_events(select(once, {})).front().also.has_value());
}

TEST_CASE("a vehicle's exit is its manager's, under roll-up") {
  World world({"R1 Co 2015 FundOne"});
  world.builder().add_alias("FundOne", "House", AliasLevel::manager, "gp", {}, {world.file(), 50});
  world.builder().add_alias("FundTwo", "House", AliasLevel::manager, "gp", {}, {world.file(), 51});
  world.exit("Co", "FundTwo", "equity_transfer", "2016-07-01");
  const Dataset data = world.finish();
  CHECK(texts(data) == Texts{"Co/House SECONDARY E3 !"});
  Selection raw;
  raw.rollup = Rollup::none;
  CHECK(texts(data, raw) == Texts{"Co/FundTwo SECONDARY E3 never_entered"});
}

TEST_CASE("known-by before an exit was public: nobody knew") {
  World world({"R1 Co 2015-01-01 A"});
  ExitRow row = world.row("Co", "A", "equity_transfer", "2016-01-01");
  row.known_on = date("2020-01-01");
  const Dataset data = world.exit(row).finish();
  Selection selection;
  selection.known_by = day("2019-12-31");
  CHECK(texts(data, selection).empty());
  selection.known_by = day("2020-01-01");
  CHECK(texts(data, selection).size() == 1);
}

TEST_CASE("companies outside the selected sector have no events in it") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"w.csv", "w.csv", "", 2});
  fixtures::add_rounds(builder, file, {"R1 Chip 2015 A"}, "gpu");
  fixtures::add_rounds(builder, file, {"R2 Shop 2015 A"}, "retail");
  for (const std::string_view company : {"Chip", "Shop", "Roundless"})
    builder.add_exit(fixtures::exit_row(builder, {file, 9}, company, {}, "ipo", "2018"));
  const Dataset data = builder.finish().value();
  Selection selection;
  selection.sectors = {"GPU"};
  CHECK(texts(data, selection) == Texts{"Chip/ IPO E1 !", "Chip/A IPO E1 !"});
  CHECK(texts(data).size() == 5);  // without a filter also the company without a round
}
