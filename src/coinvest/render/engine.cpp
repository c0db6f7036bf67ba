// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/engine.hpp"

#include <algorithm>

namespace coinvest {

bool is_placed(const Drawing& drawing) {
  return !drawing.nodes.empty() && drawing.nodes.front().at.has_value();
}

std::string_view choose_engine(const Drawing& drawing) {
  // Measured with Graphviz 2.43: above these sizes the better-looking engines take seconds, or lay out one endless
  // column.
  constexpr std::size_t most_boxed = 600, most_in_columns = 40;
  if (is_placed(drawing)) return "neato";
  if (!drawing.engine.empty()) return drawing.engine;
  // Not fdp: with boxes its picture depends on memory addresses, and no two runs give the same bytes.
  if (drawing.clusters_boxed && drawing.nodes.size() <= most_boxed) return "osage";
  const auto is_company = [](const DrawingNode& node) { return node.shape == NodeShape::company; };
  const bool two_sided = std::any_of(drawing.nodes.begin(), drawing.nodes.end(), is_company);
  return two_sided && !drawing.clusters_boxed && drawing.nodes.size() <= most_in_columns ? "dot" : "sfdp";
}

}  // namespace coinvest
