// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "coinvest/render/attributes.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/storyboard.hpp"
#include "coinvest/render/timeline.hpp"

using namespace coinvest;

namespace {

const DrawingNode* node_of(const Drawing& drawing, const std::string& tooltip, NodeShape shape) {
  const auto found = std::ranges::find_if(
      drawing.nodes, [&](const DrawingNode& node) { return node.tooltip == tooltip && node.shape == shape; });
  return found == drawing.nodes.end() ? nullptr : &*found;
}

/// Two rounds half a year apart, a third four years later, a fourth without a date.
MarkChart small_chart() {
  MarkChart chart;
  chart.title = "寒武纪: 2 holders, 4 rounds";
  chart.columns = {{"天使", "2016-01"}, {"A", "2016-07"}, {"B", "2020-07"}, {"C", ""}};
  chart.rows = {{"元禾原点", {Mark::square, Mark::dot, Mark::ring, Mark::cross}},
                {"国投创业", {Mark::none, Mark::none, Mark::square, Mark::none}}};
  chart.legend = {{Mark::square, "led"}, {Mark::dot, "joined"}, {Mark::ring, "skipped"}, {Mark::cross, "left"}};
  chart.notes = {"a note"};
  return chart;
}

std::vector<DateInterval> small_dates() {
  const auto day = [](int year, unsigned month) {
    const Day at = std::chrono::year(year) / std::chrono::month(month) / 1;
    return DateInterval::of(at);
  };
  return {day(2016, 1), day(2016, 7), day(2020, 7), {}};
}

/// Four investors in a square.
Drawing union_of_windows() {
  Drawing drawing;
  drawing.name = "coinvest";
  drawing.weight_means = "shared rounds";
  drawing.caption = {"Shows 4 of 4 investors."};
  for (std::uint32_t i = 0; i < 4; ++i) {
    DrawingNode node;
    node.id = 10 + i;
    node.state = NodeState::dormant;
    node.label = node.tooltip = "Fund " + std::to_string(i);
    const std::uint32_t row = i / 2, column = i % 2;
    node.at = Point{100.0 * column, 100.0 * row};
    drawing.nodes.push_back(node);
  }
  return drawing;
}

}  // namespace

TEST_CASE("a timeline keeps time where it can, and never sets rounds on each other") {
  const Drawing drawing = timeline_view(small_chart(), small_dates());
  std::vector<double> x;
  for (const char* name : {"天使", "A", "B", "C"}) x.push_back(node_of(drawing, name, NodeShape::heading)->at->x);
  CHECK(x[1] - x[0] == Approx(84));                 // half a year would be 30 points: too near to read
  CHECK(x[2] - x[0] == Approx(270).epsilon(0.01));  // four and a half years of 60 points
  CHECK(x[3] - x[2] == Approx(84));                 // undated: last

  const DrawingNode* led = node_of(drawing, "元禾原点, 天使: led", NodeShape::square);
  const DrawingNode* left = node_of(drawing, "元禾原点, C: left", NodeShape::heading);
  REQUIRE((led != nullptr && left != nullptr));
  CHECK(led->at->x == x[0]);
  CHECK(left->at->x == x[3]);
  CHECK(left->label == "×");
  CHECK(node_of(drawing, "国投创业", NodeShape::row_name)->at->y < led->at->y);
  REQUIRE(drawing.edges.size() == 1);  // one mark alone has no line
  CHECK(&drawing.nodes[drawing.edges[0].from] == led);
  CHECK(&drawing.nodes[drawing.edges[0].to] == left);
  CHECK(drawing.caption == std::vector<std::string>{"■ led  ·  ● joined  ·  ○ skipped  ·  × left", "a note"});
  const auto dot = to_dot(drawing);
  INFO((dot ? "" : describe(dot.error())));
  CHECK(dot);
}

TEST_CASE("a timeline of nothing is a drawing") {
  CHECK(to_dot(timeline_view({}, {})));
}

TEST_CASE("a storyboard tells ties that stay from new ones and from those that are gone") {
  // Window 1: 0–1, 1–2. Window 2: 1–2, 2–3: 0–1 is gone, 2–3 is new. Window 3: none.
  const std::vector<Frame> frames{{"2016", {{.from = 0, .to = 1, .weight = 1.0}, {.from = 1, .to = 2, .weight = 2.0}}},
                                  {"2017", {{.from = 2, .to = 3, .weight = 1.0}, {.from = 1, .to = 2, .weight = 1.0}}},
                                  {"2018", {}}};
  const Drawing drawing = storyboard_view(union_of_windows(), frames);
  std::map<std::string, EdgeLine> lines;
  for (const DrawingEdge& edge : drawing.edges) {
    const DrawingNode &from = drawing.nodes[edge.from], &to = drawing.nodes[edge.to];
    REQUIRE(from.frame == to.frame);
    CHECK(edge.age == (edge.line == EdgeLine::dotted ? 1.0 : 0.0));  // faint
    lines[std::to_string(from.frame) + ": " + std::to_string(from.id) + "-" + std::to_string(to.id)] = edge.line;
  }
  const std::map<std::string, EdgeLine> expected{{"1: 10-11", EdgeLine::solid},  {"1: 11-12", EdgeLine::solid},
                                                 {"2: 10-11", EdgeLine::dotted}, {"2: 11-12", EdgeLine::solid},
                                                 {"2: 12-13", EdgeLine::dashed}, {"3: 11-12", EdgeLine::dotted},
                                                 {"3: 12-13", EdgeLine::dotted}};
  CHECK(lines == expected);

  // Every investor keeps its place in the window, and nobody stands in a window without a line.
  std::map<std::uint32_t, Point> corner;
  for (const DrawingNode& node : drawing.nodes) {
    if (node.frame == 0) continue;
    CHECK(node.state == NodeState::normal);
    const std::uint32_t row = (node.id - 10) / 2, column = node.id % 2;
    const Point at{node.at->x - 100.0 * column, node.at->y - 100.0 * row};
    const auto [known, first] = corner.emplace(node.frame, at);
    CHECK(known->second.x == Approx(at.x));
    CHECK(known->second.y == Approx(at.y));
  }
  CHECK(std::ranges::count(drawing.nodes, 1u, &DrawingNode::frame) == 3);
  CHECK(std::ranges::count(drawing.nodes, 3u, &DrawingNode::frame) == 3);
  const auto dot = to_dot(drawing);
  REQUIRE(dot);
  CHECK(dot->find("\"f2_i12\" -- \"f2_i13\"") != std::string::npos);
}

TEST_CASE("a dotted tie has no cluster's colour") {
  Drawing drawing = union_of_windows();
  for (DrawingNode& node : drawing.nodes) node.cluster = 0;
  drawing.cluster_names = {"all"};
  const Theme theme;
  const Look look(drawing, theme, "neato");
  const auto colour = [&](EdgeLine line) {
    for (const auto& [name, value] : look.of(DrawingEdge{.from = 0, .to = 1, .line = line}))
      if (name == "color") return value.substr(0, 7);
    return std::string();
  };
  CHECK(colour(EdgeLine::dashed) == theme.clusters[0].border);
  CHECK(colour(EdgeLine::dotted) == theme.line);
}

TEST_CASE("a storyboard without windows is a drawing") {
  CHECK(to_dot(storyboard_view(union_of_windows(), {})));
}
