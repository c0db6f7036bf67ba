// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/date.hpp"

#include <utility>

#include "catch.hpp"

using namespace coinvest;
using namespace std::chrono_literals;

namespace {
std::string read(std::string_view text, DateOrder order = DateOrder::unstated) {
  const auto date = parse_date(text, order);
  return date ? format_day(date->low) + ".." + format_day(date->high) : "error: " + date.error().message;
}
Day day(std::string_view text) {
  return parse_date(text).value().low;
}
}  // namespace

TEST_CASE("dates keep the precision they were written with") {
  const std::pair<const char*, const char*> cases[] = {
      {"2021-03-05", "2021-03-05..2021-03-05"},
      {"2021-3-5", "2021-03-05..2021-03-05"},
      {" 2021/03/05 ", "2021-03-05..2021-03-05"},
      {"2016.9.10", "2016-09-10..2016-09-10"},
      {"2021-02", "2021-02-01..2021-02-28"},
      {"2020-02", "2020-02-01..2020-02-29"},
      {"2021 Q1", "2021-01-01..2021-03-31"},
      {"Q4 2021", "2021-10-01..2021-12-31"},
      {"2021", "2021-01-01..2021-12-31"},
      {"2021年3月5日", "2021-03-05..2021-03-05"},
      {"2021年3月", "2021-03-01..2021-03-31"},
      {"2021年", "2021-01-01..2021-12-31"},
      {"2038-01-19T03:14:08Z", "2038-01-19..2038-01-19"},
      {"2021-03-05T23:59:60Z", "2021-03-05..2021-03-05"},
      {"1999-12-31 00:00:00", "1999-12-31..1999-12-31"},
      {"2000-02-29", "2000-02-29..2000-02-29"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(read(text) == expected);
  }
}

TEST_CASE("what is no date is rejected with a reason and never clamped") {
  for (const char* text : {"",
                           "2021-02-29",
                           "2020-02-30",
                           "0000-00-00",
                           "9999-12-31",
                           "10000-01-01",
                           "-0044-03-15",
                           "1900-02-29",
                           "2021-13-01",
                           "2021-00-01",
                           "2021-01-00",
                           "44260",
                           "1614902400",
                           "1614902400000",
                           "2021-03-05T25:61:61Z",
                           "2021-03-05+99:99",
                           "今天",
                           "民国110年3月5日",
                           "令和3年",
                           "1677-09-21",
                           "2262-04-12",
                           "Q5 2021",
                           "2021-03-05 x",
                           "21-03-05",
                           "2015.9.31",
                           "05/072018",
                           "2000.0.0",
                           "1899-12-31",
                           "2101-01-01"}) {
    INFO(text);
    CHECK(read(text).starts_with("error: date"));
  }
  CHECK_THAT(read("44260"), Catch::Contains("serial"));
  CHECK_THAT(read("05/03/2021"), Catch::Contains("--date-order"));
}

TEST_CASE("a stated order settles day and month") {
  CHECK(read("05/03/2021", DateOrder::day_first) == "2021-03-05..2021-03-05");
  CHECK(read("05/03/2021", DateOrder::month_first) == "2021-05-03..2021-05-03");
  CHECK(read("13/03/2021", DateOrder::month_first).starts_with("error"));
}

TEST_CASE("printing and reading dates are inverse") {
  for (const char* text : {"2021-03-05", "2021-02", "2021 Q3", "2021"})
    CHECK(format_date(parse_date(text).value()) == text);
  CHECK(format_date(DateInterval{}).empty());
  CHECK(format_date({day("2021-03-05"), day("2021-04-02")}) == "2021-03-05..2021-04-02");
}

TEST_CASE("partial dates lie in a window by the rule asked for") {
  const DateInterval year = parse_date("2021").value();
  const Day from = day("2021-01-01"), to = day("2021-12-31"), early = day("2021-06-30"), mid = day("2021-07-02");
  CHECK(lies_in(year, from, to, PartialDate::strict));
  CHECK_FALSE(lies_in(year, from, early, PartialDate::strict));
  CHECK(lies_in(year, from, early, PartialDate::overlap));
  CHECK_FALSE(lies_in(year, from, early, PartialDate::mid));
  CHECK(lies_in(year, from, mid, PartialDate::mid));
  CHECK(middle(parse_date("2021-04").value()) == day("2021-04-15"));  // 30 days: the earlier middle
  CHECK_FALSE(lies_in(DateInterval{}, from, to, PartialDate::overlap));
}

TEST_CASE("a period is two dates or one date as wide as it is") {
  const auto period = parse_period("2022-01..2022-06");
  REQUIRE(period);
  CHECK(period->from == day("2022-01-01"));
  CHECK(period->to == day("2022-06-30"));
  CHECK(parse_period("2022")->to == day("2022-12-31"));
  CHECK(parse_period("2022..2021").error().message == "'2022..2021' ends before it begins");
  CHECK_FALSE(parse_period("2022.."));
  CHECK_FALSE(parse_period(""));
}

TEST_CASE("months are calendar months") {
  CHECK(full_months(day("2019-01-10"), day("2023-12-31")) == 59);
  CHECK(full_months(day("2021-01-31"), day("2021-02-28")) == 0);
  CHECK(full_months(day("2021-01-28"), day("2021-02-28")) == 1);
  CHECK(plus_years(day("2020-02-29"), -1) == day("2019-02-28"));
  CHECK(plus_years(day("2020-02-29"), 4) == day("2024-02-29"));
}
