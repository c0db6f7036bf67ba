// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/paths.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"
#include "queries/rows.hpp"

namespace coinvest {
namespace {

struct World {
  Dataset data;
  Deals deals;
  Bipartite bipartite;
  Coinvestment graph;

  World(const std::vector<std::string>& lines, const TieOptions& options, std::string_view sector = "") {
    DatasetBuilder builder(Identity::exact, Cleaning::raw);
    const FileId file = builder.add_file({"x.csv", "x.csv", "", 99});
    fixtures::add_rounds(builder, file, {lines.begin(), lines.end()}, sector);
    data = builder.finish().value();
    deals = select(data, {});
    bipartite = build_bipartite(deals);
    graph = build_coinvestment(deals, bipartite, options, {}).value();
  }
};

/// Every path without repeats from the last vertex of `path` to `to`.
void walk(const GraphView& graph, std::uint32_t to, VertexPath path, std::vector<VertexPath>& all) {
  if (path.vertices.back() == to) {
    all.push_back(std::move(path));
    return;
  }
  const std::uint32_t at = path.vertices.back();
  for (std::size_t i = 0; i < graph.degree(at); ++i) {
    const std::uint32_t next = graph.neighbours_of(at)[i];
    if (std::ranges::find(path.vertices, next) != path.vertices.end()) continue;
    const double weight = graph.weights_of(at)[i];
    VertexPath longer = path;
    longer.strength *= weight / (1 + weight);
    longer.vertices.push_back(next);
    walk(graph, to, std::move(longer), all);
  }
}

TEST_CASE("the strongest paths are those of all paths without repeats") {
  std::mt19937 random(7);
  std::size_t paths_seen = 0;
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<std::string> lines;
    for (unsigned round = 0; round < 12; ++round) {
      std::string line = "R" + std::to_string(round) + " C" + std::to_string(round) + " 2020";
      for (char name = 'A'; name < 'H'; ++name)
        if (random() % 4 == 0) line += std::string(" ") + name;
      lines.push_back(line);
    }
    const World world(lines, {});
    const GraphView graph = world.graph.view();
    if (graph.vertices() < 2) continue;
    const std::uint32_t to = graph.vertices() - 1;
    std::vector<VertexPath> all;
    walk(graph, to, {1, {0}}, all);
    std::ranges::stable_sort(all, std::ranges::greater{}, &VertexPath::strength);
    paths_seen += all.size();
    for (const std::size_t most : {std::size_t{1}, std::size_t{5}, all.size() + 3}) {
      const auto found = strongest_paths(graph, 0, to, most, {}).value();
      REQUIRE(found.size() == std::min(most, all.size()));
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i].strength == Approx(all[i].strength).epsilon(1e-12));
        CHECK(std::ranges::count(all, found[i].vertices, &VertexPath::vertices) == 1);
        CHECK(std::ranges::count(found, found[i].vertices, &VertexPath::vertices) == 1);
      }
    }
  }
  CHECK(paths_seen > 1000);
}

TEST_CASE("of equally strong paths the shorter comes first, then the one that comes first by name") {
  // A-B shared once: 1/2. A-C twice and C-B three times: 2/3 * 3/4 = 1/2. A-D-B as A-C-B.
  const World world(
      {"R1 X 2020 A B", "R2 X 2020 A C", "R3 X 2020 A C", "R4 X 2020 C B", "R5 X 2020 C B", "R6 X 2020 C B",
       "R7 X 2020 A D", "R8 X 2020 A D", "R9 X 2020 D B", "R10 X 2020 D B", "R11 X 2020 D B"},
      {});
  const auto found = strongest_paths(world.graph.view(), 0, 1, 9, {}).value();
  REQUIRE(found.size() == 3);
  CHECK(found[0].vertices == std::vector<std::uint32_t>{0, 1});
  CHECK(found[1].vertices == std::vector<std::uint32_t>{0, 2, 1});
  CHECK(found[2].vertices == std::vector<std::uint32_t>{0, 3, 1});
}

TEST_CASE("of equally strong paths the shorter comes first, wherever its vertices stand") {
  // A-Z once: 1/2. A-B twice and B-Z three times: 2/3 * 3/4 = 1/2.
  const World world(
      {"R1 X 2020 A Z", "R2 X 2020 A B", "R3 X 2020 A B", "R4 X 2020 B Z", "R5 X 2020 B Z", "R6 X 2020 B Z"}, {});
  const auto found = strongest_paths(world.graph.view(), 0, 2, 1, {}).value();
  REQUIRE(found.size() == 1);
  CHECK(found[0].vertices == std::vector<std::uint32_t>{0, 2});
}

TEST_CASE("a fresh tie is a better introduction than an old one") {
  // As of 2020-12-31, with half of the weight lost in a year: A-B has 1/8, A-C and C-B have 1 each.
  TieOptions options;
  options.weight = TieWeight::recency;
  options.half_life = 365.0 / 365.25;
  const World world({"R1 X 2018-01-01 A B", "R2 Y 2020-12-31 A C", "R3 Z 2020-12-31 C B"}, options);
  const auto paths = introductions(world.deals, world.graph, TieBy::round, InvestorId{0}, InvestorId{1}, 2, {}).value();
  REQUIRE(paths.size() == 2);
  CHECK(paths[0].strength == Approx(0.25));
  CHECK(paths[0].steps.size() == 2);
  CHECK(paths[1].strength == Approx(0.125 / 1.125).epsilon(1e-3));
}

TEST_CASE("every step names its rounds with file and line, and competitors that its ends back") {
  World world({"R1 X 2019 A B", "R2 Y 2020 A", "R3 Z 2020 B C", "R4 W 2021 C A"}, {}, "chips");
  const Table table = paths_table(world.deals, world.graph, TieBy::round, "A", "B", 1, {}).value();
  REQUIRE(table.rows.size() == 1);
  auto row = tests::cells_of(table, 0);
  CHECK(row["from"] == Cell{std::string("A")});
  CHECK(row["to"] == Cell{std::string("B")});
  CHECK(row["strength"] == Cell{0.5});
  CHECK(row["rounds"] == Cell{std::string("X 2019 (x.csv:2)")});
  CHECK(row["conflict"] == Cell{std::string("chips")});
  CHECK(row["conflict_from"] == Cell{std::string("W; Y")});
  CHECK(row["conflict_to"] == Cell{std::string("Z")});
}

TEST_CASE("of a tie by company the rounds of both ends are named") {
  TieOptions options;
  options.by = TieBy::company;
  const World world({"R1 X 2019 A", "R2 X 2020 B", "R3 Y 2020 B"}, options);
  const Table table = paths_table(world.deals, world.graph, TieBy::company, "A", "B", 1, {}).value();
  CHECK(tests::cells_of(table, 0)["rounds"] == Cell{std::string("X 2019 (x.csv:2); X 2020 (x.csv:3)")});
  CHECK(tests::cells_of(table, 0)["conflict"] == Cell{});
}

TEST_CASE("no way, the same investor, and a name that is none") {
  const World world({"R1 X 2019 Alpha Beta", "R2 Y 2020 Gamma"}, {});
  const auto ask = [&](std::string_view a, std::string_view b) {
    return paths_table(world.deals, world.graph, TieBy::round, a, b, 3, {});
  };
  const Table none = ask("Alpha", "Gamma").value();
  CHECK(none.rows.empty());
  CHECK(none.caption == "No way from Alpha to Gamma");
  CHECK(none.notes.size() == 1);
  CHECK(ask("Alpha", "alpha").error().message == "both ends are the same investor");
  CHECK(ask("Alpha", "Betta").error().message == "no investor is called 'Betta'; did you mean Beta?");
}

}  // namespace
}  // namespace coinvest
