// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace coinvest {

/// Benjamini–Hochberg adjusted p-values, in the order given: the smallest false discovery rate at which each test is
/// accepted. `tests` counts all tests made; those that are not among `p` count as p = 1. At most 1. O(n log n).
/// Source: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
std::vector<double> benjamini_hochberg(std::span<const double> p, std::uint64_t tests);

/// The normal quantile of 0.975: half the width of a 95 % interval, in standard deviations.
inline constexpr double z_95 = 1.959963984540054;

/// The order statistic of `values` at a number of quarters of their number, counted from 0 and rounded down: the median
/// of an even number is the upper one. Nothing of nothing. O(n).
template <typename Value>
std::optional<Value> quartile(std::vector<Value> values, std::size_t quarters) {
  if (values.empty()) return std::nullopt;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * quarters / 4);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

template <typename Value>
std::optional<Value> upper_median(std::vector<Value> values) {
  return quartile(std::move(values), 2);
}

/// A share with the ends of its confidence interval.
struct Proportion {
  double share = 0;
  double low = 0;
  double high = 0;
};

/// `successes` of `trials` (at least 1) with the 95 % Wilson score interval; both ends lie in [0, 1].
/// Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
Proportion wilson_95(std::uint64_t successes, std::uint64_t trials);

/// The rank of every value, the largest being 1; equal ones share the mean of their places. O(n log n).
std::vector<double> mid_ranks(std::span<const double> values);

/// Spearman's rank correlation, ties by mid-ranks. NaN below two values, or if one side is constant. O(n log n).
/// Source: Spearman 1904, doi:10.2307/1412159.
double spearman(std::span<const double> a, std::span<const double> b);

/// Kendall's tau-b: concordant less discordant pairs, over the root of the products of the pairs untied on either side.
/// NaN as above. O(n log n). Source: Kendall 1945, doi:10.1093/biomet/33.3.239; Knight 1966,
/// doi:10.1080/01621459.1966.10480879.
double kendall(std::span<const double> a, std::span<const double> b);

}  // namespace coinvest
