// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/ties.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ties/hypergeometric.hpp"
#include "fixtures.hpp"

using namespace coinvest;
using fixtures::date;

namespace {

struct Made {
  Deals deals;
  std::vector<Tie> rows;

  const Tie& tie(const std::string& a, const std::string& b) const {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Tie& row) {
      return deals.data->name(row.a) == a && deals.data->name(row.b) == b;
    });
    REQUIRE(found != rows.end());
    return *found;
  }
};

Made make_ties(const Dataset& data, TieOptions options = {}) {
  Made made{select(data, {}), {}};
  const Coinvestment graph = build_coinvestment(made.deals, build_bipartite(made.deals), options, Context{}).value();
  made.rows = ties(made.deals, graph, Context{}).value();
  return made;
}

/// Davis, Gardner & Gardner 1941: 18 women, 14 events; an event is one company with one round.
Dataset davis() {
  DatasetBuilder builder(Identity::exact, Cleaning::standard);
  builder.add_file({"attendance.csv", "attendance.csv", "", 89});
  std::ifstream in(std::string(COINVEST_SOURCE_DIR) + "/graphs/southern-women/attendance.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const std::string woman = line.substr(0, line.find(' ')), event = line.substr(line.find(',') + 1);
    RoundInput round;
    round.id = event;
    round.company = event;
    ParticipationInput participation;
    const auto known = builder.find_round(event);
    participation.round = known ? *known : builder.add_round(round);
    participation.investor = woman;
    builder.add_participation(participation);
  }
  return builder.finish().value();
}

double binomial(int n, int k) {
  if (k < 0 || k > n) return 0;
  double result = 1;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

}  // namespace

TEST_CASE("ties of the nine-round fixture, in both senses") {
  const Dataset data = fixtures::f1();
  const Made round = make_ties(data);
  REQUIRE(round.rows.size() == 7);
  const Tie& ac = round.tie("A", "C");
  CHECK(ac.shared_rounds == 3);
  CHECK(ac.shared_companies == 2);
  CHECK(ac.first == date("2016"));
  CHECK(ac.last == date("2019-01-10"));
  CHECK(ac.weight == 3);
  const Tie& ae = round.tie("A", "E");  // Delta's undated round alone
  CHECK(ae.shared_rounds == 1);
  CHECK_FALSE(ae.first.known());

  TieOptions wide;
  wide.by = TieBy::company;
  const Made company = make_ties(data, wide);
  REQUIRE(company.rows.size() == 9);
  const Tie& ad = company.tie("A", "D");  // Alpha and Delta, never in one round
  CHECK(ad.shared_rounds == 0);
  CHECK(ad.shared_companies == 2);
  CHECK_FALSE(ad.first.known());
  CHECK(std::is_sorted(company.rows.begin(), company.rows.end(),
                       [](const Tie& x, const Tie& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); }));
}

TEST_CASE("who came first, and who led, in the nine-round fixture") {
  const Dataset data = fixtures::f1();
  TieOptions wide;
  wide.by = TieBy::company;
  const Made made = make_ties(data, wide);
  const auto counts = [&](const char* a, const char* b) {
    const Precedence& p = made.tie(a, b).precedence;
    return std::array{p.before, p.same, p.after, p.unknown};
  };
  using Counts = std::array<std::uint32_t, 4>;
  CHECK(counts("A", "B") == Counts{1, 1, 0, 1});  // Beta earlier, Alpha the same round, Delta undated for A
  CHECK(counts("A", "C") == Counts{1, 1, 0, 0});  // Alpha earlier, Beta the same round of 2016
  CHECK(counts("A", "D") == Counts{1, 0, 0, 1});
  CHECK(counts("B", "C") == Counts{1, 0, 1, 0});
  CHECK(counts("C", "D") == Counts{0, 1, 0, 0});  // one day, two rounds of Alpha
  CHECK(made.tie("A", "B").precedence.value() == 1);
  CHECK(made.tie("B", "C").precedence.value() == 0);
  CHECK(made.tie("B", "C").precedence.p() == 1);
  CHECK(std::isnan(made.tie("C", "D").precedence.value()));
  CHECK(std::isnan(made.tie("C", "D").precedence.p()));
  CHECK(made.tie("A", "B").a_led == 1);
  CHECK(made.tie("A", "B").b_led == 0);
  CHECK(made.tie("A", "C").a_led == 0);
  CHECK(made.tie("A", "C").b_led == 2);
}

TEST_CASE("imprecise dates order only what they can, and the sign test is two-sided") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 9}),
                       {"R1 C1 2015 A", "R2 C1 2015-06-01 B", "R3 C2 2015 A", "R4 C2 2016-01-01 B", "R5 C3 ? A",
                        "R6 C3 2015-01-01 B", "R7 C4 2015-01 A B", "R8 C4 2015-01-10 A", "R9 C5 ? A B"});
  const Dataset data = builder.finish().value();
  TieOptions wide;
  wide.by = TieBy::company;
  const Made made = make_ties(data, wide);
  const Precedence& order = made.tie("A", "B").precedence;
  CHECK(order.before == 1);   // C2
  CHECK(order.same == 1);     // C4: the round of January, though A came again
  CHECK(order.unknown == 3);  // C1, C3, C5
  CHECK(order.after == 0);
  CHECK(Precedence{6, 0, 0, 0}.p() == Approx(2 / 64.0));
  CHECK(Precedence{1, 5, 6, 0}.p() == Approx(2 * 8 / 128.0));
  CHECK(Precedence{3, 0, 3, 0}.p() == 1);
  CHECK(Precedence{1, 0, 6, 2}.value() == Approx(-5 / 7.0));
}

TEST_CASE("Newman weights come from the graph") {
  TieOptions options;
  options.weight = TieWeight::newman;
  const Dataset data = fixtures::f1();
  CHECK(make_ties(data, options).tie("A", "C").weight == 2.5);
}

TEST_CASE("weights of the Southern Women") {
  const Dataset data = davis();
  TieOptions options;
  options.weight = TieWeight::jaccard;
  CHECK(make_ties(data, options).tie("Evelyn", "Laura").weight == Approx(0.666667).margin(5e-7));
  options.weight = TieWeight::newman;
  const Made newman = make_ties(data, options);
  CHECK(newman.tie("Evelyn", "Laura").weight == Approx(1.562637).margin(5e-7));
  double sum = 0;
  for (const Tie& tie : newman.rows) sum += tie.weight;
  CHECK(sum == Approx(44.5));
  options.weight = TieWeight::lift;  // 6 of 8 and 7, of 14
  CHECK(make_ties(data, options).tie("Evelyn", "Laura").weight == Approx(6 * 14 / 56.0));
}

TEST_CASE("the hypergeometric test of the fixture: companies and rounds") {
  const Dataset data = fixtures::f1();
  TieOptions wide;
  wide.by = TieBy::company;
  const Made made = make_ties(data, wide);
  ValidateOptions options;
  options.by = TieBy::company;
  const TieTests tests = validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
  CHECK(tests.total == 4);
  CHECK(tests.tests == 10);
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    const std::string names = data.name(made.rows[i].a) + data.name(made.rows[i].b);
    CAPTURE(names);
    if (names == "AB") CHECK(tests.rows[i].p_over == 1);  // B holds every company
    if (names == "AC") CHECK(tests.rows[i].p_over == Approx(0.5));
    if (names == "CD") {
      CHECK(tests.rows[i].p_over == Approx(5.0 / 6));
      CHECK(tests.rows[i].p_under == Approx(5.0 / 6));
    }
    CHECK_FALSE(tests.rows[i].validated);
  }
  options.by = TieBy::round;
  const Made rounds = make_ties(data);
  const TieTests by_round = validate_hypergeometric(rounds.deals, rounds.rows, options, Context{}).value();
  CHECK(by_round.total == 9);  // every round names somebody
  CHECK(by_round.validated == 0);
}

TEST_CASE("Davis: no tie is distinguishable from chance") {
  const Dataset data = davis();
  REQUIRE(data.investors.size() == 18);
  REQUIRE(data.companies.size() == 14);
  const Made made = make_ties(data);
  REQUIRE(made.rows.size() == 139);
  ValidateOptions options;
  options.alpha = 0.05;
  std::map<double, std::string> by_p;
  for (const Correction correction : {Correction::fdr, Correction::bonferroni})
    for (const TestsCounted counted : {TestsCounted::all, TestsCounted::observed})
      for (const Sides sides : {Sides::over, Sides::both}) {
        options.correction = correction;
        options.tests = counted;
        options.sides = sides;
        const TieTests tests = validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
        CHECK(tests.validated == 0);
        CHECK(tests.tests == (counted == TestsCounted::all ? 153U : 139U) * (sides == Sides::both ? 2U : 1U));
        for (std::size_t i = 0; i < made.rows.size(); ++i)
          by_p[tests.rows[i].p_over] = data.name(made.rows[i].a) + "-" + data.name(made.rows[i].b);
      }
  auto smallest = by_p.begin();
  CHECK(smallest->first == Approx(0.002331).margin(5e-7));
  CHECK(smallest->second == "Katherina-Sylvia");
  ++smallest;
  CHECK(smallest->first == Approx(0.010989).margin(5e-7));
  CHECK(smallest->second == "Flora-Olivia");
  ++smallest;
  CHECK(smallest->first == Approx(0.0145688).margin(5e-8));
  CHECK(smallest->second == "Brenda-Laura");
}

TEST_CASE("one strong pair passes, and the corrections do what they say") {
  std::vector<std::string> lines;
  for (int i = 0; i < 40; ++i) {
    lines.push_back(fmt::format("R{0} C{0} 2020 {1}", i, i < 8 ? "X Y" : fmt::format("Z{} W", i)));
  }
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 40});
  fixtures::add_rounds(builder, file, {lines.begin(), lines.end()});
  const Dataset data = builder.finish().value();
  const Made made = make_ties(data);
  ValidateOptions options;
  const TieTests fdr = validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
  const std::size_t xy = static_cast<std::size_t>(&made.tie("X", "Y") - made.rows.data());
  CHECK(fdr.rows[xy].p_over == Approx(1 / binomial(40, 8)));
  CHECK(fdr.rows[xy].q == Approx(static_cast<double>(fdr.tests) / binomial(40, 8)));
  CHECK(fdr.validated == 1);
  options.sides = Sides::both;
  const TieTests both = validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
  CHECK(both.tests == 2 * fdr.tests);
  CHECK(both.rows[xy].q == Approx(2 * fdr.rows[xy].q));
  options = {};
  options.correction = Correction::bonferroni;
  options.tests = TestsCounted::observed;
  const TieTests observed = validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
  CHECK(observed.tests == made.rows.size());
  CHECK(observed.rows[xy].q == Approx(static_cast<double>(made.rows.size()) / binomial(40, 8)));
  for (const double alpha : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    options.alpha = alpha;
    CHECK_FALSE(validate_hypergeometric(made.deals, made.rows, options, Context{}));
  }
}

TEST_CASE("tail sums agree with binomial coefficients") {
  const bool passed = rc::check([] {
    const int total = *rc::gen::inRange(1, 40);
    const int a = *rc::gen::inRange(0, total + 1), b = *rc::gen::inRange(0, total + 1);
    const int x = *rc::gen::inRange(std::max(0, a + b - total), std::min(a, b) + 1);
    double over = 0, under = 0;
    for (int k = 0; k <= std::min(a, b); ++k) {
      const double p = binomial(a, k) * binomial(total - a, b - k) / binomial(total, b);
      if (k >= x) over += p;
      if (k <= x) under += p;
    }
    const auto u = [](int value) { return static_cast<std::uint32_t>(value); };
    const Tails tails = Hypergeometric(u(total)).tails(u(a), u(b), u(x));
    RC_ASSERT(tails.over == Approx(over).epsilon(1e-10));
    RC_ASSERT(tails.under == Approx(under).epsilon(1e-10));
    const Tails swapped = Hypergeometric(u(total)).tails(u(b), u(a), u(x));
    RC_ASSERT(swapped.over == Approx(tails.over).epsilon(1e-10));
  });
  CHECK(passed);
}

TEST_CASE("far tails neither underflow nor lose their digits") {
  // 300 of 300 in common among 2000: 1 / C(2000, 300), about 1e-366, is below the smallest double; 100 of 100 is not.
  const Hypergeometric distribution(2000);
  CHECK(distribution.tails(100, 100, 100).over == Approx(1 / binomial(2000, 100)).epsilon(1e-9));
  CHECK(distribution.tails(300, 300, 300).over == 0);
  CHECK(distribution.tails(2000, 7, 7).over == 1);
}

TEST_CASE("crunchbase-2013, raw: the number of tests decides what is validated") {
  const std::vector<std::string> paths{std::string(COINVEST_SOURCE_DIR) + "/graphs/crunchbase-2013"};
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  const Dataset data = read_dataset(paths, raw, Context{}).value();
  TieOptions wide;
  wide.by = TieBy::company;
  const Made made = make_ties(data, wide);
  REQUIRE(made.rows.size() == 128783);
  ValidateOptions options;
  options.by = TieBy::company;
  const auto validated = [&](TestsCounted tests, Correction correction) {
    options.tests = tests;
    options.correction = correction;
    return validate_hypergeometric(made.deals, made.rows, options, Context{}).value();
  };
  const TieTests all = validated(TestsCounted::all, Correction::fdr);
  CHECK(all.tests == 140574528);
  CHECK(all.validated == 1308);
  CHECK(validated(TestsCounted::all, Correction::bonferroni).validated == 436);
  CHECK(validated(TestsCounted::observed, Correction::fdr).validated == 75991);
  CHECK(validated(TestsCounted::observed, Correction::bonferroni).validated == 1238);

  const auto p_over = [&](const std::string& a, const std::string& b) {
    return all.rows[static_cast<std::size_t>(&made.tie(a, b) - made.rows.data())].p_over;
  };
  std::uint64_t ordered = 0;
  std::uint32_t most = 0;
  for (const Tie& tie : made.rows) {
    ordered += (tie.precedence.before > 0 ? 1U : 0U) + (tie.precedence.after > 0 ? 1U : 0U);
    most = std::max({most, tie.precedence.before, tie.precedence.after});
  }
  CHECK(ordered == 56301);
  CHECK(most == 38);
  CHECK(made.tie("SV Angel", "Y Combinator").precedence.after == 38);
  CHECK(made.tie("David Cohen", "Techstars").precedence.after == 36);
  CHECK(p_over("Ali Partovi", "Hadi Partovi") == Approx(9.05e-71).epsilon(1e-3));
  CHECK(p_over("Andreessen Horowitz", "SV Angel") == Approx(4.96e-66).epsilon(1e-3));
}
