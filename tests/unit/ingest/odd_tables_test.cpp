// SPDX-License-Identifier: Apache-2.0
// Tables and options that are nearly right: what is kept of them, and what is said.
#include <algorithm>
#include <string>
#include <vector>

#include "../../folder.hpp"
#include "../../workbook.hpp"
#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/ingest/csv.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/ingest/json_rows.hpp"
#include "coinvest/ingest/mapping.hpp"
#include "coinvest/ingest/rates.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ingest/xlsx.hpp"
#include "ingest/grid_rows.hpp"

namespace coinvest {
namespace {

using Texts = std::vector<std::string>;

Result<Dataset> read(std::string text, const ReadOptions& options = {}) {
  return read_bytes(std::move(text), "x.csv", options, {});
}

struct Files {
  tests::Folder folder;
  Files(std::initializer_list<std::pair<std::string, std::string>> files) {
    for (const auto& [name, text] : files) REQUIRE(write_file(folder / name, text, Overwrite::replace));
  }
  std::string said(const ReadOptions& options = {}) const {
    const auto data = read_dataset(std::vector<std::string>{folder.path()}, options, {});
    return data ? "" : data.error().message;
  }
  Dataset data(const ReadOptions& options = {}) const {
    return read_dataset(std::vector<std::string>{folder.path()}, options, {}).value();
  }
};

std::vector<std::string> kinds(const Dataset& data) {
  std::vector<std::string> list;
  for (const Problem& problem : data.problems)
    list.push_back(std::to_string(problem.where.line) + " " + std::string(name_of(problem.kind)));
  return list;
}

constexpr std::string_view flat = "investor,company\nA,X\n";

TEST_CASE("odd: a database takes no option of reading, whichever it is") {
  const std::string bytes = database_bytes(read(std::string(flat)).value(), "x.db", {}).value();
  const auto taken = [&](auto set) {
    ReadOptions options;
    set(options);
    return read(bytes, options).has_value();
  };
  CHECK(taken([](ReadOptions&) {}));
  CHECK(taken([](ReadOptions& o) { o.strictness = Strictness::strict; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.input_format = "flat"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.encoding = "big5"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.aliases = "a.csv"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.exits = "a.csv"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.sheet = "S"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.map.push_back({"a", Field::company}); }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.mapping = "a.toml"; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.identity = Identity::exact; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.date_order = DateOrder::day_first; }));
  CHECK_FALSE(taken([](ReadOptions& o) { o.conjunctions = Conjunctions::between_names; }));

  const tests::Folder folder;
  REQUIRE(write_file(folder / "a.db", bytes, Overwrite::refuse));
  REQUIRE(write_file(folder / "b.csv", flat, Overwrite::refuse));
  const auto both = read_dataset(std::vector<std::string>{folder / "a.db", folder / "b.csv"}, {}, {});
  CHECK(both.error().message == "a database is a data set of its own: give it alone, and not packed");
}

TEST_CASE("odd: options that do not fit the file") {
  ReadOptions options;
  options.encoding = "klingon";
  CHECK(read(std::string(flat), options).error().kind == ErrorKind::usage);
  options = {};
  options.sheet = "Deals";
  CHECK(read(std::string(flat), options).error().message ==
        "--sheet names a sheet of an Excel workbook, and there is no workbook");
  CHECK(read(tests::zipped(tests::workbook_parts({{"Deals", tests::sheet_of({{"investor", "company"}, {"A", "X"}})}})),
             options));
  options = {};
  options.limits.unpack.bytes = 8;
  CHECK(Files{{"a.csv", std::string(flat)}}.said(options).find("--max-file") != std::string::npos);
  options = {};
  options.strictness = Strictness::strict;
  CHECK(read("investor,company,date\nA,X,soon\n", options));
  CHECK(read("investor,company\nA,X\nA,\n", options).error().where.line == 3);
  options.aliases = "/nowhere/aliases.csv";
  CHECK(read(std::string(flat), options).error().kind == ErrorKind::io);
  options = {};
  options.map = {{"wer", Field::investor}};
  CHECK(read(std::string(flat), options).error().message.find("wer") != std::string::npos);
  CHECK(read_dataset({}, {}, {}).error().message == "no data set given");
}

TEST_CASE("odd: folders that are nearly a data set") {
  const std::string rounds = "round_id,company,date\nr1,X,2020\n", investments = "round_id,investor\nr1,A\n";
  for (const auto& [name, text] : {std::pair("rounds.csv", rounds), {"investments.csv", investments}})
    CHECK(Files{{name, text}}.said() == "neither rounds.csv and investments.csv nor a flat file is in the folder");
  CHECK(Files{{"aliases.csv", "alias,canonical\nA,B\n"}}.said() ==
        "neither rounds.csv and investments.csv nor a flat file is in the folder");
  ReadOptions tidy;
  tidy.input_format = "tidy";
  CHECK(Files{{"a.csv", std::string(flat)}}.said(tidy) == "a tidy folder needs rounds.csv and investments.csv");
  CHECK(Files{{"rounds.csv", rounds}, {"investments.csv", investments}}.said(tidy).empty());
  CHECK(Files{{".hidden.csv", "x"}, {"~$a.xlsx", "x"}, {"a.csv", std::string(flat)}}.said().empty());
  CHECK(Files{{"a.csv", std::string(flat)}, {"b.csv", std::string(flat)}}.said().find("name the one to read") !=
        std::string::npos);
  CHECK(Files{{"a.csv", std::string(flat)}, {"aliases.csv", "alias,\"canonical\nA,B\n"}}.said() ==
        "the quote that opens here is never closed");
  const auto one = [](const std::string& text) {
    const auto data = read(text);
    return data ? "" : data.error().message;
  };
  CHECK(one("alias,canonical\nA,B\n") == "no table of investments");
  CHECK(one(rounds) == "a table of rounds alone; its investments are missing");
  CHECK(one(investments) == "a table of investments alone; its rounds are missing");
  CHECK(one("remark\nanother,\"one\n").find("no layout has the column") != std::string::npos);
  std::string remarks;
  for (int line = 0; line < 40; ++line) remarks += "remark\n";
  CHECK(one(remarks + std::string(flat)).find("no layout has the column") != std::string::npos);

  ReadOptions options;
  const Files replaced{{"a.csv", std::string(flat)},
                       {"aliases.csv", "alias,canonical\nA,B\n"},
                       {"exits.csv", "company,event\nX,ipo\n"},
                       {"other", "alias,canonical\n"}};
  CHECK(replaced.data().aliases.size() == 1);
  options.aliases = options.exits = replaced.folder / "other";
  CHECK(replaced.said(options) != "");  // no table of exits
  options.exits = "";
  CHECK(replaced.data(options).aliases.empty());
  CHECK(replaced.data(options).exits.size() == 1);
}

TEST_CASE("odd: a file that is read piece by piece is read as others are") {
  std::string large(flat);
  while (large.size() <= std::size_t{64} << 20) large += "B,Y" + std::string(60'000, 'y') + "\n";
  const Files files{{"a.csv", large}};
  CHECK(files.data().problems.size() == kinds(read(large).value()).size());
  ReadOptions options;
  options.limits.unpack.bytes = 1000;
  CHECK(files.said(options).find("--max-file") != std::string::npos);
  CHECK(Files{{"a.csv", "sep=x\n" + large}}.said() == "the line 'sep=' must name one of ',' ';' and TAB");
}

TEST_CASE("odd: cells and rows of the tidy layout") {
  const Dataset data =
      Files{{"rounds.csv",
             "round_id,company,date,amount,amount_usd,amount_low,amount_reported,amount_text,currency\n"
             "r1,X,2020,100,,,,,CNY\nr2,X,2020,,100,,,,\nr3,X,2020,,,100,,,USD\nr4,X,2020,,,未披露,,,USD\n"
             "r5,X,2020,,,,100,约200,USD\nr6,X,2020,,,,,约200,USD\n,X,2020,,,,,,\nr7,,2020,,,,,,\nr1,Y,2020,,,,,,\n"},
            {"investments.csv", "round_id,investor\nr1,A\n,A\nr9,A\nr1,\nr2,未披露\n"},
            {"companies.csv", "company,name,sector,founded\nX,X,chips,2010\n,Y,chips,\nZ,Zett,,\n"},
            {"investors.csv", "investor,type\nA,gp\n,gp\n"},
            {"aliases.csv", "alias,canonical,level\nB,A,fund\n,A,fund\nB,,fund\nC,A,clan\n"},
            {"exits.csv", "company,event\nX,ipo\n,ipo\n"},
            {"registry_changes.csv",
             "company,date,change,shareholder\nX,2020-01-01,new,A\n,2020-01-01,new,A\n"
             "X,2020-01-01,dance,A\nX,2020-01-01,new,\n"},
            {"holdings.csv", "company,holder,shares,pct\nX,A,100,1.5\n,A,1,1\nX,,1,1\nX,A,12x,inf\nX,A,nan,-\n"}}
          .data();
  REQUIRE(data.rounds.size() == 6);
  CHECK(data.rounds.amount[0] == Amount::exactly(10000, Currency("CNY")));
  CHECK(data.rounds.amount[1] == Amount::exactly(10000, Currency("USD")));
  CHECK(data.rounds.amount[2] == Amount::at_least(10000, Currency("USD")));
  CHECK_FALSE(data.rounds.amount[3].disclosed());
  CHECK(data.rounds.amount[4] == Amount::exactly(10000, Currency("USD")));
  CHECK(data.rounds.amount[5].precision == Precision::approximate);
  CHECK(data.participations.size() == 1);
  CHECK(data.exits.size() == 1);
  CHECK(data.registry.size() == 2);
  CHECK(data.holdings.size() == 3);
  CHECK(data.aliases.size() == 2);
  CHECK_FALSE(data.holdings[1].shares);
  const auto said = kinds(data);
  for (const auto& [kind, times] : {std::pair("missing_name", 10),
                                    {"duplicate_round", 1},
                                    {"unknown_round", 2},
                                    {"placeholder", 1},
                                    {"bad_value", 5}}) {
    INFO(kind);
    CHECK(std::ranges::count_if(said, [&](const std::string& text) { return text.ends_with(kind); }) == times);
  }
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  const Dataset as_written = Files{{"rounds.csv", "round_id,company,date\nr1,X,2020\n"},
                                   {"investments.csv", "round_id,investor\nr1,未披露\n,A\n"},
                                   {"companies.csv", "company,name\nX,X \nY," + std::string(2000, 'n') + "\n"}}
                                 .data(raw);
  CHECK(as_written.participations.size() == 1);
  CHECK(std::ranges::count(kinds(as_written), "3 bad_name") == 1);
}

TEST_CASE("odd: lists of deals") {
  const std::string long_name(2000, 'n');
  const Dataset data = read(
                           "company,investors,date,round,investor_count\n"
                           "X,\"A, 未披露, -\",2020-01-01,A轮,5\nX,\"B, C\",2021-01-01,B轮,2\n,A,2020-01-01,A轮,\n"
                           "Y,A,-,-,x\nY,,-,,\nY," +
                           long_name + ",2022,C轮,\nZ,D,2023-01-01,IPO,\n")
                           .value();
  CHECK(data.rounds.size() == 4);
  CHECK(data.exits.size() == 1);
  CHECK(data.participations.size() == 4);
  CHECK(data.rounds.incomplete[0]);
  CHECK_FALSE(data.rounds.incomplete[1]);
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  CHECK(read("company,investors,date\nX,\"A, 未披露\",2020\n", raw)->participations.size() == 2);
}

TEST_CASE("odd: cells of spreadsheets saved as CSV") {
  const Dataset data = read(
                           "investor,company,date,founded\n"
                           "\"=HYPERLINK(\"\"u\"\",\"\"A\"\")\",X,2020-01-01,\n"
                           "\"=HYPERLINK(\"\"u\"\",\"\"A\"\"\",X,2020-01-01,\n"
                           "\"=HYPERLINK(\"\")\",X,2020-01-01,\n"
                           "B,X,Beijing,2020-01-01\nB,X,Beijing,\nB,X,Beijing,nodatehere\n")
                           .value();
  CHECK(data.investors.name.size() == 4);
  CHECK(std::ranges::count(data.investors.name, "A") == 1);
  CHECK(std::ranges::count(data.investors.name, "=HYPERLINK(\")") == 1);
}

TEST_CASE("odd: strict tables") {
  const auto said = [](const std::string& text) {
    const tests::Folder folder;
    REQUIRE(write_file(folder / "r.csv", text, Overwrite::refuse));
    const auto rates = read_rates(folder / "r.csv");
    return rates ? std::string() : rates.error().message;
  };
  CHECK(said("") == "no header: the file is empty");
  CHECK(said("sep=x\n").find("sep=") != std::string::npos);
  CHECK(said("\"currency\n").find("never closed") != std::string::npos);
  CHECK(said("currency,rate\nCNY,\"1\n").find("never closed") != std::string::npos);
  CHECK(said("currency,rate,rate\n") == "two columns 'rate'");
  CHECK(said("currency,rate\nCNY,1,2\n") == "3 fields where the header has 2");
  CHECK_FALSE(said("currency,rate\nCNY,\xff\n").empty());
  CHECK(said("currency,rate\nCNY,1\n").empty());
}

TEST_CASE("odd: ends of CSV") {
  const auto rows = [](std::string_view text) {
    auto reader = CsvReader::open(text, "x");
    if (!reader) return Texts{reader.error().message};
    Texts list;
    while (true) {
      const auto more = reader->next();
      if (!more) return Texts{more.error().message};
      if (!*more) return list;
      std::string row;
      for (const auto field : reader->fields()) row += "[" + std::string(field) + "]";
      list.push_back(row);
    }
  };
  const std::string names_one = "the line 'sep=' must name one of ',' ';' and TAB";
  CHECK(rows("sep=") == Texts{names_one});
  CHECK(rows("sep=x") == Texts{names_one});
  CHECK(rows("SEP=;") == Texts{});
  CHECK(rows("sep=;x") == Texts{"the line 'sep=' must end after its delimiter"});
  CHECK(rows("a,b\n\"x\",\"y\"") == Texts{"[a][b]", "[x][y]"});
  CHECK(rows("a,b\n\"x\",\"y\"\"\"") == Texts{"[a][b]", "[x][y\"]"});
  CHECK(rows("a,b\nx,y\r").front().find("carriage return") != std::string::npos);
  CHECK(rows("a,b\r\nx,y\r\n") == Texts{"[a][b]", "[x][y]"});
  CHECK(rows("a,b\n\"x\"\r").front().find("text after a closing quote") != std::string::npos);
}

TEST_CASE("odd: JSON that holds no records, or other things beside them") {
  const auto rows = [](std::string_view text) { return rows_of(read_json(text, "x")); };
  const std::string no_object = "x:1: a record must be an object, such as {\"company\": \"...\"}";
  for (const char* text : {"[null]", "[1]", "[true]", "[\"a\"]", "[{\"a\":1},null]", "[1.5]", "[-1]"})
    CHECK(rows(text) == Texts{no_object});
  CHECK(rows(R"({"meta":["x",1,null],"deals":[{"a":1}]})") == Texts{"1:a", "1:1"});
  CHECK(rows(R"({"meta":{"in":{"b":2}},"deals":[{"a":1}]})") == Texts{"1:a", "1:1"});
  CHECK(rows(R"([{"a":"x\u0000y"}])") == Texts{"x:1: a NUL in a string; text has none"});
  TableLimits limits;
  limits.field_bytes = 8;
  const auto list = read_json(R"([{"a":["12345","67890"]}])", "x", limits);
  CHECK(list.error().kind == ErrorKind::limit);
}

TEST_CASE("odd: mapping files beside options") {
  const auto mapped = [](const std::string& text, ReadOptions options = {}) {
    const tests::Folder folder;
    REQUIRE(write_file(folder / "m.toml", text, Overwrite::refuse));
    options.mapping = folder / "m.toml";
    const auto file = read_mapping(options);
    if (!file) return "error: " + file.error().message;
    return options.input_format + " " +
           (options.date_order == DateOrder::day_first     ? "dmy"
            : options.date_order == DateOrder::month_first ? "mdy"
                                                           : "") +
           " " + std::to_string(options.map.size());
  };
  CHECK(mapped("") == "  0");
  CHECK(mapped("layout = 'flat'\ndate_order = 'mdy'\n[columns]\nA = 'date'\n") == "flat mdy 1");
  CHECK(mapped("date_order = 'dmy'") == " dmy 0");
  CHECK(mapped("date_order = 'ymd'") == "error: date_order 'ymd' is none of dmy, mdy");
  CHECK(mapped("date_order = 5") == "error: 'date_order' must be a text");
  CHECK(mapped("layout = 5") == "error: 'layout' must be a text");
  CHECK(mapped("columns = 5") == "error: 'columns' must be a table of COLUMN = \"FIELD\"");
  CHECK(mapped("[columns]\nA = 5").starts_with("error: 'A' is no field"));
  ReadOptions options;
  options.input_format = "tidy";
  options.date_order = DateOrder::day_first;
  options.map = {{"a", Field::company}, {"b", Field::date}};
  CHECK(mapped("layout = 'flat'\ndate_order = 'mdy'\n[columns]\nA = 'investor'\nC = 'date'\n", options) ==
        "tidy dmy 2");
}

TEST_CASE("odd: archives that are no workbook of ours") {
  const auto parts = tests::workbook_parts({{"S", tests::sheet_of({{"a"}})}});
  auto many = parts;
  for (int entry = 0; entry < 10'001; ++entry) many["x/" + std::to_string(entry)] = "";
  CHECK(read_xlsx(tests::zipped(many), "x").error().message == "an archive of more than 10000 entries");
}

TEST_CASE("odd: characters beyond 16 bits come whole out of UTF-16, wherever a buffer ends") {
  for (const std::size_t shift : {std::size_t{0}, std::size_t{1}}) {
    std::u16string text = u"\ufeffinvestor,company\n" + std::u16string(shift, u'x');
    for (int i = 0; i < 10'000; ++i) text += u"\U00020000";
    text += u",X\n";
    const Dataset data = read(std::string(reinterpret_cast<const char*>(text.data()), text.size() * 2)).value();
    // A name of 40,000 bytes is refused as a name, and has no broken character.
    CHECK(std::ranges::count(kinds(data), "2 bad_name") == 1);
    CHECK(std::ranges::count(kinds(data), "2 suspect_character") == 0);
  }
}

}  // namespace
}  // namespace coinvest
