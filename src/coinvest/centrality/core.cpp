// SPDX-License-Identifier: Apache-2.0
#include <boost/graph/core_numbers.hpp>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {

Result<Column> core(const GraphView& graph, const MeasureParams&, const Context&) {
  std::vector<std::uint32_t> numbers(graph.vertices());
  boost::core_numbers(graph, boost::make_iterator_property_map(numbers.begin(), get(boost::vertex_index, graph)));
  Column column;
  column.variant = "unweighted";
  column.values.assign(numbers.begin(), numbers.end());
  return column;
}

}  // namespace coinvest
