// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/statistics.hpp"

#include <cmath>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("Benjamini-Hochberg: monotone, in the order given, untested ones as p = 1") {
  const std::vector<double> p{0.04, 0.01, 0.03, 0.9};
  const std::vector<double> q = benjamini_hochberg(p, 4);
  CHECK(q[1] == Approx(0.04));
  CHECK(q[2] == Approx(0.16 / 3));  // 0.03 · 4/2 = 0.06 is capped by the next one, 0.04 · 4/3
  CHECK(q[0] == Approx(0.16 / 3));
  CHECK(q[3] == Approx(0.9));
  CHECK(benjamini_hochberg(p, 8)[1] == Approx(0.08));
  CHECK(benjamini_hochberg(p, 8)[3] == 1);
  CHECK(benjamini_hochberg({}, 0).empty());
}

TEST_CASE("the median of an even number is the upper one") {
  CHECK(upper_median(std::vector{4, 1, 3, 2}) == 3);
  CHECK(upper_median(std::vector{3, 1, 2}) == 2);
  CHECK(quartile(std::vector{5, 4, 3, 2, 1, 0, 7, 6}, 1) == 2);
  CHECK(upper_median(std::vector<int>{}) == std::nullopt);
}

TEST_CASE("Wilson intervals stay inside [0, 1] and touch its ends") {
  CHECK(wilson_95(0, 1).low == 0);
  CHECK(wilson_95(0, 1).high == Approx(0.7935).margin(5e-5));
  CHECK(wilson_95(2, 2).high == 1);
  CHECK(wilson_95(2, 3).low == Approx(0.2077).margin(5e-5));
  CHECK(wilson_95(10, 40).share == 0.25);
}

TEST_CASE("mid-ranks share the places of equal values") {
  CHECK(mid_ranks(std::vector<double>{5, 7, 5, 1}) == std::vector<double>{2.5, 1, 2.5, 4});
  CHECK(mid_ranks({}).empty());
}

TEST_CASE("Kendall's tau-b and Spearman's rho agree with their definitions, ties included") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 2 + random() % 40;
    const std::uint64_t different = 1 + random() % 12;
    std::vector<double> a, b;
    for (std::size_t i = 0; i < n; ++i) {
      a.push_back(static_cast<double>(random() % different));
      b.push_back(static_cast<double>(random() % different));
    }
    const auto sign = [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; };
    double both = 0, untied_a = 0, untied_b = 0, products = 0, squares_a = 0, squares_b = 0;
    const auto rank = [&](const std::vector<double>& values, std::size_t of) {
      double above = 0, equal = 0;
      for (const double value : values) (value > values[of] ? above : equal) += value >= values[of] ? 1 : 0;
      return above + (equal + 1) / 2 - (static_cast<double>(n) + 1) / 2;
    };
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        both += sign(a[i] - a[j]) * sign(b[i] - b[j]);
        untied_a += a[i] != a[j] ? 1 : 0;
        untied_b += b[i] != b[j] ? 1 : 0;
      }
      products += rank(a, i) * rank(b, i);
      squares_a += rank(a, i) * rank(a, i);
      squares_b += rank(b, i) * rank(b, i);
    }
    if (untied_a == 0 || untied_b == 0) {
      CHECK(std::isnan(kendall(a, b)));
      CHECK(std::isnan(spearman(a, b)));
    } else {
      CHECK(kendall(a, b) == Approx(both / std::sqrt(untied_a * untied_b)).margin(1e-12));
      CHECK(spearman(a, b) == Approx(products / std::sqrt(squares_a * squares_b)).margin(1e-12));
    }
  }
  CHECK(std::isnan(kendall({}, {})));
  CHECK(std::isnan(spearman(std::vector<double>{1}, std::vector<double>{1})));
}
