// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/amount.hpp"

#include <cmath>

#include "catch.hpp"

using namespace coinvest;

namespace {

constexpr double unbounded = -1;

struct Case {
  std::string_view text;
  double low;   // in major units; exact for every value used here
  double high;  // `unbounded`: no upper bound
  Precision precision;
  std::string_view currency;  // with a column that names none
};

std::int64_t minor(double major) {
  return major == unbounded ? Amount::unbounded : std::llround(major * 100);
}

}  // namespace

TEST_CASE("amount: every row of the phrase table") {
  const std::vector<Case> cases{
      {"2000万人民币", 2e7, 2e7, Precision::exact, "CNY"},
      {"1.35亿美元", 1.35e8, 1.35e8, Precision::exact, "USD"},
      {"约15亿元", 1.35e9, 1.65e9, Precision::approximate, "CNY"},
      {"5000万左右", 4.5e7, 5.5e7, Precision::approximate, ""},
      {"~5M", 4.5e6, 5.5e6, Precision::approximate, ""},
      {"近亿元", 8e7, 1e8, Precision::approximate, "CNY"},
      {"近千万美元", 8e6, 1e7, Precision::approximate, "USD"},
      {"近十亿元", 8e8, 1e9, Precision::approximate, "CNY"},
      {"近10亿元", 8e8, 1e9, Precision::approximate, "CNY"},
      {"超3.5亿元", 3.5e8, unbounded, Precision::floor, "CNY"},
      {"逾1亿美元", 1e8, unbounded, Precision::floor, "USD"},
      {"超过1亿", 1e8, unbounded, Precision::floor, ""},
      {"1亿元以上", 1e8, unbounded, Precision::floor, "CNY"},
      {"超1亿元以上", 1e8, unbounded, Precision::floor, "CNY"},
      {"上亿", 1e8, unbounded, Precision::floor, ""},
      {"过亿元", 1e8, unbounded, Precision::floor, "CNY"},
      {"亿元及以上", 1e8, unbounded, Precision::floor, "CNY"},
      {"亿元及以上其他", 1e8, unbounded, Precision::floor, "CNY"},
      {"超千万美元", 1e7, unbounded, Precision::floor, "USD"},
      {"$5M+", 5e6, unbounded, Precision::floor, "USD"},
      {"over $5 million", 5e6, unbounded, Precision::floor, "USD"},
      {"3000多万", 3e7, 4e7, Precision::approximate, ""},
      {"1亿余元", 1e8, 2e8, Precision::approximate, "CNY"},
      {"千万级", 1e7, 1e8, Precision::bucket, ""},
      {"亿级", 1e8, 1e9, Precision::bucket, ""},
      {"亿元级", 1e8, 1e9, Precision::bucket, "CNY"},
      {"亿元", 1e8, 1e9, Precision::bucket, "CNY"},
      {"百亿元量级", 1e10, 1e11, Precision::bucket, "CNY"},
      {"数十万", 1e5, 1e6, Precision::bucket, ""},
      {"数百万人民币", 1e6, 1e7, Precision::bucket, "CNY"},
      {"数千万美元", 1e7, 1e8, Precision::bucket, "USD"},
      {"数亿元", 1e8, 1e9, Precision::bucket, "CNY"},
      {"数十亿元", 1e9, 1e10, Precision::bucket, "CNY"},
      {"1000-2000万元", 1e7, 2e7, Precision::range, "CNY"},
      {"5000万至1亿元", 5e7, 1e8, Precision::range, "CNY"},
      {"1-2M", 1e6, 2e6, Precision::range, ""},
      {"累计47亿元", 0, unbounded, Precision::cumulative, ""},
      // full-width, spaced and mixed forms of the rows above
      {"２０００ 万 人民币", 2e7, 2e7, Precision::exact, "CNY"},
      {"１．３５亿美元", 1.35e8, 1.35e8, Precision::exact, "USD"},
      {"RMB 1亿元", 1e8, 1e8, Precision::exact, "CNY"},
      {"500万其他", 5e6, 5e6, Precision::exact, ""},
      {"约 １５ 亿元", 1.35e9, 1.65e9, Precision::approximate, "CNY"},
      {"约5000万元人民币", 4.5e7, 5.5e7, Precision::approximate, "CNY"},
      {"1,000万美元左右", 9e6, 1.1e7, Precision::approximate, "USD"},
      {"近 ５，０００ 万美元", 4e7, 5e7, Precision::approximate, "USD"},
      {"将近1亿", 8e7, 1e8, Precision::approximate, ""},
      {"逾 ２，００，０００ 卢比", 2e5, unbounded, Precision::floor, "INR"},
      {"超过 1,000 万元", 1e7, unbounded, Precision::floor, "CNY"},
      {"过千万人民币", 1e7, unbounded, Precision::floor, "CNY"},
      {"上千万美元", 1e7, unbounded, Precision::floor, "USD"},
      {"人民币亿元及以上", 1e8, unbounded, Precision::floor, "CNY"},
      {"500万美元以上", 5e6, unbounded, Precision::floor, "USD"},
      {"3000余万元", 3e7, 4e7, Precision::approximate, "CNY"},
      {"３０００ 多 万 人民币", 3e7, 4e7, Precision::approximate, "CNY"},
      {"15亿多美元", 1.5e9, 2.5e9, Precision::approximate, "USD"},
      {"千万美元级", 1e7, 1e8, Precision::bucket, "USD"},
      {"千万级美元", 1e7, 1e8, Precision::bucket, "USD"},
      {"百万级", 1e6, 1e7, Precision::bucket, ""},
      {"数十万美元", 1e5, 1e6, Precision::bucket, "USD"},
      {"数 百 万 人民币", 1e6, 1e7, Precision::bucket, "CNY"},
      {"人民币数千万元", 1e7, 1e8, Precision::bucket, "CNY"},
      {"几千万", 1e7, 1e8, Precision::bucket, ""},
      {"数十亿美金", 1e9, 1e10, Precision::bucket, "USD"},
      {"１０００－２０００万", 1e7, 2e7, Precision::range, ""},
      {"1000万~2000万元", 1e7, 2e7, Precision::range, "CNY"},
      {"1,000～2,000万人民币", 1e7, 2e7, Precision::range, "CNY"},
      {"1亿 – 2亿美元", 1e8, 2e8, Precision::range, "USD"},
      {"累计融资超10亿元", 0, unbounded, Precision::cumulative, ""},
      {"融资总额 1.2 亿美元", 0, unbounded, Precision::cumulative, ""},
      {"未透露人民币", 0, unbounded, Precision::undisclosed, ""},
      {"未透露美元", 0, unbounded, Precision::undisclosed, ""},
      {"ＵＮＤＩＳＣＬＯＳＥＤ", 0, unbounded, Precision::undisclosed, ""},
      {"－", 0, unbounded, Precision::undisclosed, ""},
      {"C+与C++合计超9亿元(招股书；媒体口径超10亿元)", 0, unbounded, Precision::cumulative, ""},
      {"总额5亿元", 0, unbounded, Precision::cumulative, ""},
      {"未披露", 0, unbounded, Precision::undisclosed, ""},
      {"未透露", 0, unbounded, Precision::undisclosed, ""},
      {"未公开", 0, unbounded, Precision::undisclosed, ""},
      {"不详", 0, unbounded, Precision::undisclosed, ""},
      {"保密", 0, unbounded, Precision::undisclosed, ""},
      {"金额未披露", 0, unbounded, Precision::undisclosed, ""},
      {"未披露(累计47亿元)", 0, unbounded, Precision::undisclosed, ""},
      {"未披露(三轮合计数亿元)", 0, unbounded, Precision::undisclosed, ""},
      {"-", 0, unbounded, Precision::undisclosed, ""},
      {"Undisclosed", 0, unbounded, Precision::undisclosed, ""},
      {"N.A.", 0, unbounded, Precision::undisclosed, ""},
      {"n/a", 0, unbounded, Precision::undisclosed, ""},
      {"", 0, unbounded, Precision::undisclosed, ""},
      {"  ", 0, unbounded, Precision::undisclosed, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto amount = parse_amount(c.text);
    REQUIRE(amount);
    CHECK(amount->low == minor(c.low));
    CHECK(amount->high == minor(c.high));
    CHECK(amount->precision == c.precision);
    CHECK(amount->currency.text() == c.currency);
  }
}

TEST_CASE("amount: numbers, units, currencies, remarks") {
  struct Exact {
    std::string_view text;
    std::int64_t minor;
    std::string_view currency;
  };
  const std::vector<Exact> cases{
      {"0", 0, ""},
      {" 12 ", 1200, ""},
      {"1,000,000", 100'000'000, ""},
      {"2,00,000", 20'000'000, ""},
      {"20,00,00,000", 20'000'000'000, ""},
      {"1 000 000", 100'000'000, ""},
      {"０１２", 1200, ""},
      {"３，０００万", 3'000'000'000, ""},
      {"$5M", 500'000'000, "USD"},
      {"US$15m", 1'500'000'000, "USD"},
      {"HK$5,583.0m", 558'300'000'000, "HKD"},
      {"5 million USD", 500'000'000, "USD"},
      {"1.2bn", 120'000'000'000, ""},
      {"250k EUR", 25'000'000, "EUR"},
      {"€3", 300, "EUR"},
      {"RMB 50m", 5'000'000'000, "CNY"},
      {"人民币5000万元", 5'000'000'000, "CNY"},
      {"5000万元人民币", 5'000'000'000, "CNY"},
      {"55.83亿港元", 558'300'000'000, "HKD"},
      {"100亿韩元", 1'000'000'000'000, "KRW"},
      {"3亿日元", 30'000'000'000, "JPY"},
      {"5000万新台币", 5'000'000'000, "TWD"},
      {"2亿卢比", 20'000'000'000, "INR"},
      {"52.24529091亿元", 522'452'909'100, "CNY"},
      {"3985327168.92", 398'532'716'892, ""},
      {"1.005", 101, ""},
      {"1.0049", 100, ""},
      {"1500万美元(启明一笔；投前1.1亿美元)", 1'500'000'000, "USD"},
      {"7000万元（另有\"近亿元\"说法）", 7'000'000'000, "CNY"},
      {"6.2亿元(招股书；媒体口径约10亿/数亿元)", 62'000'000'000, "CNY"},
      {"三亿元", 30'000'000'000, "CNY"},
      {"两千万美元", 2'000'000'000, "USD"},
      {"10000000000000", 1'000'000'000'000'000, ""},
  };
  for (const Exact& c : cases) {
    CAPTURE(c.text);
    const auto amount = parse_amount(c.text);
    REQUIRE(amount);
    CHECK(amount->low == c.minor);
    CHECK(amount->high == c.minor);
    CHECK(amount->precision == Precision::exact);
    CHECK(amount->currency.text() == c.currency);
  }
}

TEST_CASE("amount: what is none") {
  for (const std::string_view text : {"-1",
                                      "1e308",
                                      "1e400",
                                      "1e-400",
                                      "4.9e-324",
                                      "NaN",
                                      "inf",
                                      "-inf",
                                      "0x10",
                                      "10%",
                                      "(100)",
                                      "+100",
                                      "'100",
                                      "1_000",
                                      "1.000.000,50",
                                      "1,00",
                                      "1,0000",
                                      "12,34,5",
                                      "1,000 000",
                                      "٣٤٥",
                                      "abc",
                                      "1 2",
                                      "2021-03-05",
                                      "5-",
                                      "2-1M",
                                      "约近1亿",
                                      "数",
                                      "数5",
                                      "元",
                                      "$",
                                      "多",
                                      "99999999999999999999",
                                      "9223372036854775808",
                                      "10000000000001",
                                      "99999999999亿",
                                      "<7000",
                                      "1亿美元欧元"}) {
    CAPTURE(text);
    const auto amount = parse_amount(text);
    REQUIRE_FALSE(amount);
    CHECK(amount.error().kind == ErrorKind::input);
    CHECK_FALSE(amount.error().message.empty());
  }
}

TEST_CASE("amount: the column's currency stands behind that of the text") {
  CHECK(parse_amount("5", Currency("EUR"))->currency.text() == "EUR");
  CHECK(parse_amount("5万元", Currency("USD"))->currency.text() == "USD");
  CHECK(parse_amount("5万美元", Currency("CNY"))->currency.text() == "USD");
  CHECK(parse_amount("数亿元", Currency("HKD"))->currency.text() == "HKD");
  CHECK(parse_amount("", Currency("CNY"))->currency.text() == "CNY");
}

TEST_CASE("currency: codes and words") {
  CHECK(parse_currency("usd")->text() == "USD");
  CHECK(parse_currency(" 人民币 ")->text() == "CNY");
  CHECK(parse_currency("元")->text() == "CNY");
  CHECK(parse_currency("US$")->text() == "USD");
  CHECK(parse_currency("ILS")->text() == "ILS");
  CHECK_FALSE(parse_currency(""));
  CHECK_FALSE(parse_currency("money"));
  CHECK_FALSE(parse_currency("U1D"));
  CHECK_FALSE(parse_currency("其他"));
}

TEST_CASE("amount: words that stand where they make no sense, and numbers at the edge") {
  for (const char* text :
       {"数数千万",    "约约5万",     "~~5万",     "近近5万", "+5万", "5万++",      "多5万",
        "5万多多",     "级5万",       "5万级级",   "5万数",   "5万-", "-5万",       "1万-2万-3万",
        "1-2 USD HKD", "5万美元欧元", "数5",       ",500",    "1,50", "1,0000,000", "1,00,000,000,00",
        "1234,567",    "12,34,56",    "约5万以上", "5@",      "5.万", "5,万",       "5万6",
        "5 万 6千"}) {
    INFO(text);
    CHECK_FALSE(parse_amount(text));
  }
  for (const char* text : {"99999999999999999999亿", "1-99999999999亿", "10000000000000多", "9999999999999级",
                           "99999999999999999.5", "999999999999999多"}) {
    INFO(text);
    CHECK_FALSE(parse_amount(text));
  }
  for (const char* text : {"", "-", "\u2014", "\u2013", "  "}) {
    INFO(text);
    CHECK(parse_amount(text)->precision == Precision::undisclosed);
  }
  for (const auto& [text, major] : {std::pair("1,23,456", 123456),
                                    {"12,345,678", 12345678},
                                    {"1 234 567", 1234567},
                                    {"123,456.789", 123457},
                                    {"100美元美元", 100}})
    CHECK((parse_amount(text)->low + 50) / 100 == major);
  CHECK_FALSE(parse_currency("us$$"));
  CHECK_FALSE(parse_currency("a1c"));
  CHECK_FALSE(parse_currency("a{c"));
  CHECK_FALSE(parse_currency("a\xc3\xa9"));
  CHECK(parse_currency("chf") == Currency("CHF"));
}
