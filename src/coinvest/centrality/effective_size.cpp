// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"

namespace coinvest {

Result<Column> effective_size(const GraphView& graph, const MeasureParams&, const Context& context) {
  Column column;
  column.variant = "unweighted";
  column.values.assign(graph.vertices(), std::numeric_limits<double>::quiet_NaN());
  context.start("effective size", graph.vertices());
  for_vertices_in_blocks(graph, context, [&](std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint8_t> is_contact(graph.vertices(), 0);
    for (std::uint32_t v = first; v < last && !context.stopped(); ++v) {
      const auto contacts = graph.neighbours_of(v);
      for (const std::uint32_t contact : contacts) is_contact[contact] = 1;
      std::uint64_t ends = 0;  // of ties among the contacts: twice their number
      for (const std::uint32_t contact : contacts)
        for (const std::uint32_t other : graph.neighbours_of(contact)) ends += is_contact[other];
      for (const std::uint32_t contact : contacts) is_contact[contact] = 0;
      const auto size = static_cast<double>(contacts.size());
      if (!contacts.empty()) column.values[v] = size - static_cast<double>(ends) / size;
    }
    context.advance(last - first);
  });
  if (context.stopped()) return cancelled();
  explain_undefined(column, Why::isolate);
  return column;
}

}  // namespace coinvest
