// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr std::size_t widest_line = 110;
constexpr std::array<std::string_view, 7> marks{"①", "②", "③", "④", "⑤", "⑥", "⑦"};

/// Joins the items to lines, breaking only between them; an item wider than a line stays whole.
void add_lines(std::vector<std::string>& lines, const std::vector<std::string>& items, std::string_view separator) {
  std::string line;
  for (const std::string& item : items) {
    if (!line.empty() && display_width(line) + display_width(separator) + display_width(item) > widest_line) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += separator;
    line += item;
  }
  if (!line.empty()) lines.push_back(std::move(line));
}

void add_text(std::vector<std::string>& lines, const std::string& text) {
  if (!text.empty()) std::ranges::move(wrapped(text, widest_line), std::back_inserter(lines));
}

std::vector<std::string> signs(const Drawing& drawing, const Theme& theme) {
  const auto any = [&](auto test) { return std::any_of(drawing.nodes.begin(), drawing.nodes.end(), test); };
  const auto any_edge = [&](auto test) { return std::any_of(drawing.edges.begin(), drawing.edges.end(), test); };
  const auto shape = [&](NodeShape s) { return any([s](const DrawingNode& node) { return node.shape == s; }); };
  const auto state = [&](NodeState s) { return any([s](const DrawingNode& node) { return node.state == s; }); };
  std::vector<std::string> items;
  if (shape(NodeShape::investor)) items.emplace_back("○ investor");
  if (shape(NodeShape::company)) items.emplace_back("□ company");
  if (state(NodeState::exited)) items.emplace_back("double border: exited");
  if (state(NodeState::closed)) items.emplace_back("dashed border: closed");
  if (state(NodeState::dormant)) items.emplace_back("grey fill: dormant");
  if (drawing.centre) items.emplace_back("thick border: the centre");
  if (!drawing.nodes.empty() && !drawing.size_means.empty()) items.push_back("size: " + drawing.size_means);
  const auto other = [&](const DrawingEdge& edge) { return edge.weight != drawing.edges.front().weight; };
  if (any_edge(other) && !drawing.weight_means.empty()) items.push_back("line width: " + drawing.weight_means);
  constexpr auto lines = std::to_array<std::pair<EdgeLine, std::string_view>>(
      {{EdgeLine::solid, "solid"}, {EdgeLine::dashed, "dashed"}, {EdgeLine::dotted, "dotted"}});
  for (const auto& [line, word] : lines) {
    const std::string& meaning = drawing.line_means.at(static_cast<std::size_t>(line));
    if (!meaning.empty() && any_edge([line](const DrawingEdge& edge) { return edge.line == line; }))
      items.push_back(fmt::format("{} line: {}", word, meaning));
  }
  if (!drawing.arrow_means.empty() && any_edge([](const DrawingEdge& edge) { return edge.arrow != Arrow::none; }))
    items.push_back("arrow: " + drawing.arrow_means);
  if (!drawing.age_means.empty() && theme.old_line_opacity < 1.0 &&
      any_edge([](const DrawingEdge& edge) { return edge.age > 0.0; }))
    items.push_back("faint line: " + drawing.age_means);
  return items;
}

/// Which cluster each colour and mark stands for; boxes carry their names themselves.
std::vector<std::string> colours(const Drawing& drawing) {
  std::vector<std::string> items;
  const std::size_t named =
      drawing.clusters_boxed ? drawing.cluster_names.size() : std::min(marks.size(), drawing.cluster_names.size());
  const auto unnamed = [&](const DrawingNode& node) {
    return node.cluster != DrawingNode::no_cluster && node.cluster >= named;
  };
  const bool others = std::any_of(drawing.nodes.begin(), drawing.nodes.end(), unnamed);
  if (drawing.clusters_boxed) {
    if (others) items.emplace_back("without a box: clusters with fewer than three members here");
    return items;
  }
  for (std::size_t cluster = 0; cluster < named; ++cluster) {
    items.push_back(std::string(marks[cluster]) + " " + drawing.cluster_names[cluster]);
  }
  if (others) items.emplace_back("grey: other clusters");
  if (!items.empty()) items.front() = "clusters: " + items.front();
  return items;
}

}  // namespace

std::string cluster_mark(std::uint32_t cluster) {
  return cluster < marks.size() ? std::string(marks[cluster]) : "";
}

std::vector<std::string> legend_and_caption(const Drawing& drawing, const Theme& theme, const Words& words) {
  const auto said = [&](std::vector<std::string> texts) {
    if (words) std::ranges::transform(texts, texts.begin(), words);
    return texts;
  };
  std::vector<std::string> lines;
  add_text(lines, drawing.title);
  add_lines(lines, said(signs(drawing, theme)), "  ·  ");
  add_lines(lines, said(colours(drawing)), "   ");
  for (const std::string& line : said(drawing.caption)) add_text(lines, line);
  return lines;
}

}  // namespace coinvest
