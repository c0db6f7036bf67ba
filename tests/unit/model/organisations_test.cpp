// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/model/dataset_builder.hpp"

using namespace coinvest;

namespace {

/// A company that raises money from an investor; ids may be "".
struct Row {
  std::string company, company_id, investor, investor_id;
};

/// One round per row, with the row's number as its id.
Dataset read(const std::vector<Row>& rows, Identity identity = Identity::safe, IdScope ids = IdScope::both_sides) {
  DatasetBuilder builder(identity, Cleaning::standard, ids);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  std::uint32_t line = 1;
  for (const Row& row : rows) {
    RoundInput round;
    round.id = std::to_string(++line);
    round.company = {row.company, row.company_id};
    round.source = {file, line};
    const RoundId id = builder.add_round(round);
    builder.add_participation({id, {row.investor, row.investor_id}, Lead::unknown, {}, {}, round.source});
  }
  return builder.finish().value();
}

std::vector<std::string> companies_of_rounds(const Dataset& data) {
  std::vector<std::string> names;
  for (const CompanyId company : data.rounds.company) names.push_back(data.name(company));
  return names;
}

std::vector<std::string> problems(const Dataset& data) {
  std::vector<std::string> lines;
  for (const Problem& p : data.problems)
    lines.push_back(data.place(p.where) + " " + std::string(name_of(p.kind)) + " " + p.column + ": " + p.text);
  return lines;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("identity: two ids of one name are two organisations, the later one named with its id") {
  const Dataset data = read({{"Acme", "c:2", "A", ""}, {"Acme", "c:1", "B", ""}, {"Acme", "c:2", "C", ""}});
  CHECK(companies_of_rounds(data) == List{"Acme (c:2)", "Acme", "Acme (c:2)"});
  CHECK(data.companies.name == List{"Acme", "Acme (c:2)"});
  CHECK(problems(data) ==
        List{"x.csv:2 homonym company: Acme is the name of c:1 and of c:2: the latter is called Acme (c:2)"});
  CHECK(read({{"Acme", "c:2", "A", ""}, {"Acme", "c:1", "B", ""}}, Identity::exact).companies.name == List{"Acme"});
}

TEST_CASE("identity: an id is shortened behind a name as long as it tells the organisations apart") {
  const std::string uuid = "0123abcd-0000-4000-8000-0000000000";
  const Dataset data = read({{"Acme", "/company/acme", "A", "0000abcd-0000-4000-8000-000000000000"},
                             {"Acme", "/company/acme-2", "A", uuid + "01"},
                             {"Acme", "/person/acme-2", "A", uuid + "02"},
                             {"Acme (acme-3)", "/company/x", "A", uuid + "02"},
                             {"Acme", "/company/acme-3", "A", uuid + "02"}});
  CHECK(data.companies.name ==
        List{"Acme", "Acme (/company/acme-3)", "Acme (/person/acme-2)", "Acme (acme-2)", "Acme (acme-3)"});
  CHECK(data.investors.name == List{"A", "A (0123abcd)", "A (" + uuid + "02)"});
  CHECK(std::ranges::adjacent_find(data.companies.name, std::greater_equal()) == data.companies.name.end());
}

TEST_CASE("identity: one id is one organisation under all its spellings, named by the most frequent") {
  const Dataset data = read({{"Facebook", "c:1", "A", ""}, {"Meta", "c:1", "A", ""}, {"Meta", "c:1", "A", ""}});
  CHECK(data.companies.name == List{"Meta"});
  CHECK(problems(data) == List{"x.csv:2 merged_name company: Facebook is read as Meta"});
}

TEST_CASE("identity: a row without id joins the organisation of its name, whichever comes first") {
  CHECK(companies_of_rounds(read({{"Acme Inc", "", "A", ""}, {"Acme", "c:1", "A", ""}, {"ACME", "", "A", ""}})) ==
        List{"ACME", "ACME", "ACME"});
  // Meta is only known to be c:1 after it stood alone.
  const Dataset late = read({{"Facebook", "c:1", "A", ""}, {"Meta", "", "A", ""}, {"Meta", "c:1", "B", ""}});
  CHECK(companies_of_rounds(late) == List{"Meta", "Meta", "Meta"});
  CHECK(problems(late) == List{"x.csv:2 merged_name company: Facebook is read as Meta"});
}

TEST_CASE("identity: a name without id that several organisations have is taken for the first, and listed") {
  const Dataset data = read({{"Acme", "c:1", "A", ""}, {"Acme", "c:2", "A", ""}, {"Acme", "", "A", ""}});
  CHECK(companies_of_rounds(data) == List{"Acme", "Acme (c:2)", "Acme"});
  CHECK(problems(data).back() ==
        "x.csv:4 ambiguous_name company: Acme may be any of 2 organisations: without an id it is taken for Acme, here "
        "and in 0 more rows");
  // The first that was read is not always the first by id; it then keeps the name, which is what the row says.
  const Dataset other = read({{"Acme", "c:2", "A", ""}, {"Acme", "c:1", "A", ""}, {"Acme", "", "A", ""}});
  CHECK(companies_of_rounds(other) == List{"Acme", "Acme (c:1)", "Acme"});
  // The spelling decides before the match key does.
  const Dataset clear = read({{"Acme Inc", "c:1", "A", ""}, {"Acme Ltd", "c:2", "A", ""}, {"Acme Ltd", "", "A", ""}});
  CHECK(companies_of_rounds(clear) == List{"Acme Inc", "Acme Ltd", "Acme Ltd"});
  CHECK(problems(clear).empty());
}

TEST_CASE("identity: the name made for a homonym is that organisation, also in tables read before it is known") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  builder.add_alias("Acme (i2)", "House", AliasLevel::manager, "", {}, {file, 1});
  builder.add_alias("Acme (i3)", "House", AliasLevel::manager, "", {}, {file, 2});
  builder.investor({"Acme", "i1"}, {file, 3});
  builder.investor({"Acme", "i2"}, {file, 4});
  const Dataset data = builder.finish().value();
  CHECK(data.investors.name == List{"Acme", "Acme (i2)", "Acme (i3)", "House"});
  REQUIRE(data.aliases.size() == 2);
  CHECK(data.name(data.aliases[0].alias) == "Acme (i2)");
  CHECK(problems(data) == List{"x.csv:4 homonym investor: Acme is the name of i1 and of i2: the latter is called Acme "
                               "(i2)"});
}

TEST_CASE("identity: what is said about an organisation before its id is known stays with it") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  const CompanyId known = builder.company({"Facebook", "c:1"}, {file, 1});
  const CompanyId unknown = builder.company("Meta", {file, 2});
  builder.describe_company(unknown, "social", "US", "", {});
  builder.describe_company(known, "", "IE", "listed", {});
  builder.add_attribute(entry_of(unknown), "note", "renamed");
  builder.company({"Meta", "c:1"}, {file, 3});
  const Dataset data = builder.finish().value();
  REQUIRE(data.companies.name == List{"Meta"});
  CHECK(data.companies.sector == List{"social"});
  CHECK(data.companies.country == List{"IE"});
  CHECK(data.companies.status == List{"listed"});
  REQUIRE(data.attributes.size() == 1);
  CHECK(data.attributes_of(entry_of(CompanyId{0})).size() == 1);
}

TEST_CASE("identity: ids tell whether an investor is the company itself") {
  CHECK(read({{"Acme", "c:1", "Acme", "c:1"}}).participations.size() == 0);
  CHECK(read({{"Acme", "c:1", "Acme", ""}}).participations.size() == 0);
  CHECK(read({{"Acme", "c:1", "Acme", "c:2"}}).participations.size() == 1);
  CHECK(read({{"Facebook", "c:1", "Meta", "c:1"}}).participations.size() == 0);
  const Dataset numbered = read({{"Facebook", "1", "Sequoia", "1"}}, Identity::safe, IdScope::each_side);
  CHECK(numbered.participations.size() == 1);
  CHECK(numbered.same_as.empty());
}

TEST_CASE("same_as: an organisation on both sides is linked by id, else by name, and stays two entries") {
  const auto links = [](const std::vector<Row>& rows, Identity identity = Identity::safe) {
    const Dataset data = read(rows, identity);
    List list;
    for (const auto& [investor, company] : data.same_as)
      list.push_back(data.name(investor) + " = " + data.name(company));
    return list;
  };
  CHECK(links({{"Google", "", "Sequoia", ""}, {"Nest", "", "GOOGLE", ""}}) == List{"GOOGLE = Google"});
  CHECK(links({{"Google", "", "Sequoia", ""}, {"Nest", "", "GOOGLE", ""}}, Identity::exact).empty());
  CHECK(links({{"Alphabet", "c:1", "X", ""}, {"Nest", "c:2", "Google", "c:1"}}) == List{"Google = Alphabet"});
  CHECK(links({{"Google", "c:1", "X", ""}, {"Nest", "c:2", "Google", "c:9"}}).empty());
  CHECK(links({{"Google", "c:1", "X", ""}, {"Nest", "c:2", "Google", ""}}) == List{"Google = Google"});
}

TEST_CASE("attributes: they follow their entries through sorting, and the rows that are counted once") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 0});
  const auto add = [&](std::int64_t amount, std::string_view investor, std::uint32_t line) {
    RoundInput round;
    round.company = "C";
    round.announced = parse_date("2020-01-01").value();
    if (amount != 0) round.amount = Amount::exactly(amount, Currency("USD"));
    round.source = {file, line};
    const RoundId id = builder.add_round(round);
    const auto entry = builder.add_participation({id, investor, Lead::unknown, {}, {}, round.source});
    builder.add_attribute(entry.value(), "line", std::to_string(line));
    builder.add_attribute(entry_of(id), "round line", std::to_string(line));
  };
  add(0, "B", 2);  // announced again below, with its amount
  add(100, "B", 3);
  add(100, "B", 4);  // the same participation again
  add(200, "A", 5);
  const Dataset data = builder.finish().value();
  REQUIRE(data.rounds.size() == 2);
  REQUIRE(data.participations.size() == 2);
  const auto said = [&](Entry entry) {
    std::string text;
    for (const Attribute& a : data.attributes_of(entry)) text += data.text(a.column) + "=" + data.text(a.value) + " ";
    return text;
  };
  CHECK(said(entry_of(ParticipationId{0})) == "line=2 line=3 line=4 ");
  CHECK(said(entry_of(ParticipationId{1})) == "line=5 ");
  CHECK(said(entry_of(RoundId{0})) == "round line=2 round line=3 round line=4 ");
  CHECK(said(entry_of(RoundId{1})) == "round line=5 ");
  CHECK(said(entry_of(CompanyId{0})).empty());
}
