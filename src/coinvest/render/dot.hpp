// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/render/drawing.hpp"
#include "coinvest/render/theme.hpp"

namespace coinvest {

struct DotOptions {
  Theme theme = {};
  std::string_view engine = {};  ///< "": as `choose_engine` says; stands in the DOT, so that any `dot` follows it
  Words words = {};
};

/// A drawing as DOT text: declared defaults once, then one node or edge per line in the drawing's order, everything
/// quoted. Ids are `i<id>` and `c<id>`; names stand in labels and tooltips alone, never as markup, links or images.
/// Control characters become blanks. Legend and caption form the graph's label. Same drawing, same bytes.
/// The text is read back by Graphviz's own parser and compared with the drawing before it is returned.
/// O(n log n). Fails (input): text that is not UTF-8; (usage): an edge to a missing node or a node's id used twice, an
/// unknown engine; (engine): what was read back differs. Thread-safe; calls wait for each other, as cgraph has global
/// state.
Result<std::string> to_dot(const Drawing& drawing, const DotOptions& options = {});

/// Gives nodes and boxes the places that they have in `laid_out`: the DOT text of the same drawing as Graphviz laid it
/// out. Fails (engine): a node or box has none there. Thread-safe as above.
Result<void> take_places(Drawing& drawing, const std::string& laid_out);

}  // namespace coinvest
