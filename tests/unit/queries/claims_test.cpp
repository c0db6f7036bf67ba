// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/claims.hpp"

#include <fmt/format.h>

#include <string>

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

ClaimsFile parsed(const std::string& text) {
  const auto file = parse_claims(text, "claims.toml");
  INFO((file ? std::string() : describe(file.error())));
  REQUIRE(file);
  return *file;
}

std::string complaint(const std::string& text) {
  const auto file = parse_claims(text, "claims.toml");
  return file ? std::string() : describe(file.error());
}

const std::string head = "[[claim]]\nid = 1\nstatement = \"s\"\n";

/// The answer to one claim of these lines, and its verdict.
struct Asked {
  ClaimAnswer answer;
  ClaimVerdict verdict;
};
Asked ask(const Dataset& data, const std::string& lines, std::optional<Day> known_by = {}) {
  const ClaimsFile file = parsed(head + lines);
  const auto answer = answer_of(data, file.claims.at(0), known_by);
  INFO((answer ? std::string() : describe(answer.error())));
  REQUIRE(answer);
  return {*answer, verdict_of(file.claims.at(0), *answer)};
}

void check(const Dataset& data, const std::string& lines, std::int64_t value, NumberRange range, ClaimVerdict verdict) {
  INFO(lines);
  const Asked asked = ask(data, lines);
  CHECK(asked.answer.value == value);
  CHECK(asked.answer.range.low == range.low);
  CHECK(asked.answer.range.high == range.high);
  CHECK(asked.verdict == verdict);
}

constexpr auto holds = ClaimVerdict::holds;
constexpr auto fails = ClaimVerdict::fails;
constexpr auto open = ClaimVerdict::cannot_be_told;

TEST_CASE("claims that count rounds, companies and investors") {
  const Dataset data = fixtures::f1();
  check(data, "kind = 'rounds'\nequals = 9", 9, {9, 9}, holds);
  check(data, "kind = 'rounds'\ncompany = 'Alpha'\nat_most = 3", 4, {4, 4}, fails);
  check(data, "kind = 'rounds'\ninvestor = 'A'\nat_least = 5", 5, {5, 5}, holds);
  check(data, "kind = 'rounds'\ninvestor = 'a'\ncompany = 'Beta'\nequals = 2", 2, {2, 2}, holds);
  check(data, "kind = 'rounds'\ninvestor = 'E'\nto = 2020\nnone = true", 0, {0, 0}, holds);
  // R4 of 2016 may lie in the window.
  const std::string window = "kind = 'rounds'\nfrom = '2016-06'\nto = 2017\nequals = 3\n";
  check(data, window, 2, {2, 3}, open);
  check(data, window + "partial_date = 'mid'", 3, {2, 3}, open);
  check(data, window + "as_of = 2017-06-14", 0, {0, 1}, fails);

  check(data, "kind = 'companies'\nequals = 4", 4, {4, 4}, holds);
  check(data, "kind = 'companies'\nmin_rounds = 2\nequals = 4", 3, {3, 3}, fails);
  check(data, "kind = 'companies'\nmin_rounds = 3\nequals = 1", 1, {1, 1}, holds);
  check(data, "kind = 'companies'\ninvestor = 'A'\nbetween = [3, 4]", 3, {3, 3}, holds);
  check(data, "kind = 'investors'\nequals = 5", 5, {5, 5}, holds);
  check(data, "kind = 'investors'\nfrom = 2021\nto = 2022\nequals = 3", 3, {3, 3}, holds);  // B, D, E
}

TEST_CASE("claims that compare two periods") {
  const Dataset data = fixtures::f1();
  const std::string later = "from = 2020\nto = 2022\n";  // B, D, E
  check(data, "kind = 'investor_change'\nbefore = '2015..2017'\nat_most = -1\n" + later, -1, {-1, -1}, holds);
  // R4, of A and C, may lie in the second half of 2016.
  const std::string half = "kind = 'investor_change'\nbefore = '2016-06..2016-12'\nat_least = 2\n" + later;
  check(data, half, 3, {1, 3}, open);
  check(data, half + "partial_date = 'overlap'", 1, {1, 3}, open);
  check(data, "kind = 'investors_gone'\nbefore = '2015..2017'\nequals = 2\n" + later, 2, {2, 2}, holds);  // A, C
  check(data, "kind = 'investors_gone'\nbefore = '2015..2017'\nfrom = 2018\nnone = true", 0, {0, 0}, holds);
}

TEST_CASE("claims about days and dates") {
  const Dataset data = fixtures::f1();
  const auto number = [](const char* day) { return fixtures::day(day).time_since_epoch().count(); };
  const NumberRange year{number("2016-01-01"), number("2016-12-31")};
  const std::int64_t july = number("2016-07-01");
  check(data, "kind = 'first_deal'\ncompany = 'Beta'\nequals = 2016", july, year, holds);
  check(data, "kind = 'first_deal'\ncompany = 'Beta'\nat_most = '2016-06'", july, year, open);
  const std::int64_t last = number("2022-05-20");
  check(data, "kind = 'last_deal'\ninvestor = 'D'\nequals = 2022-05-20", last, {last, last}, holds);
  CHECK(ask(data, "kind = 'last_deal'\ninvestor = 'D'\nto = 2015\nequals = 2015").verdict == open);

  const std::string second = "kind = 'time_to_round'\ncompany = 'Alpha'\nnth = 2\nat_most = 900\n";
  check(data, second + "since = 2015-01-01", 896, {896, 896}, holds);
  const Asked unfounded = ask(data, second);
  CHECK_FALSE(unfounded.answer.value);
  CHECK(unfounded.answer.why == "the founding has no date");
  CHECK(unfounded.verdict == open);
  CHECK(ask(data, "kind = 'time_to_round'\ncompany = 'Alpha'\nnth = 5\nat_most = 1\nsince = 2015").answer.why ==
        "fewer dated rounds");

  // Beta: 2016 and 2019-01-10 are 741 to 1106 days, both ends counted.
  for (const auto& [days, low, high] : {std::tuple{740, 1, 1}, {741, 1, 2}, {1105, 1, 2}, {1106, 2, 2}})
    check(data, fmt::format("kind = 'rounds_in_days'\ncompany = 'Beta'\ndays = {}\nat_least = 1", days), low,
          {low, high}, holds);
  const Asked anywhere = ask(data, "kind = 'rounds_in_days'\ndays = 1\nequals = 2");
  CHECK(anywhere.verdict == holds);
  REQUIRE(anywhere.answer.rows.size() == 2);  // R2 and R3
  CHECK(anywhere.answer.rows[0].source.line == 3);
  CHECK(anywhere.answer.rows[1].source.line == 4);
}

TEST_CASE("claims about the shareholder register") {
  const Dataset data = fixtures::f1();
  check(data, "kind = 'registry'\ncompany = 'Gamma'\nequals = 2", 2, {2, 2}, holds);
  check(data, "kind = 'registry'\nchange = 'REMOVED'\nfrom = 2022-09-30\nequals = 1", 1, {1, 1}, holds);
  check(data, "kind = 'registry'\ninvestor = 'F'\nchange = ['INVEST', 'INCREASE']\nequals = 1", 1, {1, 1}, holds);
  check(data, "kind = 'registry'\nfrom = '2022-10'\nnone = true", 0, {0, 0}, holds);
}

/// Rounds of a sum: X 100 exactly and at least 50 EUR, Y 30 USD and undisclosed, Z 10 EUR.
Dataset rounds_with_money() {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"money.csv", "money.csv", "", 5});
  const Currency euro("EUR");
  std::uint32_t line = 1;
  const auto add = [&](const char* company, const char* day, Amount amount, const char* known, Amount then) {
    RoundInput round;
    round.id = fmt::format("M{}", line);
    round.company = company;
    round.announced = fixtures::date(day);
    round.known_on = fixtures::date(known);
    round.amount = amount;
    round.amount_then = then;
    round.source = {file, ++line};
    builder.add_round(round);
  };
  const Amount hundred = Amount::exactly(100'00, euro);
  add("X", "2020-01-01", hundred, "2020-01-01", Amount{});
  add("X", "2020-02-01", Amount::at_least(50'00, euro), "2020-02-01", Amount::exactly(70'00, euro));
  add("Y", "2020-03-01", Amount::exactly(30'00, Currency("USD")), "2021", Amount{});
  add("Y", "2020-04-01", Amount{}, "2020-04-01", Amount{});
  add("Z", "2020-05-01", Amount::exactly(10'00, euro), "2020-05-01", Amount::exactly(10'00, euro));
  return builder.finish().value();
}

TEST_CASE("claims about money: what is not known leaves the verdict open") {
  const Dataset data = rounds_with_money();
  check(data, "kind = 'sum'\nat_least = 160", 160'00, {160'00, NumberRange::most}, holds);
  check(data, "kind = 'sum'\nat_least = '161 EUR'", 160'00, {160'00, NumberRange::most}, open);
  check(data, "kind = 'sum'\nat_most = 159.99", 160'00, {160'00, NumberRange::most}, fails);
  check(data, "kind = 'sum'\ncompany = 'Z'\nequals = 10", 10'00, {10'00, 10'00}, holds);
  check(data, "kind = 'sum'\ncurrency = 'USD'\nat_least = 1", 30'00, {30'00, NumberRange::most}, holds);
  const ClaimAnswer all = ask(data, "kind = 'sum'\nat_least = 1").answer;
  CHECK(all.exact == 110'00);
  CHECK(all.undisclosed == 1);
  CHECK(all.other_currency == 1);
  CHECK(all.currency == Currency("EUR"));

  check(data, "kind = 'companies_raising'\nthreshold = 150\ncurrency = 'EUR'\nequals = 1", 1, {1, 2}, open);
  check(data, "kind = 'companies_raising'\nthreshold = '200 EUR'\nnone = true", 0, {0, 2}, open);
  check(data, "kind = 'companies_raising'\nthreshold = '200 EUR'\ncompany = 'Z'\nnone = true", 0, {0, 0}, holds);
}

TEST_CASE("a verdict belongs to a day of knowledge") {
  const Dataset data = rounds_with_money();
  // Until 2020 nobody had printed the first amount, the second was 70, and the dollars were not known at all.
  const Asked then = ask(data, "kind = 'sum'\nat_least = 100\ncurrency = 'EUR'", fixtures::day("2020-12-31"));
  CHECK(then.answer.value == 80'00);
  CHECK(then.answer.undisclosed == 2);
  CHECK(then.answer.other_currency == 0);
  CHECK(then.verdict == open);

  ClaimsFile file = parsed("known_by = [2020-12-31, 2021-12-31]\n" + head + "kind = 'rounds'\nequals = 4");
  const auto table = claims_table(data, file);
  REQUIRE(table);
  REQUIRE(table->rows.size() == 2);
  CHECK(table->rows[0][2] == Cell{std::int64_t{5}});
  CHECK(table->rows[0][4] == Cell{std::string("fails")});
  CHECK(table->rows[0][5] == Cell{std::string("holds")});
  CHECK(table->rows[1][5] == Cell{std::string("fails")});
  const auto rows = claim_rows_table(data, file);
  REQUIRE(rows);
  CHECK(rows->rows.size() == 5 + 4 + 5);
  file.known_by.clear();
  CHECK(claims_table(data, file)->rows.at(0).at(5) == Cell{});
}

TEST_CASE("a claims file is refused with its line") {
  const std::string rounds = head + "kind = 'rounds'\nequals = 1\n";
  CHECK(complaint("").ends_with("no [[claim]] is in the file"));
  CHECK(complaint("claim = 3\n") == "claims.toml:1: claims are written as [[claim]]");
  CHECK(complaint("secttor = 'gpu'\n" + rounds) == "claims.toml:1: unknown key 'secttor'; did you mean 'sector'?");
  CHECK(complaint(head + "kind = 'round'\nequals = 1") == "claims.toml:4: 'round' is no kind; did you mean 'rounds'?");
  CHECK(complaint(rounds + "nth = 2").starts_with("claims.toml:6: unknown key 'nth'"));  // of another kind
  CHECK(complaint(head + "kind = 'rounds'").find("one of at_least, at_most") != std::string::npos);
  CHECK(complaint(rounds + "none = true").find("one of at_least, at_most") != std::string::npos);
  CHECK(complaint(rounds + rounds).ends_with("two claims have the id '1'"));
  CHECK(complaint("[[claim]]\nid = 1").ends_with("a claim needs 'statement'"));
  CHECK(complaint(head + "kind = 'time_to_round'\nat_most = 1").ends_with("needs 'company'"));
  CHECK(complaint(head + "kind = 'rounds'\nequals = 1.5") == "claims.toml:5: a whole number is needed");
  CHECK(complaint(head + "kind = 'sum'\nat_least = nan").starts_with("claims.toml:5: an amount is needed"));
  CHECK(complaint(head + "kind = 'sum'\nat_least = 'much'").starts_with("claims.toml:5: "));
  CHECK(
      complaint(head + "kind = 'sum'\ncurrency = 'USD'\nat_least = '3亿人民币'").ends_with("in CNY, the claim in USD"));
  CHECK(complaint(rounds + "from = 2021\nto = 2020") == "claims.toml:7: 'to' lies before 'from'");
  CHECK(complaint(rounds + "from = '2021-02-30'").starts_with("claims.toml:6: "));
  CHECK(complaint(head + "kind = 'rounds'\nbetween = [3, 2]").ends_with("ends before it begins"));
  CHECK(complaint("known_by = true\n" + rounds).starts_with("claims.toml:1: "));
  CHECK(complaint(rounds + "sector = []") == "");
}

TEST_CASE("a round that may lie in the window may be the first or the last one") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 2}),
                       {"R1 Alpha 2022 A", "R2 Alpha 2022-09-10 B"});
  const Dataset data = builder.finish().value();
  const auto range_of = [&](const std::string& lines) {
    const ClaimsFile file = parsed(head + lines + "company = 'Alpha'\nequals = 2022-09-10\n");
    return answer_of(data, file.claims.at(0), {}).value().range;
  };
  const auto number = [](std::string_view day) { return parse_date(day).value().low.time_since_epoch().count(); };
  CHECK(range_of("kind = 'first_deal'\nfrom = 2022-06-01\nto = 2022-12-31\n") ==
        NumberRange{number("2022-06-01"), number("2022-09-10")});
  CHECK(range_of("kind = 'last_deal'\nfrom = 2022-06-01\nto = 2022-12-31\n") ==
        NumberRange{number("2022-09-10"), number("2022-12-31")});
}

TEST_CASE("a claim about a name that the data does not have is refused with the nearest") {
  const Dataset data = fixtures::f1();
  const auto error_of = [&](const std::string& line) {
    const ClaimsFile file = parsed(head + "kind = 'rounds'\nnone = true\n" + line);
    return describe(answer_of(data, file.claims.at(0), {}).error());
  };
  CHECK(error_of("company = 'Alfha'") == "claims.toml:1: no company is called 'Alfha'; did you mean Alpha?");
  CHECK(error_of("company = 'amm'").ends_with("did you mean Gamma?"));
  CHECK(error_of("investor = 'Nobody'") == "claims.toml:1: no investor is called 'Nobody'");
}

}  // namespace
}  // namespace coinvest
