// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/format.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "catch.hpp"
#include "coinvest/base/text.hpp"
#include "csv_reader.hpp"

using coinvest::Cell;
using coinvest::FormatOptions;
using coinvest::Shown;
using coinvest::Table;
using coinvest::tests::read_csv;

namespace {

Table ranking() {
  return {"ranking",
          "Centrality on the bipartite graph, investors; closeness after Borgatti & Everett",
          {{"rank"}, {"id", Shown::details}, {"name"}, {"degree"}, {"closeness"}, {"validated"}, {"last"}},
          {{std::int64_t{1}, std::string("i7"), std::string("红杉中国"), std::int64_t{12345}, 0.5, true,
            std::string("2022-12")},
           {std::int64_t{2}, std::string("i2"), std::string("深圳市创新投资集团有限公司（深创投）及其管理的若干基金"),
            std::int64_t{987}, 1.0 / 3, false, std::string("2021")},
           {std::int64_t{3}, std::string("i5"), std::string("=cmd|' /C calc'!A0"), std::int64_t{0}, Cell{}, Cell{},
            Cell{}}},
          {{"mean", 2.5}},
          {"Ranks 2 and 3 swap when ties are counted per company."}};
}

/// One text cell as it stands in a CSV.
std::string csv_cell(const std::string& text, coinvest::ExcelSafe safe) {
  FormatOptions options;
  options.excel_safe = safe;
  const std::string csv = coinvest::write_csv({"t", "", {{"a"}, {"b"}}, {{text, std::int64_t{-1}}}, {}, {}}, options);
  CHECK(csv.ends_with(",-1\n"));
  return read_csv(csv).at(1).at(0);
}

/// How a column of numbers reads at the terminal.
std::vector<std::string> shown(const std::vector<Cell>& cells) {
  Table table{"t", "", {{"x"}}, {}, {}, {}};
  for (const Cell& cell : cells) table.rows.push_back({cell});
  std::vector<std::string> lines;
  const std::string text = coinvest::write_table(table, {});
  for (const std::string_view line : coinvest::split(text, '\n')) lines.emplace_back(coinvest::trim(line));
  return {lines.begin() + 2, lines.end() - 1};
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a last column that may be wrapped goes on below itself, whatever its language") {
  const Table table{"check",
                    "",
                    {{"line"}, {"text", Shown::wrapped}},
                    {{std::int64_t{7}, std::string("no date where one should stand")},
                     {std::int64_t{8}, std::string("深圳市创新投资集团")}},
                    {},
                    {}};
  FormatOptions narrow;
  narrow.width = 18;
  CHECK(coinvest::write_table(table, narrow) ==
        "line  text\n"
        "────  ────────────\n"
        "   7  no date\n"
        "      where one\n"
        "      should stand\n"
        "   8  深圳市创新投\n"
        "      资集团\n");
}

TEST_CASE("a terminal sketches a column as bars, other formats do not") {
  Table table{"years", "", {{"year"}, {"rounds"}}, {}, {}, {}};
  table.sketched = "rounds";
  for (const std::int64_t rounds : {1, 2, 8, 0}) table.rows.push_back({std::string("2020"), rounds});
  CHECK(coinvest::write_table(table, {}).starts_with("rounds ▁▂█▁\n"));
  table.rows[1][1] = Cell{};
  CHECK(coinvest::write_table(table, {}).starts_with("rounds ▁ █▁\n"));
  CHECK(coinvest::write_csv(table, {}).find("█") == std::string::npos);
  FormatOptions narrow;
  narrow.width = 10;
  CHECK(coinvest::write_table(table, narrow).find("█") == std::string::npos);
  table.rows.resize(2);
  CHECK(coinvest::write_table(table, {}).find("▁") == std::string::npos);
}

TEST_CASE("the terminal table: Chinese names in 80 columns") {
  CHECK(coinvest::write_table(ranking(), {}) ==
        "Centrality on the bipartite graph, investors; closeness after Borgatti & Everett\n"
        "\n"
        "rank  name                                 degree  closeness  validated  last\n"
        "────  ───────────────────────────────────  ──────  ─────────  ─────────  ───────\n"
        "   1  红杉中国                             12,345     0.5000  yes        2022-12\n"
        "   2  深圳市创新投资集团有限公司（深创投…     987     0.3333  no         2021\n"
        "   3  =cmd|' /C calc'!A0                        0\n"
        "\n"
        "Ranks 2 and 3 swap when ties are counted per company.\n");
}

TEST_CASE("no line of a table is wider than the terminal, and what is missing is named") {
  for (std::size_t width = 24; width < 160; ++width) {
    FormatOptions options;
    options.width = width;
    const std::string text = coinvest::write_table(ranking(), options);
    for (const std::string_view line : coinvest::split(text, '\n')) CHECK(coinvest::display_width(line) <= width);
    for (const char* name : {"rank", "name", "degree", "closeness", "validated", "last"})
      CHECK(text.find(name) != std::string::npos);
  }
  FormatOptions narrow;
  narrow.width = 40;
  CHECK(coinvest::write_table(ranking(), narrow).find("in the CSV:\nvalidated, last\n") != std::string::npos);
  FormatOptions unlimited;
  unlimited.width = 0;
  CHECK(coinvest::write_table(ranking(), unlimited).find("…") == std::string::npos);
}

TEST_CASE("one row that is too wide stands upright") {
  Table table = ranking();
  table.rows.resize(1);
  FormatOptions narrow;
  narrow.width = 32;
  const std::string text = coinvest::write_table(table, narrow);
  CHECK(text.substr(text.find("name  ")) ==
        "name          value\n"
        "─────────  ────────\n"
        "rank              1\n"
        "name       红杉中国\n"
        "degree       12,345\n"
        "closeness       0.5\n"
        "validated       yes\n"
        "last        2022-12\n"
        "\n"
        "Ranks 2 and 3 swap when ties are\n"
        "counted per company.\n");
  CHECK(coinvest::write_table(table, {}).find("value") == std::string::npos);
}

TEST_CASE("colour touches the heading alone") {
  FormatOptions colour;
  colour.colour = coinvest::Colouring::on;
  std::string text = coinvest::write_table(ranking(), colour);
  for (const std::string code : {"\x1b[1m", "\x1b[0m"}) {
    REQUIRE(text.find(code) != std::string::npos);
    text.erase(text.find(code), code.size());
  }
  CHECK(text == coinvest::write_table(ranking(), {}));
}

TEST_CASE("control characters of a name do not reach the terminal") {
  const Table table{"t", "c\x1b[2J", {{"name"}}, {{std::string("a\x1b]0;x\x07\r\n\tb\u202e")}}, {}, {"n\x07"}};
  const std::string text = coinvest::write_table(table, {});
  for (const char letter : text) CHECK((static_cast<unsigned char>(letter) >= 0x20 || letter == '\n'));
  CHECK(text.find("\u202e") == std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 7);
}

TEST_CASE("numbers of a column are written alike") {
  CHECK(shown({std::int64_t{2016}, std::int64_t{2017}}) == Words{"2016", "2017"});
  CHECK(shown({std::int64_t{1234567}, std::int64_t{2017}, std::int64_t{-5}}) == Words{"1,234,567", "2,017", "-5"});
  CHECK(shown({1.0, 2.0}) == Words{"1", "2"});
  CHECK(shown({0.25, 0.5, Cell{}, 1.0}) == Words{"0.25", "0.50", "", "1.00"});
  CHECK(shown({123.456789, 1.5}) == Words{"123.5", "1.5"});
  CHECK(shown({1e9 + 0.25}) == Words{"1,000,000,000"});
  CHECK(shown({0.5, 1.25e-9}) == Words{"0.5", "1.25e-09"});
  CHECK(shown({-0.0, 0.0}) == Words{"0", "0"});
  CHECK(shown({1e300, 1.0}) == Words{"1e+300", "1"});
  CHECK(shown({std::nan(""), std::numeric_limits<double>::infinity(), 1.0}) == Words{"", "", "1"});
}

TEST_CASE("an empty table says so in every format for people") {
  const Table table{"t", "Clusters", {{"cluster"}, {"members"}}, {}, {}, {}};
  CHECK(coinvest::write_table(table, {}).ends_with("no rows\n"));
  CHECK(coinvest::write_markdown(table, {}).ends_with("No rows.\n"));
  CHECK(coinvest::write_csv(table, {}) == "cluster,members\n");
  CHECK(nlohmann::json::parse(coinvest::write_json(table, {})).at("rows").empty());
  CHECK(coinvest::write_table({}, {}).ends_with("no rows\n"));
}

TEST_CASE("CSV: bytes") {
  CHECK(coinvest::write_csv(ranking(), {}) ==
        "rank,id,name,degree,closeness,validated,last\n"
        "1,i7,红杉中国,12345,0.5,true,2022-12\n"
        "2,i2,深圳市创新投资集团有限公司（深创投）及其管理的若干基金,987,0.3333333333333333,false,2021\n"
        "3,i5,=cmd|' /C calc'!A0,0,,,\n");
}

TEST_CASE("CSV: what was written is read back") {
  const std::vector<std::string> names{"a,b", "say \"x\"", "two\nlines", "cr\r", " blanks ",
                                       "",    "智驭科技",  "\"",         ",",    "'"};
  Table table{"t", "", {{"na,me"}, {"x"}}, {}, {}, {}};
  const std::vector<double> numbers{0.1,  1e-300, 12345678.9, -1.0 / 3, 5e-324,
                                    1e22, 3,      0,          2.5e-5,   1.7976931348623157e308};
  for (std::size_t row = 0; row < names.size(); ++row) table.rows.push_back({names[row], numbers[row]});
  const auto rows = read_csv(coinvest::write_csv(table, {}));
  REQUIRE(rows.size() == names.size() + 1);
  CHECK(rows[0] == Words{"na,me", "x"});
  for (std::size_t row = 0; row < names.size(); ++row) {
    CHECK(rows[row + 1].at(0) == names[row]);
    CHECK(std::strtod(rows[row + 1].at(1).c_str(), nullptr) == numbers[row]);
  }
  CHECK(coinvest::write_csv({"t", "", {{"a"}}, {{Cell{}}, {std::nan("")}}, {}, {}}, {}) == "a\n\"\"\n\"\"\n");
}

TEST_CASE("CSV: formulas are disarmed for spreadsheets only when asked, numbers never") {
  for (const std::string start : {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}) {
    CHECK(csv_cell(start + "1+1", coinvest::ExcelSafe::yes) == "'" + start + "1+1");
    CHECK(csv_cell(start + "1,\"1", coinvest::ExcelSafe::yes) == "'" + start + "1,\"1");
    CHECK(csv_cell(start + "1+1", coinvest::ExcelSafe::no) == start + "1+1");
  }
  CHECK(csv_cell("a=b", coinvest::ExcelSafe::yes) == "a=b");
  CHECK(csv_cell("", coinvest::ExcelSafe::yes).empty());
}

TEST_CASE("JSON has the numbers of the CSV, null where undefined") {
  FormatOptions options;
  options.tool_version = "9.9";
  options.parameters = {{"tie", std::string("round")}, {"seed", std::int64_t{1}}, {"top", Cell{}}};
  const auto json = nlohmann::json::parse(coinvest::write_json(ranking(), options));
  CHECK(json.at("tool").dump() == R"({"name":"coinvest","version":"9.9"})");
  CHECK(json.at("parameters").dump() == R"({"seed":1,"tie":"round","top":null})");
  CHECK(json.at("data").dump() == R"({"mean":2.5})");
  CHECK(json.at("columns").size() == 7);
  CHECK(json.at("rows").size() == 3);
  CHECK(json.at("rows").at(0).dump() == R"([1,"i7","红杉中国",12345,0.5,true,"2022-12"])");
  CHECK(json.at("rows").at(1).at(4).get<double>() == 1.0 / 3);
  CHECK(json.at("rows").at(2).at(4).is_null());
  CHECK(json.at("notes").size() == 1);
}

TEST_CASE("JSON may stand inside a page") {
  const std::string name = "</script><!--\u2028\u2029\x01\"\\";
  const std::string text = coinvest::write_json({"t", "", {{"n"}}, {{name}, {std::nan("")}}, {}, {}}, {});
  for (const char* forbidden : {"<", "\u2028", "\u2029", "\x01"}) CHECK(text.find(forbidden) == std::string::npos);
  const auto json = nlohmann::json::parse(text);
  CHECK(json.at("rows").at(0).at(0).get<std::string>() == name);
  CHECK(json.at("rows").at(1).at(0).is_null());
  const std::string broken("\xff\xfe");
  CHECK(nlohmann::json::accept(coinvest::write_json({"t", "", {{"n"}}, {{broken}}, {}, {}}, {})));
}

TEST_CASE("Markdown: cells are never markup") {
  const Table table{"t", "", {{"name"}, {"x"}}, {{std::string("a|b <b>*c*\n[d](e) `f`"), 0.5}}, {}, {"1 < 2"}};
  CHECK(coinvest::write_markdown(table, {}) ==
        "| name | x |\n|---|---:|\n| a\\|b \\<b\\>\\*c\\* \\[d\\](e) \\`f\\` | 0.5 |\n\n1 \\< 2\n");
}

TEST_CASE("formats are found by name and by the end of a path") {
  std::set<std::string_view> seen;
  for (const coinvest::Format& format : coinvest::table_formats) {
    CHECK(coinvest::find_format(format.name) == &format);
    CHECK(coinvest::format_of_path(fmt::format("a.b/X{}", format.extension)) == &format);
    CHECK(seen.insert(format.extension).second);
    CHECK(!format.write(ranking(), {})->empty());
  }
  CHECK(coinvest::format_of_path("X.CSV")->name == "csv");
  CHECK(coinvest::find_format("xml") == nullptr);
  CHECK(coinvest::format_of_path("csv") == nullptr);
}
