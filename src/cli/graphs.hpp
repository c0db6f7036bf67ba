// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cli/options.hpp"
#include "coinvest/graph/named.hpp"

namespace coinvest::cli {

inline Choices<GraphKind> graph_choices() {
  return {{"bipartite", GraphKind::bipartite}, {"coinvest", GraphKind::coinvest}};
}

/// The graph that a command was asked for, kept together with what it is made of.
struct AnyGraph {
  Bipartite bipartite;
  std::optional<Coinvestment> coinvestment;

  static Result<AnyGraph> build(const Deals& deals, GraphKind kind, const GraphOptions& options,
                                const Context& context) {
    AnyGraph graph;
    if (kind == GraphKind::bipartite) {
      const auto weight = options.bipartite_weight();
      if (!weight) return tl::unexpected(weight.error());
      graph.bipartite = build_bipartite(deals, *weight);
      return graph;
    }
    const auto ties = options.ties();
    if (!ties) return tl::unexpected(ties.error());
    graph.bipartite = build_bipartite(deals);
    auto made = build_coinvestment(deals, graph.bipartite, *ties, context);
    if (!made) return tl::unexpected(made.error());
    graph.coinvestment = std::move(*made);
    return graph;
  }

  NamedGraph named(const Dataset& data) const {
    return coinvestment ? NamedGraph(*coinvestment, data) : NamedGraph(bipartite, data);
  }
};

}  // namespace coinvest::cli
