// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/identify.hpp"

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "fixtures.hpp"
#include "folder.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

struct Deal {
  std::string_view company, investor;
};

DatasetBuilder built(const std::vector<Deal>& deals) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"a.csv", "a.csv", "", 5});
  std::uint32_t line = 1;
  for (const Deal& deal : deals) {
    RoundInput round;
    round.id = std::to_string(line);
    round.company = deal.company;
    round.source = {file, ++line};
    ParticipationInput participation;
    participation.round = builder.add_round(round);
    participation.investor = deal.investor;
    participation.source = round.source;
    builder.add_participation(participation);
  }
  return builder;
}

/// The score of two names; 0 if they are no pair.
double score(const Dataset& data, std::string_view a, std::string_view b) {
  const std::vector<LikelyPair> pairs = likely_pairs(data, NameSide::investors, 0, {}).value();
  for (const LikelyPair& pair : pairs) {
    const std::string& x = data.investors.name[pair.a];
    const std::string& y = data.investors.name[pair.b];
    if ((x == a && y == b) || (x == b && y == a)) return pair.score;
  }
  return 0;
}

TEST_CASE("rare words count more than common ones") {
  const Dataset data = built({{"A", "Intel Capital"}, {"B", "Intel"}, {"C", "Zeta Capital"}}).finish().value();
  // Weights: intel ln 2, capital ln 2, zeta ln 4; one begins with the other adds a tenth of the rest.
  CHECK(score(data, "Intel Capital", "Intel") == Approx(0.5 + 0.05));
  CHECK(score(data, "Intel Capital", "Zeta Capital") == Approx(0.25));
  CHECK(score(data, "Intel", "Zeta Capital") == 0);
}

TEST_CASE("typing errors are found in long words, and never in numbers") {
  const Dataset data = built({{"A", "Braemar Energy"},
                              {"B", "Braemer Energy"},
                              {"C", "RA Capital Management"},
                              {"D", "RG Capital Management"},
                              {"E", "Goldfund 17"},
                              {"F", "Goldfund 18"}})
                           .finish()
                           .value();
  CHECK(score(data, "Braemar Energy", "Braemer Energy") == Approx(1 - 1.0 / 7));
  CHECK(score(data, "RA Capital Management", "RG Capital Management") < 0.6);
  CHECK(score(data, "Goldfund 17", "Goldfund 18") < 0.6);
}

TEST_CASE("Chinese names lose place and form, and share pairs of characters") {
  const Dataset data = built({{"A", "上海国盛资本"},
                              {"B", "国盛资本"},
                              {"C", "共青城航瓴昇和投资合伙企业(有限合伙)"},
                              {"D", "航瓴昇和"},
                              {"E", "南京招银"},
                              {"F", "湖北招银"},
                              {"G", "北京"},
                              {"H", "深圳"}})
                           .finish()
                           .value();
  CHECK(score(data, "上海国盛资本", "国盛资本") == Approx(1));
  CHECK(score(data, "共青城航瓴昇和投资合伙企业(有限合伙)", "航瓴昇和") == Approx(1));
  CHECK(score(data, "南京招银", "湖北招银") == Approx(0.8));  // two places
  CHECK(score(data, "北京", "深圳") == 0);
}

TEST_CASE("initials and shared companies") {
  const Dataset data =
      built({{"A", "Kleiner Perkins Caufield Byers"}, {"A", "KPCB"}, {"B", "Great Old Pond"}, {"C", "GOP"}})
          .finish()
          .value();
  CHECK(score(data, "Kleiner Perkins Caufield Byers", "KPCB") == Approx(0.5 + 0.15));
  CHECK(score(data, "Great Old Pond", "GOP") == Approx(0.5));
}

TEST_CASE("what the alias table knows is settled") {
  DatasetBuilder builder =
      built({{"A", "Sequoia Capital"}, {"B", "Sequoia Capital India"}, {"C", "Sequoia Capital Asia"}});
  builder.add_alias("Sequoia", "Sequoia Capital", AliasLevel::manager, "", {}, {});
  builder.add_alias("SCI", "Sequoia Capital India", AliasLevel::manager, "", {}, {});
  const Dataset data = builder.finish().value();
  CHECK(score(data, "Sequoia Capital", "Sequoia Capital India") == 0);
  CHECK(score(data, "Sequoia Capital", "Sequoia Capital Asia") > 0);
}

TEST_CASE("reviewed names become aliases of the canonical or the busiest one") {
  DatasetBuilder builder = built(
      {{"A", "Intel Capital"}, {"B", "Intel"}, {"C", "Intel"}, {"D", "Zeta"}, {"E", "Zeta Fund"}, {"F", "Zeta Fund"}});
  builder.add_alias("Intel Inside", "Intel Capital", AliasLevel::group, "gp", {}, {});
  builder.add_alias("Zeta Old", "Zeta", AliasLevel::manager, "", {}, {});
  const Dataset data = builder.finish().value();
  const std::vector<Reviewed> same{{"Intel", "Intel Capital", true, {"r.csv", 2, ""}},
                                   {"Zeta Fund", "Zeta Old", true, {"r.csv", 3, ""}},
                                   {"Intel", "Zeta", false, {"r.csv", 4, ""}}};
  const Table table = reviewed_aliases(data, same).value();
  auto rows = tests::rows_by(table, "alias");
  REQUIRE(table.rows.size() == 4);
  CHECK(rows["Intel Inside"]["level"] == Cell{std::string("group")});
  CHECK(rows["Intel"]["canonical"] == Cell{std::string("Intel Capital")});  // canonical already
  CHECK(rows["Intel"]["basis"] == Cell{std::string("reviewed, line 2")});
  CHECK(rows["Zeta Fund"]["canonical"] == Cell{std::string("Zeta")});
}

TEST_CASE("decisions that contradict each other are errors with their line") {
  const Dataset data = built({{"A", "Ax"}, {"B", "Bx"}, {"C", "Cx"}}).finish().value();
  const std::vector<Reviewed> circle{{"Ax", "Bx", true, {"r.csv", 2, ""}},
                                     {"Ax", "Cx", false, {"r.csv", 3, ""}},
                                     {"Bx", "Cx", true, {"r.csv", 4, ""}}};
  CHECK(reviewed_aliases(data, circle).error().where.line == 3);
  const std::vector<Reviewed> stranger{{"Ax", "Dx", true, {"r.csv", 2, ""}}};
  CHECK(reviewed_aliases(data, stranger).error().where.line == 2);
}

TEST_CASE("a reviewed file") {
  const tests::Folder folder;
  const auto read = [&](const std::string& text) {
    REQUIRE(write_file(folder / "r.csv", text, Overwrite::replace));
    return read_review(folder / "r.csv");
  };
  const auto rows = read("a,b,score,evidence,decision\nA,B,1,,Same\nC,D,1,,\nE,F,,,different\n").value();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].same);
  CHECK(rows[1].b == "F");
  CHECK_FALSE(rows[1].same);
  CHECK(rows[1].where.line == 4);
  CHECK(read("a,b,decision\nA,B,maybe\n").error().where.line == 2);
}

}  // namespace
}  // namespace coinvest
