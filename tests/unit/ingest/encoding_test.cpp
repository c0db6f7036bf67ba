// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/encoding.hpp"

#include <unicode/unistr.h>

#include <vector>

#include "catch.hpp"
#include "ingest/encoded.hpp"

using namespace coinvest;
using namespace std::string_literals;

namespace {

struct Case {
  std::string bytes;
  std::string_view said;
};

}  // namespace

TEST_CASE("encoding: byte order marks and UTF-8") {
  const std::string text = "公司,b\n𠮷,é\n";
  CHECK(decode_text(text, "x").value().text == text);
  CHECK(decode_text(text, "x").value().encoding == "UTF-8");
  CHECK(decode_text("\xef\xbb\xbf" + text, "x").value().text == text);
  const std::vector<std::pair<std::string, const char*>> marks{{"\xff\xfe"s, "UTF-16LE"},
                                                               {"\xfe\xff"s, "UTF-16BE"},
                                                               {"\xff\xfe\0\0"s, "UTF-32LE"},
                                                               {"\0\0\xfe\xff"s, "UTF-32BE"}};
  for (const auto& [mark, name] : marks) {
    CAPTURE(name);
    const DecodedText got = decode_text(mark + encoded(text, name), "x").value();
    CHECK(got.text == text);
    CHECK(got.encoding == name);
    CHECK(got.from == EncodingFrom::stated);
    const auto cut = decode_text(mark + encoded(text, name).substr(0, 5), "x");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().message.find("byte offset "s + (mark.size() == 2 ? "6" : "8")) != std::string::npos);
  }
}

TEST_CASE("encoding: characters over the edge of a window come out whole") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += i % 3 == 0 ? "𠮷" : "a";
  CHECK(decode_text("\xff\xfe" + encoded(text, "UTF-16LE"), "x").value().text == text);
  CHECK(decode_text("\xff\xfe" + encoded("b" + text, "UTF-16LE"), "x").value().text == "b" + text);
  CHECK(decode_text(encoded(text, "GB18030"), "x", "gb18030").value().text == text);
}

TEST_CASE("encoding: GB18030 on evidence alone") {
  const DecodedText got = decode_text(encoded("公司,投资方\n壁仞科技,启明创投\n", "GB18030"), "x").value();
  CHECK(got.text == "公司,投资方\n壁仞科技,启明创投\n");
  CHECK(got.encoding == "GB18030");
  CHECK(got.from == EncodingFrom::evidence);
  CHECK(decode_text(encoded("a,公司名\n", "GB18030"), "x").error().message.find("--encoding") != std::string::npos);
  CHECK(decode_text(encoded("a,公司名称\n", "GB18030"), "x").has_value());

  std::string common;
  for (int i = 0; i < 19; ++i) common += "公";
  CHECK(decode_text(encoded(common + "仞", "GB18030"), "x").has_value());  // 95 %: 仞 and 珺 are rare
  CHECK_FALSE(decode_text(encoded(common + "珺珺", "GB18030"), "x").has_value());
}

TEST_CASE("encoding: what is named is believed, strictly") {
  CHECK(decode_text("Caf\x8e\n", "x", "macintosh").value().text == "Café\n");
  CHECK(decode_text("Caf\xe9\n", "x", "windows-1252").value().text == "Café\n");
  CHECK(decode_text("\x80\n", "x", "cp936").value().text == "€\n");
  CHECK(decode_text(encoded("創投", "Big5"), "x", "big5").value().text == "創投");
  CHECK(decode_text(encoded("投資", "Shift_JIS"), "x", "shift_jis").value().text == "投資");
  CHECK(decode_text("\xff\xfe" + encoded("ab", "UTF-16LE"), "x", "utf-16le").value().text == "ab");
  CHECK(decode_text("ab\xff", "x", "utf-8").error().message.find("offset 2 (0xff)") != std::string::npos);
  CHECK(decode_text("a\0b"s, "x", "utf-8").error().message.find("NUL") != std::string::npos);
  CHECK(decode_text("ab", "x", "klingon").error().kind == ErrorKind::usage);
  CHECK(is_known_encoding("macintosh"));
  CHECK_FALSE(is_known_encoding("klingon"));
}

TEST_CASE("encoding: what cannot be a table is named") {
  const std::vector<Case> cases{
      {"a,b\n1,\xc0\xaf\n", "offset 6 "},
      {"\xef\xbb\xbf"
       "a,b\n1,\xff\n",
       "offset 9 "},
      {"a,b\n1,\0\n"s, "NUL at byte offset 6"},
      {"a\0,\0b\0"s, "utf-16le"},
      {"\0a\0,\0b"s, "utf-16be"},
      {"PK\x03\x04....", "ZIP"},
      {"\xd0\xcf\x11\xe0....", "before 2007 or with a password"},
      {"  <!DOCTYPE HTML><p>", "HTML"},
      {"\x7f"
       "ELF...",
       "ELF"},
      {"SQLite format 3\0"s, "SQLite"},
      {"\xff\xfe" + encoded("<html>", "UTF-16LE"), "HTML"},
      {"\x1f\x8b...", "compressed twice"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.said);
    const auto got = decode_text(c.bytes, "x.csv");
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == ErrorKind::input);
    CHECK(got.error().message.find(c.said) != std::string::npos);
  }
  CHECK(decode_text("a\nb\nc\xff", "x").error().where.line == 3);
  CHECK(decode_text("a\rb\rc\xff", "x").error().where.line == 3);
}
