// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/words.hpp"

#include <string>
#include <utility>

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("full-width signs and blanks become plain ones, their neighbours stay") {
  const std::pair<const char*, const char*> cases[] = {
      {"\uff01\uff21\uff3f", "!A_"},  // the first, one between, the last of EF BC
      {"\uff40\uff41\uff5e", "`a~"},  // and of EF BD
      {"\uff5f\uff61\uff00", "\uff5f\uff61\uff00"},
      {"a\u3000b\u00a0c", "a b c"},
      {"\u3001\u3040\u00a9\u00e9", "\u3001\u3040\u00a9\u00e9"},
      {"\ufeff", "\ufeff"},
      {"", ""}};
  for (const auto& [text, plain] : cases) CHECK(half_width(text) == plain);
  for (const char* cut : {"\xef", "\xef\xbc", "\xef\xbd", "\xe3", "\xe3\x80", "\xc2"}) CHECK(half_width(cut) == cut);
}

TEST_CASE("a date whose month is a word gets its number; what is none stays") {
  const std::pair<const char*, const char*> cases[] = {
      {"5-Mar-2021", "2021-03-05"},   {"05 December 2021", "2021-12-05"}, {"5/jan/2021", "2021-01-05"},
      {"Mar-5-2021", "Mar-5-2021"},   {"5-Ma-2021", "5-Ma-2021"},         {"5-Anf-2021", "5-Anf-2021"},
      {"5-Xyz-2021", "5-Xyz-2021"},   {"5-Mar-21", "5-Mar-21"},           {"005-Mar-2021", "005-Mar-2021"},
      {"5--Mar-2021", "5--Mar-2021"}, {"5-Mar--2021", "5-Mar--2021"},     {"5-Mar-2021x", "5-Mar-2021x"},
      {"-Mar-2021", "-Mar-2021"},     {"5Mar2021", "5Mar2021"},           {"5-M\u00e4r-2021", "5-M\u00e4r-2021"}};
  for (const auto& [date, expected] : cases) CHECK(with_month_number(date) == expected);
}

TEST_CASE("an exponent goes where a double still is what somebody typed") {
  const std::pair<const char*, const char*> cases[] = {{"1.5E3", "1500"},  {"2e-3", "0.002"},  {"1e21", "1e21"},
                                                       {"-1e21", "-1e21"}, {"1500", "1500"},   {"1e3x", "1e3x"},
                                                       {"e", "e"},         {"1e999", "1e999"}, {"", ""}};
  for (const auto& [number, expected] : cases) CHECK(without_exponent(number) == expected);
}
