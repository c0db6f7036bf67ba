// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/chart.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "coinvest/report/format.hpp"
#include "coinvest/report/svg.hpp"

using namespace coinvest;

namespace {

StepChart chart_of(std::string name) {
  ChartCurve curve;
  curve.name = std::move(name);
  curve.steps = {{0, 1, 1.0, 1.0}, {2, .5, .2, .8}, {4, 0, {}, {}}};
  curve.end = 5;
  curve.median = 2;
  return {"Still held", "years", "share", {std::move(curve)}, {"A note."}};
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a step curve with its band, median, axes and words") {
  const std::string svg = chart_svg(chart_of("半导体 & <b>"));
  CHECK(svg == chart_svg(chart_of("半导体 & <b>")));
  // The plot is 672 wide from 64 and 320 high: 5 years, so that 2 are at 332.8 and 4 at 601.6.
  CHECK(has(svg, "H332.8V"));
  CHECK(has(svg, "H601.6V"));
  CHECK(has(svg, "H736.0\" fill=\"none\""));
  CHECK(has(svg, "<polygon points=\"64.0,"));
  CHECK(has(svg, "stroke-dasharray"));
  CHECK(has(svg, "50 %"));
  CHECK(has(svg, "半导体 &amp; &lt;b&gt;; median 2.0"));
  CHECK(has(svg, "A note."));
  CHECK(inline_svg(svg));  // fit for a page: shapes and text only
}

TEST_CASE("a chart of nothing says so") {
  const std::string svg = chart_svg(StepChart{"Nothing", "years", "share", {}, {}});
  CHECK(has(svg, "Nothing to show."));
  CHECK_FALSE(has(svg, "nan"));
}

TEST_CASE("marks in rows: one per column, a line from the first to the last, names as text") {
  MarkChart chart;
  chart.title = "Rounds";
  chart.columns = {{"A", "2020"}, {"B", "2021"}, {"C", "2022"}};
  chart.rows = {{"启明 <b>", {Mark::none, Mark::square, Mark::ring}}};
  const std::string svg = chart_svg(chart);
  // Columns are 74 wide from 214: the second's middle is at 325, the third's at 399.
  CHECK(has(svg, "<rect x=\"319.0\""));
  CHECK(has(svg, "<circle cx=\"399.0\""));
  CHECK(has(svg, "<line x1=\"325.0\""));
  CHECK(has(svg, "启明 &lt;b&gt;"));
  CHECK(inline_svg(svg));
}

TEST_CASE("what XML cannot hold is replaced in the words of a chart") {
  const std::string name = "a\uFFFEb\uFFFFc\x01";
  const std::string svg = chart_svg(MarkChart{name, {{name, name}}, {{name, {Mark::dot}}}, {}, {name}});
  CHECK(svg.find("a\uFFFDb\uFFFDc\u2401") != std::string::npos);
  for (const char* wrong : {"\uFFFE", "\uFFFF", "\x01"}) CHECK(svg.find(wrong) == std::string::npos);
}

TEST_CASE("rows that say little are grey for people and whole for programs") {
  Table table;
  table.columns = {{"name"}, {"small", Shown::faint}};
  table.rows = {{Cell{std::string("A")}, Cell{true}}, {Cell{std::string("B")}, Cell{false}}};
  FormatOptions options;
  options.colour = Colouring::on;
  CHECK(has(write_table(table, options), "\x1b[2mA\x1b[0m\nB\n"));
  CHECK(write_csv(table, {}) == "name,small\nA,true\nB,false\n");
}
