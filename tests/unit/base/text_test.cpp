// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/text.hpp"

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("UTF-8 is strict and names the first bad byte") {
  CHECK_FALSE(first_invalid_utf8("智驭科技 plain"));
  CHECK(first_invalid_utf8("ab\xC0\xAF") == 2u);        // overlong
  CHECK(first_invalid_utf8("a\xED\xA0\x80") == 1u);     // surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0u);  // above U+10FFFF
  CHECK(first_invalid_utf8("abc\xE4\xB8") == 3u);       // cut at the end
}

TEST_CASE("match keys join spellings of one name and keep different names apart") {
  for (const auto& [a, b] : {std::pair{"Sequoia Capital", "SEQUOIA  CAPITAL, L.P."},
                             {"Kleiner Perkins Caufield & Byers", "kleiner perkins caufield-byers"},
                             {"ＩＤＧ资本", "IDG资本"},
                             {"Caf\u00e9 Fund", "Cafe\u0301 Fund"},
                             {"北京甲公司(有限合伙)", "北京甲公司（有限合伙）"},
                             {"某某科技有限公司", "某某科技"},
                             {"Zero\u200bWidth", "ZeroWidth"}}) {
    INFO(a << " / " << b);
    CHECK(match_key(a) == match_key(b));
  }
  for (const auto& [a, b] : {std::pair{"Sequoia Capital", "Sequoia Capital India"},
                             {"红杉中国", "红杉资本"},
                             {"QM120", "QM125"},
                             {"A+", "A"},
                             {"Асме", "Acme"}}) {  // Cyrillic А
    INFO(a << " / " << b);
    CHECK(match_key(a) != match_key(b));
  }
  CHECK(match_key("Inc") == "inc");
  CHECK(match_key("有限公司") == "有限公司");
  CHECK_FALSE(match_key("!!!").empty());
}

TEST_CASE("widths are those of a terminal") {
  CHECK(display_width("红杉中国") == 8);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("e\u0301") == 1);
  CHECK(clip("红杉中国", 8) == "红杉中国");
  CHECK(clip("红杉中国", 7) == "红杉中…");
  CHECK(clip("红杉中国", 6) == "红杉…");
  CHECK(clip("abc", 0).empty());
}

TEST_CASE("text is wrapped at blanks and behind Chinese punctuation") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("", 10) == Lines{""});
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 0) == Lines{"one two three"});
  CHECK(wrapped("incomprehensible one", 4) == Lines{"incomprehensible", "one"});
  CHECK(wrapped("前一句，后一句。 end", 9) == Lines{"前一句，", "后一句。", "end"});
  CHECK(wrapped("很长的一句话。 end", 4) == Lines{"很长的一句话。", "end"});
  CHECK(wrapped("前一句，后一句。 end", 16) == Lines{"前一句，后一句。", "end"});
}

TEST_CASE("sizes are told in the largest unit that is exact") {
  for (const auto& [bytes, text] : {std::pair(0ULL, "0 bytes"),
                                    {1ULL, "1 bytes"},
                                    {1023ULL, "1023 bytes"},
                                    {1024ULL, "1 KiB"},
                                    {65537ULL, "65537 bytes"},
                                    {1536ULL << 10, "1536 KiB"},
                                    {4ULL << 30, "4 GiB"},
                                    {1ULL << 50, "1048576 GiB"}})
    CHECK(size_text(bytes) == text);
}

TEST_CASE("what a terminal would obey is shown instead") {
  CHECK(visible("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(visible("\u202Eabc") == "\\u202eabc");
  CHECK(visible("红杉") == "红杉");
}

TEST_CASE("slugs are safe file names") {
  CHECK(slug("../../etc/passwd") == "etc-passwd");
  CHECK(slug("红杉 中国!") == "红杉-中国");
  CHECK(slug("...") == "unnamed");
  CHECK(slug("") == "unnamed");
  CHECK(slug(std::string(300, 'a')).size() == 80);
  CHECK(slug("-rf") == "rf");
}

TEST_CASE("characters that do not show themselves are shown, and no name") {
  CHECK(visible("a\u0085b\u007f") == "a\\x85b\\x7f");
  CHECK(visible("\ufeffa\u2060\u200b") == "\\ufeffa\\u2060\\u200b");
  CHECK(visible("\u00e9\u2010\u2030") == "\u00e9\u2010\u2030");  // beside them
  CHECK(match_key("O\u2019Neil \ufeffL.P.") == match_key("O'Neil"));
  CHECK(match_key("\u0915\u093e\u0301") != match_key("\u0915"));  // marks are part of a word
  CHECK(display_width("a\u20dd\u200d\u0301\u0085\n") == 1);
  CHECK(slug("a\ufffdb-!-c!") == "a-b-c");
}

TEST_CASE("scripts of Chinese, Japanese and Korean names") {
  for (const char* name : {"a\u6c49", "\u3042", "\u30a2", "\ud55c"}) CHECK(has_cjk(name));
  for (const char* name : {"", "abc", "\u0430", "\u3002"}) CHECK_FALSE(has_cjk(name));
}

TEST_CASE("a field of CSV is quoted if it has to be") {
  CHECK(csv_field("a b") == "a b");
  CHECK(csv_field("a,\"b\"") == "\"a,\"\"b\"\"\"");
  CHECK(csv_field("a\n") == "\"a\n\"");
}

TEST_CASE("trimming knows the blanks of spreadsheets") {
  CHECK(trim(" \t\u00A0\u3000x y\u3000\r\n") == "x y");
  CHECK(trim("\u3000").empty());
}

TEST_CASE("a near word is suggested, a far one is not") {
  CHECK(edit_distance("centralty", "centrality", 2) == 1);
  CHECK(edit_distance("abc", "xyz", 2) == 3);
  CHECK(nearest("centralty", {"clusters", "centrality"}) == "centrality");
  CHECK_FALSE(nearest("zzz", {"clusters", "centrality"}));
}
