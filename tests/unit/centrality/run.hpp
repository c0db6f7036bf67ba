// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "catch.hpp"
#include "coinvest/centrality/measure.hpp"
#include "graphs.hpp"

namespace coinvest {

/// A measure on a graph, which must succeed.
inline Column measured(std::string_view name, const graphs::OwnedGraph& graph, unsigned threads = 1) {
  const Measure* measure = find_measure(name);
  REQUIRE(measure != nullptr);
  Context context;
  context.threads = threads;
  auto column = measure->run(graph.view(), MeasureParams{}, context);
  REQUIRE(column.has_value());
  return std::move(*column);
}

inline void check_close(const std::vector<double>& actual, const std::vector<double>& expected, double epsilon) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t v = 0; v < actual.size(); ++v) {
    INFO("vertex " << v);
    CHECK(actual[v] == Approx(expected[v]).epsilon(epsilon).margin(epsilon));
  }
}

}  // namespace coinvest
