// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/normalise.hpp"

#include <cmath>
#include <limits>

namespace coinvest {

void normalise(Column& column, const GraphView& graph, Maxima maxima) {
  const Why undefined = graph.vertices() == 1 ? Why::single_vertex : Why::too_few_vertices;
  column.normalised.reserve(column.values.size());
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const double largest = v < graph.investors ? maxima.investor : maxima.company;
    if (largest > 0) {
      column.normalised.push_back(column.values[v] / largest);
    } else {
      column.normalised.push_back(std::numeric_limits<double>::quiet_NaN());
      set_why(column, v, undefined);
    }
  }
}

void explain_undefined(Column& column, Why why) {
  for (std::uint32_t v = 0; v < column.values.size(); ++v)
    if (std::isnan(column.values[v])) set_why(column, v, why);
}

void set_why(Column& column, std::uint32_t vertex, Why why) {
  column.why.resize(column.values.size(), Why::none);
  column.why[vertex] = why;
}

}  // namespace coinvest
