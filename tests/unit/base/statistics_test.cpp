// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/statistics.hpp"

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

TEST_CASE("Wilson intervals stay inside [0, 1] and touch its ends") {
  CHECK(wilson_95(0, 1).low == 0);
  CHECK(wilson_95(0, 1).high == Approx(0.7935).margin(5e-5));
  CHECK(wilson_95(2, 2).high == 1);
  CHECK(wilson_95(2, 3).low == Approx(0.2077).margin(5e-5));
  CHECK(wilson_95(10, 40).share == 0.25);
}
