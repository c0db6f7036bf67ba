// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/options.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest::cli {

/// What is measured, and on which graph.
class MeasureOptions {
 public:
  explicit MeasureOptions(CLI::App& app);
  /// The measures of the names given. Fails (usage) at a name that is none, with the nearest one.
  Result<std::vector<const Measure*>> wanted() const;

  GraphKind graph = GraphKind::bipartite;
  Normalised normalised = Normalised::no;

 private:
  std::string names_ = "degree,betweenness";
};

}  // namespace coinvest::cli
