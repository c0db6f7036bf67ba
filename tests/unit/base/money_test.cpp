// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/money.hpp"

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("minor units print as the shortest decimal of major units") {
  CHECK(format_minor(0) == "0");
  CHECK(format_minor(500) == "5");
  CHECK(format_minor(12345) == "123.45");
  CHECK(format_minor(12340) == "123.4");
  CHECK(format_minor(5) == "0.05");
  CHECK(format_minor(-12345) == "-123.45");
  CHECK(format_minor(std::numeric_limits<std::int64_t>::min()) == "-92233720368547758.08");
}

TEST_CASE("undisclosed and cumulative amounts are never summed") {
  CHECK_FALSE(Amount{}.disclosed());
  CHECK(Amount::exactly(100, Currency("USD")).disclosed());
  Amount total = Amount::exactly(100, Currency("USD"));
  total.precision = Precision::cumulative;
  CHECK_FALSE(total.disclosed());
  CHECK(Currency("CNY").text() == "CNY");
  CHECK_FALSE(Currency().known());
}
