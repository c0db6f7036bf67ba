// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace coinvest {

/// The assignment of rows to columns of the least total cost: per row its column. `cost` is rectangular with at most as
/// many rows as columns; of equal assignments always the same one. O(rows² · columns).
/// Source: Kuhn 1955, doi:10.1002/nav.3800020109; the potentials of Jonker & Volgenant 1987, doi:10.1007/BF02278710.
std::vector<std::size_t> cheapest_assignment(const std::vector<std::vector<double>>& cost);

}  // namespace coinvest
