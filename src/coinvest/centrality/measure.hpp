// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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
  too_few_vertices,  ///< the largest value possible is zero
};

/// The reason as machines read it: "single_vertex"; "" for `none`.
std::string_view name_of(Why why);

/// One value per vertex of the graph, investors first. NaN is undefined; `why` then says why.
struct Column {
  std::vector<double> values;      ///< of every vertex
  std::vector<double> normalised;  ///< empty if the measure has no normalised form on this graph
  std::vector<Why> why;            ///< empty if nothing needs a reason
  std::string variant;             ///< "unweighted, pairs counted once", for captions and JSON
};

struct MeasureParams {
  double damping = 0.85;     ///< PageRank
  double tolerance = 1e-12;  ///< of iterations: relative change
  std::uint32_t max_steps = 10'000;
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
