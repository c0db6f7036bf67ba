// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/bicm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/ties/disparity.hpp"
#include "coinvest/ties/hypergeometric.hpp"
#include "coinvest/ties/randomise.hpp"
#include "davis.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

using Degrees = std::vector<std::uint32_t>;

/// A woman is an investor, an event a company with one round.
Dataset davis_deals() {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"davis.csv", "davis.csv", "", 89});
  const graphs::Davis davis = graphs::read_davis();
  std::vector<std::string> lines;
  for (std::uint32_t event = 18; event < 32; ++event) {
    lines.push_back("R" + davis.names[event] + " " + davis.names[event] + " ?");
    for (const std::uint32_t woman : davis.graph.view().neighbours_of(event))
      lines.back() += " " + davis.names[woman].substr(0, davis.names[woman].find(' '));
  }
  fixtures::add_rounds(builder, file, {lines.begin(), lines.end()});
  return builder.finish().value();
}

struct Made {
  Deals deals;
  Coinvestment graph;
  std::vector<Tie> rows;
};

Made make_ties(Deals deals) {
  Made made{std::move(deals), {}, {}};
  made.graph = build_coinvestment(made.deals, build_bipartite(made.deals), {}, Context{}).value();
  made.rows = ties(made.deals, made.graph, Context{}).value();
  return made;
}

/// Expected degrees of both sides must be the real ones.
void check_degrees(const Degrees& rows, const Degrees& columns) {
  const auto model = Bicm::solve(rows, columns);
  REQUIRE(model.has_value());
  for (const bool swapped : {false, true})
    for (const std::uint32_t one : swapped ? columns : rows) {
      double expected = 0;
      for (const std::uint32_t other : swapped ? rows : columns)
        expected += swapped ? model->probability(other, one) : model->probability(one, other);
      CHECK(std::abs(expected - one) <= 2e-10);
    }
}

TEST_CASE("solving, sharing and testing end at once when they are told to") {
  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  CHECK(Bicm::solve(Degrees{3, 2, 1}, Degrees{2, 2, 1, 1}, context).error().kind == ErrorKind::cancelled);
  const Bicm model = Bicm::solve(Degrees{3, 2, 1}, Degrees{2, 2, 1, 1}).value();
  CHECK(model.shared(3, 2, 2, context) == std::vector<double>{1, 0, 0});  // nothing was folded in
  const Made made = make_ties(select(fixtures::f1(), {}));
  CHECK(validate_bicm(made.deals, made.rows, {}, context).error().kind == ErrorKind::cancelled);
}

TEST_CASE("BiCM of the Southern Women: published probabilities") {
  const graphs::Davis davis = graphs::read_davis();
  const GraphView graph = davis.graph.view();
  const auto degree = [&](const std::string& name) {
    for (std::uint32_t v = 0; v < graph.vertices(); ++v)
      if (davis.names[v].substr(0, davis.names[v].find(' ')) == name)
        return static_cast<std::uint32_t>(graph.degree(v));
    throw std::out_of_range(name);
  };
  Degrees women, events;
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    (v < 18 ? women : events).push_back(static_cast<std::uint32_t>(graph.degree(v)));
  const Bicm model = Bicm::solve(women, events).value();
  CHECK(model.probability(degree("Evelyn"), degree("E8")) == Approx(0.933382).margin(5e-7));
  CHECK(model.probability(degree("Evelyn"), degree("E1")) == Approx(0.342329).margin(5e-7));
  CHECK(model.probability(degree("Flora"), degree("E11")) == Approx(0.056151).margin(5e-7));
  CHECK(model.log_likelihood() == Approx(-128.086354).margin(5e-7));
  check_degrees(women, events);
}

TEST_CASE("BiCM of the Southern Women: no tie is distinguishable from chance") {
  const Dataset data = davis_deals();
  const Made made = make_ties(select(data, {}));
  const TieTests tests = validate_bicm(made.deals, made.rows, {}, Context{}).value();
  CHECK(tests.validated == 0);
  CHECK(tests.tests == 153);
  CHECK(tests.total == 14);
  const auto smallest = std::ranges::min_element(tests.rows, {}, &TieTest::p_over);
  const Tie& tie = made.rows[static_cast<std::size_t>(smallest - tests.rows.begin())];
  CHECK(smallest->p_over == Approx(0.0883723).margin(5e-8));
  CHECK(data.name(tie.a) == "Flora");
  CHECK(data.name(tie.b) == "Olivia");
  Context four;
  four.threads = 4;
  const TieTests again = validate_bicm(made.deals, made.rows, {}, four).value();
  for (std::size_t i = 0; i < tests.rows.size(); ++i) CHECK(again.rows[i].p_over == tests.rows[i].p_over);
}

TEST_CASE("degrees that leave no choice are certain, and mixed ones are still met") {
  const Bicm full = Bicm::solve(Degrees{3, 3}, Degrees{2, 2, 2}).value();
  CHECK(full.probability(3, 2) == 1);
  // One investor of everything, one company of everybody: the rest is theirs alone.
  const Bicm nested = Bicm::solve(Degrees{3, 1, 1}, Degrees{3, 1, 1}).value();
  CHECK(nested.probability(3, 1) == 1);
  CHECK(nested.probability(1, 3) == 1);
  CHECK(nested.probability(1, 1) == 0);
  check_degrees({4, 2, 2, 1}, {3, 2, 2, 2});
  check_degrees({1, 1}, {1, 1});
  CHECK(Bicm::solve({}, {}).has_value());
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto graph = graphs::random_bipartite(12, 9, 40, seed);
    Degrees rows, columns;
    for (std::uint32_t v = 0; v < graph.vertices(); ++v)
      if (graph.view().degree(v) > 0)
        (v < 12 ? rows : columns).push_back(static_cast<std::uint32_t>(graph.view().degree(v)));
    check_degrees(rows, columns);
  }
}

TEST_CASE("the number of shared companies is Poisson-binomial") {
  const Degrees rows{5, 3, 2, 2, 1}, columns{4, 3, 2, 2, 1, 1};
  const Bicm model = Bicm::solve(rows, columns).value();
  std::vector<double> expected(columns.size() + 1, 0.0);
  for (unsigned shared = 0; shared < 1U << columns.size(); ++shared) {
    double p = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const double both = model.probability(5, columns[c]) * model.probability(3, columns[c]);
      p *= (shared >> c & 1U) != 0 ? both : 1 - both;
    }
    expected[static_cast<std::size_t>(__builtin_popcount(shared))] += p;
  }
  const std::vector<double> chance = model.shared(5, 3, 2);
  REQUIRE(chance.size() >= expected.size());
  for (std::size_t x = 0; x < chance.size(); ++x)
    CHECK(chance[x] == Approx(x < expected.size() ? expected[x] : 0).epsilon(1e-12).margin(1e-300));
}

TEST_CASE("far tails of the Poisson-binomial keep their digits") {
  // 400 investors and companies, all of degree 20: p = 1/20 everywhere, X binomial(400, 1/400).
  const Degrees equal(400, 20);
  const std::vector<double> chance = Bicm::solve(equal, equal).value().shared(20, 20, 20);
  const double expected = std::exp(std::lgamma(401) - std::lgamma(21) - std::lgamma(381) + 20 * std::log(1 / 400.0) +
                                   380 * std::log1p(-1 / 400.0));
  CHECK(chance[20] == Approx(expected).epsilon(1e-7));
  CHECK(std::accumulate(chance.begin(), chance.end(), 0.0) == Approx(1).epsilon(1e-12));
}

TEST_CASE("deals drawn at random validate no tie, planted partners are found") {
  std::mt19937_64 random(1);
  std::vector<std::string> lines;
  for (int round = 0; round < 400; ++round) {
    std::set<std::uint64_t> members;
    while (members.size() < 3) members.insert(random() % 60);
    lines.push_back(fmt::format("R{0} C{0} 2020", round));
    for (const std::uint64_t member : members) lines.back() += " I" + std::to_string(member);
    if (round < 20) lines.back() += " X Y";
  }
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 400}), {lines.begin(), lines.end()});
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  for (const auto validate : {validate_hypergeometric, validate_bicm}) {
    const Made planted = make_ties(deals);
    const TieTests found = validate(planted.deals, planted.rows, {}, Context{}).value();
    CHECK(found.validated == 1);
    const auto best = std::ranges::min_element(found.rows, {}, &TieTest::p_over) - found.rows.begin();
    CHECK(data.name(planted.rows[static_cast<std::size_t>(best)].a) == "X");
    std::uint64_t wrong = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const Made none = make_ties(randomise(deals, TieBy::round, seed));
      if (validate(none.deals, none.rows, {}, Context{}).value().validated > 0) ++wrong;
    }
    CHECK(wrong <= 1);
  }
}

TEST_CASE("disparity: the backbone of the Southern Women") {
  const Dataset data = davis_deals();
  const Made made = make_ties(select(data, {}));
  for (const auto& [alpha, kept] : {std::pair{0.05, 0U}, {0.1, 3U}, {0.2, 27U}})
    CHECK(disparity_filter(made.graph, made.rows, alpha).value().validated == kept);
  CHECK_FALSE(disparity_filter(made.graph, made.rows, 1.5));
  CHECK_FALSE(validate_bicm(made.deals, made.rows, {.alpha = 0}, Context{}));
}

TEST_CASE("disparity: an end with one tie says nothing, the other end decides") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 4}),
                       {"R1 C1 2020 A B", "R2 C2 2020 A B", "R3 C3 2020 A B", "R4 C4 2020 A D", "R5 C5 2020 E F"});
  const Dataset data = builder.finish().value();
  const Made made = make_ties(select(data, {}));
  REQUIRE(made.rows.size() == 3);
  const TieTests kept = disparity_filter(made.graph, made.rows, 0.3).value();
  CHECK(kept.rows[0].p_over == Approx(0.25));  // A-B: 1 − 3/4
  CHECK(kept.rows[0].validated);
  CHECK(kept.rows[1].p_over == Approx(0.75));  // A-D
  CHECK(kept.rows[2].p_over == 1);             // E-F
  CHECK(std::isnan(kept.rows[2].p_under));
  CHECK(kept.validated == 1);
}

}  // namespace
}  // namespace coinvest
