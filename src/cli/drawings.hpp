// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/queries/panel.hpp"
#include "coinvest/render/views.hpp"

namespace coinvest::cli {

/// What a view draws from. Keeps references.
struct ViewInput {
  const Deals& deals;
  const std::vector<ExitEvent>& events;  ///< as `exit_events` gives them
  const GraphOptions& graph;
  const Context& context;
  ViewOptions options = {};
  std::vector<std::string> names = {};    ///< whom it is about
  std::uint32_t steps = 2;                ///< how far from them
  std::size_t paths = 3;                  ///< how many ways from one to the other
  const Measure* size_by = nullptr;       ///< chooses, ranks and sizes; nullptr: as the view does by itself
  std::vector<PanelWindow> windows = {};  ///< of views over time
  std::function<Result<Drawing>(Drawing)> place = {};  ///< gives nodes their places, for views over time
};

enum class OverTime : std::uint8_t { no, yes };
/// The best of a graph, or all that the question is about.
enum class Drawn : std::uint8_t { best, all };

/// One row per view, for `--view`, help and reports.
struct DrawingView {
  std::string_view name, summary;
  std::size_t names;  ///< how many it needs
  OverTime time;      ///< yes: needs windows
  Drawn drawn;
  Result<Drawing> (*make)(const ViewInput&);
};
std::span<const DrawingView> drawing_views();
Choices<const DrawingView*> view_choices();

/// The drawing of a selection: companies marked as exited or closed by their events, investors as dormant by their last
/// deal, the co-investment views coloured by Leiden clusters. Fails (usage) if names are missing or too many.
Result<Drawing> make_drawing(const DrawingView& view, ViewInput input);

}  // namespace coinvest::cli
