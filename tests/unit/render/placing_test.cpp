// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/placing.hpp"

#include "catch.hpp"
#include "coinvest/render/engine.hpp"

using namespace coinvest;

namespace {

Drawing boxed_drawing() {
  Drawing drawing;
  drawing.name = "clusters";
  drawing.clusters_boxed = true;
  drawing.cluster_names = {"红杉中国 +1", "IDG +1"};
  for (std::uint32_t i = 0; i < 4; ++i) {
    DrawingNode node;
    node.id = i;
    node.label = node.tooltip = "Fund " + std::to_string(i);
    node.cluster = i / 2;
    drawing.nodes.push_back(node);
  }
  drawing.edges = {{0, 1, 1.0, "0 – 1"}, {1, 2, 1.0, "1 – 2"}, {2, 3, 1.0, "2 – 3"}};
  return drawing;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the engine's places come back from their file, and the picture with them") {
  CHECK(!is_placed(boxed_drawing()));
  const auto placed = place(boxed_drawing(), {}, {.engine = "osage"}, Context{});
  INFO((placed ? "" : describe(placed.error())));
  REQUIRE(placed);
  CHECK(is_placed(*placed));
  REQUIRE(placed->boxes.size() == 2);
  for (const DrawingNode& node : placed->nodes) {
    const Rectangle& box = placed->boxes[node.cluster];
    CHECK((box.low.x < node.at->x && node.at->x < box.high.x && box.low.y < node.at->y && node.at->y < box.high.y));
  }

  const std::string text = places_text(*placed);
  const auto again = place_as(boxed_drawing(), text, "places.toml");
  REQUIRE(again);
  CHECK(places_text(*again) == text);
  CHECK(*to_dot(*again) == *to_dot(*placed));
  const LayoutOptions given{.engine = "neato", .places = Places::given};
  const auto svg = run_layout(*to_dot(*again), given, Context{});
  REQUIRE(svg);
  CHECK(*svg == *run_layout(*to_dot(*placed), given, Context{}));
}

TEST_CASE("a placed drawing is drawn where its nodes are") {
  Drawing drawing = boxed_drawing();
  drawing.clusters_boxed = false;
  for (DrawingNode& node : drawing.nodes) node.at = Point{100.0 * node.id, 50.0};
  const auto svg = run_layout(*to_dot(drawing), {.engine = "neato", .places = Places::given}, Context{});
  REQUIRE(svg);
  // The first ellipse is moved by the width of the picture's edge; the others keep their distance.
  std::vector<double> middles;
  for (std::size_t at = 0; (at = svg->find(" cx=\"", at)) != std::string::npos; ++at)
    middles.push_back(std::stod(svg->substr(at + 5)));
  REQUIRE(middles.size() == 4);
  for (std::size_t i = 1; i < 4; ++i) CHECK(middles[i] - middles[0] == Approx(100.0 * static_cast<double>(i)));
}

TEST_CASE("places of another drawing, or not of all, are refused") {
  const std::string text = places_text(*place(boxed_drawing(), {}, {.engine = "osage"}, Context{}));
  Drawing other = boxed_drawing();
  other.title = "another title, the same places";
  CHECK(place_as(other, text, "f"));
  other.nodes[0].tooltip = "Fund 9";
  CHECK(place_as(other, text, "f").error().message ==
        "'f' holds the places of another drawing; remove it, or name another file");
  other = boxed_drawing();
  other.edges.pop_back();
  CHECK(place_as(other, text, "f").error().kind == ErrorKind::usage);

  const auto error_of = [&](const std::string& changed) {
    const auto result = place_as(boxed_drawing(), changed, "f");
    REQUIRE(!result);
    return describe(result.error());
  };
  CHECK(error_of(replaced(text, "i2 =", "i5 =")) == "f: no place for 'i2'; expected [x, y] in points");
  CHECK(error_of(replaced(text, "i2 = [", "i2 = [nan, ")).find("no place for 'i2'") != std::string::npos);
  CHECK(error_of(replaced(text, "cluster_1 = [", "cluster_1 = [1e300, ")).find("cluster_1") != std::string::npos);
  CHECK(error_of(replaced(text, "[nodes]", "[nods]")).find("nodes") != std::string::npos);
  CHECK(error_of("[[").starts_with("f:1"));
  CHECK(error_of("") == "'f' holds the places of another drawing; remove it, or name another file");
}
