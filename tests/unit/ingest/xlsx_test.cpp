// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/xlsx.hpp"

#include "../../workbook.hpp"
#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ingest/sheet_formats.hpp"
#include "ingest/grid_rows.hpp"

using namespace coinvest;
using tests::sheet_of;
using tests::workbook_parts;
using tests::zipped;

namespace {

std::vector<std::string> rows_of_sheet(const std::string& data, const std::string& shared = "",
                                       const std::string& styles = "", const std::string& properties = "") {
  return rows_of(read_xlsx(zipped(workbook_parts({{"Deals", data}}, shared, styles, properties)), "x.xlsx"));
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("xlsx: texts of every kind") {
  const std::string shared =
      "<si><t>company</t></si><si><r><rPr><b/></rPr><t>红杉</t></r><r><t xml:space=\"preserve\"> </t></r>"
      "<r><t>中国</t></r><rPh sb=\"0\" eb=\"1\"><t>hongshan</t></rPh></si><si><t>a &amp; b_x000D_c_x4E2D_</t></si>"
      "<si><t>x<![CDATA[<y>]]></t></si>";
  CHECK(rows_of_sheet(
            "<sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>investor"
            "</t></is></c></row><row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\" t=\"s\"><v>2</v></c>"
            "<c r=\"C4\" t=\"str\"><f>A1</f><v>made</v></c></row><row r=\"7\"><c r=\"B7\" t=\"s\"><v>3</v></c>"
            "</row><row r=\"9\"><c r=\"A9\" s=\"1\"/></row></sheetData>",
            shared) == List{"2:company||investor", "4:红杉 中国|a & b\rc_x4E2D_|made", "7:|x<y>|"});
  CHECK(rows_of_sheet("<sheetData><row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"d\"><v>2021-03-05</v></c>"
                      "<c><v>15000000</v></c><c><v>1.5E7</v></c><c><v>0.30000000000000004</v></c><c><v>-2.5</v></c>"
                      "<c><v>123456789012345</v></c></row></sheetData>") ==
        List{"1:true|false|2021-03-05|15000000|15000000|0.3|-2.5|123456789012345"});
}

TEST_CASE("xlsx: prefixes of namespaces are as programs like") {
  CHECK(
      rows_of_sheet("<x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>A</x:t></x:is></x:c></x:row></x:sheetData>") ==
      List{"1:A"});
}

TEST_CASE("xlsx: numbers under a date format are dates, at the precision that is shown") {
  struct Case {
    std::string_view code;
    NumberKind kind;
  };
  for (const Case& c : {Case{"General", NumberKind::number},
                        {"#,##0.00", NumberKind::number},
                        {"0.0\"md\"", NumberKind::number},
                        {"[Red]0.0", NumberKind::number},
                        {"0.0,,\\M", NumberKind::number},
                        {"_-* #,##0\\ _d_-", NumberKind::number},
                        {"yyyy\\-mm\\-dd;@", NumberKind::day},
                        {"[$-409]d\\-mmm\\-yyyy;@", NumberKind::day},
                        {"m/d", NumberKind::day},
                        {"yyyy\"年\"m\"月\"", NumberKind::month},
                        {"mmm-yy", NumberKind::month},
                        {"YYYY", NumberKind::year},
                        {"h:mm AM/PM", NumberKind::time},
                        {"[h]:mm:ss", NumberKind::number},
                        {"[mm]:ss", NumberKind::number},
                        {"[Red]h:mm", NumberKind::time},
                        {"[]0", NumberKind::number},
                        {"[hm]0", NumberKind::number},
                        {"ss.0", NumberKind::time},
                        {"yyyy hh", NumberKind::year},
                        {"yyyy h:mm", NumberKind::day},
                        {"mmmm", NumberKind::month},
                        {"e\"年\"m\"月\"", NumberKind::month},
                        {"e\"年\"m\"月\"d\"日\"", NumberKind::day},
                        {"yyyy-mm-dd hh:mm", NumberKind::day}}) {
    CAPTURE(c.code);
    CHECK(kind_of_format(c.code) == c.kind);
  }
  // Published pairs: 1900-01-01 is 1, 1900-02-28 is 59, 1900-03-01 is 61, 2008-01-01 is 39448; 1904-01-01 is 0 there.
  const auto day = [](double serial, DateSystem system = DateSystem::from_1900) {
    return text_of_number(serial, NumberKind::day, system);
  };
  CHECK(day(1) == "1900-01-01");
  CHECK(day(59) == "1900-02-28");
  CHECK(day(60) == "1900-02-29");
  CHECK(day(61) == "1900-03-01");
  CHECK(day(39448) == "2008-01-01");
  CHECK(day(39448.5) == "2008-01-01 12:00:00");
  CHECK(day(39447.999999999) == "2008-01-01");
  CHECK(day(0, DateSystem::from_1904) == "1904-01-01");
  CHECK(day(37986, DateSystem::from_1904) == "2008-01-01");
  CHECK(day(-1) == "-1");
  CHECK(day(3e9) == "3000000000");
  CHECK(text_of_number(39448, NumberKind::month, DateSystem::from_1900) == "2008-01");
  CHECK(text_of_number(39448, NumberKind::year, DateSystem::from_1900) == "2008");
  CHECK(text_of_number(0.25, NumberKind::time, DateSystem::from_1900) == "06:00:00");
  CHECK(text_of_number(1.25, NumberKind::time, DateSystem::from_1900) == "1900-01-01 06:00:00");

  const std::string styles =
      "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"31\"/></cellXfs>";
  const std::string data =
      "<sheetData><row><c><v>39448</v></c><c s=\"1\"><v>39448</v></c><c s=\"2\"><v>39448</v></c><c s=\"3\"><v>39448</v>"
      "</c><c s=\"99\"><v>39448</v></c></row></sheetData>";
  CHECK(rows_of_sheet(data, "", styles) == List{"1:39448|2008-01-01|2008-01|2008-01-01|39448"});
  CHECK(rows_of_sheet(data, "", styles, "<workbookPr date1904=\"1\"/>") ==
        List{"1:39448|2012-01-02|2012-01|2012-01-02|39448"});
}

TEST_CASE("xlsx: merged cells hold what the first of them holds") {
  const std::string cell = "t=\"inlineStr\"><is><t>";
  const std::string end = "</t></is></c>";
  CHECK(rows_of_sheet(
            "<sheetData><row r=\"1\"><c r=\"A1\" " + cell + "Co" + end + "<c r=\"B1\" " + cell + "In" + end +
            "</row><row r=\"2\"><c r=\"A2\" " + cell + "A" + end + "<c r=\"B2\" " + cell + "X" + end +
            "</row><row r=\"3\"><c r=\"B3\" " + cell + "Y" + end +
            "</row><row r=\"4\"><c r=\"A4\"/></row><row r=\"5\"><c r=\"B5\" " + cell + "Z" + end +
            "</row></sheetData><mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B1:C1\"/></mergeCells>") ==
        List{"1:Co|In|In", "2:A|X|", "3:A|Y|", "5:|Z|"});
  const std::string two = "<sheetData><row><c " + cell + "A" + end + "<c " + cell + "B" + end + "</row></sheetData>";
  CHECK(rows_of_sheet(two + "<mergeCells><mergeCell ref=\"A1:XFD1\"/><mergeCell ref=\"B1:XFD2\"/></mergeCells>") ==
        List{"x.xlsx:1: merged cells overlap"});
  CHECK(rows_of_sheet(two + "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>") ==
        List{"x.xlsx: merged cells 'B2:A1' are no range"});
}

TEST_CASE("xlsx: the first sheet that is not hidden, or the one that is named") {
  auto parts =
      workbook_parts({{"Notes", sheet_of({{"n"}})}, {"Deals", sheet_of({{"d"}})}, {"交易", sheet_of({{"j"}})}});
  std::string& workbook = parts["xl/workbook.xml"];
  CHECK(rows_of(read_xlsx(zipped(parts), "x")) == List{"1:n"});
  CHECK(rows_of(read_xlsx(zipped(parts, ZIP_CM_STORE), "x", "交易")) == List{"1:j"});
  CHECK(rows_of(read_xlsx(zipped(parts), "x", "deals")) ==
        List{"x: no sheet 'deals'; the workbook has 'Notes', 'Deals', '交易'"});
  workbook.replace(workbook.find("name=\"Notes\""), 12, "name=\"Notes\" state=\"hidden\"");
  CHECK(rows_of(read_xlsx(zipped(parts), "x")) == List{"1:d"});
  CHECK(rows_of(read_xlsx(zipped(parts), "x", "Notes")) == List{"1:n"});
}

TEST_CASE("xlsx: what is refused") {
  const auto said = [](const std::string& bytes) { return rows_of(read_xlsx(bytes, "x")).front(); };
  auto parts = workbook_parts({{"S", sheet_of({{"company", "investor"}, {"A", "X"}})}});
  const std::string good = zipped(parts);
  CHECK(said(good) == "1:company|investor");
  CHECK(said(good.substr(0, good.size() / 2)).find("the ZIP archive is damaged") != std::string::npos);
  std::string flipped = zipped(parts, ZIP_CM_STORE);
  flipped[flipped.find("<t>A</t>") + 3] = 'B';
  CHECK(said(flipped) == "x: 'xl/worksheets/sheet1.xml' in the archive is damaged");
  CHECK(said(zipped({{"word/document.xml", "<a/>"}})).find("no Excel workbook") != std::string::npos);

  const auto with = [&](const std::string& name, const std::string& content) {
    auto changed = parts;
    changed[name] = content;
    return said(zipped(changed));
  };
  const std::string sheet = "xl/worksheets/sheet1.xml";
  CHECK(with(sheet, "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>") ==
        "x: 'xl/worksheets/sheet1.xml' declares a document type, which workbooks never do");
  CHECK(with(sheet, "<worksheet><sheetData>").find("is damaged: ") != std::string::npos);
  CHECK(with(sheet, "<worksheet>\xff</worksheet>").find("not UTF-8") != std::string::npos);
  const auto with_rows = [&](const std::string& xml) {
    return with(sheet, "<w><sheetData>" + xml + "</sheetData></w>");
  };
  CHECK(with_rows("<row><c t=\"s\"><v>7</v></c></row>") == "x:1: there is no shared string 7");
  CHECK(with_rows("<row r=\"2\"/><row r=\"2\"/>") == "x:2: row '2' is out of order");
  CHECK(with_rows("<row r=\"1048577\"/>") == "x: row '1048577' is out of order");
  CHECK(with_rows("<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>") == "x:2: cell 'A2' is out of order");
  CHECK(with_rows("<row r=\"2\"><c r=\"A3\"/></row>") == "x:2: cell 'A3' is out of order");
  CHECK(with_rows("<row><c r=\"ZZZ1\"><v>1</v></c></row>") ==
        "x:1: more than 1024 columns; --max-columns raises the limit");
  for (const char* type : {"str", "e"}) {
    CHECK(with_rows("<row><c t=\"" + std::string(type) + "\"><v>&#xD800;</v></c></row>") ==
          "x: a cell holds a character that no text has");
  }
  CHECK(with_rows("<row><c t=\"str\"><v>" + std::string(70'000, 'a') + "</v></c></row>").find("64 KiB") !=
        std::string::npos);
  const auto bomb = read_xlsx(zipped({{"_rels/.rels", std::string(5'000'000, ' ')}}), "x");
  CHECK(bomb.error().kind == ErrorKind::limit);
}

TEST_CASE("xlsx: what other programs write beside rows, and references that are none") {
  const auto cell = [](const std::string& text) { return "<c t=\"str\"><v>" + text + "</v></c>"; };
  CHECK(rows_of_sheet("<sheetData><note/><row><extra/>" + cell("A") + "</row></sheetData>") == List{"1:A"});
  for (const auto& [written, read] : {std::pair("_x0041_b", "Ab"),
                                      {"_x004", "_x004"},
                                      {"_x0041b", "_x0041b"},
                                      {"_xzzzz_", "_xzzzz_"},
                                      {"_x00z1_", "_x00z1_"},
                                      {"_x0000_", "_x0000_"},
                                      {"_x0080_", "_x0080_"},
                                      {"a_x", "a_x"}})
    CHECK(rows_of_sheet("<sheetData><row>" + cell(written) + "</row></sheetData>") == List{"1:" + std::string(read)});
  for (const char* reference : {"1", "a1", "A", "AAAA1", "A0", "Ab1", "{1", "A1x", "ABCD"})
    CHECK(rows_of_sheet("<sheetData><row><c r=\"" + std::string(reference) + "\"/></row></sheetData>") ==
          List{"x.xlsx:1: cell '" + std::string(reference) + "' is out of order"});
  for (const char* range : {"A1:", ":B2", "A2:B1", "B1:A2", "1:2"})
    CHECK(rows_of_sheet("<sheetData/><mergeCells><mergeCell ref=\"" + std::string(range) + "\"/></mergeCells>") ==
          List{"x.xlsx: merged cells '" + std::string(range) + "' are no range"});
  // A merged single cell, one above the first row, one without a first cell, and one of an empty first.
  CHECK(rows_of_sheet("<sheetData><row r=\"3\">" + cell("A") + "</row><row r=\"4\"><c r=\"B4\"/>" +
                      "<c r=\"C4\" t=\"str\"><v>z</v></c></row></sheetData><mergeCells><mergeCell ref=\"A3\"/>"
                      "<mergeCell ref=\"A1:B1\"/><mergeCell ref=\"E3:F3\"/><mergeCell ref=\"B4:B5\"/></mergeCells>") ==
        List{"3:A||", "4:||z"});
  CHECK(
      rows_of_sheet("<sheetData><row><c><v>1x</v></c><c><v>inf</v></c><c><v>nan</v></c><c><v>1e999</v></c><c t=\"str\">"
                    "<f>A1</f></c><c t=\"b\"><v>true</v></c><c><v><!-- none --></v></c><c t=\"n\"><v>2</v></c></row>"
                    "</sheetData>") == List{"1:1x|inf|nan|1e999||true||2"});
  CHECK(rows_of_sheet("<sheetData><row><c t=\"s\"><v>x</v></c></row></sheetData>") ==
        List{"x.xlsx:1: there is no shared string x"});
  CHECK(rows_of_sheet(
            "<sheetData><row><c s=\"0\"><v>1</v></c></row></sheetData>", "",
            "<numFmts><numFmt numFmtId=\"x\" formatCode=\"d\"/></numFmts><cellXfs><xf numFmtId=\"x\"/></cellXfs>") ==
        List{"1:1"});
  CHECK(rows_of_sheet("<sheetData><row><c s=\"0\"><v>0</v></c></row></sheetData>", "",
                      "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
                      "<workbookPr date1904=\"true\"/>") == List{"1:1904-01-01"});
}

TEST_CASE("xlsx: workbooks that lack a part") {
  const auto parts = workbook_parts({{"S", sheet_of({{"a"}})}, {"T", sheet_of({{"b"}})}});
  const auto changed = [&](const std::string& name, const std::string& from, const std::string& to) {
    auto other = parts;
    std::string& text = other[name];
    REQUIRE(text.find(from) != std::string::npos);
    text.replace(text.find(from), from.size(), to);
    return rows_of(read_xlsx(zipped(other), "x")).front();
  };
  const std::string workbook = "xl/workbook.xml", related = "xl/_rels/workbook.xml.rels";
  CHECK(changed(workbook, "r:id=\"rId1\"", "r:id=\"rId9\"") == "1:b");
  CHECK(changed(workbook, "name=\"S\"", "name=\"S\" state=\"veryHidden\"") == "1:b");
  CHECK(changed(related, "/worksheet\"", "/chartsheet\"") == "1:b");
  CHECK(changed(related, "sharedStrings\"", "other\"") == "1:a");
  CHECK(changed(related, "relationships/styles\"", "relationships/other\"") == "1:a");
  for (const char* broken :
       {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"}) {
    auto other = parts;
    other[broken] = "<a>";
    CHECK(rows_of(read_xlsx(zipped(other), "x")).front().find("is damaged") != std::string::npos);
  }
  auto hidden = parts;
  hidden[workbook] = "<workbook><sheets><sheet name=\"S\" state=\"hidden\" r:id=\"rId1\"/></sheets></workbook>";
  CHECK(rows_of(read_xlsx(zipped(hidden), "x")).front() == "x: all sheets are hidden; name one with --sheet");
  hidden[workbook] = "<workbook><sheets/></workbook>";
  CHECK(rows_of(read_xlsx(zipped(hidden), "x")).front() == "x: the workbook has no sheet with cells");
}

TEST_CASE("xlsx: as a data set, errors of the spreadsheet are problems with their cell") {
  const Dataset data =
      read_bytes(
          zipped(workbook_parts(
              {{"S",
                "<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>company</t></is></c><c "
                "t=\"inlineStr\"><is><t>investor"
                "</t></is></c><c t=\"inlineStr\"><is><t>date</t></is></c></row><row r=\"3\"><c t=\"inlineStr\"><is><t>A"
                "</t></is></c><c t=\"inlineStr\"><is><t>X</t></is></c><c t=\"e\"><v>#N/A</v></c></row><row r=\"5\"><c "
                "t=\"inlineStr\"><is><t>B</t></is></c><c><f>A1</f></c><c r=\"F5\" "
                "t=\"e\"><v>#REF!</v></c></row></sheetData>"}})),
          "x.xlsx", {}, {})
          .value();
  CHECK(data.rounds.size() == 1);
  List problems;
  for (const Problem& p : data.problems) problems.push_back(data.place(p.where) + " " + p.column + " " + p.text);
  CHECK(problems == List{"x.xlsx:3 date '#N/A' is an error of the spreadsheet: read as empty",
                         "x.xlsx:5 investor a formula without a stored result: read as empty",
                         "x.xlsx:5  '#REF!' is an error of the spreadsheet: read as empty",
                         "x.xlsx:5 investor no investor: row left out"});
}

TEST_CASE("xlsx: a vendor's remarks above the header are skipped as in CSV") {
  const Dataset data =
      read_bytes(
          zipped(workbook_parts({{"Deals", sheet_of({{"Downloaded on:", "05-Mar-2021"},
                                                     {"Search Link"},
                                                     {"Deal ID", "Companies", "Deal Date", "Deal Size", "Investors"},
                                                     {"1-T", "Alpha", "05-Mar-2021", "2.5", "X, Y"}})}})),
          "x.xlsx", {}, {})
          .value();
  REQUIRE(data.rounds.size() == 1);
  CHECK(data.participations.size() == 2);
  CHECK(data.rounds.amount[0].low == 250'000'000);
  CHECK(data.place(data.rounds.source[0]) == "x.xlsx:4");
}
