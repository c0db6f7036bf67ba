// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/coinvestment.hpp"

namespace coinvest {

/// A graph with the names of its vertices, for tables and drawings of either graph; owns nothing.
struct NamedGraph {
  NamedGraph(const Bipartite& graph, const Dataset& names)
      : view(graph.view()), data(&names), investors(graph.investors), companies(graph.companies) {}
  NamedGraph(const Coinvestment& graph, const Dataset& names)
      : view(graph.view()), data(&names), investors(graph.investors) {}

  GraphView view;
  const Dataset* data;
  std::span<const InvestorId> investors;
  std::span<const CompanyId> companies;

  bool is_investor(std::uint32_t vertex) const { return vertex < investors.size(); }
  const std::string& name(std::uint32_t vertex) const {
    return is_investor(vertex) ? data->name(investors[vertex]) : data->name(companies[vertex - investors.size()]);
  }
  /// The name with its side, since the same organisation may stand on both: "i:..." or "c:...".
  std::string id(std::uint32_t vertex) const { return (is_investor(vertex) ? "i:" : "c:") + name(vertex); }
};

}  // namespace coinvest
