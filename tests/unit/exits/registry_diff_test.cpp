// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registry_diff.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "coinvest/exits/assignment.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/ingest/read.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

Stake stake(int holder, double subscribed) {
  return {id_of<InvestorId>(static_cast<std::size_t>(holder)), std::llround(subscribed * 100), {}, Currency("CNY"), {}};
}
Stake share(int holder, double percent) {
  return {id_of<InvestorId>(static_cast<std::size_t>(holder)), {}, {}, {}, percent};
}
Stake name(int holder) {
  return {id_of<InvestorId>(static_cast<std::size_t>(holder)), {}, {}, {}, {}};
}

/// Holders 100 and more, and those 100 less, are one house.
bool same_house(InvestorId a, InvestorId b) {
  return index(a) % 100 == index(b) % 100;
}

std::string text(const StakeEvent& event) {
  std::string line = event.holder ? std::to_string(index(*event.holder)) : "-";
  line += " " + std::string(name_of(event.event));
  if (event.extent == Extent::part) line += " part";
  if (event.counterpart) line += " " + std::to_string(index(*event.counterpart));
  if (event.capital) line += " " + format_minor(*event.capital);
  return line;
}

std::vector<std::string> texts(const RegisterDiff& diff) {
  std::vector<std::string> lines;
  for (const StakeEvent& event : diff.events) lines.push_back(text(event));
  return lines;
}

RegisterDiff diff(const std::vector<Stake>& before, const std::vector<Stake>& after) {
  return diff_registers({before, after, {}, {}, {}, {}, false, false}, same_house);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the cheapest assignment is that of all permutations") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t rows = 1 + random() % 5, columns = rows + random() % 3;
    std::vector<std::vector<double>> cost(rows, std::vector<double>(columns));
    for (auto& row : cost)
      for (double& value : row) value = static_cast<double>(random() % 20);
    std::vector<std::size_t> order(columns);
    std::iota(order.begin(), order.end(), std::size_t{0});
    double least = 1e9;
    do {
      double sum = 0;
      for (std::size_t row = 0; row < rows; ++row) sum += cost[row][order[row]];
      least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    const std::vector<std::size_t> chosen = cheapest_assignment(cost);
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row) sum += cost[row][chosen[row]];
    CHECK(sum == least);
    CHECK(std::set<std::size_t>(chosen.begin(), chosen.end()).size() == rows);
  }
  CHECK(cheapest_assignment({}).empty());
}

TEST_CASE("new money, dilution, sale, replacement, reduction") {
  CHECK(texts(diff({stake(1, 100)}, {stake(1, 100), stake(2, 25)})) == Texts{"2 INVEST 25"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(2, 75)})) == Texts{"2 INCREASE 25"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(3, 50)})) == Texts{"2 SECONDARY 3 50"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 80), stake(2, 70)})) == Texts{"1 SECONDARY part 2 20"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(102, 50.1)})) == Texts{"2 REPLACE 102 50"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 100)})) == Texts{"2 REDUCTION 50"});
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(2, 20)})) == Texts{"2 REDUCTION part 30"});
  CHECK(diff({stake(1, 100)}, {stake(1, 100)}).events.empty());
}

TEST_CASE("affiliation wins over order, and every other pair is kept") {
  CHECK(texts(diff({stake(1, 100), stake(2, 50), stake(3, 50)}, {stake(1, 100), stake(4, 50), stake(103, 50)})) ==
        Texts{"2 SECONDARY 4 50", "3 REPLACE 103 50"});
}

TEST_CASE("several sold to one, one sold to several, old shares and new ones") {
  CHECK(texts(diff({stake(1, 100), stake(2, 30), stake(3, 41)}, {stake(1, 100), stake(4, 71)})) ==
        Texts{"3 SECONDARY 4 41", "2 SECONDARY 4 30"});
  CHECK(texts(diff({stake(1, 100), stake(2, 71)}, {stake(1, 100), stake(3, 30), stake(4, 41)})) ==
        Texts{"2 SECONDARY 4 41", "2 SECONDARY 3 30"});
  const RegisterDiff both = diff({stake(1, 100), stake(2, 30)}, {stake(1, 100), stake(3, 80)});
  CHECK(texts(both) == Texts{"2 SECONDARY 3 30", "3 INVEST 50"});
  CHECK(both.residual == 0);
}

TEST_CASE("nobody can tell: removed, and the capital does not add up") {
  const RegisterDiff unknown = diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(3, 13), stake(4, 29)});
  CHECK(texts(unknown) == Texts{"4 INVEST 29", "3 INVEST 13", "2 REMOVED 50"});
  CHECK(unknown.residual == -5000);
  CHECK(unknown.unbalanced);
  const std::vector<Stake> before{stake(1, 100)}, after{stake(1, 100), stake(2, 25)};
  const RegisterDiff stated = diff_registers({before, after, {}, {}, 10000, 13000, false, false}, same_house);
  CHECK(stated.residual == 500);
  CHECK(stated.unbalanced);
}

TEST_CASE("a common factor is no investment; shares in percent tell dilution from sale") {
  CHECK(texts(diff({stake(1, 100), stake(2, 50)}, {stake(1, 200), stake(2, 100), stake(3, 30)})) ==
        Texts{"- CAPITAL 150", "3 INVEST 30"});
  CHECK(texts(diff({share(1, 60), share(2, 40)}, {share(1, 48), share(2, 32), share(3, 20)})) ==
        Texts{"1 DILUTION part", "2 DILUTION part", "3 INVEST"});
  CHECK(texts(diff({share(1, 60), share(2, 30), share(3, 10)}, {share(1, 60), share(2, 30), share(4, 10)})) ==
        Texts{"3 SECONDARY 4"});
  CHECK(texts(diff({share(1, 50), share(2, 30), share(3, 20)},
                   {share(1, 40), share(2, 24), share(103, 16), share(5, 20)})) ==
        Texts{"1 DILUTION part", "2 DILUTION part", "3 REPLACE 103", "5 INVEST"});
}

TEST_CASE("names alone, and names among amounts") {
  CHECK(texts(diff({name(1), name(2)}, {name(1), name(3)})) == Texts{"2 REMOVED 3", "3 INVEST 2"});
  CHECK(texts(diff({name(1), name(2)}, {name(1), name(102)})) == Texts{"2 REPLACE 102"});
  CHECK(texts(diff({name(1), name(2)}, {name(1), name(3), name(4)})) == Texts{"2 REMOVED", "3 INVEST", "4 INVEST"});
  const RegisterDiff mixed = diff({stake(1, 100), stake(2, 50)}, {stake(1, 100), stake(2, 60), name(3)});
  CHECK(texts(mixed) == Texts{"2 INCREASE 10", "3 INVEST"});
  CHECK_FALSE(mixed.residual);
}

TEST_CASE("renames come first, flows are exact, words of the source count") {
  const std::vector<Stake> before{stake(1, 100), stake(2, 50)}, after{stake(1, 100), stake(3, 50), stake(4, 10)};
  const std::vector<std::pair<InvestorId, InvestorId>> renames{{InvestorId{2}, InvestorId{3}}};
  CHECK(texts(diff_registers({before, after, renames, {}, {}, {}, false, false}, same_house)) ==
        Texts{"2 RENAME 3", "4 INVEST 10"});
  CHECK(texts(diff_registers({before, after, {}, {}, {}, {}, true, false}, same_house)) ==
        Texts{"2 REPLACE 3 50", "4 INVEST 10"});
  const std::vector<Stake> less{stake(1, 100)};
  CHECK(texts(diff_registers({before, less, {}, {}, {}, {}, false, true}, same_house)) == Texts{"2 BUYBACK 50"});
  const std::vector<Stake> sold{stake(1, 90), stake(2, 50), stake(3, 40)};
  const std::vector<StakeFlow> flows{{InvestorId{1}, 1000, 0, 0}, {InvestorId{3}, 0, 1000, 3000}};
  const RegisterDiff exact = diff_registers({before, sold, {}, flows, {}, {}, false, false}, same_house);
  CHECK(texts(exact) == Texts{"3 INVEST 30", "1 SECONDARY part 3 10"});
  CHECK(exact.residual == 0);
}

namespace {

/// Makes one change of a cap table and writes down what happened.
class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed) {
    const int holders = 4 + pick(9);
    for (int i = 0; i < holders; ++i) before_.push_back(stake(next_++, amount()));
    after_ = before_;
  }

  void step() {
    const int changes = 1 + pick(3);
    for (int i = 0; i < changes; ++i) change();
    if (pick(8) == 0) split();
    std::ranges::shuffle(after_, random_);
  }

  /// The register prints shares, too; who holds the same and has a smaller share was diluted.
  void print_shares() {
    for (auto* stakes : {&before_, &after_}) {
      double total = 0;
      for (const Stake& holder : *stakes) total += yuan(holder);
      for (Stake& holder : *stakes) holder.percent = std::round(yuan(holder) / total * 1e6) / 1e4;
    }
    for (const Stake& holder : after_) {
      InvestorId old = holder.holder;
      for (const auto& [from, to] : renames_)
        if (to == old) old = from;
      const auto was = std::ranges::find(before_, old, &Stake::holder);
      if (was != before_.end() && was->subscribed == holder.subscribed && *was->percent - *holder.percent > 0.02)
        expected_.push_back(
            text({RegistryCode::dilution, holder.holder, {}, CounterpartBasis::none, Extent::part, {}}));
    }
  }

  /// How many of the events that happened were found, of how many.
  std::pair<int, int> judge() const {
    const RegisterDiff found = diff_registers({before_, after_, renames_, {}, {}, {}, false, buyback_}, same_house);
    std::vector<std::string> lines = texts(found);
    std::ranges::sort(lines);
    int right = 0;
    for (const std::string& line : expected_) right += std::ranges::binary_search(lines, line);
    // What was found beyond that is as wrong as what was missed.
    return {right, static_cast<int>(std::max(expected_.size(), lines.size()))};
  }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  /// Registered capital in yuan, as registers print it: units of 100 yuan, from 100,000 to 100 million.
  double amount() { return std::round(std::pow(10, 5 + 3 * static_cast<double>(pick(1'000'000)) / 1e6) / 100) * 100; }

  /// The place of a holder that nothing has happened to yet, or -1.
  int untouched() {
    std::vector<int> places;
    for (int i = 0; i < static_cast<int>(after_.size()); ++i)
      if (std::ranges::find(touched_, after_[static_cast<std::size_t>(i)].holder) == touched_.end())
        places.push_back(i);
    if (places.size() < 3) return -1;  // somebody stays as he is
    const int place = places[static_cast<std::size_t>(pick(static_cast<int>(places.size())))];
    touched_.push_back(after_[static_cast<std::size_t>(place)].holder);
    return place;
  }

  static double yuan(const Stake& s) { return static_cast<double>(*s.subscribed) / 100; }
  void expect(RegistryCode code, const Stake& who, std::optional<Stake> other, std::int64_t capital,
              Extent extent = Extent::whole) {
    expected_.push_back(
        text({code, who.holder, other ? std::optional(other->holder) : std::nullopt, CounterpartBasis::none, extent,
              code == RegistryCode::rename ? std::nullopt : std::optional(capital)}));
  }

  void change() {
    if (paid_out_) return;  // with new money on the same day nobody could tell a reduction from a sale
    const int kind = pick(9);
    if (kind == 0) {  // new money of a new holder
      after_.push_back(stake(next_++, amount()));
      touched_.push_back(after_.back().holder);
      expect(RegistryCode::invest, after_.back(), {}, *after_.back().subscribed);
      return;
    }
    const int place = untouched();
    if (place < 0) return;
    Stake& holder = after_[static_cast<std::size_t>(place)];
    const Stake old = holder;
    switch (kind) {
      case 1:  // new money of an old holder
        *holder.subscribed += std::llround(amount()) * 100;
        expect(RegistryCode::increase, old, {}, *holder.subscribed - *old.subscribed);
        break;
      case 2:  // all sold to a stranger
        holder.holder = id_of<InvestorId>(static_cast<std::size_t>(next_++));
        expect(RegistryCode::secondary, old, holder, *old.subscribed);
        break;
      case 3:  // another vehicle of the house
        holder.holder = id_of<InvestorId>(index(old.holder) + 100);
        expect(RegistryCode::replace, old, holder, *old.subscribed);
        break;
      case 4: {  // a part sold to a stranger
        const std::int64_t part = std::llround(yuan(old) * (10 + pick(80)) / 100 / 100) * 10000;
        if (part < 10000 || part >= *old.subscribed) break;
        *holder.subscribed -= part;
        after_.push_back(stake(next_++, static_cast<double>(part) / 100));
        touched_.push_back(after_.back().holder);
        expect(RegistryCode::secondary, old, after_.back(), part, Extent::part);
        break;
      }
      case 5: {  // sold to two
        const std::int64_t part = std::llround(yuan(old) * (20 + pick(60)) / 100 / 100) * 10000;
        if (part < 10000 || part >= *old.subscribed) break;
        const std::int64_t rest = *old.subscribed - part;
        holder = stake(next_++, static_cast<double>(part) / 100);
        const Stake first = holder;
        after_.push_back(stake(next_++, static_cast<double>(rest) / 100));
        touched_.push_back(first.holder);
        touched_.push_back(after_.back().holder);
        expect(RegistryCode::secondary, old, first, part);
        expect(RegistryCode::secondary, old, after_.back(), rest);
        break;
      }
      case 6:  // a new name
        holder.holder = id_of<InvestorId>(static_cast<std::size_t>(next_++));
        renames_.emplace_back(old.holder, holder.holder);
        expect(RegistryCode::rename, old, holder, 0);
        break;
      case 7: {  // two sold to one
        const int second = untouched();
        if (second < 0) break;
        const Stake other = after_[static_cast<std::size_t>(second)];
        after_[static_cast<std::size_t>(place)] = stake(next_++, yuan(old) + yuan(other));
        const Stake buyer = after_[static_cast<std::size_t>(place)];
        after_.erase(after_.begin() + second);
        touched_.push_back(buyer.holder);
        expect(RegistryCode::secondary, old, buyer, *old.subscribed);
        expect(RegistryCode::secondary, other, buyer, *other.subscribed);
        break;
      }
      default:  // paid out
        if (!expected_.empty()) break;
        paid_out_ = true;
        after_.erase(after_.begin() + place);
        buyback_ = pick(2) == 0;
        expect(buyback_ ? RegistryCode::buyback : RegistryCode::reduction, old, {}, *old.subscribed);
        break;
    }
    if (place < static_cast<int>(after_.size())) touched_.push_back(after_[static_cast<std::size_t>(place)].holder);
  }

  /// Shares of a tenth of the value: everybody's number times ten.
  void split() {
    if (paid_out_ || after_.size() < 4 ||
        (!expected_.empty() && (expected_.size() != 1 || expected_[0].find("RENAME") == std::string::npos)))
      return;
    std::int64_t more = 0;
    for (Stake& holder : after_) {
      more += *holder.subscribed * 9;
      *holder.subscribed *= 10;
    }
    expected_.push_back(text({RegistryCode::capital, {}, {}, CounterpartBasis::none, Extent::whole, more}));
  }

  std::mt19937_64 random_;
  int next_ = 1;
  std::vector<Stake> before_, after_;
  std::vector<std::pair<InvestorId, InvestorId>> renames_;
  std::vector<InvestorId> touched_;
  std::vector<std::string> expected_;
  bool buyback_ = false, paid_out_ = false;
};

}  // namespace

TEST_CASE("at least 98 of 100 events of made-up registers are found") {
  int right = 0, total = 0;
  for (std::uint64_t seed = 1; total < 6000; ++seed) {
    World world(seed);
    world.step();
    if (seed % 2 == 0) world.print_shares();
    const auto [found, all] = world.judge();
    right += found;
    total += all;
  }
  INFO(right << " of " << total << " events");
  CHECK(100.0 * right / total >= 98.0);
}
