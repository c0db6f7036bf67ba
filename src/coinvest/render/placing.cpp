// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/placing.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "coinvest/base/file.hpp"
#include "coinvest/base/toml.hpp"
#include "coinvest/render/attributes.hpp"

namespace coinvest {
namespace {

/// Of the view, and what its engine lays out; names come with the tooltips, which every node has.
std::string hash_of(const Drawing& drawing) {
  std::string text = drawing.name + "\n";
  for (const DrawingNode& node : drawing.nodes)
    text += fmt::format("{} {} {} {:.3f}\n", node_id(node), node.cluster, node.tooltip, node.size);
  for (const DrawingEdge& edge : drawing.edges) text += fmt::format("{} {}\n", edge.from, edge.to);
  return sha256_hex(text);
}

std::string box_id(std::size_t cluster) {
  return fmt::format("cluster_{}", cluster);
}

template <std::size_t count>
std::optional<std::array<double, count>> numbers(const toml::table& table, std::string_view section,
                                                 const std::string& key) {
  const toml::array* list = table[section][key].as_array();
  std::array<double, count> values{};
  if (list == nullptr || list->size() != count) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = list->at(i).value<double>();
    if (!value || !(std::abs(*value) < 1e7)) return std::nullopt;  // also no NaN
    values[i] = *value;
  }
  return values;
}

}  // namespace

Result<Drawing> place(Drawing drawing, const DotOptions& options, LayoutOptions layout, const Context& context) {
  const auto dot = to_dot(drawing, options);
  if (!dot) return tl::unexpected(dot.error());
  layout.format = ImageFormat::laid_out_dot;
  const auto laid_out = run_layout(*dot, layout, context);
  if (!laid_out) return tl::unexpected(laid_out.error());
  if (auto taken = take_places(drawing, *laid_out); !taken) return tl::unexpected(taken.error());
  return drawing;
}

std::string places_text(const Drawing& drawing) {
  std::string text =
      fmt::format("# Where the nodes of a drawing are, in points.\ndrawing = \"{}\"\n\n[nodes]\n", hash_of(drawing));
  for (const DrawingNode& node : drawing.nodes)
    text += fmt::format("{} = [{}, {}]\n", node_id(node), node.at->x, node.at->y);
  text += "\n[boxes]\n";
  for (std::size_t cluster = 0; cluster < drawing.boxes.size(); ++cluster) {
    const auto& [low, high] = drawing.boxes[cluster];
    text += fmt::format("{} = [{}, {}, {}, {}]\n", box_id(cluster), low.x, low.y, high.x, high.y);
  }
  return text;
}

Result<Drawing> place_as(Drawing drawing, std::string_view text, const std::string& file) {
  const auto table = parse_toml(text, file);
  if (!table) return tl::unexpected(table.error());
  constexpr std::array<std::string_view, 3> keys{"drawing", "nodes", "boxes"};
  if (auto known = check_keys(*table, keys, file); !known) return tl::unexpected(known.error());
  if ((*table)["drawing"].value_or(std::string_view()) != hash_of(drawing))
    return fail(ErrorKind::usage,
                fmt::format("'{}' holds the places of another drawing; remove it, or name another file", file));
  const auto missing = [&](std::string_view id, std::string_view what) {
    return fail(ErrorKind::input, fmt::format("no place for '{}'; expected {}", id, what), {file, 0, {}});
  };
  for (DrawingNode& node : drawing.nodes) {
    const auto at = numbers<2>(*table, "nodes", node_id(node));
    if (!at) return missing(node_id(node), "[x, y] in points");
    node.at = Point{(*at)[0], (*at)[1]};
  }
  if (!drawing.clusters_boxed) return drawing;
  for (std::size_t cluster = 0; cluster < drawing.cluster_names.size(); ++cluster) {
    const auto box = numbers<4>(*table, "boxes", box_id(cluster));
    if (!box) return missing(box_id(cluster), "[left, bottom, right, top] in points");
    const auto& [left, bottom, right, top] = *box;
    drawing.boxes.push_back({{left, bottom}, {right, top}});
  }
  return drawing;
}

}  // namespace coinvest
