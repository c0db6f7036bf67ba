// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "graphs.hpp"

namespace coinvest::graphs {

/// Davis' 18 women and 14 events, with reference values as printed, by column name.
struct Davis {
  std::vector<std::string> names;  ///< of the vertices: women, then events
  OwnedGraph graph;
  std::map<std::string, std::map<std::string, std::string>> reference;

  std::uint32_t vertex(const std::string& name) const {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) throw std::out_of_range(name);
    return static_cast<std::uint32_t>(found - names.begin());
  }
};

/// The lines of a comma-separated file without quotes.
inline std::vector<std::vector<std::string>> read_plain_csv(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

inline Davis read_davis() {
  const std::string folder = COINVEST_SOURCE_DIR "/tests/data/davis/";
  const auto reference = read_plain_csv(folder + "davis_reference.csv");
  std::vector<std::string> names;
  std::uint32_t women = 0;
  std::map<std::string, std::map<std::string, std::string>> columns;
  for (std::size_t row = 1; row < reference.size(); ++row) {
    names.push_back(reference[row].at(0));
    women += reference[row].at(1) == "woman";
    for (std::size_t c = 0; c < reference[row].size(); ++c)
      columns[names.back()][reference[0].at(c)] = reference[row][c];
  }
  const auto number = [&](const std::string& name) {
    return static_cast<std::uint32_t>(std::ranges::find(names, name) - names.begin());
  };
  std::vector<WeightedEdge> edges;
  const auto rows = read_plain_csv(COINVEST_SOURCE_DIR "/graphs/southern-women/attendance.csv");
  for (std::size_t row = 1; row < rows.size(); ++row)
    edges.push_back({number(rows[row].at(0)), number(rows[row].at(1))});
  const auto events = static_cast<std::uint32_t>(names.size()) - women;
  return {names, bipartite_graph(women, events, std::move(edges)), std::move(columns)};
}

}  // namespace coinvest::graphs
