// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/read.hpp"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <filesystem>

#include "../../workbook.hpp"
#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/ingest/layout.hpp"

using namespace coinvest;

namespace {

Result<Dataset> read(std::string text, const ReadOptions& options = {}) {
  return read_bytes(std::move(text), "x.csv", options, {});
}

/// A folder that goes away with the test.
struct Folder {
  std::string path =
      (std::filesystem::temp_directory_path() / ("coinvest-read-" + std::to_string(::getpid()))).string();
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  void add(const std::string& name, std::string_view text) const {
    REQUIRE(write_file(path + "/" + name, text, Overwrite::replace));
  }
  Result<Dataset> read(const ReadOptions& options = {}) const {
    return read_dataset(std::vector<std::string>{path}, options, {});
  }
};

/// What unknown columns say about an entry.
std::vector<std::string> said(const Dataset& data, Entry entry) {
  std::vector<std::string> list;
  for (const Attribute& a : data.attributes_of(entry)) list.push_back(data.text(a.column) + ": " + data.text(a.value));
  return list;
}

std::vector<std::string> problems(const Dataset& data) {
  std::vector<std::string> list;
  for (const Problem& p : data.problems) {
    list.push_back(data.place(p.where) + " " + std::string(name_of(p.kind)) + " " + p.column);
  }
  return list;
}

std::string participants(const Dataset& data, std::size_t round) {
  std::string list;
  for (std::size_t i = 0; i < data.participations.size(); ++i) {
    if (index(data.participations.round[i]) == round) {
      list += (list.empty() ? "" : " ") + data.name(data.participations.investor[i]);
    }
  }
  return list;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("flat: rows of one company, date, round and amount are one round") {
  const Dataset data = read(
                           "company_name,investor_name,funded_when,amount_usd\n"
                           "Digg,Greylock,2006-12-01,8500000\n"
                           "Digg,Omidyar,2006-12-01,8500000\n"
                           "Digg,Greylock,2007-12-01,\n")
                           .value();
  REQUIRE(data.rounds.size() == 2);
  CHECK(participants(data, 0) == "Greylock Omidyar");
  CHECK(participants(data, 1) == "Greylock");
  CHECK(data.rounds.amount[0] == Amount::exactly(850'000'000, Currency("USD")));
  CHECK_FALSE(data.rounds.amount[1].disclosed());
  CHECK(data.place(data.participations.source[1]) == "x.csv:3");
  CHECK(data.files[0].rows == 3);
  CHECK(data.files[0].sha256.size() == 64);
  CHECK(data.problems.empty());
}

TEST_CASE("flat: Chinese headers and values") {
  const Dataset data = read(
                           "公司名称,投资方,融资时间,轮次,金额,行业,是否领投\n"
                           "壁仞科技,启明创投,2019年12月,Pre-A轮,1500万美元,芯片,是\n"
                           "壁仞科技,投资方未透露,2019年12月,Pre-A轮,1500万美元,芯片,\n")
                           .value();
  REQUIRE(data.rounds.size() == 1);
  CHECK(data.text(data.rounds.stage[0]) == "pre_a");
  CHECK(data.rounds.stage_order[0] == 18);
  CHECK(format_date(data.rounds.announced[0]) == "2019-12");
  CHECK(data.rounds.amount[0] == Amount::exactly(1'500'000'000, Currency("USD")));
  CHECK(data.text(data.rounds.sector[0]) == "芯片");
  CHECK(data.rounds.unknown_participants[0] == 1);
  CHECK(data.participations.lead[0] == Lead::yes);
  CHECK(problems(data) == List{"x.csv:3 placeholder 投资方"});
}

TEST_CASE("flat: a listing or acquisition without investor is an exit") {
  const Dataset data = read(
                           "company,investor,date,round,amount\n"
                           "Acme,,2019-01-01,IPO,\nBeta,,2020,并购,0\nGamma,,2020,A,\nAcme,Fund,2018,A,5\n")
                           .value();
  REQUIRE(data.exits.size() == 2);
  CHECK(data.exits[0].event == "ipo");
  CHECK(data.name(data.exits[0].company) == "Acme");
  CHECK(data.exits[1].event == "acquisition");
  CHECK_FALSE(data.exits[1].amount.disclosed());
  CHECK(data.rounds.size() == 1);
  CHECK(problems(data) == List{"x.csv:4 missing_name investor"});
}

TEST_CASE("flat: bad cells cost the cell, bad rows the row, and strict reading stops at them") {
  const std::string text =
      "round_id,company,investor,date,round,amount,currency,is_lead\n"
      "r1,Acme,Fund,2021-02-29,A,1e400,USD,maybe\n"
      "r1,Other,Fund,2021,A,1,USD,\n"
      "r2,Acme,Fund,2021,Bridge,1,dollarettes,1\n"
      "r3,Acme\n";
  const Dataset data = read(text).value();
  CHECK(problems(data) == List{"x.csv:2 bad_date date", "x.csv:2 bad_amount amount", "x.csv:2 bad_value is_lead",
                               "x.csv:3 duplicate_round round_id", "x.csv:4 bad_value currency",
                               "x.csv:4 bad_value round", "x.csv:5 bad_row "});
  CHECK(data.rounds.size() == 2);
  CHECK(data.text(data.rounds.stage[1]) == "other:Bridge");
  CHECK(data.participations.lead[1] == Lead::yes);

  ReadOptions strict;
  strict.strictness = Strictness::strict;
  const auto refused = read(text, strict);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::input);
  CHECK(refused.error().where.line == 3);
}

TEST_CASE("flat: raw reading takes strings as they are") {
  const std::string text = "company,investor\nAcme,Acme\nAcme,undisclosed\nACME, Fund\nAcme,Fund\nAcme,\n";
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  const Dataset exact = read(text, raw).value();
  CHECK(exact.companies.name == List{"ACME", "Acme"});
  CHECK(exact.investors.name == List{" Fund", "Acme", "Fund", "undisclosed"});
  CHECK(problems(exact) == List{"x.csv:6 missing_name investor"});
  const Dataset clean = read(text).value();
  CHECK(clean.companies.name == List{"Acme"});
  CHECK(clean.investors.name == List{"Fund"});
}

TEST_CASE("flat: dates that need an order") {
  const std::string text = "company,investor,date\nAcme,Fund,05/03/2021\n";
  CHECK(problems(read(text).value()) == List{"x.csv:2 bad_date date"});
  ReadOptions options;
  options.date_order = DateOrder::day_first;
  CHECK(format_date(read(text, options)->rounds.announced[0]) == "2021-03-05");
}

TEST_CASE("headers: what no layout fits is named, with the nearest") {
  const auto davis = read("woman,event\nEvelyn,E1\n");
  REQUIRE_FALSE(davis);
  CHECK(davis.error().message.find("'woman', 'event'") != std::string::npos);
  CHECK(davis.error().message.find("flat") != std::string::npos);
  CHECK(davis.error().where.line == 1);
  CHECK(read("round_id,investor\nr,F\n").error().message.find("rounds are missing") != std::string::npos);
  CHECK(read("company，investor\n").error().message.find("full-width") != std::string::npos);
  CHECK(read("company,investor,Company_Name\n").error().message.find("columns 1 ('company') and 3") == 0);
  CHECK(read("").error().message.find("no header") == 0);
  ReadOptions unknown;
  unknown.input_format = "excel";
  CHECK(read("company,investor\n", unknown).error().kind == ErrorKind::usage);
}

TEST_CASE("headers: every table names its columns, and no header means two things") {
  for (const TableLayout& table : table_layouts()) {
    CHECK_FALSE(table.summary.empty());
    for (const auto fields : {table.needed, table.optional}) {
      for (const Field field : fields) {
        const std::string name(name_of(field));
        const std::vector<std::string_view> header{name};
        CHECK(Columns(header).find(field) == 0);
      }
    }
  }
}

TEST_CASE("tidy: every table of a folder") {
  const Folder folder;
  folder.add("companies.csv", "company,name,category,country,founded,status\nc1,壁仞科技,gpu,CN,2019,listed\n");
  folder.add("investors.csv", "investor,name,type,country\ni1,启明创投,gp,CN\n");
  folder.add("aliases.csv",
             "alias,canonical,type,level,valid_from,valid_to,basis\nQiming,启明创投,gp,,2010,2020-06,source\n"
             "QM120,启明创投,,fund,,,\nX,启明创投,,club,,,\n");
  folder.add("rounds.csv",
             "round_id,company,round,kind,announced_on,known_on,amount_text,amount,amount_low,amount_reported,currency,"
             "duplicate_of,grade,note\n"
             "R1,c1,Pre-A,primary,2019-12,2025-12,1500万美元(投前1.1亿美元),,,,USD,,B,x\n"
             "R2,壁仞科技,A,,2020-06,,11亿元,1100000000,1100000000,,CNY,,A,\n"
             "R3,壁仞科技,B,,2021,,,,1600000000,,CNY,R2,,\n"
             "R4,壁仞科技,IPO(港交所),,2026-01-02,,,1166000000,,1500000000,CNY,,,\n"
             "R5,壁仞科技,天使轮,mystery,2020-12,,未披露,,112000000,undisclosed,CNY,,Z,\n"
             "R5,壁仞科技,天使轮,,2020-12,,,,,,,,,\n");
  folder.add("investments.csv",
             "round_id,investor,is_lead,known_on,amount\nR1,i1,1,,500万美元\nR2,IDG,0,2025-06-30,\nR2,等,,,\n"
             "R9,IDG,,,\nR3,,,,\n");
  folder.add("exits.csv",
             "company,investor,event,date,details,price_amount,price_currency\n"
             "c1,,ipo,2026-01-02,HKEX,0,HKD\n壁仞科技,IDG,equity_transfer,2025,,100,USD\n壁仞科技,,,,,,\n");
  folder.add("registry_changes.csv",
             "company,date,shareholder,change,details,registered_capital_change,source_url\n"
             "c1,2023-01-19,高瓴,new,,+2.58%,\nc1,2023-01-19,,capital,,+5%,\nc1,2023,,unheard,,,\n");
  folder.add("holdings.csv",
             "company,holder,shares,pct,as_of,note\nc1,i1,91773400,3.83,2026-01-02,after the offering\n"
             "壁仞科技,高瓴,,many,2026,\n壁仞科技,,1,,,\n");
  folder.add("aggregates.csv", "anything");
  folder.add("notes.md", "# not a table");

  const Dataset data = folder.read().value();
  CHECK(data.companies.name == List{"壁仞科技"});
  CHECK(data.companies.sector[0] == "gpu");
  CHECK(data.companies.status[0] == "listed");
  CHECK(format_date(data.companies.founded[0]) == "2019");
  CHECK(data.files.size() == 8);
  REQUIRE(data.rounds.size() == 5);
  const auto& rounds = data.rounds;
  CHECK(rounds.amount[0] == Amount::exactly(1'500'000'000, Currency("USD")));
  CHECK(format_date(rounds.known_on[0]) == "2025-12");
  CHECK(rounds.known_on[0].high - rounds.known_on[0].low == std::chrono::days(30));
  CHECK(rounds.grade[0] == Grade::B);
  CHECK(rounds.amount[1] == Amount::exactly(110'000'000'000, Currency("CNY")));
  CHECK(rounds.amount[2] == Amount::at_least(160'000'000'000, Currency("CNY")));
  CHECK(rounds.duplicate[2] == 1);
  CHECK(rounds.kind[3] == RoundKind::ipo);
  CHECK(rounds.amount_then[3] == Amount::exactly(150'000'000'000, Currency("CNY")));
  CHECK(rounds.amount[4] == Amount::at_least(11'200'000'000, Currency("CNY")));
  CHECK_FALSE(rounds.amount_then[4].disclosed());
  CHECK(participants(data, 0) == "启明创投");
  CHECK(data.participations.amount[0] == Amount::exactly(500'000'000, Currency("USD")));
  CHECK(format_date(data.participations.known_on[1]) == "2025-06-30");
  CHECK(rounds.unknown_participants[1] == 1);

  REQUIRE(data.aliases.size() == 3);
  CHECK(data.name(data.aliases[0].canonical) == "启明创投");
  CHECK(format_day(data.aliases[0].valid_from) == "2010-01-01");
  CHECK(format_day(data.aliases[0].valid_to) == "2020-06-30");
  CHECK(data.aliases[1].level == AliasLevel::fund);
  CHECK(data.aliases[1].valid_to == Day::max());
  REQUIRE(data.exits.size() == 2);
  CHECK_FALSE(data.exits[0].investor);
  CHECK_FALSE(data.exits[0].amount.disclosed());
  CHECK(data.name(*data.exits[1].investor) == "IDG");
  CHECK(data.exits[1].amount == Amount::exactly(10'000, Currency("USD")));
  REQUIRE(data.registry.size() == 2);
  CHECK(data.registry[0].change == RegistryChange::entered);
  CHECK(data.registry[0].capital_change == "+2.58%");
  CHECK_FALSE(data.registry[1].shareholder);
  REQUIRE(data.holdings.size() == 2);
  CHECK(data.name(data.holdings[0].company) == "壁仞科技");
  CHECK(data.name(data.holdings[0].holder) == "启明创投");
  CHECK(data.holdings[0].shares == 91773400.0);
  CHECK(data.holdings[0].percent == 3.83);
  CHECK(format_date(data.holdings[0].as_of) == "2026-01-02");
  CHECK_FALSE(data.holdings[1].shares);
  CHECK_FALSE(data.holdings[1].percent);
  CHECK(said(data, {EntryKind::holding, 0}) == List{"note: after the offering"});
  CHECK(said(data, {EntryKind::alias, 0}) == List{"basis: source"});
  CHECK(said(data, entry_of(RoundId{0})) == List{"note: x"});
  CHECK(problems(data) == List{"aliases.csv:4 bad_value level", "exits.csv:4 bad_row ",
                               "registry_changes.csv:4 bad_row ", "holdings.csv:3 bad_value pct",
                               "holdings.csv:4 missing_name holder", "rounds.csv:6 bad_value kind",
                               "rounds.csv:6 bad_value grade", "rounds.csv:7 duplicate_round round_id",
                               "investments.csv:4 placeholder investor", "investments.csv:5 unknown_round round_id",
                               "investments.csv:6 missing_name investor"});
}

TEST_CASE("tidy: ids of companies.csv and investors.csv tell organisations of one name apart in every table") {
  const Folder folder;
  folder.add("companies.csv", "company,name,status\nc2,Acme,closed\nc1,Acme,listed\nBeta,,operating\n");
  folder.add("investors.csv", "investor,name,country\n1,华强,CN\n2,华强,HK\n");
  folder.add("aliases.csv", "alias,canonical\n2,华强集团\n");
  folder.add("rounds.csv", "round_id,company\nR1,c1\nR2,c2\nR3,Beta\nR4,Acme\n");
  folder.add("investments.csv", "round_id,investor\nR1,1\nR2,2\nR3,2\nR4,华强\n");
  folder.add("exits.csv", "company,investor,event\nc2,2,closing\n");
  const Dataset data = folder.read().value();
  CHECK(data.companies.name == List{"Acme", "Acme (c1)", "Beta"});
  CHECK(data.companies.status == List{"closed", "listed", "operating"});
  CHECK(data.investors.name == List{"华强", "华强 (2)", "华强集团"});
  CHECK(data.investors.country == List{"CN", "HK", ""});
  CHECK(participants(data, 0) == "华强");
  CHECK(participants(data, 1) == "华强 (2)");
  CHECK(participants(data, 2) == "华强 (2)");
  CHECK(data.name(data.rounds.company[0]) == "Acme (c1)");
  CHECK(data.name(data.rounds.company[1]) == "Acme");
  CHECK(data.name(data.rounds.company[3]) == "Acme");
  CHECK(data.name(data.aliases[0].alias) == "华强 (2)");
  CHECK(data.name(data.exits[0].company) == "Acme");
  CHECK(data.name(*data.exits[0].investor) == "华强 (2)");
  CHECK(problems(data) == List{"companies.csv:3 homonym company", "investors.csv:3 homonym investor",
                               "rounds.csv:5 ambiguous_name company", "investments.csv:5 ambiguous_name investor"});
}

TEST_CASE("flat: the credit code is the id of a company that has no other") {
  const Dataset data = read(
                           "company,company_id,统一社会信用代码,investor\n华强,,91110108MA01,A\n华强,,91310115MA02,A\n"
                           "华强集团,,91110108MA01,B\n华强,7,91110108MA01,B\n")
                           .value();
  CHECK(data.companies.name == List{"华强", "华强 (91110108MA01)", "华强 (91310115MA02)"});
  REQUIRE(data.rounds.size() == 3);  // one per company
  CHECK(data.name(data.rounds.company[0]) == "华强 (91110108MA01)");
  CHECK(participants(data, 0) == "A B");
}

TEST_CASE("flat: ids of companies and investors, and columns that nobody knows") {
  const Dataset data = read(
                           "company_id,company,investor,investor_id,date,memo,\n"
                           "1,Acme,A,x,2020,first,1\n2,Acme,A,y,2020,,\n1,Acme,undisclosed,,2020,who?,\n")
                           .value();
  CHECK(data.companies.name == List{"Acme", "Acme (2)"});
  CHECK(data.investors.name == List{"A", "A (y)"});
  CHECK(said(data, entry_of(ParticipationId{0})) == List{"memo: first", ": 1"});
  CHECK(said(data, entry_of(ParticipationId{1})).empty());
  CHECK(said(data, entry_of(RoundId{0})) == List{"memo: who?"});
}

TEST_CASE("same_as: 195 names stand on both sides of the Crunchbase snapshot of 2013") {
  ReadOptions options;
  options.cleaning = Cleaning::raw;
  const std::vector<std::string> paths{COINVEST_SOURCE_DIR "/graphs/crunchbase-2013/investments.csv.gz"};
  const Dataset data = read_dataset(paths, options, {}).value();
  CHECK(data.same_as.size() == 195);
  for (const auto& [investor, company] : data.same_as) CHECK(data.name(investor) == data.name(company));
}

TEST_CASE("folder: one flat file of any name with its side tables") {
  const Folder folder;
  folder.add("deals 2013.csv", "company_name,investor_name,funded_when,amount_usd\nDigg,Greylock,2006-12-01,8500000\n");
  folder.add("exits.csv",
             "company_id,company_name,exit_type,exit_date,acquirer_name,price_amount,price_currency,term\n"
             "c:1,Digg,acquisition,2012-07-12,Betaworks,500000,USD,cash\n");
  folder.add("entities.csv", "object_id,name\nc:1,Digg\n");
  folder.add("companies.csv", "company,sector\nDigg,news\n");
  const Dataset data = folder.read().value();
  CHECK(data.rounds.size() == 1);
  CHECK(data.companies.sector[0] == "news");
  REQUIRE(data.exits.size() == 1);
  CHECK(data.exits[0].acquirer == "Betaworks");
  CHECK(data.exits[0].details == "cash");

  ReadOptions options;
  folder.add("more.txt", "company,event,date\nDigg,ipo,2020\nDigg,ipo,2021\n");
  options.exits = folder.path + "/more.txt";
  CHECK(folder.read(options)->exits.size() == 2);

  folder.add("other.csv", "company,investor\nA,B\n");
  CHECK(folder.read().error().message.find("two flat files") == 0);
  const std::vector<std::string> both{folder.path + "/deals 2013.csv", folder.path + "/other.csv"};
  CHECK(read_dataset(both, {}, {})->rounds.size() == 2);
}

TEST_CASE("folder: every kind of file, packed or not, by endings of either case") {
  const Folder folder;
  folder.add("Rounds.JSON", "[{\"round_id\":\"R\",\"company\":\"c1\"}]");
  folder.add("investments.xlsx",
             tests::zipped(tests::workbook_parts({{"S", tests::sheet_of({{"round_id", "investor"}, {"R", "X"}})}})));
  folder.add("companies.TSV", "sep=\t\ncompany\tname\nc1\tAlpha, Inc\n");
  folder.add("~$investments.xlsx", "a lock file");
  const Dataset data = folder.read().value();
  CHECK(data.companies.name == List{"Alpha, Inc"});
  CHECK(participants(data, 0) == "X");
  folder.add("rounds.csv.gz", "round_id,company\nR,c1\n");
  CHECK(folder.read().error().message.find("twice") != std::string::npos);
}

TEST_CASE("folder: tables of a vendor that are called as ours are read once") {
  const Folder folder;
  folder.add("rounds.csv",
             "company_permalink,company_name,funding_round_type,funded_at,raised_amount_usd\n"
             "/company/a,A,series-a,2010-01-01,1000\n/company/b,B,angel,2011-01-01,\n");
  folder.add(
      "investments.csv",
      "company_permalink,company_name,investor_permalink,investor_name,funding_round_type,funded_at,"
      "raised_amount_usd\n/company/a,A,/x,X,series-a,2010-01-01,1000\n/company/a,A,/y,Y,series-a,2010-01-01,1000\n");
  const Dataset data = folder.read().value();
  REQUIRE(data.files.size() == 2);
  CHECK(data.files[0].rows + data.files[1].rows == 4);
  CHECK(data.rounds.size() == 2);
  CHECK(data.participations.size() == 2);
  CHECK(data.problems.empty());
}

TEST_CASE("folder: rows by id alone get the names that a table read later gives") {
  Folder folder;
  folder.add("funding_rounds.csv",
             "uuid,org_uuid,org_name,investment_type\nr1,o1,,seed\nr2,o2,Birch,seed\nr3,o7,,seed\n");
  folder.add(
      "investments.csv",
      "funding_round_uuid,investor_uuid,investor_name,is_lead_investor\nr1,i1,Clover,\nr1,i2,,t\nr3,i1,Clover,\n");
  folder.add("acquisitions.csv",
             "uuid,acquiree_uuid,acquiree_name,acquirer_uuid,acquirer_name,acquired_on\na1,o1,,o4,,2020-01-02\n");
  folder.add("organizations.csv",
             "uuid,name,category_list,status\no1,Alder,Wood,operating\no2,Birch,,operating\no3,Never named,,closed\n"
             "o4,Dogwood,,operating\ni2,Elder,,operating\n");
  const Dataset data = folder.read().value();
  CHECK(data.companies.name == List{"Alder", "Birch"});
  CHECK(data.companies.sector[0] == "Wood");
  CHECK(data.investors.name == List{"Clover", "Elder"});
  REQUIRE(data.rounds.size() == 2);
  CHECK(participants(data, 0) == "Clover Elder");
  REQUIRE(data.exits.size() == 1);
  CHECK(data.exits[0].acquirer == "Dogwood");
  CHECK(problems(data) == List{"funding_rounds.csv:4 missing_name org_uuid",  // no table names o7
                               "investments.csv:4 unknown_round funding_round_uuid"});
  CHECK(data.files.size() == 4);
}

TEST_CASE("folder: what cannot be a data set") {
  const Folder folder;
  CHECK_FALSE(folder.read());
  folder.add("investments.csv", "round_id,investor\nR,x\n");
  CHECK(folder.read().error().message.find("neither rounds.csv and investments.csv nor") == 0);
  ReadOptions flat;
  flat.input_format = "flat";
  CHECK(folder.read(flat).error().message.find("columns of the tidy layout") != std::string::npos);
  folder.add("rounds.csv", "round_id,firm\nR,x\n");
  folder.add("investments.csv", "round_id,investor\nR,x\n");
  CHECK(folder.read().error().message.find("no column for 'company'") == 0);
  folder.add("rounds.csv", "round_id,company\nR,x\n");
  CHECK(folder.read());
  folder.add("rounds.tsv", "round_id\tcompany\nR\tx\n");
  CHECK(folder.read().error().message.find("twice") != std::string::npos);
  CHECK(read_dataset(std::vector<std::string>{folder.path + "/none.csv"}, {}, {}).error().kind == ErrorKind::io);
  CHECK(read_dataset(std::vector<std::string>{}, {}, {}).error().kind == ErrorKind::usage);
}

TEST_CASE("reading ends early when it is asked to") {
  const std::atomic<bool> stop{true};
  Context context;
  context.stop = &stop;
  CHECK(read_bytes("company,investor\nA,B\n", "x", {}, context).error().kind == ErrorKind::cancelled);
}

TEST_CASE("the same rows are the same data set, however they are written") {
  const std::string plain = "company,investor,date,amount\nAcme,Fund A,2021,5\nAcme,Fund B,2021,5\nBeta,Fund A,2022,\n";
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text;
    for (const char c : plain) text += from == std::string_view(&c, 1) ? std::string(to) : std::string(1, c);
    return text;
  };
  const Dataset expected = read(plain).value();
  for (const std::string& text : {replaced("\n", "\r\n"), replaced("\n", "\r"), replaced(",", ";"), replaced(",", "\t"),
                                  "\xef\xbb\xbf" + plain, plain.substr(0, plain.size() - 1), "sep=,\n" + plain}) {
    const Dataset got = read(text).value();
    CHECK(got.companies.name == expected.companies.name);
    CHECK(got.investors.name == expected.investors.name);
    CHECK(got.rounds.amount == expected.rounds.amount);
    CHECK(got.rounds.announced == expected.rounds.announced);
    CHECK(got.participations.round == expected.participations.round);
    CHECK(got.participations.investor == expected.participations.investor);
    CHECK(got.problems.empty());
  }
}

TEST_CASE("shipped: Chinese GPU companies") {
  const Dataset data = read_dataset(List{COINVEST_SOURCE_DIR "/graphs/china-gpu"}, {}, {}).value();
  CHECK(data.rounds.size() == 121);
  CHECK(data.participations.size() == 502);
  CHECK(data.exits.size() == 54);
  CHECK(data.registry.size() == 54);
  CHECK(data.companies.size() == 28);
  CHECK(std::ranges::none_of(data.problems, is_rejection, &Problem::kind));
  CHECK(std::ranges::count(data.rounds.duplicate, 1) == 2);
  CHECK(std::ranges::count(data.rounds.kind, RoundKind::primary) == 110);
  CHECK(std::ranges::count(data.rounds.grade, Grade::A) == 15);
  const auto amount_of = [&](std::string_view id) {
    for (std::size_t i = 0; i < data.rounds.size(); ++i) {
      if (data.text(data.rounds.id[i]) == id) return data.rounds.amount[i];
    }
    return Amount{};
  };
  CHECK(amount_of("BR-01") == Amount::exactly(1'500'000'000, Currency("USD")));
  CHECK(amount_of("MT-03") == Amount{100'000'000'000, 1'000'000'000'000, Precision::bucket, Currency("CNY")});
  CHECK(amount_of("SR-03") == Amount{80'000'000'000, 100'000'000'000, Precision::approximate, Currency("CNY")});
  CHECK_FALSE(amount_of("BR-06").disclosed());
}

TEST_CASE("shipped: Southern Women") {
  const Dataset data = read_dataset(List{COINVEST_SOURCE_DIR "/graphs/southern-women"}, {}, {}).value();
  CHECK(data.investors.size() == 18);
  CHECK(data.companies.size() == 14);
  CHECK(data.participations.size() == 89);
}
