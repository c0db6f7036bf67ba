// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/names.hpp"

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("names: placeholders are nobody") {
  for (const std::string_view name : {"投资方未透露", "未披露", "未透露", "不详", "等", "其他", "个人", "undisclosed",
                                      " Undisclosed Investors ", "angels", "Others", "N/A", "-", "Ｎ／Ａ"}) {
    CAPTURE(name);
    CHECK(is_placeholder(name));
  }
  for (const std::string_view name :
       {"Angels Capital", "等等资本", "Other People's Money", "个人图书馆", "SV Angel", ""}) {
    CAPTURE(name);
    CHECK_FALSE(is_placeholder(name));
  }
}

TEST_CASE("names: what cannot be one") {
  CHECK_FALSE(name_fault("Élan 智驭科技 e\u0301"));
  CHECK_FALSE(name_fault(std::string(1024, 'x')));
  CHECK(name_fault(std::string(1025, 'x')));
  std::string marks = "z";
  for (int i = 0; i < 8; ++i) marks += "\u0301";
  CHECK_FALSE(name_fault(marks));
  CHECK(name_fault(marks + "\u0301 and more"));
}

TEST_CASE("names: characters that do not show") {
  CHECK_FALSE(suspect_character("Acme 智驭科技"));
  CHECK(suspect_character("Acme \u202egpj.exe") == "U+202E");
  CHECK(suspect_character("Ac\u200bme") == "U+200B");
  CHECK(suspect_character("Ac\nme") == "U+000A");
  CHECK(suspect_character("\x1b[31m") == "U+001B");
}
