// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/base/table_parts.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {

/// The days whose rounds make the network of one year of a panel.
struct PanelWindow {
  int year = 0;   ///< that the row stands for
  DayRange days;  ///< end `lag` years before it
};

/// Windows of `years` years, one ending on `first`, each later one a year later, none after `last`, and `history` more
/// before the first; all moved `lag` years back. A window is (D − years, D], its first day the one after: the last days
/// of calendar years give whole calendar years, and windows of one year partition time.
std::vector<PanelWindow> panel_windows(Day first, Day last, int years, int lag, int history = 0);

enum class Smoothing : std::uint8_t {
  none,
  since_first,  ///< the mean over the windows so far that the investor is in and the score is defined
};

struct PanelOptions {
  GraphKind graph = GraphKind::bipartite;
  BipartiteOptions bipartite{};
  TieOptions ties{};
  Normalised normalised = Normalised::no;
  MeasureParams params{};
  Smoothing smoothing = Smoothing::none;
  std::size_t history = 0;  ///< so many of the first windows count for the means, but are not listed
};

/// One row per window and investor in it: window_from, window_to, id, name, `year` if any window lags behind its own,
/// then per measure NAME, its normalised form if asked for and defined, NAME_se of a betweenness that may be estimated,
/// and NAME_why: the columns depend on the question alone. Windows in order, investors in byte order of names. The
/// selection's own dates are ignored, but for as_of and known_by. Windows are computed in parallel, each with a graph
/// of its own, and handed to `take` in order, each as soon as it and those before it are there: memory for as many
/// windows as threads. Undated rounds are in none and counted in a note, as is what max_syndicate and unknown weights
/// leave out, with the last window. Fails as the measures do, (usage) for one that is not defined on the graph, as the
/// projection does, and as `take` does.
Result<void> panel(const Dataset& data, const Selection& selection, std::span<const PanelWindow> windows,
                   std::span<const Measure* const> measures, const PanelOptions& options, const TakeTable& take,
                   const Context& context);

}  // namespace coinvest
