// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/named.hpp"

namespace coinvest {

enum class RankedSide : std::uint8_t { investors, companies, both };

/// Which form of a score stands beside it. For `percent` the eigenvector's maximum is the possible one.
enum class Normalised : std::uint8_t {
  no,
  yes,      ///< NAME_norm: in [0, 1]
  percent,  ///< NAME_pct: the same times 100
};

std::string_view suffix_of(Normalised normalised);  ///< "_norm", "_pct"; "" for `no`
double scale_of(Normalised normalised);             ///< 100 for `percent`, else 1
MeasureParams params_of(Normalised normalised);

/// Scores of all vertices by the measures asked for: rank, id, name, side, one column per measure, its normalised
/// form beside it if asked for and defined, `NAME_why` if a score needs a reason. Ordered by the first measure, largest
/// first, undefined last, ties by vertex; equal scores share a rank. Fails as the measures do; (usage) for a measure
/// that is not defined on this kind of graph.
Result<Table> ranking(const NamedGraph& graph, std::span<const Measure* const> measures, RankedSide side,
                      Normalised normalised, const Context& context);

/// Fails (usage) at the first measure that is not defined on this kind of graph.
Result<void> check_defined(std::span<const Measure* const> measures, GraphKind kind);

/// Every measure that is defined on this kind of graph.
std::vector<const Measure*> measures_defined_on(GraphKind kind);

}  // namespace coinvest
