// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/tracking.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string>

#include "catch.hpp"

namespace coinvest {
namespace {

Community members(std::string_view letters) {
  Community community;
  for (const char letter : letters) community.push_back(id_of<InvestorId>(static_cast<std::size_t>(letter)));
  std::ranges::sort(community);
  return community;
}

std::vector<Community> communities(const std::vector<std::string_view>& all) {
  std::vector<Community> made;
  for (const std::string_view letters : all) made.push_back(members(letters));
  return made;
}

/// "continue 0-1", ...
std::vector<std::string> told(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  std::vector<std::string> lines;
  for (const Succession& row : track(communities(before), communities(after)))
    lines.push_back(std::string(name_of(row.event)) + " " + (row.from ? std::to_string(*row.from) : "") + "-" +
                    (row.to ? std::to_string(*row.to) : ""));
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("communities continue, split, merge, are born and die") {
  CHECK(told({"abcd", "efgh"}, {"efgi", "abcd"}) == Lines{"continue 1-0", "continue 0-1"});
  CHECK(told({"abcdef"}, {"abcd", "ef"}) == Lines{"continue 0-0", "split 0-1"});
  CHECK(told({"abcd", "ef"}, {"abcdef"}) == Lines{"continue 0-0", "merge 1-0"});
  CHECK(told({"abc"}, {"xyz"}) == Lines{"birth -0", "death 0-"});
  CHECK(told({}, {"ab"}) == Lines{"birth -0"});
  CHECK(told({"ab"}, {}) == Lines{"death 0-"});
  // Equal halves: the lower number goes on.
  CHECK(told({"abcd"}, {"ab", "cd"}) == Lines{"continue 0-0", "split 0-1"});
  CHECK(told({"ab", "cd"}, {"abcd"}) == Lines{"continue 0-0", "merge 1-0"});
  // 2 of 7 is less than 0.3, 3 of 10 is not.
  CHECK(told({"abcd"}, {"abxyz"}) == Lines{"birth -0", "death 0-"});
  CHECK(told({"abcdefg"}, {"abcxyz"}) == Lines{"continue 0-0"});
}

TEST_CASE("similarity is members of both over members of either") {
  const auto rows = track(communities({"abcd"}), communities({"abce"}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].jaccard == Approx(3.0 / 5));
  CHECK(std::isnan(track({}, communities({"ab"}))[0].jaccard));
}

TEST_CASE("every community has one fate, on random partitions") {
  std::mt19937_64 random(5);
  for (int run = 0; run < 200; ++run) {
    std::vector<Community> before(1 + random() % 6), after(1 + random() % 6);
    for (std::size_t investor = 0; investor < 30; ++investor) {
      if (random() % 5 != 0) before[random() % before.size()].push_back(id_of<InvestorId>(investor));
      if (random() % 5 != 0) after[random() % after.size()].push_back(id_of<InvestorId>(investor));
    }
    std::multiset<std::uint32_t> came, went;
    for (const Succession& row : track(before, after)) {
      const bool of_after = row.event == CommunityEvent::birth || row.event == CommunityEvent::continued ||
                            row.event == CommunityEvent::split;
      if (of_after) came.insert(*row.to);
      if (row.event != CommunityEvent::birth && row.event != CommunityEvent::split) went.insert(*row.from);
      if (row.from && row.to) {
        std::vector<InvestorId> both;
        std::ranges::set_intersection(before[*row.from], after[*row.to], std::back_inserter(both));
        const auto either = static_cast<double>(before[*row.from].size() + after[*row.to].size() - both.size());
        CHECK(row.jaccard == Approx(static_cast<double>(both.size()) / either));
        CHECK(row.jaccard >= least_similar);
      }
    }
    CHECK(came.size() == after.size());
    CHECK(std::set(came.begin(), came.end()).size() == after.size());
    CHECK(std::set(went.begin(), went.end()).size() == went.size());
  }
}

}  // namespace
}  // namespace coinvest
