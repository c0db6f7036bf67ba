// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// What a name may be made of, by kind. Every one stands alone, before, behind and inside of words, and twice.
struct NameShapes {
  std::string_view kind;
  std::vector<std::string> shapes;
};

inline std::vector<NameShapes> name_shapes() {
  using namespace std::string_literals;
  return {
      {"markup",
       {"<i>", "</i>", "<br/>", "<svg/onload=alert(1)>", "<a href=\"x\">", "<style>*{}</style>", "<text>", "</text>",
        "<title>", "<iframe>", "<!DOCTYPE x>", "<?php ?>", "<img src=x onerror=y>", "&lt;script&gt;", "<math>"}},
      {"HTML-like labels", {"<<b>x</b>>", "<<table border=\"0\"><tr><td>x</td></tr></table>>", "<<br/>>", "<x", "x>"}},
      {"quotes", {"'", "''", "\"'", "`", "“x”", "«x»", "「x」", "\"\\\"\"", "'\"'", "\"x"}},
      {"backslashes", {"\\\\\\", "\\x", "\\u4e2d", "\\0", "\\/", "x\\y\\z", "\\\"x\\\"", "\\\\N", "\\t", "\\;"}},
      {"entities",
       {"&lt", "&#60;", "&#x3C;", "&#0;", "&#xD800;", "&copy;", "&amp;amp;", "&&", "&x;", "&#;", "R&D", "&quot;",
        "&apos;", "&Eacute;"}},
      {"escapes of Graphviz", {"\\N\\N", "\\G\\L", "\\E \\T", "\\H\\n", "\\l\\r", "\\\\G", "N\\", "%%N"}},
      {"ports and syntax",
       {"a:b", "a:b:c:d",     ":n", "a:_", "i0:n", "->", "--", "x -- y", "=",     "[label=x]", "{",
        "}",   "{rank=same}", ";",  "#",   "//",   "/*", "*/", "+",      "\"+\"", "|",         "<p>|<q>"}},
      {"keywords", {"Graph", "NODE", "Edge", "STRICT", "diGraph", "subGraph", "label", "root", "true", "none"}},
      {"numerals", {"0", "-0", "1e999", "007", "1.5.2", "-1", "+1", ".1", "1.", "١٢٣", "一二三", "Ⅻ", "½", "1,000"}},
      {"paths and addresses",
       {"/", "../..", "/dev/null", "C:\\Windows", "\\\\host\\share", "~", "file:///etc/passwd",
        "http://a.example/?x=1&y=2", "https://a.example/#<>", "data:text/html,x", "JaVaScRiPt:x", "vbscript:x",
        "mailto:x", "url(#x)", "url(http://x)", "a.png", "image=a.png"}},
      {"commands and formats",
       {"$(x)", "${x}", "|sh", "%x", "%99n", "{0:>9}", "{{x}}", "#{x}", "<%= x %>", "@x", "=cmd|x"}},
      {"blanks", {" x", "x ", "x  y", "\u00A0", "\u3000", "\u2003x", "x\u202Fy", "\u2028", "\u1680x"}},
      {"invisible characters", {"\u200B", "\u200D", "\uFEFF", "\u00AD", "\u2060x", "x\u180E", "\U000E0041", "\u034F"}},
      {"directions",
       {"\u202Ex", "\u202Dx\u202C", "\u2066x\u2069", "\u200Fx", "\u200Ex", "שלום", "مرحبا", "abc שלום 123",
        "العربية (x)", "\u202Agnp.exe"}},
      {"combining marks", {"é", "ñ̃", "Z͑ͫ̓", "한", "각", "กำ", "நி", "क्ष", "\u0301x"}},
      {"scripts",
       {"寒武纪", "曙光信息產業", "株式会社トヨタ", "주식회사", "ООО Ромашка", "Ελλάς", "ไทย", "हिन्दी", "Ænima", "ﬁn",
        "ＡＢＣ", "İıẞß"}},
      {"emoji and beyond the first plane",
       {"🚀", "👍🏽", "🇨🇳", "👨‍👩‍👧‍👦", "❤️", "𝔘𝔫𝔦", "𠜎", "\U0010FFFD", "\uE000"}},
      {"length", {std::string(1000, 'x'), std::string(400, '<'), std::string(400, '&'), std::string(200, '\''), ""}},
  };
}

/// Some hundred names that no program should see as anything but text.
inline std::vector<std::string> names_of_shapes() {
  std::vector<std::string> names;
  for (const NameShapes& row : name_shapes()) {
    for (const std::string& shape : row.shapes) {
      for (const std::string& name :
           {shape, shape + " Capital", "资本" + shape, "The " + shape + " Fund", shape + shape})
        names.push_back(name);
    }
  }
  return names;
}
