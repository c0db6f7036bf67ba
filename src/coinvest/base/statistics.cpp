// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace coinvest {

std::vector<double> benjamini_hochberg(std::span<const double> p, std::uint64_t tests) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double smallest = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const std::size_t test = order[rank - 1];
    smallest = std::min(smallest, p[test] * static_cast<double>(tests) / static_cast<double>(rank));
    adjusted[test] = smallest;
  }
  return adjusted;
}

Proportion wilson_95(std::uint64_t successes, std::uint64_t trials) {
  constexpr double z = 1.959963984540054;  // the normal quantile of 0.975
  const double n = static_cast<double>(trials);
  const double share = static_cast<double>(successes) / n;
  const double scale = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / scale;
  const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // At 0 and n of n an end is exactly 0 or 1; rounding must not put it beside.
  return {share, successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half};
}

}  // namespace coinvest
