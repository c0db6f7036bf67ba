// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/randomise.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <vector>

namespace coinvest {
namespace {

using Random = std::mt19937_64;

/// A number in [0, bound); the bias for bounds of a few thousand is below 1e-15.
std::size_t draw(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random() % bound);
}

template <typename T>
void shuffle(std::vector<T>& items, Random& random) {
  for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[draw(random, left)]);
}

/// Two investors keep what both hold and draw the rest anew, each as many as before.
void trade(std::vector<std::size_t>& a, std::vector<std::size_t>& b, Random& random, std::vector<std::size_t>& both,
           std::vector<std::size_t>& pool) {
  both.clear();
  pool.clear();
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  std::ranges::set_symmetric_difference(a, b, std::back_inserter(pool));
  const std::size_t of_a = a.size() - both.size();
  if (of_a == 0 || of_a == pool.size()) return;
  shuffle(pool, random);
  const auto middle = pool.begin() + static_cast<std::ptrdiff_t>(of_a);
  a.assign(pool.begin(), middle);
  b.assign(middle, pool.end());
  for (auto* list : {&a, &b}) {
    list->insert(list->end(), both.begin(), both.end());
    std::ranges::sort(*list);
  }
}

}  // namespace

Deals randomise(const Deals& deals, TieBy by, std::uint64_t seed, const Context& context) {
  Deals random_deals = deals;
  std::vector<std::size_t> group(deals.size());  // of a round: itself, or the first round of its company
  std::iota(group.begin(), group.end(), std::size_t{0});
  if (by == TieBy::company) {
    std::vector<std::size_t> first(deals.data->companies.size(), deals.size());
    for (std::size_t position = 0; position < deals.size(); ++position) {
      std::size_t& of_company = first[index(deals.company(position))];
      of_company = std::min(of_company, position);
      group[position] = of_company;
    }
  }

  std::vector<InvestorId> investors = deals.investors;
  std::ranges::sort(investors);
  investors.erase(std::unique(investors.begin(), investors.end()), investors.end());
  std::vector<std::vector<std::size_t>> held(investors.size());
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position))
      held[static_cast<std::size_t>(std::ranges::lower_bound(investors, investor) - investors.begin())].push_back(
          group[position]);
  for (auto& list : held) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }

  constexpr int turns = 10;
  Random random(seed);
  std::vector<std::size_t> order(investors.size()), both, pool;
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int turn = 0; turn < turns && !context.stopped(); ++turn) {
    shuffle(order, random);
    for (std::size_t i = 1; i < order.size(); i += 2) trade(held[order[i - 1]], held[order[i]], random, both, pool);
  }

  std::vector<std::vector<InvestorId>> participants(deals.size());
  for (std::size_t v = 0; v < investors.size(); ++v)
    for (const std::size_t position : held[v]) participants[position].push_back(investors[v]);
  random_deals.investors.clear();
  random_deals.offsets.assign(1, 0);
  for (const auto& of_round : participants) {
    random_deals.investors.insert(random_deals.investors.end(), of_round.begin(), of_round.end());
    random_deals.offsets.push_back(random_deals.investors.size());
  }
  random_deals.leads.assign(random_deals.investors.size(), Lead::unknown);
  random_deals.rows.resize(random_deals.investors.size());
  random_deals.joined.clear();
  return random_deals;
}

}  // namespace coinvest
