// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/theme.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/base/toml.hpp"

namespace coinvest {
namespace {

Theme light() {
  return {};
}

Theme dark() {
  Theme theme;
  theme.background = "#15191F";
  theme.text = "#F2F2F2";
  theme.line = "#AEB9C6";
  theme.dormant_fill = "#4A4A4A";
  theme.investor = {"#56B4E9", "#123A52"};
  theme.company = {"#E69F00", "#4A3608"};
  theme.other = {"#9A9A9A", "#333333"};
  theme.clusters = {{{"#E69F00", "#4A3608"},
                     {"#56B4E9", "#123A52"},
                     {"#00B988", "#0B3F31"},
                     {"#F07A2B", "#55280A"},
                     {"#3D9BDC", "#0A2C47"},
                     {"#DE94BC", "#4D2A3D"},
                     {"#F0E442", "#45410D"}}};
  theme.line_opacity = 0.75;
  theme.dense_line_opacity = 0.6;
  return theme;
}

/// For paper without colour: black borders, white nodes. Marks and boxes tell the clusters.
Theme print() {
  Theme theme;
  theme.text = "#000000";
  theme.line = "#707070";
  theme.dormant_fill = "#D0D0D0";  // the only grey inside of nodes
  theme.investor = {"#000000", "#FFFFFF"};
  theme.company = {"#000000", "#FFFFFF"};
  theme.other = {"#808080", "#FFFFFF"};
  theme.clusters.fill({"#000000", "#FFFFFF"});
  theme.line_opacity = theme.dense_line_opacity = 1.0;
  theme.thinnest_line = 0.5;
  return theme;
}

constexpr std::array<BuiltInTheme, 3> built_in{{
    {"light", "colours on white, for screens and pages", light},
    {"dark", "colours on near black, for dark screens and projectors", dark},
    {"print", "black and greys on white, for printers without colour", print},
}};

struct ColourKey : ThemeKey {
  std::string Theme::*colour;
};
constexpr std::array<ColourKey, 4> colour_keys{{
    {{"background", "behind everything"}, &Theme::background},
    {{"text", "names, legend and caption"}, &Theme::text},
    {{"line", "ties, but for those within one cluster"}, &Theme::line},
    {{"dormant_fill", "inside of dormant investors"}, &Theme::dormant_fill},
}};

struct HueKey : ThemeKey {
  Hue Theme::*hue;
};
constexpr std::array<HueKey, 3> hue_keys{{
    {{"investor", "border and fill of investors"}, &Theme::investor},
    {{"company", "border and fill of companies"}, &Theme::company},
    {{"other", "border and fill of clusters after the seventh"}, &Theme::other},
}};

struct NumberKey : ThemeKey {
  double Theme::*number;
  double least, most;
};
constexpr std::array<NumberKey, 10> number_keys{{
    {{"line_opacity", "of ties, 0 to 1"}, &Theme::line_opacity, 0, 1},
    {{"dense_line_opacity", "of ties where there are more than two per node, 0 to 1"},
     &Theme::dense_line_opacity,
     0,
     1},
    {{"old_line_opacity", "of the oldest tie, as a share of the newest one's, 0 to 1"}, &Theme::old_line_opacity, 0, 1},
    {{"smallest_width", "of nodes, inches"}, &Theme::smallest_width, 0.05, 10},
    {{"largest_width", "of nodes, inches"}, &Theme::largest_width, 0.05, 10},
    {{"smallest_font", "of names, points"}, &Theme::smallest_font, 4, 100},
    {{"largest_font", "of names, points"}, &Theme::largest_font, 4, 100},
    {{"thinnest_line", "of ties, points"}, &Theme::thinnest_line, 0.1, 20},
    {{"thickest_line", "of ties, points"}, &Theme::thickest_line, 0.1, 20},
    {{"caption_font", "of legend and caption, points; more in pictures of over 50 nodes"},
     &Theme::caption_font,
     4,
     100},
}};

constexpr ThemeKey fonts_key{"fonts", "names of fonts between commas; the first that is installed is taken"};

constexpr auto all_keys = [] {
  std::array<ThemeKey, 1 + colour_keys.size() + hue_keys.size() + number_keys.size()> keys{fonts_key};
  auto next = keys.begin() + 1;
  for (const ThemeKey& key : colour_keys) *next++ = key;
  for (const ThemeKey& key : hue_keys) *next++ = key;
  for (const ThemeKey& key : number_keys) *next++ = key;
  return keys;
}();

const BuiltInTheme* built_in_called(std::string_view name) {
  const auto found = std::ranges::find(built_in, name, &BuiltInTheme::name);
  return found == built_in.end() ? nullptr : &*found;
}

/// One theme file while it is read.
struct Reading {
  const toml::table& table;
  const std::string& file;

  tl::unexpected<Error> refuse(const toml::node& at, std::string_view key, std::string_view expected) const {
    return fail(ErrorKind::input, fmt::format("'{}' must be {}", key, expected), place_of(at, file));
  }

  Result<void> colour(const toml::node& node, std::string_view key, std::string& target) const {
    const auto text = node.value_exact<std::string>();
    const auto is_hex = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (!text || text->size() != 7 || text->front() != '#' || !std::all_of(text->begin() + 1, text->end(), is_hex))
      return refuse(node, key, "a colour like \"#0072B2\"");
    target = *text;
    return {};
  }

  Result<void> hue(const toml::node& node, std::string_view key, Hue& target) const {
    const toml::array* pair = node.as_array();
    if (pair == nullptr || pair->size() != 2)
      return refuse(node, key, "two colours, of border and fill: [\"#0072B2\", \"#CFE6F5\"]");
    if (auto read = colour((*pair)[0], key, target.border); !read) return read;
    return colour((*pair)[1], key, target.fill);
  }

  Result<void> number(const toml::node& node, const NumberKey& key, Theme& theme) const {
    const auto value = node.value<double>();
    if (!value || !node.is_number() || !(*value >= key.least && *value <= key.most))
      return refuse(node, key.name, fmt::format("a number from {} to {}", key.least, key.most));
    theme.*key.number = *value;
    return {};
  }

  Result<void> fonts(const toml::node& node, Theme& theme) const {
    const auto text = node.value_exact<std::string>();
    // The engine writes font names into SVG as they are.
    const auto harmless = [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z') || c == ' ' || c == ',' || c == '-';
    };
    if (!text || trim(*text).empty() || !std::ranges::all_of(*text, harmless))
      return refuse(node, fonts_key.name, "names of fonts between commas, of letters, digits, blanks and hyphens");
    theme.fonts = *text;
    return {};
  }

  Result<void> clusters(const toml::node& node, Theme& theme) const {
    const toml::array* rows = node.as_array();
    if (rows == nullptr || rows->size() != theme.clusters.size())
      return refuse(node, "clusters", "seven pairs of colours, each of border and fill");
    for (std::size_t i = 0; i < theme.clusters.size(); ++i)
      if (auto read = hue((*rows)[i], "clusters", theme.clusters.at(i)); !read) return read;
    return {};
  }

  Result<void> order(std::string_view least, std::string_view most, const Theme& theme) const {
    const auto value = [&](std::string_view key) {
      return theme.*std::ranges::find(number_keys, key, &NumberKey::name)->number;
    };
    if (value(least) <= value(most)) return {};
    const toml::node* at = table.get(least) != nullptr ? table.get(least) : table.get(most);
    return refuse(*at, least, fmt::format("at most '{}', which is {}", most, value(most)));
  }
};

}  // namespace

std::span<const BuiltInTheme> themes() {
  return built_in;
}

std::span<const ThemeKey> theme_keys() {
  return all_keys;
}

Result<Theme> parse_theme(std::string_view toml, const std::string& file) {
  const auto table = parse_toml(toml, file);
  if (!table) return tl::unexpected(table.error());
  std::vector<std::string_view> known{"base", "clusters"};
  for (const ThemeKey& key : all_keys) known.push_back(key.name);
  if (auto checked = check_keys(*table, known, file); !checked) return tl::unexpected(checked.error());

  const Reading reading{*table, file};
  Theme theme;
  if (const toml::node* base = table->get("base")) {
    const BuiltInTheme* row = built_in_called(base->value_or(std::string_view{}));
    if (row == nullptr) return reading.refuse(*base, "base", "\"light\", \"dark\" or \"print\"");
    theme = row->make();
  }
  Result<void> read;
  const auto each = [&](const auto& keys, const auto& read_one) {
    for (const auto& key : keys)
      if (const toml::node* node = table->get(key.name); read && node != nullptr) read = read_one(*node, key);
  };
  each(std::array{fonts_key}, [&](const toml::node& node, const ThemeKey&) { return reading.fonts(node, theme); });
  each(colour_keys, [&](auto& node, auto& key) { return reading.colour(node, key.name, theme.*key.colour); });
  each(hue_keys, [&](auto& node, auto& key) { return reading.hue(node, key.name, theme.*key.hue); });
  each(number_keys, [&](auto& node, auto& key) { return reading.number(node, key, theme); });
  if (const toml::node* node = table->get("clusters"); read && node != nullptr) read = reading.clusters(*node, theme);
  if (read) read = reading.order("smallest_width", "largest_width", theme);
  if (read) read = reading.order("smallest_font", "largest_font", theme);
  if (read) read = reading.order("thinnest_line", "thickest_line", theme);
  if (!read) return tl::unexpected(read.error());
  return theme;
}

Result<Theme> find_theme(const std::string& name_or_file) {
  if (const BuiltInTheme* row = built_in_called(name_or_file)) return row->make();
  if (!lower_ascii(name_or_file).ends_with(".toml")) {
    std::vector<std::string_view> names;
    for (const BuiltInTheme& row : built_in) names.push_back(row.name);
    return fail(ErrorKind::usage,
                fmt::format("there is no theme '{}'; there are {}, and files whose name ends in .toml{}",
                            visible(name_or_file), fmt::join(names, ", "), did_you_mean(name_or_file, names)));
  }
  const auto text = read_file(name_or_file);
  if (!text) return tl::unexpected(text.error());
  return parse_theme(*text, name_or_file);
}

}  // namespace coinvest
