// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/drawing.hpp"
#include "coinvest/render/layout.hpp"

namespace coinvest {

/// The drawing with places for its nodes and boxes, as the engine of `layout` finds them. Pictures of it are then drawn
/// in a fraction of the time, all in the same places. Fails as `to_dot` and `run_layout`.
Result<Drawing> place(Drawing drawing, const DotOptions& options, LayoutOptions layout, const Context& context);

/// The places of a placed drawing as a TOML text, with a hash of the nodes, names and ties that they belong to.
std::string places_text(const Drawing& drawing);

/// The drawing with the places of such a text, which people may have edited; `file` is for messages. Themes, titles and
/// weights may differ. Fails (input): no TOML, no place for a node or box; (usage): the places of other nodes or ties.
Result<Drawing> place_as(Drawing drawing, std::string_view text, const std::string& file);

}  // namespace coinvest
