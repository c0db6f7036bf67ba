// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/xlsx.hpp"

#include <cmath>

#include "catch.hpp"
#include "coinvest/ingest/archive.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ingest/xlsx.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/queries/summary.hpp"

using namespace coinvest;

namespace {

using List = std::vector<std::string>;

/// The rows of a sheet, `cell|cell`.
List rows(const std::string& workbook, const std::string& sheet) {
  auto grid = read_xlsx(workbook, "x.xlsx", sheet);
  if (!grid) return {grid.error().message};
  List list;
  GridReader reader(std::move(*grid));
  while (reader.next().value()) {
    std::string cells;
    for (const auto field : reader.fields()) cells += "|" + std::string(field);
    list.push_back(cells.substr(1));
  }
  return list;
}

std::string part(const std::string& workbook, const std::string& name) {
  const std::string file = "x.xlsx";
  return Archive::open(workbook, file, {})->entry(name).value().value();
}

Table ranking() {
  Table table;
  table.name = "ranking";
  table.caption = "Investors by degree";
  table.columns = {{"name"}, {"degree"}, {"share"}, {"led"}};
  table.rows = {{std::string("红杉中国"), std::int64_t{12}, 0.1, true},
                {std::string("=HYPERLINK(\"http://x\")"), std::int64_t{-3}, std::nan(""), false},
                {std::string("https://example.org"), Cell{}, 1e-7, Cell{}},
                {std::string("a\x01\uFFFF<&>\""), std::int64_t{9'007'199'254'740'991}, 123456.789, Cell{}}};
  table.data = {{"modularity", 0.5}};
  table.notes = {"2 of 4 rows"};
  return table;
}

}  // namespace

TEST_CASE("XLSX: what was written is read back, and the same table gives the same bytes") {
  FormatOptions options;
  options.tool_version = "9.9";
  options.parameters = {{"seed", std::int64_t{1}}};
  const std::string bytes = write_xlsx(ranking(), options).value();
  CHECK(rows(bytes, "ranking") == List{"name|degree|share|led", "红杉中国|12|0.1|true",
                                       "=HYPERLINK(\"http://x\")|-3||false", "https://example.org||0.0000001|",
                                       "a\x01_xFFFF_<&>\"|9007199254740991|123456.789|"});
  CHECK(rows(bytes, "about") == List{"sheet|item|value", "ranking|caption|Investors by degree",
                                     "ranking|modularity|0.5", "ranking|note|2 of 4 rows", "|seed|1", "|coinvest|9.9"});
  CHECK(write_xlsx(ranking(), options).value() == bytes);
}

TEST_CASE("XLSX: no formulas, no links, the heading in sight, columns that fit") {
  const std::string bytes = write_xlsx(ranking(), {}).value();
  const std::string sheet = part(bytes, "xl/worksheets/sheet1.xml");
  for (const char* absent : {"<f>", "hyperlink"}) CHECK(sheet.find(absent) == std::string::npos);
  for (const char* there : {"<pane ySplit=\"1\"", "state=\"frozen\"", "<autoFilter ref=\"A1:D5\"/>",
                            "<c r=\"B2\"><v>12</v>", "t=\"b\"><v>1</v>"}) {
    CAPTURE(there);
    CHECK(sheet.find(there) != std::string::npos);
  }
  Table wide{"t", "", {{"n"}}, {{std::string("中中中中中中中中中中")}}, {}, {}};
  CHECK(part(write_xlsx(wide, {}).value(), "xl/worksheets/sheet1.xml").find("width=\"21.71") != std::string::npos);
}

TEST_CASE("XLSX: names of sheets are unique, and none too long") {
  Table table{"", "", {{"n"}}, {{std::int64_t{1}}}, {}, {}};
  std::vector<Table> tables(5, table);
  const List wanted{"Same", "same", std::string(40, 'x'), std::string(40, 'x'), "a/b"};
  std::vector<const Table*> pointers;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    tables[i].name = wanted[i];
    pointers.push_back(&tables[i]);
  }
  const std::string workbook = part(write_workbook(pointers, {}).value(), "xl/workbook.xml");
  for (const std::string& name :
       List{"Same", "same-2", std::string(31, 'x'), std::string(29, 'x') + "-2", "table", "about"}) {
    CAPTURE(name);
    CHECK(workbook.find("<sheet name=\"" + name + "\"") != std::string::npos);
  }
}

TEST_CASE("XLSX: what a sheet cannot hold") {
  Table table{"t", "", {{"n"}}, {{std::string(11'000, 'x') + std::string("中")}}, {}, {}};
  for (int i = 0; i < 9'000; ++i) std::get<std::string>(table.rows[0][0]) += "中";
  const std::string bytes = write_xlsx(table, {}).value();
  const std::string text = rows(bytes, "t").at(1);
  CHECK(text.size() <= 32'767);
  CHECK(text.size() > 32'760);
  CHECK(text.ends_with("中…"));
  CHECK(rows(bytes, "about").at(2) == "t|note|1 text is cut at 32767 bytes, the most that a cell holds");
  table.rows.assign(most_sheet_rows + 1, {Cell{}});
  const auto refused = write_xlsx(table, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::limit);
  CHECK(rows(write_xlsx({"t", "", {{"n"}}, {}, {}, {}}, {}).value(), "t") == List{"n"});
}

TEST_CASE("XLSX: the shipped deals as one flat sheet are the same data set as from CSV") {
  const std::vector<std::string> paths{COINVEST_SOURCE_DIR "/graphs/china-gpu"};
  const Dataset data = read_dataset(paths, {}, {}).value();
  Table flat;
  flat.name = "deals";
  for (const char* column : {"round_id", "company", "investor", "date", "round", "sector"})
    flat.columns.push_back({column});
  for (std::size_t i = 0; i < data.participations.size(); ++i) {
    const auto round = index(data.participations.round[i]);
    flat.rows.push_back({data.text(data.rounds.id[round]), data.name(data.rounds.company[round]),
                         data.name(data.participations.investor[i]), format_date(data.rounds.announced[round]),
                         data.text(data.rounds.label[round]), data.text(data.rounds.sector[round])});
  }
  REQUIRE(flat.rows.size() > 500);
  const auto tables = [](const std::string& bytes) {
    const Dataset read = read_bytes(bytes, "deals", {}, {}).value();
    std::string text;
    for (const Grouping& by : groupings()) text += write_csv(summary_by(select(read, {}), by.name).value(), {});
    for (const Problem& p : read.problems) text += std::to_string(p.where.line) + p.column + p.text + "\n";
    return text;
  };
  const std::string expected = tables(write_csv(flat, {}));
  CHECK(expected.size() > 5'000);
  CHECK(tables(write_xlsx(flat, {}).value()) == expected);
}
