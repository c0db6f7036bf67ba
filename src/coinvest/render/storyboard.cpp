// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/storyboard.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace coinvest {
namespace {

constexpr double margin_x = 70, margin_y = 36, heading_height = 30;  // around the middles of nodes, points
constexpr double wide_to_high = 1.4;                                 // of the whole sheet, as that of paper

struct Extent {
  Point low, high;
  double width() const { return high.x - low.x; }
  double height() const { return high.y - low.y; }
};

Extent extent_of(const Drawing& drawing) {
  Extent extent;
  if (drawing.nodes.empty()) return extent;
  extent.low = extent.high = *drawing.nodes.front().at;
  for (const DrawingNode& node : drawing.nodes) {
    extent.low = {std::min(extent.low.x, node.at->x), std::min(extent.low.y, node.at->y)};
    extent.high = {std::max(extent.high.x, node.at->x), std::max(extent.high.y, node.at->y)};
  }
  return {{extent.low.x - margin_x, extent.low.y - margin_y},
          {extent.high.x + margin_x, extent.high.y + margin_y + heading_height}};
}

using Ties = std::map<std::pair<std::uint32_t, std::uint32_t>, const DrawingEdge*>;

Ties ties_of(const Frame& frame) {
  Ties ties;
  for (const DrawingEdge& tie : frame.ties) ties.emplace(std::pair(tie.from, tie.to), &tie);
  return ties;
}

/// The ties of a window as lines, and those that are gone since the one before.
std::vector<DrawingEdge> lines_of(const Ties& ties, const Ties* before) {
  std::vector<DrawingEdge> lines;
  for (const auto& [ends, tie] : ties) {
    lines.push_back(*tie);
    lines.back().line = before == nullptr || before->contains(ends) ? EdgeLine::solid : EdgeLine::dashed;
  }
  if (before == nullptr) return lines;
  for (const auto& [ends, tie] : *before) {
    if (ties.contains(ends)) continue;
    lines.push_back(*tie);
    lines.back().line = EdgeLine::dotted;
    lines.back().age = 1.0;
  }
  return lines;
}

}  // namespace

Drawing storyboard_view(const Drawing& all, std::span<const Frame> frames) {
  Drawing drawing;
  drawing.name = "storyboard";
  drawing.title = all.title;
  drawing.caption = all.caption;
  drawing.size_means = all.size_means;
  drawing.weight_means = all.weight_means;
  drawing.cluster_names = all.cluster_names;
  drawing.line_means = {"tie of the window before, too", "new", "gone since the window before"};

  const Extent extent = extent_of(all);
  const auto count = static_cast<double>(frames.size());
  const auto columns = static_cast<std::size_t>(
      std::clamp(std::round(std::sqrt(count * wide_to_high * extent.height() / std::max(extent.width(), 1.0))), 1.0,
                 std::max(count, 1.0)));
  std::optional<Ties> before;
  for (std::size_t frame = 0; frame < frames.size(); ++frame) {
    const std::size_t row = frame / columns, column = frame % columns;
    const double right = static_cast<double>(column) * extent.width() - extent.low.x;
    const double up = -static_cast<double>(row) * extent.height() - extent.high.y;
    const auto id = [&](std::size_t of) { return static_cast<std::uint32_t>(frame * (all.nodes.size() + 1) + of); };
    DrawingNode heading;
    heading.shape = NodeShape::heading;
    heading.id = id(all.nodes.size());
    heading.label = heading.tooltip = frames[frame].title;
    heading.size = 1.0;
    heading.at = Point{right + (extent.low.x + extent.high.x) / 2, up + extent.high.y - heading_height / 2};
    drawing.nodes.push_back(std::move(heading));

    Ties ties = ties_of(frames[frame]);
    std::vector<std::optional<std::uint32_t>> place(all.nodes.size());
    const auto placed = [&](std::uint32_t node) {
      if (!place[node]) {
        place[node] = static_cast<std::uint32_t>(drawing.nodes.size());
        DrawingNode copy = all.nodes[node];
        copy.state = NodeState::normal;  // what it is today says nothing of the window
        copy.frame = static_cast<std::uint32_t>(frame + 1);
        copy.at = Point{right + copy.at->x, up + copy.at->y};
        drawing.nodes.push_back(std::move(copy));
      }
      return *place[node];
    };
    for (DrawingEdge& line : lines_of(ties, before ? &*before : nullptr)) {
      line.from = placed(line.from);
      line.to = placed(line.to);
      drawing.edges.push_back(std::move(line));
    }
    before = std::move(ties);
  }
  return drawing;
}

}  // namespace coinvest
