// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

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
  constexpr double z = z_95;
  const double n = static_cast<double>(trials);
  const double share = static_cast<double>(successes) / n;
  const double scale = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / scale;
  const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // At 0 and n of n an end is exactly 0 or 1; rounding must not put it beside.
  return {share, successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half};
}

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, std::ranges::greater{}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
    while (next < order.size() && values[order[next]] == values[order[first]]) ++next;
    for (std::size_t i = first; i < next; ++i) ranks[order[i]] = static_cast<double>(first + 1 + next) / 2;
  }
  return ranks;
}

double spearman(std::span<const double> a, std::span<const double> b) {
  const std::vector<double> ranks_a = mid_ranks(a), ranks_b = mid_ranks(b);
  const double mean = (static_cast<double>(a.size()) + 1) / 2;
  double products = 0, squares_a = 0, squares_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    products += (ranks_a[i] - mean) * (ranks_b[i] - mean);
    squares_a += (ranks_a[i] - mean) * (ranks_a[i] - mean);
    squares_b += (ranks_b[i] - mean) * (ranks_b[i] - mean);
  }
  const double scale = std::sqrt(squares_a * squares_b);
  return scale > 0 ? products / scale : std::numeric_limits<double>::quiet_NaN();
}

double kendall(std::span<const double> a, std::span<const double> b) {
  std::vector<std::pair<double, double>> pairs;
  for (std::size_t i = 0; i < a.size(); ++i) pairs.emplace_back(a[i], b[i]);
  std::ranges::sort(pairs);
  const auto tied = [](const auto& sorted, auto part) {
    double ties = 0;
    for (std::size_t first = 0, next = 0; first < sorted.size(); first = next) {
      while (next < sorted.size() && part(sorted[next]) == part(sorted[first])) ++next;
      const auto size = static_cast<double>(next - first);
      ties += size * (size - 1) / 2;
    }
    return ties;
  };
  const auto whole = [](const auto& pair) { return pair; };
  const double tied_a = tied(pairs, [](const auto&pair) { return pair.first; }), tied_both = tied(pairs, whole);

  // Sorted by a and within it by b, discordant pairs are those that a merge sort by b exchanges.
  std::vector<double> values, merged(pairs.size());
  for (const auto& pair : pairs) values.push_back(pair.second);
  double exchanges = 0;
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t first = 0; first < values.size(); first += 2 * width) {
      const std::size_t middle = std::min(first + width, values.size()), end = std::min(middle + width, values.size());
      std::size_t left = first, right = middle;
      for (std::size_t at = first; at < end; ++at) {
        const bool take_right = left == middle || (right < end && values[right] < values[left]);
        if (take_right) exchanges += static_cast<double>(middle - left);
        merged[at] = values[take_right ? right++ : left++];
      }
    }
    values.swap(merged);
  }
  const double tied_b = tied(values, whole);
  const auto n = static_cast<double>(a.size());
  const double all = n * (n - 1) / 2;
  const double scale = std::sqrt((all - tied_a) * (all - tied_b));
  const double difference = all - tied_a - tied_b + tied_both - 2 * exchanges;
  return scale > 0 ? difference / scale : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace coinvest
