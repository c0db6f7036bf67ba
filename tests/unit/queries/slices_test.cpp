// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/slices.hpp"

#include <map>
#include <string>

#include "catch.hpp"
#include "coinvest/ingest/read.hpp"

using coinvest::SliceBy;

namespace {

// Two pairs who meet twice each and once, c, both; sectors in two spellings; one round without sector and date.
constexpr const char* rows =
    "round_id,company,investor,date,sector,country,amount,currency\n"
    "1,X,a,2020-02-01,AI,cn,100,USD\n1,X,b,2020-02-01,AI,cn,100,USD\n"
    "2,Y,a,2020-05-01,ai,cn,,\n2,Y,b,2020-05-01,ai,cn,,\n"
    "3,Z,p,2021-01-01,Bio,us,50,USD\n3,Z,q,2021-01-01,Bio,us,50,USD\n"
    "4,W,p,2021-06-01,Bio,us,25,USD\n4,W,q,2021-06-01,Bio,us,25,USD\n4,W,a,2021-06-01,Bio,us,25,USD\n"
    "5,V,z,,,,,\n";

std::map<std::string, std::uint64_t> rounds_of(const coinvest::Slicing& slicing) {
  std::map<std::string, std::uint64_t> rounds;
  for (const coinvest::Slice& slice : slicing.slices) rounds[slice.name] = slice.rounds;
  return rounds;
}

}  // namespace

TEST_CASE("slices cover the rounds, and count those that are in none") {
  const auto data = coinvest::read_bytes(rows, "rows.csv", {}, {}).value();
  const coinvest::Deals deals = coinvest::select(data, {});
  using Rounds = std::map<std::string, std::uint64_t>;
  const auto cut = [&](SliceBy by) { return coinvest::cut_into_slices(deals, by, {}, {}).value(); };

  const auto sectors = cut(SliceBy::sector);
  CHECK(rounds_of(sectors) == Rounds{{"AI", 2}, {"Bio", 2}});
  CHECK(sectors.rounds_in_none == 1);
  CHECK(rounds_of(cut(SliceBy::country)) == Rounds{{"cn", 2}, {"us", 2}});
  const auto years = cut(SliceBy::year);
  CHECK(rounds_of(years) == Rounds{{"2020", 2}, {"2021", 2}});
  CHECK(years.slices.front().name == "2020");

  const auto clusters = cut(SliceBy::cluster);
  REQUIRE(clusters.slices.size() == 2);
  CHECK(rounds_of(clusters) == Rounds{{"1", 3}, {"2", 2}});  // a and b: rounds 1, 2 and, of a, 4; p and q: 3 and 4
  CHECK(clusters.rounds_in_none == 1);
  const auto part = coinvest::select_members(data, clusters.slices.front().selection, clusters.slices.front().members);
  CHECK(part.size() == 3);
  CHECK(part.investors.size() == 5);
  CHECK(part.participants(2).size() == 1);
}

TEST_CASE("the size of a slice: rounds, companies, investors, money") {
  const auto data = coinvest::read_bytes(rows, "rows.csv", {}, {}).value();
  coinvest::Selection selection;
  selection.sectors = {"bio"};
  const auto cells = coinvest::size_cells(coinvest::select(data, selection), "bio").value();
  REQUIRE(cells.size() == coinvest::size_columns().size());
  CHECK(cells[0] == coinvest::Cell{std::int64_t{2}});
  CHECK(cells[1] == coinvest::Cell{std::int64_t{2}});
  CHECK(cells[2] == coinvest::Cell{std::int64_t{3}});
  CHECK(cells[3] == coinvest::Cell{std::int64_t{75}});
}
