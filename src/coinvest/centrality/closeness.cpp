// SPDX-License-Identifier: Apache-2.0
#include <boost/graph/connected_components.hpp>
#include <limits>

#include "coinvest/centrality/distances.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {
namespace {

/// How many of each side lie in one component.
struct Sides {
  double investors = 0, companies = 0;
};

/// The smallest sum of distances that a vertex could have in its component: one step to each vertex of the other side,
/// two to each of its own; one to everybody where there are no sides.
double smallest_sum(const GraphView& graph, std::uint32_t vertex, const Sides& component) {
  if (graph.kind == GraphKind::coinvest) return component.investors - 1;
  return vertex < graph.investors ? component.companies + 2 * (component.investors - 1)
                                  : component.investors + 2 * (component.companies - 1);
}

}  // namespace

Result<Column> closeness(const GraphView& graph, const MeasureParams&, const Context& context) {
  const auto sums = sum_over_distances(graph, DistanceSum::distances, "closeness", context);
  if (!sums) return tl::unexpected(sums.error());
  std::vector<std::uint32_t> label(graph.vertices());
  const std::uint32_t count = boost::connected_components(
      graph, boost::make_iterator_property_map(label.begin(), get(boost::vertex_index, graph)));
  std::vector<Sides> components(count);
  for (std::uint32_t v = 0; v < graph.vertices(); ++v)
    ++(v < graph.investors ? components[label[v]].investors : components[label[v]].companies);

  Column column;
  column.variant = graph.kind == GraphKind::bipartite
                       ? "bipartite, unweighted, within the component times the share within reach (Wasserman-Faust)"
                       : "unweighted, within the component times the share within reach (Wasserman-Faust)";
  column.values.assign(graph.vertices(), 0);
  const double others = static_cast<double>(graph.vertices()) - 1;
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    const Sides& component = components[label[v]];
    const double reached = component.investors + component.companies - 1;
    if (others == 0) {
      column.values[v] = std::numeric_limits<double>::quiet_NaN();
      set_why(column, v, Why::single_vertex);
    } else if (reached > 0) {
      column.values[v] = smallest_sum(graph, v, component) / (*sums)[v] * (reached / others);
      if (reached == 1 && others > 1) set_why(column, v, Why::component_size);
    }
  }
  return column;
}

}  // namespace coinvest
