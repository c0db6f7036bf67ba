// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/view.hpp"

namespace coinvest {

/// Why a score or its normalised form is undefined, or zero. `none` is the normal case.
enum class Why : std::uint8_t {
  none,
  single_vertex,              ///< nobody else is there to compare with
  not_in_dominant_component,  ///< zero: the vector lives on another component
  tied_components,            ///< several components have the largest eigenvalue
  no_edges,
  too_few_vertices,    ///< the largest value possible is zero
  isolate,             ///< it has no ties
  too_few_neighbours,  ///< fewer than two: they make no pair
  no_partners,         ///< nobody shares a neighbour with it
  component_size,      ///< defined, but small: the component is a single pair
  no_leads,            ///< no round says who led it
  no_known_weight,     ///< its deals say nothing of what weighs them
};

/// The reason as machines read it: "single_vertex"; "" for `none`.
std::string_view name_of(Why why);

/// One value per vertex of the graph, investors first. NaN is undefined; `why` then says why.
struct Column {
  std::vector<double> values;      ///< of every vertex
  std::vector<double> normalised;  ///< empty if the measure has no normalised form on this graph
  std::vector<double> error;       ///< standard errors of the values; empty if these are exact
  std::vector<Why> why;            ///< empty if nothing needs a reason
  std::optional<double> whole{};   ///< the same of the graph as a whole, if there is such a thing
  std::string variant;             ///< "unweighted, pairs counted once", for captions and JSON
};

/// How the overlap of two sets of neighbours is measured: shared ones over those of either (Latapy's dot), over the
/// smaller set (min), or over the larger one (max).
enum class PairOverlap : std::uint8_t { dot, min, max };

/// By what the eigenvector is normalised: its largest entry, or the largest entry that one of its length can have,
/// which is that of a star's centre, √½, among investors and 1 on either side of a bipartite graph.
enum class VectorMaximum : std::uint8_t { largest_entry, possible };

/// How long an edge is for betweenness: one step, or 1/weight, so that strong ties are short.
enum class EdgeLength : std::uint8_t { step, inverse_weight };

struct MeasureParams {
  double damping = 0.85;     ///< PageRank, and both sides of BiRank
  double beta = 0.75;        ///< of beta status, as a share of 1/λ₁; in (-1, 1)
  double tolerance = 1e-12;  ///< of iterations: relative change
  std::uint32_t max_steps = 10'000;
  PairOverlap overlap = PairOverlap::dot;  ///< of clustering
  VectorMaximum vector_maximum = VectorMaximum::largest_entry;
  EdgeLength edge_length = EdgeLength::step;
  std::uint64_t sources = 0;         ///< of betweenness: so many searches drawn at random, at least 2; 0: all
  double betweenness_budget = 1e12;  ///< above so many vertices times edges 1024 are drawn, if `sources` is 0
  std::vector<double> query{};       ///< of BiRank: what every vertex starts from; empty: 1/n and 1/m
  std::string query_name{};          ///< "exited companies"
};

/// One row per measure: help, lists, manuals and the tests that hold for every measure loop over this table.
struct Measure {
  std::string_view name, summary, unit, cost, source;
  DefinedOn graphs;
  Result<Column> (*run)(const GraphView&, const MeasureParams&, const Context&);
};

std::span<const Measure> measures();

/// The row of a name; nullptr if there is none.
const Measure* find_measure(std::string_view name);

}  // namespace coinvest
