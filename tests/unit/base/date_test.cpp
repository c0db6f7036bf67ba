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

TEST_CASE("quarters, and times of a day that do not count") {
  for (const char* text : {"q1 2021", "Q1-2021", "Q1/2021", "2021-q1", "2021Q1"}) {
    INFO(text);
    CHECK(read(text) == "2021-01-01..2021-03-31");
  }
  for (const char* time :
       {"T10:20", " 10:20:30.125", " 10:20+08:00", "T10:20:30-0530", "T10:20:30+08", "T10:20:30+14"}) {
    INFO(time);
    CHECK(read("2021-03-05" + std::string(time)) == "2021-03-05..2021-03-05");
  }
  CHECK(read("2021年3月5号") == "2021-03-05..2021-03-05");
}

TEST_CASE("what only looks like a date is none, to the last character") {
  for (const char* time : {"x",
                           "T",
                           "T1:20",
                           "T24:00",
                           "T10.20",
                           "T10:2",
                           "T10:60",
                           "T10:20:3",
                           "T10:20:61",
                           "T10:20:30.",
                           "T10:20:30x",
                           "T10:20+8",
                           "T10:20+15:00",
                           "T10:20+08:0",
                           "T10:20+08:60",
                           "T10:20+08:00x",
                           "T10:20+08:00:00",
                           "T10:20+08x",
                           "T10:20+0860",
                           "T10:20+1500",
                           "T10:20+0530x"}) {
    INFO(time);
    CHECK(read("2021-03-05" + std::string(time)) ==
          "error: date \"2021-03-05" + std::string(time) + "\" is not read; write 2021-03-05");
  }
  const std::pair<const char*, const char*> cases[] = {
      {"Q1 21", "is not read; write 2021 Q1"},
      {"Q12 2021", "is not read; write 2021 Q1"},
      {"Q1 2021x", "is not read; write 2021 Q1"},
      {"Q1_2021", "is not read; write 2021 Q1"},
      {"2021 Q12", "is not read; write 2021-03-05, 2021-03, 2021 Q1 or 2021"},
      {"2021-Q1x", "is not read; write 2021-03-05"},
      {"2021 Q0", "has no quarter 0"},
      {"Q5 2021", "has no quarter 5"},
      {"Q1 1800", "is outside 1900-01-01 to 2100-12-31"},
      {"123456", "is not read; write 2021-03-05"},
      {"21年3月", "has no year of four digits"},
      {"2021年x", "is not read; write 2021年3月5日"},
      {"2021年003月", "is not read; write 2021年3月5日"},
      {"2021年3日", "is not read; write 2021年3月5日"},
      {"2021年0月", "has no month 13"},
      {"2021年3月x", "is not read; write 2021年3月5日"},
      {"2021年3月005日", "is not read; write 2021年3月5日"},
      {"2021年3月5月", "is not read; write 2021年3月5日"},
      {"2021年3月5日x", "is not read; write 2021年3月5日"},
      {"2021年0月5日", "has no month 13"},
      {"2021年3月0日", "is not a day of the calendar"},
      {"21/3", "has no year of four digits"},
      {"2021-03/05", "is not read; write 2021-03-05"},
      {"2021-03-", "is not read; write 2021-03-05"},
      {"2021-03-005", "has no year of four digits"},
      {"21-03-05", "has no year of four digits"},
      {"210-03-2021", "has no year of four digits"}};
  for (const auto& [text, why] : cases) CHECK(read(text) == "error: date \"" + std::string(text) + "\" " + why);
}

TEST_CASE("an interval is printed as a month, quarter or year only if it is one") {
  const auto printed = [](std::string_view from, std::string_view to) { return format_date({day(from), day(to)}); };
  CHECK(printed("2021-01-01", "2021-01-15") == "2021-01-01..2021-01-15");
  CHECK(printed("2021-02-01", "2021-04-30") == "2021-02-01..2021-04-30");
  CHECK(printed("2021-02-01", "2022-01-31") == "2021-02-01..2022-01-31");
  CHECK(printed("2021-01-01", "2022-12-31") == "2021-01-01..2022-12-31");
  CHECK(printed("2021-04-01", "2021-06-30") == "2021 Q2");
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
