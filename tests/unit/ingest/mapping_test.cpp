// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/mapping.hpp"

#include "../../folder.hpp"
#include "catch.hpp"
#include "coinvest/base/file.hpp"

using namespace coinvest;

namespace {

ReadOptions mapped(const std::vector<std::string_view>& texts) {
  ReadOptions options;
  for (const auto text : texts) options.map.push_back(parse_mapped_column(text).value());
  return options;
}

Result<Dataset> read(const std::string& text, const ReadOptions& options) {
  return read_bytes(text, "x.csv", options, {});
}

}  // namespace

TEST_CASE("mapping: what is written as COLUMN=FIELD") {
  const auto mapped = parse_mapped_column(" A = B (x)=date").value();
  CHECK(mapped.column == "A = B (x)");
  CHECK(mapped.field == Field::date);
  CHECK(parse_mapped_column("谁=投资方")->field == Field::investor);
  CHECK(parse_mapped_column("company").error().message == "'company' is not COLUMN=FIELD");
  CHECK(parse_mapped_column("=company").error().kind == ErrorKind::usage);
  CHECK(parse_mapped_column("A=invester").error().message ==
        "'invester' is no field that a column can mean; did you mean 'investor'?");
  CHECK(parse_mapped_column("A=zzzzzz").error().message.find("there are round_id, company, investor, date") !=
        std::string::npos);
}

TEST_CASE("mapping: a table of any columns is flat, or a list of deals") {
  const std::string text = "Startup,Backers,When\nA,X,2020-01-01\nA,Y,2020-01-01\n";
  const Dataset flat = read(text, mapped({"startup=company", "Backers=investor", "When=date"})).value();
  CHECK(flat.rounds.size() == 1);
  CHECK(flat.participations.size() == 2);
  const Dataset deals = read("Startup,Backers\nA,\"X, Y\"\n", mapped({"Startup=company", "Backers=investors"})).value();
  CHECK(deals.participations.size() == 2);
  const std::string below = "Our deals\n\nas of,2021\n" + text;
  CHECK(read(below, mapped({"Startup=company", "Backers=investor"}))->rounds.size() == 1);
}

TEST_CASE("mapping: takes the place of what a header alone would mean") {
  const std::string text = "company,target,investor\nfund of A,A,X\n";
  CHECK(read(text, mapped({"target=company"}))->companies.name == std::vector<std::string>{"A"});
  CHECK(read("company,investor,date\nA,X,x\n", mapped({"date=details"}))->problems.empty());
  CHECK(read(text, mapped({"target=company", "company=company"})).error().message.find("columns 1 ('company') and 2") ==
        0);
}

TEST_CASE("mapping: a column means one thing") {
  CHECK(read("a,investor\n", mapped({"a=company", "a=date"})).error().message == "column 'a' is mapped twice");
}

TEST_CASE("mapping: of a vendor's export, too") {
  const std::string text = "Deal ID,Companies,Deal Date,Investors,Sector of ours\n1,A,05-Mar-2021,X,chips\n";
  const Dataset data = read(text, mapped({"Sector of ours=sector"})).value();
  CHECK(data.text(data.rounds.sector[0]) == "chips");
}

TEST_CASE("mapping: a column that is not there is an error of the data") {
  const auto absent = read("company,investor\nA,X\n", mapped({"When=date"}));
  REQUIRE_FALSE(absent);
  CHECK(absent.error().kind == ErrorKind::input);
  CHECK(describe(absent.error()) ==
        "x.csv: no column 'When', which is mapped to 'date'; the header has 'company', 'investor'");
  CHECK(read("Startup,Backer\nA,X\n", mapped({"Startups=company", "Backer=investor"}))
            .error()
            .message.find("no column 'Startups'") == 0);
  const auto unknown = read("Startup,Backer\nA,X\n", {});
  CHECK(unknown.error().message.find("--map COLUMN=FIELD says what a column means, one of company, investor, ") !=
        std::string::npos);
}

TEST_CASE("mapping: a file that is kept") {
  const tests::Folder folder;
  const std::string path = folder / "ours.toml";
  const auto with = [&](const std::string& toml, ReadOptions options = {}) {
    REQUIRE(write_file(path, toml, Overwrite::replace));
    options.mapping = path;
    return read("Startup,Backer,When,Other\nA,X,05/03/2021,B\n", options);
  };
  const std::string columns = "[columns]\nStartup = \"company\"\nBacker = \"investor\"\nWhen = \"date\"\n";
  const Dataset data = with("date_order = \"dmy\"\nlayout = \"flat\"\n" + columns).value();
  CHECK(data.companies.name == std::vector<std::string>{"A"});
  CHECK(format_date(data.rounds.announced[0]) == "2021-03-05");
  REQUIRE(data.files.size() == 2);
  CHECK(data.files[1].name == "ours.toml");
  CHECK(data.files[1].sha256.size() == 64);

  CHECK(with(columns, mapped({"Other=company"}))->companies.name == std::vector<std::string>{"B"});
  CHECK(with(columns, mapped({"backer=company", "Startup=investor"}))->companies.name == std::vector<std::string>{"X"});
  CHECK(with("[columns]\n\"Not there\" = \"date\"\n" + columns.substr(10))
            .error()
            .message.find("no column 'Not there'") == 0);
  const auto said = [&](const std::string& toml) { return describe(with(toml).error()).substr(path.size()); };
  CHECK(said("column = 1\n") == ":1: unknown key 'column'; did you mean 'columns'?");
  CHECK(said("columns = 1\n") == ":1: 'columns' must be a table of COLUMN = \"FIELD\"");
  CHECK(said("\n[columns]\nWhen = \"dat\"\n") == ":3: 'dat' is no field that a column can mean; did you mean 'date'?");
  CHECK(said("[columns]\nWhen = 5\n").starts_with(":2: 'When' is no field"));
  CHECK(said("date_order = \"ymd\"\n") == ":1: date_order 'ymd' is none of dmy, mdy");
  CHECK(said("sheet = 1\n") == ":1: 'sheet' must be a text");
  CHECK(said("x = \n").starts_with(":1: this is not TOML"));
  ReadOptions options;
  options.mapping = folder / "none.toml";
  CHECK(read("company,investor\n", options).error().kind == ErrorKind::io);
}
