// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "coinvest/base/table.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/queries/panel.hpp"
#include "coinvest/ties/validate.hpp"

namespace coinvest {

/// How the communities of every window are found.
struct HistoryOptions {
  const ClusterMethod* method = nullptr;
  ClusterParams params;
  TieOptions ties;
  std::optional<TieValidation> validation;  ///< of each window's ties, against the chance of that window
};

/// What became of communities (clusters of two or more) from window to window. `events`: window_from, window_to,
/// cluster (its number in the window), event (birth, continue, split, merge, death), community (a number that is kept
/// as long as it continues), from (the cluster before), size, jaccard, name; of a death size and name are the last
/// ones. `stability`: one row per investor that had mates in the window before and is in the network of this one:
/// window_from, window_to, id, name, cluster, mates_before, kept, stability.
struct History {
  Table events, stability;
};

/// Windows run on threads, each with a graph of its own; undated rounds are in none. Dates of the selection are
/// ignored, but for as_of and known_by. Fails as graph, test and method do.
Result<History> cluster_history(const Dataset& data, const Selection& selection, std::span<const PanelWindow> windows,
                                const HistoryOptions& options, const Context& context);

}  // namespace coinvest
