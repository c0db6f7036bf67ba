// SPDX-License-Identifier: Apache-2.0
#include <boost/graph/connected_components.hpp>

#include "coinvest/clusters/methods.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {

Result<Clustering> components(const GraphView& graph, const ClusterParams&, const Context&) {
  std::vector<std::uint32_t> labels(graph.vertices());
  boost::connected_components(graph,
                              boost::make_iterator_property_map(labels.begin(), get(boost::vertex_index, graph)));
  return number_by_size(labels);
}

}  // namespace coinvest
