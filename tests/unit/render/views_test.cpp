// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/views.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "catch.hpp"
#include "coinvest/render/ages.hpp"
#include "coinvest/render/choose.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/legend.hpp"

using namespace coinvest;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

template <typename Graph>
void fill(Graph& graph, std::uint32_t vertices, const Pairs& edges, const std::vector<double>& weights) {
  std::vector<std::vector<std::pair<std::uint32_t, double>>> rows(vertices);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const double weight = weights.empty() ? 1.0 : weights[e];
    rows[edges[e].first].emplace_back(edges[e].second, weight);
    rows[edges[e].second].emplace_back(edges[e].first, weight);
  }
  graph.offsets.push_back(0);
  for (auto& row : rows) {
    std::sort(row.begin(), row.end());
    for (const auto& [neighbour, weight] : row) {
      graph.neighbours.push_back(neighbour);
      graph.weights.push_back(weight);
    }
    graph.offsets.push_back(graph.neighbours.size());
  }
}

/// Investors I0, I1, ... and companies C0, C1, ...; edges join an investor's and a company's number.
struct Example {
  Dataset data;
  Bipartite bipartite;
  Coinvestment coinvestment;

  Example(std::uint32_t investors, std::uint32_t companies, Pairs edges) {
    names(investors, companies);
    for (auto& edge : edges) edge.second += investors;
    fill(bipartite, investors + companies, edges, {});
  }
  Example(std::uint32_t investors, const Pairs& ties, const std::vector<double>& weights) {
    names(investors, 0);
    fill(coinvestment, investors, ties, weights);
  }
  void names(std::uint32_t investors, std::uint32_t companies) {
    for (std::uint32_t i = 0; i < investors; ++i) {
      data.investors.name.push_back("I" + std::to_string(i));
      bipartite.investors.push_back(id_of<InvestorId>(i));
    }
    for (std::uint32_t c = 0; c < companies; ++c) {
      data.companies.name.push_back("C" + std::to_string(c));
      bipartite.companies.push_back(id_of<CompanyId>(c));
    }
    coinvestment.investors = bipartite.investors;
  }
};

std::set<std::string> labels(const Drawing& drawing) {
  std::set<std::string> texts;
  for (const DrawingNode& node : drawing.nodes) texts.insert(node.label);
  return texts;
}

}  // namespace

TEST_CASE("the choice is connected and shows both sides") {
  // I0 holds everything; I1 to I9 hold one company each; I10 and C10 are apart and score highest of the leaves.
  Pairs edges;
  for (std::uint32_t c = 0; c < 10; ++c) edges.emplace_back(0, c);
  for (std::uint32_t i = 1; i < 10; ++i) edges.emplace_back(i, i - 1);
  edges.emplace_back(10, 10);
  const Example example(12, 11, edges);  // I11 has no tie
  const DrawnGraph graph{NamedGraph(example.bipartite, example.data)};
  const auto drawing = bipartite_view(graph, {.max_nodes = 8});
  REQUIRE(drawing);
  CHECK(labels(*drawing) == std::set<std::string>{"I0", "I1", "I2", "I3", "C0", "C1", "C2", "C3"});
  CHECK(drawing->edges.size() == 7);
  CHECK(drawing->caption.front() ==
        "Shows 4 of 12 investors and 4 of 11 companies, chosen by number of ties among those that hang together.");

  const auto all = bipartite_view(graph, {});
  REQUIRE(all);
  CHECK(all->nodes.size() == 22);
  CHECK(labels(*all).count("I11") == 0);
  std::set<std::uint32_t> touched;
  for (const DrawingEdge& edge : all->edges) touched.insert({edge.from, edge.to});
  CHECK(touched.size() == all->nodes.size());
  CHECK(to_dot(*all));
}

TEST_CASE("scores choose, rank and size; undefined ones come last") {
  const Example example(4, {{0, 1}, {0, 2}, {0, 3}}, {});
  DrawnGraph graph{NamedGraph(example.coinvestment, example.data)};
  const std::vector<double> score{1.0, std::numeric_limits<double>::quiet_NaN(), 4.0, 2.0};
  graph.score = score;
  const auto drawing = coinvest_view(graph, {.max_nodes = 3, .label_budget = 1, .score_name = "closeness"});
  REQUIRE(drawing);
  REQUIRE(drawing->nodes.size() == 3);
  CHECK(labels(*drawing) == std::set<std::string>{"I2", ""});
  CHECK(drawing->nodes[0].tooltip == "I0 (investor), closeness 1, 3 co-investors");
  CHECK(drawing->nodes[1].tooltip == "I2 (investor), closeness 4, 1 co-investor");
  CHECK(drawing->nodes[0].size == Approx(0.25));
  CHECK(drawing->nodes[1].size == Approx(1.0));
  CHECK(drawing->nodes[2].size == Approx(0.5));
  CHECK(drawing->caption.front() ==
        "Shows 3 of 4 investors, chosen by closeness among those that hang together; names on the 1 largest.");
  CHECK(drawing->edges[0].tooltip == "I0 – I2, shared rounds: 1");
}

TEST_CASE("of too many edges the heaviest stay, and none that holds the drawing together goes") {
  // A clique of I0..I4 with heavy edges, and I5 that hangs on it by the lightest.
  Pairs ties;
  std::vector<double> weights;
  for (std::uint32_t a = 0; a < 5; ++a) {
    for (std::uint32_t b = a + 1; b < 5; ++b) {
      ties.emplace_back(a, b);
      weights.push_back(10.0 + a + b);
    }
  }
  ties.emplace_back(0, 5);
  weights.push_back(1.0);
  const Example example(6, ties, weights);
  const DrawnGraph graph{NamedGraph(example.coinvestment, example.data)};
  const auto drawing = coinvest_view(graph, {.edges_per_node = 1.0});
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 6);
  CHECK(std::any_of(drawing->edges.begin(), drawing->edges.end(), [](const DrawingEdge& e) { return e.to == 5; }));
  CHECK(std::any_of(drawing->edges.begin(), drawing->edges.end(),
                    [](const DrawingEdge& e) { return e.from == 3 && e.to == 4; }));
  CHECK(drawing->caption.front() == "Shows 6 of 6 investors; of the 11 ties among them the 6 heaviest.");
}

TEST_CASE("clusters are numbered by their drawn members, named, boxed from three on") {
  const Example example(8, {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {4, 6}, {6, 7}}, {});
  DrawnGraph graph{NamedGraph(example.coinvestment, example.data)};
  const std::vector<std::uint32_t> cluster{1, 1, 1, 0, 0, 0, 0, 2};
  graph.cluster = cluster;
  const auto boxed = clusters_view(graph, {});
  REQUIRE(boxed);
  CHECK(boxed->clusters_boxed);
  CHECK(boxed->cluster_names == std::vector<std::string>{"I4 +3", "I2 +2"});
  CHECK(boxed->nodes[0].cluster == 1);
  CHECK(boxed->nodes[0].label == "I0");
  CHECK(choose_engine(*boxed) == "osage");
  REQUIRE(boxed->nodes.size() == 7);  // I7, alone in its cluster, is left out, and the caption says so
  CHECK(boxed->caption.front() ==
        "Shows 7 of 8 investors, chosen by number of co-investors among those that hang together in clusters of three "
        "and "
        "more.");
  const auto dot = to_dot(*boxed);
  REQUIRE(dot);
  CHECK(dot->find("cluster_1") != std::string::npos);
  CHECK(dot->find("cluster_2") == std::string::npos);

  const auto marked = coinvest_view(graph, {.label_budget = 7});
  REQUIRE(marked);
  CHECK(marked->nodes[0].label == "I0 ②");
  CHECK(marked->nodes[4].label == "I4 ①");
  CHECK(marked->nodes[7].label.empty());  // neither budget nor a cluster worth a colour
  const auto lines = legend_and_caption(*marked, {});
  CHECK(std::find(lines.begin(), lines.end(), "clusters: ① I4 +3   ② I2 +2   grey: other clusters") != lines.end());
  CHECK(clusters_view({NamedGraph(example.coinvestment, example.data)}, {}).error().kind == ErrorKind::usage);
}

TEST_CASE("the legend explains what occurs, and nothing else") {
  Drawing drawing;
  drawing.title = "T";
  CHECK(legend_and_caption(drawing, {}) == std::vector<std::string>{"T"});
  drawing.nodes = {{.shape = NodeShape::investor, .state = NodeState::dormant, .id = 0},
                   {.shape = NodeShape::company, .state = NodeState::exited, .id = 0}};
  CHECK(legend_and_caption(drawing, {})[1] ==
        "○ investor  ·  □ company  ·  double border: exited  ·  grey fill: dormant");
  drawing.caption = {std::string(90, 'a') + " " + std::string(90, 'b')};
  CHECK(legend_and_caption(drawing, {}).size() == 4);

  drawing.age_means = "long ago";
  drawing.edges = {{.from = 0, .to = 1, .age = 1.0}};
  CHECK_THAT(legend_and_caption(drawing, {})[1], Catch::EndsWith("faint line: long ago"));
  Theme never_faint;
  never_faint.old_line_opacity = 1.0;
  CHECK_THAT(legend_and_caption(drawing, never_faint)[1], Catch::EndsWith("grey fill: dormant"));
}

TEST_CASE("sizes beyond reading need force, beyond drawing nothing helps") {
  const Example example(2, 1, {{0, 0}, {1, 0}});
  const DrawnGraph graph{NamedGraph(example.bipartite, example.data)};
  CHECK(bipartite_view(graph, {.max_nodes = 3001}).error().kind == ErrorKind::limit);
  CHECK(bipartite_view(graph, {.max_nodes = 3001, .force = Force::yes}));
  CHECK(bipartite_view(graph, {.max_nodes = 10'001, .force = Force::yes}).error().kind == ErrorKind::limit);
  CHECK(bipartite_view(graph, {.max_nodes = 1}).error().kind == ErrorKind::limit);
  DrawnGraph wrong = graph;
  const std::vector<double> score{1.0};
  wrong.score = score;
  CHECK(bipartite_view(wrong, {}).error().kind == ErrorKind::usage);
}

TEST_CASE("a graph without edges gives an empty drawing that says so") {
  const Example example(3, Pairs{}, {});
  const auto drawing = coinvest_view({NamedGraph(example.coinvestment, example.data)}, {});
  REQUIRE(drawing);
  CHECK(drawing->nodes.empty());
  CHECK(drawing->caption.front().starts_with("Shows 0 of 3 investors"));
  CHECK(to_dot(*drawing));
}

TEST_CASE("an ego drawing holds what is near, and every tie of the centre") {
  // I0 - C0..C3; I1 - C0, C4; I2 - C4: I2 is four steps from I0, C4 three.
  const Example example(4, 5, {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 0}, {1, 4}, {2, 4}});
  const DrawnGraph graph{NamedGraph(example.bipartite, example.data)};
  const auto two = ego_view(graph, {0, 2}, {});
  REQUIRE(two);
  CHECK(labels(*two) == std::set<std::string>{"I0", "I1", "C0", "C1", "C2", "C3"});
  CHECK(two->edges.size() == 5);
  CHECK(two->nodes[two->centre.value()].label == "I0");
  CHECK(two->caption.front() ==
        "Shows 2 of 4 investors and 4 of 5 companies, chosen by number of ties among those at most 2 steps from I0.");
  const auto dot = to_dot(*two);
  REQUIRE(dot);
  CHECK(dot->find("layout=\"twopi\"") != std::string::npos);
  CHECK(dot->find("root=\"i0\"") != std::string::npos);
  CHECK(labels(ego_view(graph, {0, 1}, {}).value()) == std::set<std::string>{"I0", "C0", "C1", "C2", "C3"});
  CHECK(labels(ego_view(graph, {0, 3}, {}).value()) == std::set<std::string>{"I0", "I1", "C0", "C1", "C2", "C3", "C4"});
  CHECK(labels(ego_view(graph, {3, 2}, {}).value()) == std::set<std::string>{"I3"});
  // A company, and the centre's name when there is room for one.
  const auto company = ego_view(graph, {8, 1}, {.label_budget = 1});
  REQUIRE(company);
  CHECK(company->nodes.size() == 3);
  CHECK(labels(*company) == std::set<std::string>{"C4", ""});
}

TEST_CASE("the ties of the centre are drawn even where heavier ones would hold everything together") {
  // A clique of I0..I4; those of I4 weigh least.
  Pairs edges;
  std::vector<double> weights;
  for (std::uint32_t a = 0; a < 5; ++a)
    for (std::uint32_t b = a + 1; b < 5; ++b) {
      edges.emplace_back(a, b);
      weights.push_back(b == 4 ? 1.0 : 9.0);
    }
  const Example example(5, edges, weights);
  const DrawnGraph graph{NamedGraph(example.coinvestment, example.data)};
  const auto drawing = ego_view(graph, {4, 1}, {.edges_per_node = 1.0});
  REQUIRE(drawing);
  CHECK(drawing->edges.size() == 5);
  const auto at_centre = [&](const DrawingEdge& edge) {
    return edge.from == drawing->centre || edge.to == drawing->centre;
  };
  CHECK(std::count_if(drawing->edges.begin(), drawing->edges.end(), at_centre) == 4);
}

TEST_CASE("arrows go from who led to who followed, one for both ways") {
  // I2 led I0 in 3 rounds and I1 in one; I0 led I2 in 2; I3 took part in nothing that was led.
  Example example(4, {{0, 1}, {0, 2}, {1, 2}, {2, 3}}, {});
  example.coinvestment.leads = {{0, 1, 1, 3, 3}, {2, 0, 1}, {2.0, 3.0, 1.0}};
  const auto drawing = leads_view({NamedGraph(example.coinvestment, example.data)}, {});
  REQUIRE(drawing);
  CHECK(labels(*drawing) == std::set<std::string>{"I0", "I1", "I2"});
  REQUIRE(drawing->edges.size() == 2);
  const DrawingEdge &both = drawing->edges[0], &one = drawing->edges[1];
  CHECK(both.arrow == Arrow::both);
  CHECK(both.tooltip == "I0 → I2: led 2 rounds; I2 → I0: led 3 rounds");
  CHECK(both.weight == 5.0);
  CHECK(one.arrow == Arrow::forward);
  CHECK(drawing->nodes[one.from].label == "I2");
  CHECK(drawing->nodes[one.to].label == "I1");
  CHECK(drawing->nodes[2].tooltip == "I2 (investor), followers 2, 2 partners in led rounds");
  const auto dot = to_dot(*drawing);
  REQUIRE(dot);
  CHECK(dot->starts_with("strict digraph"));
  CHECK(dot->find("\"i2\" -> \"i1\" [dir=\"forward\"") != std::string::npos);

  example.coinvestment.leads = {};
  const auto none = leads_view({NamedGraph(example.coinvestment, example.data)}, {});
  REQUIRE(none);
  CHECK(none->nodes.empty());
  CHECK(none->caption.back() == "No round here has a known lead.");
}

TEST_CASE("older lines are fainter, by the last deal of both ends") {
  // Round 0: I0, I1 in C0 in 2010; round 1: I0 in C0 in 2020; round 2: I1 in C1, undated; round 3: I1 in C2 in 2015.
  Example example(2, 3, {{0, 0}, {1, 0}, {1, 1}, {1, 2}});
  const auto day = [](int year) { return DateInterval::of(Day(std::chrono::year(year) / 1 / 1)); };
  for (const auto& [company, date] :
       {std::pair{0u, day(2010)}, std::pair{0u, day(2020)}, std::pair{1u, DateInterval{}}, std::pair{2u, day(2015)}}) {
    example.data.rounds.company.push_back(id_of<CompanyId>(company));
    example.data.rounds.announced.push_back(date);
  }
  Deals deals;
  deals.data = &example.data;
  deals.offsets = {0, 2, 3, 4, 5};
  for (std::uint32_t round = 0; round < 4; ++round) deals.rounds.push_back(id_of<RoundId>(round));
  for (const std::uint32_t investor : {0u, 1u, 0u, 1u, 1u}) deals.investors.push_back(id_of<InvestorId>(investor));
  auto drawing = bipartite_view({NamedGraph(example.bipartite, example.data)}, {});
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 4);
  add_ages(*drawing, deals);
  const double days = static_cast<double>((day(2020).low - day(2010).low).count());
  CHECK(drawing->edges[0].age == 0.0);  // I0 - C0 again in 2020
  CHECK(drawing->edges[1].age == 1.0);  // I1 - C0
  CHECK(drawing->edges[2].age == 0.0);  // undated
  CHECK(drawing->edges[3].age == Approx(static_cast<double>((day(2020).low - day(2015).low).count()) / days));
  CHECK(drawing->edges[1].tooltip == "I1 – C0, rounds: 1, last 2010-01-01");
  CHECK(drawing->edges[2].tooltip == "I1 – C1, rounds: 1");
  CHECK(drawing->age_means == "last deal long ago (2010-01-01 to 2020-01-01)");
  const auto dot = to_dot(*drawing);
  REQUIRE(dot);
  CHECK(dot->find("\"i1\" -- \"c0\" [color=\"#5F6B7A4D\"") != std::string::npos);  // half of 60 %

  Drawing pair;
  pair.nodes = {{.id = 0}, {.id = 1}};
  pair.edges = {{0, 1}};
  add_ages(pair, deals);
  CHECK(pair.edges[0].tooltip == ", last 2010-01-01");
  CHECK(pair.edges[0].age == 0.0);
  CHECK(pair.age_means.empty());
}

TEST_CASE("nothing at all can be drawn in every view") {
  const Example example(0, Pairs{}, {});
  for (const auto view : {bipartite_view, coinvest_view, clusters_view, leads_view}) {
    const auto drawing = view({NamedGraph(example.coinvestment, example.data)}, {});
    REQUIRE(drawing);
    CHECK(to_dot(*drawing));
  }
}

TEST_CASE("the engine follows view and size") {
  Drawing drawing;
  drawing.nodes.resize(41);
  CHECK(choose_engine(drawing) == "sfdp");
  drawing.nodes[40].shape = NodeShape::company;
  CHECK(choose_engine(drawing) == "sfdp");
  drawing.nodes.erase(drawing.nodes.begin());
  CHECK(choose_engine(drawing) == "dot");
  drawing.clusters_boxed = true;
  drawing.nodes.resize(600);
  CHECK(choose_engine(drawing) == "osage");
  drawing.nodes.resize(601);
  CHECK(choose_engine(drawing) == "sfdp");
}
