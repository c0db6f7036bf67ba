// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/assignment.hpp"

#include <limits>

namespace coinvest {

std::vector<std::size_t> cheapest_assignment(const std::vector<std::vector<double>>& cost) {
  if (cost.empty()) return {};
  const std::size_t rows = cost.size(), columns = cost[0].size();
  constexpr double infinite = std::numeric_limits<double>::infinity();
  // Row and column 0 stand for nothing; row_of[0] is the row for which a shortest augmenting path is looked for.
  std::vector<double> row_price(rows + 1, 0), column_price(columns + 1, 0);
  std::vector<std::size_t> row_of(columns + 1, 0), came_from(columns + 1, 0);
  for (std::size_t row = 1; row <= rows; ++row) {
    row_of[0] = row;
    std::size_t at = 0;
    std::vector<double> distance(columns + 1, infinite);
    std::vector<bool> done(columns + 1, false);
    while (row_of[at] != 0) {
      done[at] = true;
      const std::size_t from = row_of[at];
      double least = infinite;
      std::size_t nearest = 0;
      for (std::size_t column = 1; column <= columns; ++column) {
        if (done[column]) continue;
        const double reduced = cost[from - 1][column - 1] - row_price[from] - column_price[column];
        if (reduced < distance[column]) {
          distance[column] = reduced;
          came_from[column] = at;
        }
        if (distance[column] < least) {
          least = distance[column];
          nearest = column;
        }
      }
      for (std::size_t column = 0; column <= columns; ++column) {
        if (done[column]) {
          row_price[row_of[column]] += least;
          column_price[column] -= least;
        } else {
          distance[column] -= least;
        }
      }
      at = nearest;
    }
    for (; at != 0; at = came_from[at]) row_of[at] = row_of[came_from[at]];
  }
  std::vector<std::size_t> column_of(rows);
  for (std::size_t column = 1; column <= columns; ++column)
    if (row_of[column] != 0) column_of[row_of[column] - 1] = column - 1;
  return column_of;
}

}  // namespace coinvest
