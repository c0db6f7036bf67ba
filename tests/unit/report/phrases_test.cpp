// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/phrases.hpp"

#include "catch.hpp"
#include "coinvest/base/toml.hpp"
#include "coinvest/report/assets.hpp"

using coinvest::as_head;
using coinvest::Language;

namespace {

std::string in_chinese(std::string_view english, std::string_view section = coinvest::anywhere) {
  return coinvest::say(Language::zh, english, section);
}

/// A phrase with something in each hole that may stand there.
std::string filled(std::string_view phrase, const toml::table& sections) {
  std::string text;
  for (std::size_t open = phrase.find('{'); open != phrase.npos; open = phrase.find('{')) {
    const std::size_t close = phrase.find('}', open);
    const std::string hole(phrase.substr(open + 1, close - open - 1));
    text += phrase.substr(0, open);
    if (hole.empty() || hole == "#" || hole == "+" || hole == "," || hole == ";")
      text += "7";
    else
      for (const auto& [english, chinese] : *sections[hole].as_table())
        if (english.str().find('{') == std::string_view::npos) {
          text += english.str();
          break;
        }
    phrase.remove_prefix(close + 1);
  }
  return text.append(phrase);
}

}  // namespace

TEST_CASE("every phrase is understood, and says something with all its holes filled") {
  const auto sections = coinvest::parse_toml(coinvest::report_chinese, "chinese.toml");
  REQUIRE(sections);
  for (const auto& [section, phrases] : *sections)
    for (const auto& [english, chinese] : *phrases.as_table()) {
      INFO(section.str() << ": " << english.str());
      const auto said = coinvest::translation(Language::zh, filled(english.str(), *sections), section.str());
      REQUIRE(said);
      CHECK(!said->empty());
      CHECK(said->find('{') == std::string::npos);
    }
  for (const std::string_view phrase : coinvest::script_phrases) CHECK(coinvest::translation(Language::zh, phrase));
}

TEST_CASE("counts, lists and phrases within phrases are translated, names are left alone") {
  CHECK(in_chinese("1 investor") == "1 家投资方");
  CHECK(in_chinese("12 of 275 investors and 3 of 23 companies") == "275 家投资方中的 12 家和 23 家公司中的 3 家");
  CHECK(in_chinese("Shows 2 of 3 investors; names on the 1 largest.") ==
        "图中为 3 家投资方中的 2 家；最大的 1 个标有名称。");
  CHECK(in_chinese("Full months since the last deal, as of 2026-09-30: 3 investors, 1 active, 2 dormant") ==
        "距最近一次投资的整月数（截至 2026-09-30）：3 家投资方、1 家活跃、2 家沉寂");
  CHECK(in_chinese("Sector & Rounds {} (investor), 2 companies") == "Sector & Rounds {}（投资方），2 家公司");
  CHECK(in_chinese(" (IPO 2020)") == "（上市 2020）");
  CHECK(in_chinese(" (Fund 2020)") == " (Fund 2020)");
}

TEST_CASE("a word is what it means in its place") {
  CHECK(in_chinese("a", as_head) == "甲方");
  CHECK(in_chinese("a", "stage") == "A");
  CHECK(in_chinese("of") == "/");
  CHECK(in_chinese("of", as_head) == "总数");
  CHECK(in_chinese("closeness_why", as_head) == "接近中心性（为空的原因）");
  CHECK(coinvest::section_of("closeness_why") == "why");
  CHECK(coinvest::section_of("verdict_known_by") == "verdict");
  CHECK(coinvest::section_of("name") == "name");
}

TEST_CASE("what has no translation is nothing, and says itself") {
  CHECK(!coinvest::translation(Language::zh, "what nobody translated"));
  CHECK(!coinvest::translation(Language::zh, "active", "no such section"));
  CHECK(!coinvest::translation(Language::zh, "What nobody translated, by investor"));
  CHECK(in_chinese("what nobody translated") == "what nobody translated");
  CHECK(coinvest::say(Language::en, "Methods") == "Methods");
}

TEST_CASE("a name that many phrases fit ends the search for them, and stays as it is") {
  std::string name;
  while (name.size() < 20'000) name += "1 of 2 investors, last 3 → : led 4 rounds; (IPO), cluster 5 among 6: 7 ended";
  CHECK(in_chinese(name) == name);
}
