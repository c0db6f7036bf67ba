// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "coinvest/render/drawing.hpp"
#include "coinvest/render/theme.hpp"

namespace coinvest {

/// "①" to "⑦" for the clusters that have a colour of their own, "" for the others.
std::string cluster_mark(std::uint32_t cluster);

/// What stands under the picture: title, the meaning of those shapes, borders, sizes and colours that occur in it under
/// the theme, and the caption, in these words, wrapped to lines of at most 110 columns.
std::vector<std::string> legend_and_caption(const Drawing& drawing, const Theme& theme, const Words& words = {});

}  // namespace coinvest
