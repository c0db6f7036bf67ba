// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace coinvest {

/// The items by ascending key, each below `keys`; those of one key stay in their order. O(items + keys).
template <typename Key>
std::vector<std::uint32_t> counting_sorted(const std::vector<std::uint32_t>& items, std::size_t keys, Key key_of) {
  std::vector<std::uint32_t> next(keys + 1, 0);
  for (const std::uint32_t item : items) ++next[key_of(item) + std::size_t{1}];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> sorted(items.size());
  for (const std::uint32_t item : items) sorted[next[key_of(item)]++] = item;
  return sorted;
}

}  // namespace coinvest
