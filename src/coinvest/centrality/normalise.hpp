// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/centrality/measure.hpp"

namespace coinvest {

/// The largest value that a measure can take on each side of a graph.
struct Maxima {
  double investor = 0;
  double company = 0;
};

/// Fills `normalised` with the values divided by the maximum of their side. Where that is not positive the result is
/// NaN and `why` says single_vertex, or too_few_vertices.
void normalise(Column& column, const GraphView& graph, Maxima maxima);

/// Gives every undefined value the same reason.
void explain_undefined(Column& column, Why why);

/// Notes a reason for one vertex; the column of reasons exists from the first on.
void set_why(Column& column, std::uint32_t vertex, Why why);

}  // namespace coinvest
