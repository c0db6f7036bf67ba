// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/theme.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <vector>

#include "catch.hpp"
#include "coinvest/render/dot.hpp"

using namespace coinvest;

namespace {

/// Relative luminance of a colour, WCAG 2.1.
double luminance(const std::string& colour) {
  const auto part = [&](std::size_t at) {
    const double value = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

double contrast(const std::string& a, const std::string& b) {
  const double one = luminance(a), two = luminance(b);
  return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

std::vector<Hue> hues_of(const Theme& theme) {
  std::vector<Hue> hues(theme.clusters.begin(), theme.clusters.end());
  hues.insert(hues.end(), {theme.investor, theme.company, theme.other});
  return hues;
}

std::string message_of(const std::string& toml) {
  const auto theme = parse_theme(toml, "mine.toml");
  REQUIRE(!theme);
  CHECK(theme.error().kind == ErrorKind::input);
  CHECK(theme.error().where.file == "mine.toml");
  return std::to_string(theme.error().where.line) + ": " + theme.error().message;
}

}  // namespace

TEST_CASE("in every built-in theme names are readable and borders are seen") {
  CHECK(contrast("#000000", "#FFFFFF") == Approx(21.0));
  for (const BuiltInTheme& row : themes()) {
    INFO(row.name);
    const Theme theme = row.make();
    CHECK(contrast(theme.text, theme.background) >= 7.0);
    CHECK(contrast(theme.text, theme.dormant_fill) >= 7.0);
    for (const Hue& hue : hues_of(theme)) {
      INFO(hue.border << " " << hue.fill);
      CHECK(contrast(theme.text, hue.fill) >= 7.0);
      CHECK(contrast(hue.border, theme.background) >= 2.0);
    }
  }
}

TEST_CASE("print has greys alone, and lines that do not depend on how many there are") {
  const Theme theme = find_theme("print").value();
  std::vector<std::string> colours{theme.background, theme.text, theme.line, theme.dormant_fill};
  for (const Hue& hue : hues_of(theme)) colours.insert(colours.end(), {hue.border, hue.fill});
  for (const std::string& colour : colours) {
    CHECK(colour.substr(1, 2) == colour.substr(3, 2));
    CHECK(colour.substr(1, 2) == colour.substr(5, 2));
  }
  CHECK(theme.line_opacity == 1.0);
  CHECK(theme.dense_line_opacity == theme.line_opacity);
}

TEST_CASE("a theme file changes what it says, and nothing else") {
  const auto theme = parse_theme(R"(
base = "dark"
fonts = "Source Han Serif, 宋体"
text = "#ffffff"
investor = ["#010203", "#040506"]
clusters = [["#000001", "#000002"], ["#000003", "#000004"], ["#000005", "#000006"], ["#000007", "#000008"],
            ["#000009", "#00000a"], ["#00000b", "#00000c"], ["#00000d", "#00000e"]]
line_opacity = 1
thickest_line = 6.5
)",
                                 "mine.toml");
  REQUIRE(theme);
  const Theme dark = find_theme("dark").value();
  CHECK(theme->fonts == "Source Han Serif, 宋体");
  CHECK(theme->text == "#ffffff");
  CHECK(theme->background == dark.background);
  CHECK(theme->investor.border == "#010203");
  CHECK(theme->investor.fill == "#040506");
  CHECK(theme->company.border == dark.company.border);
  CHECK(theme->clusters[6].fill == "#00000e");
  CHECK(theme->line_opacity == 1.0);
  CHECK(theme->thickest_line == 6.5);
  CHECK(theme->thinnest_line == dark.thinnest_line);
  CHECK(parse_theme("", "mine.toml")->background == Theme{}.background);
}

TEST_CASE("what is wrong with a theme file is named with its line") {
  CHECK(message_of("\ntextt = \"#ffffff\"") == "2: unknown key 'textt'; did you mean 'text'?");
  CHECK(message_of("text = \"white\"") == "1: 'text' must be a colour like \"#0072B2\"");
  CHECK(message_of("text = \"#12345g\"") == "1: 'text' must be a colour like \"#0072B2\"");
  CHECK(message_of("text = 1") == "1: 'text' must be a colour like \"#0072B2\"");
  CHECK(message_of("other = \"#000000\"") ==
        "1: 'other' must be two colours, of border and fill: [\"#0072B2\", \"#CFE6F5\"]");
  CHECK(message_of("clusters = []") == "1: 'clusters' must be seven pairs of colours, each of border and fill");
  CHECK(message_of("base = \"blue\"") == "1: 'base' must be \"light\", \"dark\" or \"print\"");
  for (const char* bad : {"1.5", "-0.1", "nan", "inf", "\"0.5\"", "true"}) {
    INFO(bad);
    CHECK(message_of(std::string("line_opacity = ") + bad) == "1: 'line_opacity' must be a number from 0 to 1");
  }
  CHECK(message_of("smallest_font = 30") == "1: 'smallest_font' must be at most 'largest_font', which is 20");
  CHECK(message_of("largest_width = 0.1") == "1: 'smallest_width' must be at most 'largest_width', which is 0.1");
  for (const char* bad : {R"("")", R"(" ")", R"('a"b')", R"("<b>")", R"("a&b")", R"("/etc/x.ttf")", "7"}) {
    INFO(bad);
    CHECK(message_of(std::string("fonts = ") + bad) ==
          "1: 'fonts' must be names of fonts between commas, of letters, digits, blanks and hyphens");
  }
  CHECK(message_of("= 1").starts_with("1: this is not TOML"));
  CHECK(find_theme("drak").error().message ==
        "there is no theme 'drak'; there are light, dark, print, and files whose name ends in .toml; did you mean "
        "'dark'?");
  CHECK(find_theme("drak").error().kind == ErrorKind::usage);
  CHECK(find_theme("/nowhere/x.toml").error().kind == ErrorKind::io);
}

TEST_CASE("a theme reaches every part of a drawing") {
  Drawing drawing;
  drawing.name = "two";
  drawing.nodes = {{.shape = NodeShape::investor}, {.shape = NodeShape::company}};
  drawing.edges = {{.from = 0, .to = 1}};
  const Theme light;
  const auto dot = to_dot(drawing, {find_theme("dark").value(), {}});
  REQUIRE(dot);
  for (const std::string& colour : {light.background, light.text, light.line, light.investor.border,
                                    light.investor.fill, light.company.border, light.company.fill})
    CHECK(dot->find(colour) == std::string::npos);
}

TEST_CASE("the documentation names every key of a theme file") {
  std::ifstream file(std::string(COINVEST_SOURCE_DIR) + "/docs/drawings.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const ThemeKey& key : theme_keys()) {
    const std::string row = "| `" + std::string(key.name) + "` | " + std::string(key.summary) + " |";
    INFO(row);
    CHECK(text.str().find(row) != std::string::npos);
  }
}
