// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/portfolios.hpp"

namespace coinvest {

/// A path without repeats through a graph.
struct VertexPath {
  double strength = 1;  ///< product over its edges of weight/(1 + weight): in (0, 1), falling with length
  std::vector<std::uint32_t> vertices;  ///< from one end to the other
};

/// The `most` strongest paths between two vertices, the strongest first; of equals (to ten digits) the shorter, then
/// the one whose vertices come first. Fewer if there are no more, none if the ends are not connected. Fails: cancelled.
/// Yen's algorithm (Yen 1971, doi:10.1287/mnsc.17.11.712), O(most · length · E log V).
Result<std::vector<VertexPath>> strongest_paths(const GraphView& graph, std::uint32_t from, std::uint32_t to,
                                                std::size_t most, const Context& context);

/// A sector in which each end of a tie holds a company that the other does not: they back competitors.
struct Conflict {
  std::string_view sector;                ///< a view into the data set
  std::vector<CompanyId> of_from, of_to;  ///< held by this end alone
};

/// One tie on the way: `from` introduces to `to`.
struct Introduction {
  InvestorId from{}, to{};
  double weight = 0;                ///< of the tie in the graph
  std::vector<std::size_t> rounds;  ///< what ties them, as positions in the deals: shared rounds, else both ends'
                                    ///< rounds in the companies that they share
  std::vector<Conflict> conflicts;  ///< ascending by sector
};

/// A way from one investor to another.
struct IntroductionPath {
  double strength = 1;
  std::vector<Introduction> steps;
};

/// The `most` best ways from one investor to another along the ties of `graph`, which `by` made: as `strongest_paths`.
/// None if one of them is not in the graph. Fails: (usage) if both are the same; cancelled.
Result<std::vector<IntroductionPath>> introductions(const Deals& deals, const Coinvestment& graph, TieBy by,
                                                    InvestorId from, InvestorId to, std::size_t most,
                                                    const Context& context);

/// What ties two investors, as positions in the deals, the undated ones first, then by date: shared rounds, else both
/// ends' rounds in the companies that they share.
std::vector<std::size_t> rounds_behind(const Deals& deals, TieBy by, InvestorId a, InvestorId b,
                                       const Portfolios& held);

/// The investor that a person means, as the selection counts it: a fund as its manager. Fails as `investor_called`.
Result<InvestorId> counted_investor(const Deals& deals, std::string_view name);

/// The ways between two investors by name, one row per tie: path, strength, step, from, to, weight, count, first and
/// last (of the rounds behind the tie), conflict (sectors), conflict_from and conflict_to (companies), rounds (company,
/// round, date, file:line), latest (the last of them). Fails as the functions above.
Result<Table> paths_table(const Deals& deals, const Coinvestment& graph, TieBy by, std::string_view from,
                          std::string_view to, std::size_t most, const Context& context);

}  // namespace coinvest
