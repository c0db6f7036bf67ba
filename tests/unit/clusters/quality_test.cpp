// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/quality.hpp"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "catch.hpp"
#include "coinvest/ties/randomise.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

using Labels = std::vector<std::uint32_t>;

/// 120 rounds of 3 investors each; with `blocks` groups whose investors and companies keep to themselves.
Dataset drawn(std::uint64_t blocks, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> lines;
  for (std::uint64_t round = 0; round < 120; ++round) {
    const std::uint64_t block = round % blocks;
    std::set<std::uint64_t> members;
    while (members.size() < 3) members.insert(random() % (40 / blocks) * blocks + block);
    lines.push_back("R" + std::to_string(round) + " C" + std::to_string(random() % (60 / blocks) * blocks + block) +
                    " 2020");
    for (const std::uint64_t member : members) lines.back() += " I" + std::to_string(member);
  }
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 120});
  fixtures::add_rounds(builder, file, {lines.begin(), lines.end()});
  return builder.finish().value();
}

Trust judged(const Dataset& data, const GraphRecipe& recipe, std::string_view method, unsigned threads = 1) {
  const Deals deals = select(data, {});
  const Bipartite bipartite = build_bipartite(deals);
  std::optional<Coinvestment> ties;
  if (const auto* options = std::get_if<TieOptions>(&recipe))
    ties = build_coinvestment(deals, bipartite, *options, Context{}).value();
  Context context;
  context.threads = threads;
  return trust(deals, recipe, ties ? ties->view() : bipartite.view(), *find_cluster_method(method), {}, {}, context)
      .value();
}

TEST_CASE("agreement of partitions: equal, unrelated, in between") {
  const Labels a{0, 0, 0, 1, 1, 1}, renamed{4, 4, 4, 2, 2, 2}, b{0, 0, 1, 1, 2, 2}, one(6, 0);
  CHECK(mutual_information(a, renamed) == Approx(1));
  CHECK(adjusted_rand_index(a, renamed) == Approx(1));
  // H(a) = ln 2, H(b) = ln 3, H(a, b) = ln 3 + ln 2 / 3: I = 2/3 ln 2.
  CHECK(mutual_information(a, b) == Approx(2 * (2 * std::log(2.0) / 3) / (std::log(2.0) + std::log(3.0))));
  CHECK(mutual_information(b, a) == Approx(mutual_information(a, b)));
  // Pairs together: 6 in a, 3 in b, 2 in both, of 15: (2 − 1.2) / (4.5 − 1.2).
  CHECK(adjusted_rand_index(a, b) == Approx(0.8 / 3.3));
  CHECK(mutual_information(a, one) == Approx(0).margin(1e-12));
  CHECK(adjusted_rand_index(a, one) == Approx(0).margin(1e-12));
  CHECK(mutual_information(one, one) == 1);
  CHECK(adjusted_rand_index(one, one) == 1);
}

TEST_CASE("random deals keep how much everybody invests, and little else") {
  const Dataset data = drawn(4, 5);
  const Deals deals = select(data, {});
  for (const TieBy by : {TieBy::round, TieBy::company}) {
    const Deals random_deals = randomise(deals, by, 3);
    CHECK(randomise(deals, by, 3).investors == random_deals.investors);
    CHECK(randomise(deals, by, 4).investors != random_deals.investors);
    const Bipartite before = build_bipartite(deals), after = build_bipartite(random_deals);
    CHECK(before.neighbours != after.neighbours);
    CHECK(before.investors == after.investors);
    CHECK(before.companies == after.companies);
    if (by == TieBy::company) {
      CHECK(before.offsets == after.offsets);
    } else {
      CHECK(deals.offsets == random_deals.offsets);
      std::map<InvestorId, int> rounds;
      for (const InvestorId investor : deals.investors) ++rounds[investor];
      for (const InvestorId investor : random_deals.investors) --rounds[investor];
      for (const auto& [investor, difference] : rounds) CHECK(difference == 0);
    }
    for (std::size_t position = 0; position < random_deals.size(); ++position) {
      const auto members = random_deals.participants(position);
      CHECK(std::set(members.begin(), members.end()).size() == members.size());
    }
  }
}

TEST_CASE("planted clusters are far from chance, random deals are not") {
  TieOptions by_company;
  by_company.by = TieBy::company;
  for (const GraphRecipe& recipe : {GraphRecipe(TieOptions{}), GraphRecipe(by_company)}) {
    const Trust planted = judged(drawn(4, 1), recipe, "leiden");
    CHECK(planted.z > 10);
    CHECK(planted.nmi > 0.95);
    CHECK(planted.ari > 0.95);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Trust none = judged(drawn(1, seed), recipe, "leiden");
      CHECK(std::abs(none.z) < Trust::least_z);
      CHECK(none.null_deviation > 0);
    }
  }
  CHECK(judged(drawn(4, 1), BipartiteOptions{}, "bipartite").z > 10);
  CHECK(judged(drawn(4, 1), BipartiteOptions{BipartiteWeight::rounds}, "louvain").z > 10);
}

TEST_CASE("trust does not depend on the number of threads, and says nothing about graphs without ties") {
  const Dataset data = drawn(2, 2);
  const Trust one = judged(data, TieOptions{}, "leiden", 1), four = judged(data, TieOptions{}, "leiden", 4);
  CHECK(one.nmi == four.nmi);
  CHECK(one.ari == four.ari);
  CHECK(one.z == four.z);
  TieOptions none;
  none.min_shared = 1000;
  const Trust empty = judged(data, none, "leiden");
  CHECK(std::isnan(empty.z));
  CHECK(std::isnan(empty.nmi));
}

}  // namespace
}  // namespace coinvest
