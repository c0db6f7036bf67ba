// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/render/views.hpp"

namespace coinvest::cli {

enum class ViewName : std::uint8_t { bipartite, coinvest, clusters };

inline Choices<ViewName> view_choices() {
  return {{"bipartite", ViewName::bipartite}, {"coinvest", ViewName::coinvest}, {"clusters", ViewName::clusters}};
}

/// The drawing of a selection: companies marked as exited or closed by their events, investors as dormant by their last
/// deal, the co-investment views coloured by Leiden clusters. `events` as `exit_events` gives them.
Result<Drawing> make_drawing(ViewName view, const Deals& deals, const std::vector<ExitEvent>& events,
                             const GraphOptions& graph_options, ViewOptions options, const Context& context);

}  // namespace coinvest::cli
