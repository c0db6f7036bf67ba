// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "coinvest/exits/events.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// The part of the graph that has companies with an exit, their own or of one of their investors.
Bipartite with_exits_alone(const Bipartite& graph, const std::vector<ExitEvent>& events);

/// Writes how it ended into a drawing of investors and companies: the code and year of a company's own exit into its
/// label; a dashed line where an investor left, dotted where only the company's exit is known; who left into the
/// caption; dates, grades and buyers into the tooltips.
void mark_exits(Drawing& drawing, const Dataset& data, const std::vector<ExitEvent>& events);

}  // namespace coinvest::cli
