// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "coinvest/render/drawing.hpp"

namespace coinvest {

/// One window of a storyboard.
struct Frame {
  std::string title;
  std::vector<DrawingEdge> ties;  ///< between positions in the nodes of the drawing of all windows; from < to
};

/// Small pictures side by side, one per window, in which every node keeps its place. `all` is the placed drawing of
/// all windows together: its nodes, names, colours and caption. Lines are solid for ties that the window before has,
/// too (in the first window for all), dashed for new ones, dotted for those that the window before had and this one has
/// not. A node stands in the windows in which a line touches it. O(frames · nodes + ties).
Drawing storyboard_view(const Drawing& all, std::span<const Frame> frames);

}  // namespace coinvest
