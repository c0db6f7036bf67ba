// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/database.hpp"

#include <sqlite3.h>

#include "../../fixtures.hpp"
#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/records.hpp"

using namespace coinvest;

namespace {

std::string written(const Dataset& data) {
  return database_bytes(data, "x.db", {}).value();
}

/// A data set in which every table has rows.
Dataset everything() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"deals.csv", "/somewhere/deals.csv", std::string(64, 'a'), 12, 3, "UTF-8"});
  const auto line = [&](std::uint32_t number) { return SourceRow{file, number}; };
  const Currency yuan("CNY");
  RoundInput round;
  round.id = "r1", round.company = std::string_view("摩尔线程"), round.label = "B轮", round.stage = "b";
  round.stage_order = 50, round.announced = fixtures::date("2022-12"), round.known_on = fixtures::date("2025-06-30");
  round.amount = {100, 900, Precision::bucket, yuan};
  round.amount_then = Amount::at_least(5, yuan);
  round.pre_money = {300, 400, Precision::range, yuan}, round.post_money = Amount::exactly(1000, Currency("USD"));
  round.grade = Grade::B, round.incomplete = true, round.source = line(2);
  const RoundId first = builder.add_round(round);
  builder.add_unknown_participant(first);
  const auto investment = builder.add_participation({first, std::string_view("A, \"quoted\""), Lead::yes,
                                                     Amount::exactly(7, yuan), fixtures::date("2023 Q1"), line(2)});
  builder.add_participation({first, std::string_view("B"), Lead::no, {}, {}, line(3)});
  builder.add_participation({first, std::string_view("C"), Lead::unknown, {}, {}, line(4)});
  builder.add_attribute(*investment, "note", "a\nb");
  builder.add_attribute(entry_of(first), "source_url", "https://example.org/");
  const InvestorId a = builder.investor(std::string_view("A, \"quoted\""), line(5));
  const CompanyId company = builder.company(std::string_view("摩尔线程"), line(5));
  builder.company(std::string_view("B"), line(5));
  builder.describe_investor(a, "gp", "CN");
  builder.describe_company(company, "gpu", "CN", "private", fixtures::date("2020"));
  builder.add_alias(std::string_view("A Fund II"), std::string_view("A, \"quoted\""), AliasLevel::fund, "",
                    {fixtures::day("2020-01-01"), Day::min()}, line(6));
  builder.add_exit({company, a, "ipo", fixtures::date("2025"), "B", Amount::exactly(1, yuan), "d",
                    fixtures::date("2025-02"), Grade::A, line(7)});
  builder.add_registry({company,
                        fixtures::date("2023-01-19"),
                        std::nullopt,
                        RegistryChange::capital,
                        "d",
                        "+2.58%",
                        {},
                        Grade::A,
                        line(8)});
  builder.add_holding({company, a, 1.5, 0.1, fixtures::date("2024"), line(9)});
  RegisterChange change;
  change.company = company, change.date = fixtures::date("2021-05-06"), change.source = line(10);
  change.before = {{a, 100, std::nullopt, yuan, 12.5}};
  change.after = {{a, std::nullopt, 50, yuan, std::nullopt}};
  change.flows = {{a, 1, 2, 3}};
  change.capital_after = 1000, change.capital_currency = yuan, change.says_buyback = true;
  builder.add_register_change(change);
  builder.add_register({company, fixtures::date("2021-05-07"), {{a, 5, 5, yuan, {}}}, {}, Grade::C, line(11)});
  builder.add_problem(ProblemKind::bad_row, line(12), "amount", "what");
  builder.add_record(line(12), "the,row");
  return builder.finish().value();
}

/// The bytes of a database after somebody ran SQL on it.
std::string edited(std::string bytes, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(":memory:", &database) == SQLITE_OK);
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  std::copy(bytes.begin(), bytes.end(), copy);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  REQUIRE(sqlite3_deserialize(database, "main", copy, size, size,
                              SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) == SQLITE_OK);
  INFO(sql);
  REQUIRE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_int64 length = 0;
  unsigned char* result = sqlite3_serialize(database, "main", &length, 0);
  std::string edited_bytes(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
  sqlite3_free(result);
  sqlite3_close(database);
  return edited_bytes;
}

std::string error_of(const std::string& bytes) {
  const auto data = read_database(bytes, "x.db", {});
  REQUIRE(!data);
  return describe(data.error());
}

}  // namespace

TEST_CASE("database: what is written is read back, value by value") {
  const Dataset data = everything();
  const std::string bytes = written(data);
  CHECK(written(data) == bytes);
  const Dataset back = read_database(bytes, "x.db", {}).value();
  CHECK(written(back) == bytes);

  Records::each_table([&](std::string_view table, auto member) {
    INFO(table);
    const auto before = records_of(data).*member, after = records_of(back).*member;
    CHECK(!before.empty());
    REQUIRE(before.size() == after.size());
    using Record = typename std::decay_t<decltype(before)>::value_type;
    for (std::size_t row = 0; row < before.size(); ++row)
      each_column<Record>([&](const auto& column) {
        INFO(row << " " << column.name);
        CHECK((before[row].*column.member == after[row].*column.member));
      });
  });
  CHECK(back.rounds.amount_then[0] == Amount::at_least(5, Currency("CNY")));
  CHECK(back.rounds.pre_money[0] == Amount{300, 400, Precision::range, Currency("CNY")});
  CHECK(back.rounds.post_money[0] == Amount::exactly(1000, Currency("USD")));
  CHECK(back.rounds.known_on[0] == fixtures::date("2025-06-30"));
  CHECK(back.aliases[0].valid_to == Day::max());
  CHECK(back.place(back.rounds.source[0]) == "deals.csv:2");
  CHECK(back.files[0].path == "deals.csv");  // folders are not kept
}

TEST_CASE("database: an empty data set is one, too") {
  const std::string bytes = written(Dataset{});
  CHECK(written(read_database(bytes, "x.db", {}).value()) == bytes);
}

TEST_CASE("database: words of values are all known") {
  // Each list of words ends where its name_of does.
  CHECK_THROWS(name_of(static_cast<Precision>(word_count<Precision>)));
  CHECK_THROWS(name_of(static_cast<AliasLevel>(word_count<AliasLevel>)));
  CHECK_THROWS(name_of(static_cast<RegisterItem>(word_count<RegisterItem>)));
  CHECK_THROWS(name_of(static_cast<StakeSide>(word_count<StakeSide>)));
  CHECK_THROWS(name_of(static_cast<EntryKind>(word_count<EntryKind>)));
  CHECK_THROWS(name_of(static_cast<Grade>(word_count<Grade>)));
  CHECK_THROWS(name_of(static_cast<RoundKind>(word_count<RoundKind>)));
  CHECK_THROWS(name_of(static_cast<RegistryChange>(word_count<RegistryChange>)));
  CHECK_THROWS(name_of(static_cast<ProblemKind>(word_count<ProblemKind>)));
}

TEST_CASE("database: another database is refused before it is opened") {
  const std::string bytes = written(everything());
  CHECK(error_of(edited(bytes, "PRAGMA application_id = 7")) ==
        "x.db: this SQLite database was not made by coinvest import");
  CHECK(read_database("deals", "x.db", {}).error().message == "is no SQLite database");
  CHECK(error_of(bytes.substr(0, 50)) == "x.db: this SQLite database was not made by coinvest import");
  CHECK(error_of(edited(bytes, "PRAGMA user_version = 9")) ==
        "x.db: this database is of version 9, and this program reads 1: import the data again");
}

TEST_CASE("database: only the tables that we make are read") {
  const std::string bytes = written(everything());
  for (const std::string sql :
       {"CREATE VIEW v AS SELECT 1", "CREATE TABLE v(x)",
        "CREATE TRIGGER v AFTER INSERT ON rounds BEGIN DELETE FROM exits; END",
        "DROP TABLE exits; CREATE VIEW exits AS SELECT 1", "DROP TABLE exits; CREATE TABLE exits(id)",
        "ALTER TABLE rounds ADD COLUMN more TEXT", "ALTER TABLE rounds DROP COLUMN stage"})
    CHECK_THAT(error_of(edited(bytes, sql)), Catch::Contains("is not as coinvest import makes it"));
  CHECK(error_of(edited(bytes, "DROP TABLE stake_flows")) == "x.db: this is missing: CREATE TABLE stake_flows");
}

TEST_CASE("database: indexes are whose they want") {
  const std::string bytes = written(everything());
  for (const std::string sql :
       {"CREATE INDEX v ON rounds(company)", "CREATE INDEX v ON rounds(lower(company)) WHERE id > 1; ANALYZE",
        "DROP INDEX rounds_by_company", "CREATE UNIQUE INDEX v ON rounds(id DESC)"}) {
    const auto read = read_database(edited(bytes, sql), "x.db", {});
    INFO(sql);
    REQUIRE(read);
    CHECK(written(*read) == bytes);
  }
}

TEST_CASE("database: rows that no data set has are refused with table and id") {
  struct Case {
    std::string sql, message;
  };
  const std::string bytes = written(everything());
  for (const Case& c : {
           Case{"UPDATE rounds SET announced_low = '2022-13-01'", "table rounds, id 1: announced has no value"},
           {"UPDATE rounds SET announced_low = NULL", "table rounds, id 1: announced has no value"},
           {"UPDATE rounds SET amount_low = 901", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_low = -1", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_high = 9e18", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_currency = 'yuan'", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET kind = 'ico'", "table rounds, id 1: kind has no value"},
           {"UPDATE rounds SET stage_order = 40000", "table rounds, id 1: stage_order has no value"},
           {"UPDATE rounds SET company = 'D'", "table rounds, id 1: 'D' is none of the companies"},
           {"UPDATE rounds SET source_file = 2", "table rounds, id 1: its file is none of the files"},
           {"UPDATE rounds SET round = cast(x'ff' AS TEXT)", "table rounds, id 1: round has no value"},
           {"UPDATE rounds SET round = cast(x'610062' AS TEXT)", "table rounds, id 1: round has no value"},
           {"UPDATE investors SET investor = 'ZZ' WHERE id = 1",
            "table investors, id 2: 'A, \"quoted\"' is not in the"},
           {"UPDATE investments SET rounds_id = 2 WHERE id = 3", "table investments, id 3: there is no id 2 among the"},
           {"UPDATE investments SET rounds_id = 0", "table investments, id 1: rounds_id has no value"},
           {"UPDATE investments SET is_lead = 2", "table investments, id 1: is_lead has no value"},
           {"UPDATE investments SET investor = 'A Fund II' WHERE id = 3",
            "table investments, id 3: is not in the order"},
           {"DELETE FROM investments WHERE id = 2", "table investments: id 2 is missing"},
           {"UPDATE investments SET id = 9223372036854775807 WHERE id = 3", "table investments: id 3 is missing"},
           {"UPDATE holdings SET pct = 9e999", "table holdings, id 1: pct has no value"},
           {"UPDATE stakes SET registers_id = 1", "table stakes, id 1: belongs to a register if it is held"},
           {"UPDATE stakes SET registers_id = 5 WHERE side = 'held'", "table stakes, id 3: there is no id 5 among"},
           {"UPDATE stake_flows SET register_changes_id = 2", "table stake_flows, id 1: there is no id 2 among"},
           {"UPDATE attributes SET of_id = 4000000000", "table attributes, id 1: there is no id 4000000000 among the"},
           {"UPDATE rounds SET announced_low = '2022', announced_high = '2022'", "id 1: announced has no value"},
           {"UPDATE rounds SET announced_low = '2022-1-05'", "table rounds, id 1: announced has no value"},
           {"UPDATE rounds SET announced_low = '2023-01-01'", "table rounds, id 1: announced has no value"},
           {"UPDATE rounds SET announced_high = NULL", "table rounds, id 1: announced has no value"},
           {"UPDATE rounds SET amount_currency = 'Yen'", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_currency = 'YE1'", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_currency = cast(x'ff' AS TEXT)", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_precision = 'exact'", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_precision = 'vague'", "table rounds, id 1: amount has no value"},
           {"UPDATE rounds SET amount_low = 1000000000000001, amount_high = NULL", "id 1: amount has no value"},
           {"UPDATE rounds SET stage_order = -40000", "table rounds, id 1: stage_order has no value"},
           {"UPDATE rounds SET source_line = -1", "table rounds, id 1: source has no value"},
           {"UPDATE rounds SET source_file = -1", "table rounds, id 1: source has no value"},
           {"UPDATE rounds SET kind = cast(x'ff' AS TEXT)", "table rounds, id 1: kind has no value"},
           {"UPDATE rounds SET round = hex(zeroblob(9000000))", "too large for SQLite: string or blob too big"},
           {"UPDATE problems SET kind = 'new'", "table problems, id 1: kind has no value"},
       })
    CHECK_THAT(error_of(edited(bytes, "PRAGMA foreign_keys = 0; " + c.sql)), Catch::Contains(c.message));
}

TEST_CASE("database: damage is found or does no harm") {
  const std::string bytes = written(everything());
  CHECK_THAT(error_of(bytes.substr(0, bytes.size() / 2)), Catch::Contains("x.db: "));
  for (std::size_t at = 100; at < bytes.size(); at += 97) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    if (auto data = read_database(damaged, "x.db", {})) CHECK(!written(*data).empty());
  }
}

TEST_CASE("database: a raised stop flag ends writing and reading") {
  const Dataset data = everything();
  const std::string bytes = written(data);
  const std::atomic<bool> stop = true;
  Context context;
  context.stop = &stop;
  CHECK(database_bytes(data, "x.db", context).error().kind == ErrorKind::cancelled);
  CHECK(read_database(bytes, "x.db", context).error().kind == ErrorKind::cancelled);
}

TEST_CASE("database: is recognised by its bytes, and takes no options of reading") {
  const std::string bytes = written(everything());
  const auto data = read_bytes(bytes, "deals.csv", {}, {});
  REQUIRE(data);
  CHECK(data->investors.size() == 4);
  ReadOptions options;
  options.cleaning = Cleaning::raw;
  CHECK(read_bytes(bytes, "deals.csv", options, {}).error().kind == ErrorKind::usage);
  options = {};
  options.strictness = Strictness::strict;
  CHECK(describe(read_bytes(bytes, "deals.csv", options, {}).error()) == "deals.csv:12: column 'amount': what");
}
