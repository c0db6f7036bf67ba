// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "coinvest/ingest/grid.hpp"

namespace coinvest {

/// The rows of a grid, `line: cell|cell`, or its error.
inline std::vector<std::string> rows_of(Result<Grid> grid) {
  if (!grid) return {describe(grid.error())};
  std::vector<std::string> list;
  GridReader reader(std::move(*grid));
  while (reader.next().value()) {
    std::string cells;
    for (const auto field : reader.fields()) cells += "|" + std::string(field);
    list.push_back(std::to_string(reader.line()) + ":" + cells.substr(1));
  }
  return list;
}

}  // namespace coinvest
