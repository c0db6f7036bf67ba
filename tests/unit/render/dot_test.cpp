// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/dot.hpp"

#include <graphviz/cgraph.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "catch.hpp"
#include "coinvest/base/context.hpp"
#include "coinvest/render/layout.hpp"
#include "name_shapes.hpp"
#include "nasty_names.hpp"

using namespace coinvest;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(COINVEST_SOURCE_DIR) + "/tests/data/" + path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE(text.str().size() > 0);
  return text.str();
}

/// All fields of a CSV file.
std::vector<std::string> csv_fields(const std::string& csv) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

/// Every name that must come through, with what it becomes.
std::vector<std::pair<std::string, std::string>> all_names() {
  std::vector<std::pair<std::string, std::string>> names = cleaned_names();
  for (std::string& name : nasty_names()) names.emplace_back(name, name);
  for (std::string& name : names_of_shapes()) names.emplace_back(name, name);
  for (const char* file : {"hostile/n_names.csv", "hostile/n_names_investor_side.csv"}) {
    for (const std::string& name : csv_fields(file_text(file))) {
      std::string clean = name;
      for (char& c : clean) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
      }
      names.emplace_back(name, clean);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Drawing drawing_of(const std::vector<std::pair<std::string, std::string>>& names) {
  Drawing drawing;
  drawing.name = "names";
  for (const auto& [name, clean] : names) {
    DrawingNode node;
    node.id = static_cast<std::uint32_t>(drawing.nodes.size());
    node.label = node.tooltip = name;
    drawing.nodes.push_back(node);
  }
  return drawing;
}

/// Undoes what labels and tooltips escape; `backslash` is the escaped one.
std::string unescaped(std::string text, const std::string& backslash) {
  for (const auto& [from, to] : {std::pair<std::string, std::string>{backslash, "\\"}, {"&amp;", "&"}}) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

std::string attribute(Agraph_t* graph, std::string node, std::string name) {
  Agnode_t* found = agnode(graph, node.data(), 0);
  REQUIRE(found != nullptr);
  return agget(found, name.data());
}

/// No-break spaces, by which Graphviz keeps runs of blanks, as blanks.
std::string plain_blanks(std::string text) {
  for (std::size_t at; (at = text.find("\xC2\xA0")) != std::string::npos;) text.replace(at, 2, " ");
  return text;
}

Drawing small_drawing() {
  Drawing drawing;
  drawing.name = "bipartite";
  drawing.title = "Who funds whom";
  drawing.caption = {"Shows 2 of 3 investors and 2 of 2 companies."};
  drawing.size_means = "number of ties";
  drawing.weight_means = "rounds";
  drawing.nodes = {
      {NodeShape::investor, NodeState::normal, 4, "红杉中国", "红杉中国 (investor)", 1.0, 0},
      {NodeShape::investor, NodeState::dormant, 12, "AT&T \"V\"", "AT&T \"V\" (investor)", 0.25, 1},
      {NodeShape::company, NodeState::exited, 0, "寒武纪", "寒武纪 (company, exited)", 1.0, 0},
      {NodeShape::company, NodeState::closed, 7, "", "a\\b (company, closed)", 0.0, DrawingNode::no_cluster},
  };
  drawing.edges = {{0, 2, 3.0, "红杉中国 – 寒武纪: 3 rounds"}, {1, 2, 1.0, ""}, {1, 3, 1.0, ""}};
  drawing.cluster_names = {"红杉中国 +1"};
  return drawing;
}

}  // namespace

TEST_CASE("every name survives DOT and cgraph's parser") {
  const auto names = all_names();
  REQUIRE(names.size() > 200 + 800);
  const auto dot = to_dot(drawing_of(names));
  REQUIRE(dot);
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot->c_str()));
  REQUIRE(graph != nullptr);
  CHECK(agnnodes(graph.get()) == static_cast<int>(names.size()));
  CHECK(agnedges(graph.get()) == 0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string id = "i" + std::to_string(i);
    CHECK(unescaped(attribute(graph.get(), id, "label"), "\\\\") == names[i].second);
    CHECK(unescaped(attribute(graph.get(), id, "tooltip"), "\\\\\\\\") == names[i].second);
  }
}

TEST_CASE("a drawing speaks in the words that are asked for, and names stay as they are") {
  const auto loud = [](std::string_view text) { return "!" + std::string(text); };
  const auto dot = to_dot(small_drawing(), {.words = loud});
  REQUIRE(dot);
  for (const char* text : {"label=\"寒武纪\"", "tooltip=\"!寒武纪 (company, exited)\"", "!○ investor  ·  !□ company",
                           "tooltip=\"!红杉中国 – 寒武纪: 3 rounds\""}) {
    INFO(text);
    CHECK(dot->find(text) != std::string::npos);
  }
}

TEST_CASE("every name comes back from the layout engine as the same text, and none as markup") {
  const auto names = all_names();
  const auto dot = to_dot(drawing_of(names), {.theme = {}, .engine = "sfdp"});
  REQUIRE(dot);
  const auto svg = run_layout(*dot, {}, Context{});
  INFO((svg ? "" : describe(svg.error())));
  REQUIRE(svg);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(svg->data(), svg->size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  INFO(parsed.description());
  REQUIRE(parsed);

  // Nothing but the elements of a plain drawing, and no attribute that runs or loads anything.
  for (const pugi::xpath_node& found : document.select_nodes("//*")) {
    static const std::set<std::string, std::less<>> elements{"svg", "g", "a", "title", "text", "ellipse", "polygon"};
    CHECK(elements.contains(found.node().name()));
    for (const pugi::xml_attribute& attribute : found.node().attributes()) {
      const std::string_view name = attribute.name();
      CHECK(!name.starts_with("on"));
      CHECK(!name.ends_with("href"));
    }
  }
  std::map<std::string, pugi::xml_node> nodes;
  for (const pugi::xpath_node& found : document.select_nodes("//g[@class='node']"))
    nodes[found.node().child("title").text().get()] = found.node();
  REQUIRE(nodes.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const pugi::xml_node& node = nodes["i" + std::to_string(i)];
    const std::string expected = plain_blanks(names[i].second);
    CHECK(plain_blanks(node.select_node(".//text").node().text().get()) == expected);
    if (!expected.empty())
      CHECK(plain_blanks(node.select_node(".//a").node().attribute("xlink:title").value()) == expected);
  }
}

TEST_CASE("the DOT text of a small drawing is known byte by byte") {
  const auto dot = to_dot(small_drawing());
  REQUIRE(dot);
  CHECK(*dot == file_text("dot/small.dot"));
  CHECK(*to_dot(small_drawing()) == *dot);
}

TEST_CASE("clusters that have a name become boxes") {
  Drawing drawing = small_drawing();
  drawing.clusters_boxed = true;
  const auto dot = to_dot(drawing);
  REQUIRE(dot);
  CHECK(dot->find("  subgraph \"cluster_0\" {\n") != std::string::npos);
  CHECK(dot->find("    \"i4\"\n    \"c0\"\n  }\n") != std::string::npos);
  CHECK(dot->find("packmode=\"array1\"") != std::string::npos);  // two members stand below each other
  CHECK(dot->find("cluster_1") == std::string::npos);
  CHECK(dot->find("layout=\"osage\"") != std::string::npos);
}

TEST_CASE("the same pair is one edge with the first one's values") {
  Drawing drawing = small_drawing();
  drawing.edges.push_back({2, 0, 99.0, "again"});
  drawing.edges.push_back({0, 2, 99.0, "again"});
  const auto dot = to_dot(drawing);
  REQUIRE(dot);
  CHECK(dot->find("again") == std::string::npos);
  std::size_t edges = 0;
  for (std::size_t at = dot->find(" -- "); at != std::string::npos; at = dot->find(" -- ", at + 1)) ++edges;
  CHECK(edges == 3);
}

TEST_CASE("an empty drawing and one node are drawings") {
  Drawing drawing;
  drawing.name = "empty";
  drawing.caption = {"Shows 0 of 0 investors."};
  for (int nodes = 0; nodes < 2; ++nodes) {
    for (const std::string_view engine : {"sfdp", "osage", "fdp", "dot", "neato", "twopi"}) {
      const auto dot = to_dot(drawing, {.theme = {}, .engine = engine});
      REQUIRE(dot);
      const auto svg = run_layout(*dot, {.engine = std::string(engine)}, Context{});
      INFO(engine << (svg ? "" : describe(svg.error())));
      REQUIRE(svg);
      CHECK(svg->find("Shows 0 of 0 investors.") != std::string::npos);
    }
    drawing.nodes.push_back({});
  }
}

TEST_CASE("drawings that contradict themselves are refused") {
  Drawing drawing = small_drawing();
  drawing.edges.push_back({0, 4, 1.0, ""});
  CHECK(to_dot(drawing).error().kind == ErrorKind::usage);
  drawing.edges.back() = {1, 1, 1.0, ""};
  CHECK(to_dot(drawing).error().kind == ErrorKind::usage);
  drawing.edges.pop_back();
  REQUIRE(to_dot(drawing));
  drawing.nodes[1].id = 4;
  CHECK(to_dot(drawing).error().kind == ErrorKind::usage);
  drawing.nodes[1].id = 5;
  drawing.nodes[1].tooltip = "\xFF";
  CHECK(to_dot(drawing).error().kind == ErrorKind::input);
  drawing.nodes[1].tooltip = "";
  drawing.edges[0].label = "\xFF";
  CHECK(to_dot(drawing).error().kind == ErrorKind::input);
  drawing.edges[0].label = "a";
  drawing.centre = 3;
  CHECK(to_dot(drawing));
  drawing.centre = 4;
  CHECK(to_dot(drawing).error().kind == ErrorKind::usage);
  CHECK(to_dot(small_drawing(), {.theme = {}, .engine = "circo"}).error().kind == ErrorKind::usage);
}

TEST_CASE("no text of a drawing is anything but UTF-8") {
  const std::string bad = "\xFF";
  Drawing drawing = small_drawing();
  drawing.cluster_names.resize(2);
  for (std::string* text :
       {&drawing.name, &drawing.title, &drawing.size_means, &drawing.weight_means, &drawing.age_means,
        &drawing.line_means[1], &drawing.caption.emplace_back(), &drawing.cluster_names[1], &drawing.nodes[0].label,
        &drawing.nodes[2].tooltip, &drawing.edges[0].label, &drawing.edges[1].tooltip}) {
    const std::string kept = std::exchange(*text, bad);
    CHECK(to_dot(drawing).error().kind == ErrorKind::input);
    *text = kept;
  }
  CHECK(to_dot(drawing));
  drawing.edges[0].from = 4;
  CHECK(to_dot(drawing).error().message ==
        "edge 4--" + std::to_string(drawing.edges[0].to) + " joins no two of the 4 nodes of the drawing");
}

TEST_CASE("an arrow and its way back are two ways to say one edge") {
  Drawing drawing = small_drawing();
  drawing.edges[0].arrow = Arrow::forward;
  const auto once = to_dot(drawing);
  REQUIRE(once);
  CHECK(once->find(" -> ") != std::string::npos);
  drawing.edges.push_back({drawing.edges[0].to, drawing.edges[0].from, 1.0, "again"});
  CHECK(*to_dot(drawing) == *once);
}

TEST_CASE("a drawing with places is not laid out again, whatever engine is asked for") {
  Drawing drawing = small_drawing();
  for (std::size_t node = 0; node < drawing.nodes.size(); ++node)
    drawing.nodes[node].at = Point{static_cast<double>(node), 1.0};
  CHECK(*to_dot(drawing, {.theme = {}, .engine = "fdp"}) == *to_dot(drawing));
}

TEST_CASE("places are taken from a layout that has one for everything") {
  Drawing drawing;
  drawing.name = "two";
  drawing.nodes = {{.id = 1}, {.shape = NodeShape::company, .id = 2}};
  const auto said = [](Drawing of, const std::string& laid_out) {
    const auto taken = take_places(of, laid_out);
    return taken ? std::string("taken") : taken.error().message;
  };
  const std::string all = "graph { bb=\"0,0,9,9\"; i1 [pos=\"1.5,2\"]; c2 [pos=\"3,4\"]; ";
  CHECK(said(drawing, all + "}") == "taken");
  CHECK(said(drawing, "no graph") == "the layout of 'two' has no place for anything");
  for (const char* second : {"", "c2", "c2 [pos=\"\"]", "c2 [pos=\"3\"]", "c2 [pos=\"3,y\"]", "c2 [pos=\"3,4,5\"]"})
    CHECK(said(drawing, "graph { i1 [pos=\"1.5,2\"]; " + std::string(second) + " }") ==
          "the layout of 'two' has no place for c2");
  drawing.clusters_boxed = true;
  drawing.cluster_names = {"one"};
  for (const char* box : {"", "subgraph cluster_0 {i1}", "subgraph cluster_0 {bb=\"1,2,3\"; i1}"})
    CHECK(said(drawing, all + box + "}") ==
          (std::string(box).empty() || std::string(box).find("bb") != std::string::npos
               ? "the layout of 'two' has no place for cluster 0"
               : "taken"));
  CHECK(said(drawing, all + "subgraph cluster_0 {bb=\"1,2,3,4\"; i1}}") == "taken");
}

TEST_CASE("DOT is written by several threads at once") {
  const std::string expected = *to_dot(small_drawing());
  std::vector<std::string> texts(4);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&text] {
      for (int turn = 0; turn < 20; ++turn) text = *to_dot(small_drawing());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) CHECK(text == expected);
}
