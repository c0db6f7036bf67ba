// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/validate.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "catch.hpp"
#include "coinvest/ties/hypergeometric.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

struct Made {
  Dataset data;
  Deals deals;
  Coinvestment graph;
  std::vector<Tie> rows;

  explicit Made(const std::vector<std::string>& lines) {
    DatasetBuilder builder(Identity::exact, Cleaning::raw);
    fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 1}), {lines.begin(), lines.end()});
    data = builder.finish().value();
    deals = select(data, {});
    graph = build_coinvestment(deals, build_bipartite(deals), {}, Context{}).value();
    rows = ties(deals, graph, Context{}).value();
  }
};

/// X and Y meet twelve times; V and W take part in half of all rounds each, and meet once; others meet by chance.
std::vector<std::string> planted() {
  std::mt19937_64 random(3);
  std::vector<std::string> lines;
  for (std::size_t round = 0; round < 120; ++round) {
    std::string line = "R" + std::to_string(round) + " C" + std::to_string(round) + " 2020";
    std::set<std::uint64_t> members;
    while (members.size() < 2) members.insert(random() % 12);
    for (const std::uint64_t member : members) line += " I" + std::to_string(member);
    if (round < 12) line += " X Y";
    if (round <= 60) line += " V";
    if (round >= 60) line += " W";
    lines.push_back(line);
  }
  return lines;
}

TEST_CASE("preferred and avoided ties, and the graph of those preferred") {
  const Made made(planted());
  TieValidation validation;
  validation.options.sides = Sides::both;
  for (const Validation with : {Validation::hypergeometric, Validation::bicm}) {
    validation.with = with;
    const TieTests tests = test_ties(made.deals, made.graph, made.rows, validation, Context{}).value();
    std::set<std::string> preferred, avoided;
    for (std::size_t i = 0; i < made.rows.size(); ++i) {
      const std::string names = made.data.name(made.rows[i].a) + made.data.name(made.rows[i].b);
      if (tests.rows[i].validated) (tests.rows[i].avoided() ? avoided : preferred).insert(names);
      CHECK(tests.rows[i].p_least <= tests.rows[i].p_over);
    }
    CHECK(preferred.contains("XY"));
    CHECK(avoided == std::set<std::string>{"VW"});
    const Coinvestment kept = keep_validated(made.deals, made.graph, validation, Context{}).value();
    CHECK(kept.investors == made.graph.investors);
    CHECK(kept.view().edges() == preferred.size());
    for (std::uint32_t v = 0; v < kept.view().vertices(); ++v)
      for (const std::uint32_t other : kept.view().neighbours_of(v)) {
        const auto [a, b] = std::minmax(v, other);
        CHECK(preferred.contains(made.data.name(kept.investors[a]) + made.data.name(kept.investors[b])));
      }
  }
}

TEST_CASE("the least p is that of sharing everything") {
  const Made made({"R1 C1 2020 A B", "R2 C2 2020 A", "R3 C3 2020 C", "R4 C4 2020 C", "R5 C5 2020 B C"});
  const TieTests tests = test_ties(made.deals, made.graph, made.rows, {}, Context{}).value();
  REQUIRE(made.rows.size() == 2);
  CHECK(tests.rows[0].p_least == Approx(1 / 10.0));  // A and B, two of five each: 1 / C(5, 2)
  CHECK(tests.rows[1].p_least == Approx(3 / 10.0));  // B and C, two and three: C(3, 2) / C(5, 2)
}

TEST_CASE("power says how many two investors must share, and whether that is enough") {
  const Made made(planted());
  for (const Correction correction : {Correction::fdr, Correction::bonferroni}) {
    TieValidation validation;
    validation.options.correction = correction;
    const TieTests tests = test_ties(made.deals, made.graph, made.rows, validation, Context{}).value();
    // The threshold is where ties pass.
    for (const TieTest& row : tests.rows) CHECK(row.validated == (row.p_over <= tests.threshold));
    const auto classes = power(made.deals, made.rows, tests, validation).value();
    const Hypergeometric chance(tests.total);
    std::uint64_t investors = 0, counted = 0, validated = 0;
    for (const Power& of : classes) {
      investors += of.investors;
      counted += of.ties;
      validated += of.validated;
      CHECK(of.p_least == Approx(chance.tails(of.chosen, of.chosen, of.chosen).over));
      CHECK(of.needed.has_value() == (of.p_least <= tests.threshold));
      if (!of.needed) continue;
      CHECK(chance.tails(of.chosen, of.chosen, *of.needed).over <= tests.threshold);
      CHECK(chance.tails(of.chosen, of.chosen, *of.needed - 1).over > tests.threshold);
    }
    CHECK(investors == made.graph.investors.size());
    CHECK(counted == made.rows.size());
    CHECK(validated == tests.validated);
  }
  TieValidation backbone;
  backbone.with = Validation::disparity;
  backbone.options.alpha = 0.05;
  const TieTests tests = test_ties(made.deals, made.graph, made.rows, backbone, Context{}).value();
  CHECK(power(made.deals, made.rows, tests, backbone).error().kind == ErrorKind::usage);
}

TEST_CASE("ties of a window have no test") {
  const Made made({"R1 C1 2020 A B"});
  TieValidation validation;
  validation.options.by = TieBy::window;
  for (const Validation with : {Validation::hypergeometric, Validation::bicm}) {
    validation.with = with;
    CHECK(test_ties(made.deals, made.graph, made.rows, validation, Context{}).error().kind == ErrorKind::usage);
  }
}

}  // namespace
}  // namespace coinvest
