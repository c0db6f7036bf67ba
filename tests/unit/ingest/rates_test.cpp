// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/rates.hpp"

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "fixtures.hpp"
#include "folder.hpp"

namespace coinvest {
namespace {

Result<Rates> read(const std::string& text) {
  const tests::Folder folder;
  REQUIRE(write_file(folder / "rates.csv", text, Overwrite::refuse));
  return read_rates(folder / "rates.csv");
}

TEST_CASE("rates of a file convert into dollars, or into the currency that it names") {
  const Rates dollars = read("Currency;Rate;date\nCNY;0.15;2020\nEUR;1.2;\n").value();
  CHECK(dollars.target() == Currency("USD"));
  CHECK(dollars.convert(Amount::exactly(100, Currency("CNY")), fixtures::date("2020-04")).value() ==
        Amount::exactly(15, Currency("USD")));
  CHECK(dollars.convert(Amount::exactly(100, Currency("EUR")), {}).value() == Amount::exactly(120, Currency("USD")));
  const Rates yuan = read("date,currency,rate,to\n,美元,7,CNY\n,CNY,1,CNY\n").value();
  CHECK(yuan.target() == Currency("CNY"));
  CHECK(yuan.convert(Amount::exactly(100, Currency("USD")), {}).value() == Amount::exactly(700, Currency("CNY")));
}

TEST_CASE("a fault in a file of rates is an error with its line") {
  const auto line_of = [](const std::string& text) {
    const auto rates = read(text);
    REQUIRE_FALSE(rates);
    CHECK(rates.error().kind == ErrorKind::input);
    return rates.error().where.line;
  };
  CHECK(line_of("currency,rate\nCNY,0.15\nEUR,zero\n") == 3);
  CHECK(line_of("currency,rate\nCNY,0.15\nCNY,0.16\n") == 3);
  CHECK(line_of("currency,rate\nXX,0.15\n") == 2);
  CHECK(line_of("currency,rate\nUSD,2\n") == 2);
  CHECK(line_of("currency,rate,to\nCNY,1,USD\nCNY,1,EUR\n") == 3);
  CHECK(line_of("date,currency,rate\n2020-13,CNY,1\n") == 2);
  CHECK(line_of("currency,rate\nCNY\n") == 2);
  CHECK(line_of("currency\nCNY\n") == 1);
  CHECK(line_of("currency,rate\n") == 0);
}

}  // namespace
}  // namespace coinvest
