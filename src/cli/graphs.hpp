// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cli/options.hpp"
#include "coinvest/graph/named.hpp"
#include "coinvest/queries/partners.hpp"

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
      const auto wanted = options.bipartite();
      if (!wanted) return tl::unexpected(wanted.error());
      graph.bipartite = build_bipartite(deals, *wanted);
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

  /// Says in a note what the graph leaves out.
  void note_left_out(Table& table) const {
    if (coinvestment)
      coinvest::note_left_out(table, *coinvestment);
    else
      note_unknown_weights(table, bipartite);
  }

  NamedGraph named(const Dataset& data) const {
    return coinvestment ? NamedGraph(*coinvestment, data) : NamedGraph(bipartite, data);
  }
};

}  // namespace coinvest::cli
