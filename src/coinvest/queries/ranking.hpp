// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/named.hpp"
#include "coinvest/model/selection.hpp"

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
/// The parameters with what the form says about the eigenvector's maximum.
MeasureParams adapted(MeasureParams params, Normalised normalised);

/// Scores of all vertices by the measures asked for: rank, id, name, side, one column per measure, its normalised
/// form beside it if asked for and defined, `NAME_se` if it is an estimate, `NAME_why` if a score needs a reason.
/// Ordered by the first measure, largest first, undefined last, ties by vertex; equal scores share a rank. Fails as the
/// measures do; (usage) for a measure that is not defined on this kind of graph.
Result<Table> ranking(const NamedGraph& graph, std::span<const Measure* const> measures, RankedSide side,
                      Normalised normalised, const MeasureParams& params, const Context& context);

/// A score as it is ranked: equal to ten digits is equal, so that the last bits of an iteration do not part vertices
/// that stand alike.
double ranked(double score);

/// A query of BiRank: 1 for the companies given (ascending), 0 for the others, 1/n for the investors. On the bipartite
/// graph; companies that are not in it are passed over.
std::vector<double> query_from(const NamedGraph& graph, std::span<const CompanyId> companies);

/// The companies that were listed or sold, ascending: what the exit rates count, whoever holds them.
std::vector<CompanyId> exited_companies(const Deals& deals);

/// Fails (usage) at the first measure that is not defined on this kind of graph.
Result<void> check_defined(std::span<const Measure* const> measures, GraphKind kind);

/// Every measure that is defined on this kind of graph.
std::vector<const Measure*> measures_defined_on(GraphKind kind);

}  // namespace coinvest
