// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <string>

#include "centrality/run.hpp"
#include "coinvest/base/file.hpp"
#include "csv_reader.hpp"

// What NetworkX and igraph say of the same graphs; tests/oracles/make_fixtures.py wrote the files.

namespace coinvest {
namespace {

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  auto rows = tests::read_csv(read_file(COINVEST_SOURCE_DIR "/tests/data/oracles/" + name).value());
  rows.erase(rows.begin());
  return rows;
}

std::uint32_t number(const std::string& text) {
  return static_cast<std::uint32_t>(std::stoul(text));
}

void check_against(const std::string& name, std::uint32_t investors, std::uint32_t companies) {
  std::vector<graphs::WeightedEdge> edges;
  for (const auto& row : rows_of(name + "_edges.csv"))
    edges.push_back({number(row[0]), number(row[1]), std::stod(row[2])});
  const graphs::OwnedGraph graph(companies == 0 ? GraphKind::coinvest : GraphKind::bipartite, investors, companies,
                                 std::move(edges));
  std::map<std::string, Column> columns;  // by measure and form
  for (const auto& row : rows_of(name + "_scores.csv")) {
    const std::string &measure = row[0], &form = row[1];
    const std::uint32_t vertex = number(row[3]);
    INFO(measure << ", " << form << ", vertex " << vertex << ", by " << row[2]);
    const bool inverse = form == "inverse";
    auto found = columns.find(measure + (inverse ? " inverse" : ""));
    if (found == columns.end()) {
      MeasureParams params;
      if (inverse) params.edge_length = EdgeLength::inverse_weight;
      auto column = find_measure(measure)->run(graph.view(), params, Context{});
      REQUIRE(column.has_value());
      found = columns.emplace(measure + (inverse ? " inverse" : ""), std::move(*column)).first;
    }
    const auto& values = form == "normalised" ? found->second.normalised : found->second.values;
    if (measure == "strength" && companies > 0 && graph.view().degree(vertex) == 0) {
      CHECK(std::isnan(values.at(vertex)));  // others say 0; to us, nothing is known of it
      continue;
    }
    CHECK(values.at(vertex) == Approx(std::stod(row[4])).epsilon(1e-9).margin(1e-9));
  }
  CHECK(columns.size() >= 9);  // measures
}

TEST_CASE("NetworkX and igraph agree on Davis' Southern Women") {
  check_against("davis", 18, 14);
}

TEST_CASE("NetworkX and igraph agree on a weighted bipartite graph in several parts") {
  check_against("bipartite", 15, 20);
}

TEST_CASE("NetworkX and igraph agree on weighted ties") {
  check_against("ties", 30, 0);
}

}  // namespace
}  // namespace coinvest
