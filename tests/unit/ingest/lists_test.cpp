// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/lists.hpp"

#include <string>

#include "catch.hpp"

using namespace coinvest;

namespace {

/// `A* B- C ...`: * leads, - does not, ... is incomplete.
std::string shown(std::string_view cell, Conjunctions conjunctions = Conjunctions::within_names) {
  const NameList list = split_names(cell, conjunctions);
  std::string text;
  for (const ListedName& listed : list.names) {
    text += (text.empty() ? "" : "/") + std::string(listed.name);
    if (listed.lead != Lead::unknown) text += listed.lead == Lead::yes ? "*" : "-";
  }
  return text + (list.incomplete ? "..." : "");
}

}  // namespace

TEST_CASE("lists: every separator") {
  for (const std::string_view separator : {"，", "、", ",", ", ", ";", "；", "|", " | ", " + ", "\n", "\r\n"}) {
    CAPTURE(separator);
    CHECK(shown("A" + std::string(separator) + "B C" + std::string(separator)) == "A/B C");
  }
  CHECK(shown("") == "");
  CHECK(shown(" , ,") == "");
  CHECK(shown("A+B") == "A+B");
  CHECK(shown("A/B") == "A/B");
}

TEST_CASE("lists: conjunctions only when asked") {
  CHECK(shown("Kleiner Perkins Caufield & Byers, A and B") == "Kleiner Perkins Caufield & Byers/A and B");
  CHECK(shown("A & B and C, D", Conjunctions::between_names) == "A/B/C/D");
  CHECK(shown("Brandon", Conjunctions::between_names) == "Brandon");
}

TEST_CASE("lists: a legal form behind a comma is part of the name") {
  CHECK(shown("Acme, Inc., Beta, L.P., Gamma Co., Ltd., Delta,LLC") ==
        "Acme, Inc./Beta, L.P./Gamma Co., Ltd./Delta,LLC");
  CHECK(shown("Acme; Inc") == "Acme/Inc");
  CHECK(shown("Inc, Acme") == "Inc/Acme");
}

TEST_CASE("lists: brackets hold together, if they pair") {
  CHECK(shown("中国移动(中移创新,基金)，B（甲、乙）") == "中国移动(中移创新,基金)/B（甲、乙）");
  CHECK(shown("A (b, C") == "A (b/C");
  CHECK(shown("A) b, C (d") == "A) b/C (d");
}

TEST_CASE("lists: roles") {
  CHECK(shown("红杉中国(领投)，IDG资本（跟投），C") == "红杉中国*/IDG资本-/C");
  CHECK(shown("红杉中国领投，IDG资本、经纬中国跟投") == "红杉中国*/IDG资本-/经纬中国-");
  CHECK(shown("A、B联合领投，C参投，D") == "A*/B*/C-/D");
  CHECK(shown("领投：A；跟投：B、C") == "A*/B-/C-");
  CHECK(shown("A独家投资") == "A*");
  CHECK(shown("A (Lead), B, C (US)") == "A*/B/C (US)");
  CHECK(shown("领投") == "领投");
}

TEST_CASE("lists: and more") {
  CHECK(shown("A、B等") == "A/B...");
  CHECK(shown("A等多家机构") == "A...");
  CHECK(shown("A领投，B等跟投") == "A*/B-...");
  CHECK(shown("A, B and others") == "A/B...");
  CHECK(shown("A,等") == "A...");
}

TEST_CASE("lists: a cell for one name that looks like several") {
  CHECK(looks_like_list("A、B"));
  CHECK(looks_like_list("A + B"));
  CHECK_FALSE(looks_like_list("A & B"));
  CHECK_FALSE(looks_like_list("Acme, Inc."));
  CHECK_FALSE(looks_like_list("红杉（甲、乙）"));
}
