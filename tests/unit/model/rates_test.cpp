// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/rates.hpp"

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

const Currency cny("CNY"), usd("USD");

std::int64_t rate(std::string_view text) {
  return parse_rate(text).value();
}

TEST_CASE("rates are exact decimals") {
  CHECK(rate("1") == Rates::unit);
  CHECK(rate("0.125") == Rates::unit / 8);
  CHECK(rate("999999.5") == 999999 * Rates::unit + Rates::unit / 2);
  CHECK(rate(".000000000001") == 1);
  CHECK(rate("0.14285714285714285") == 142857142857);
  for (const char* text :
       {"", "0", ".", "-1", "1,5", "1e3", "1.2.3", "1000000", "99999999999999999999", "0.0000000000001", "abc", "NaN"})
    CHECK_FALSE(parse_rate(text).has_value());
}

TEST_CASE("a rate of a day holds for 31 days, one of a year for the year and 31 days more") {
  Rates rates(usd);
  REQUIRE(rates.add(cny, fixtures::date("2020"), rate("0.145")));
  REQUIRE(rates.add(cny, fixtures::date("2022-03-01"), rate("0.15")));
  const auto dollars = [&](std::string_view date) {
    return rates.convert(Amount::exactly(100'00, cny), fixtures::date(date)).value();
  };
  CHECK(dollars("2020-07-01") == Amount::exactly(14'50, usd));
  CHECK(dollars("2021-01-31") == Amount::exactly(14'50, usd));
  CHECK(dollars("2021-02-01") == Amount::exactly(100'00, cny));
  CHECK(dollars("2019-12-31") == Amount::exactly(100'00, cny));
  CHECK(dollars("2022-02-28") == Amount::exactly(100'00, cny));
  CHECK(dollars("2022-03-01") == Amount::exactly(15'00, usd));
  CHECK(dollars("2022-04-01") == Amount::exactly(15'00, usd));
  CHECK(dollars("2022-04-02") == Amount::exactly(100'00, cny));
  CHECK(dollars("?") == Amount::exactly(100'00, cny));
  CHECK(dollars("2022") == Amount::exactly(100'00, cny));  // no rate holds in January
}

TEST_CASE("a date that meets several rates makes a range, rounded outwards") {
  Rates rates(usd);
  REQUIRE(rates.add(cny, fixtures::date("2020-02"), rate("0.1411")));
  REQUIRE(rates.add(cny, fixtures::date("2020-01"), rate("0.1433")));
  REQUIRE(rates.add(cny, fixtures::date("2020-03"), rate("0.1422")));
  const Amount made = rates.convert(Amount::exactly(101, cny), fixtures::date("2020 Q1")).value();
  CHECK(made == Amount{14, 15, Precision::range, usd});  // 14.2511 to 14.4733 cents
  const Amount nearest = rates.convert(Amount::exactly(101, cny), fixtures::date("2020-02-01")).value();
  CHECK(nearest == Amount::exactly(14, usd));
  const Amount floor = rates.convert(Amount::at_least(1000, cny), fixtures::date("2020-02-01")).value();
  CHECK(floor == Amount{141, Amount::unbounded, Precision::floor, usd});
}

TEST_CASE("a rate without a date is the only one and holds for undated rounds too") {
  Rates rates(usd);
  REQUIRE(rates.add(cny, {}, rate("0.15")));
  CHECK(rates.convert(Amount::exactly(200, cny), {}).value() == Amount::exactly(30, usd));
  CHECK(rates.convert(Amount::exactly(200, Currency("EUR")), {}).value() == Amount::exactly(200, Currency("EUR")));
  CHECK(rates.convert(Amount{}, {}).value() == Amount{});
  CHECK_FALSE(rates.add(cny, fixtures::date("2020"), rate("0.15")));
  Rates dated(usd);
  REQUIRE(dated.add(cny, fixtures::date("2020"), rate("0.15")));
  CHECK_FALSE(dated.add(cny, {}, rate("0.15")));
  CHECK_FALSE(dated.add(cny, fixtures::date("2020-01-01"), rate("0.16")));
}

TEST_CASE("what leaves 64 bits is an error") {
  Rates rates(usd);
  REQUIRE(rates.add(cny, {}, rate("999999")));
  const auto made = rates.convert(Amount::exactly(Amount::largest, cny), {});
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == ErrorKind::limit);
}

}  // namespace
}  // namespace coinvest
