// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>

#include "catch.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "fixtures.hpp"

using namespace coinvest;

namespace {

std::map<std::string, double> ties(const Dataset& data, const Selection& selection, TieBy by, TieWeight weight) {
  const Deals deals = select(data, selection);
  const Bipartite graph = build_bipartite(deals);
  TieOptions options;
  options.by = by;
  options.weight = weight;
  const Coinvestment made = build_coinvestment(deals, graph, options, Context{}).value();
  const GraphView view = made.view();
  std::map<std::string, double> named;
  for (std::uint32_t a = 0; a < view.vertices(); ++a)
    for (std::size_t i = 0; i < view.degree(a); ++i)
      if (const std::uint32_t b = view.neighbours_of(a)[i]; a < b)
        named[data.name(made.investors[a]) + data.name(made.investors[b])] = view.weights_of(a)[i];
  return named;
}

using Ties = std::map<std::string, double>;

/// Rounds of 1 to 4 of nine investors in six companies, a tenth undated, some of a month or a year.
Dataset drawn(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> lines;
  for (int round = 0; round < 25; ++round) {
    const auto number = [&](std::uint64_t bound) { return std::to_string(10 + random() % bound).substr(1); };
    std::string date = "20" + std::to_string(15 + random() % 3);
    if (random() % 4 != 0) date += "-0" + std::to_string(1 + random() % 9);
    if (date.size() > 4 && random() % 3 != 0) date += "-" + std::to_string(10 + random() % 18);
    lines.push_back("R" + std::to_string(round) + " C" + number(6) + " " + (random() % 10 == 0 ? "?" : date));
    std::set<char> members;
    for (std::uint64_t i = 0; i <= random() % 4; ++i) members.insert(static_cast<char>('A' + random() % 9));
    for (const char member : members) lines.back() += std::string(" ") + member;
  }
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"x.csv", "x.csv", "", 25});
  fixtures::add_rounds(builder, file, {lines.begin(), lines.end()});
  return builder.finish().value();
}

/// The ties by their definitions, pair by pair and group by group.
Ties by_definition(const Dataset& data, const Deals& deals, const TieOptions& options) {
  using Rounds = std::vector<std::size_t>;  // of one investor in one group
  std::map<InvestorId, std::map<std::size_t, Rounds>> held;
  std::map<std::size_t, std::set<InvestorId>> groups;
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (const InvestorId investor : deals.participants(round)) {
      const std::size_t group = options.by == TieBy::round ? round : index(deals.company(round));
      held[investor][group].push_back(round);
      groups[group].insert(investor);
    }
  const auto apart = [&](const DateInterval& a, const DateInterval& b) {  // the longest possible
    std::int64_t most = 0;
    for (const Day x : {a.low, a.high})
      for (const Day y : {b.low, b.high}) most = std::max<std::int64_t>(most, std::abs((x - y).count()));
    return most;
  };
  const auto near = [&](const Rounds& of_a, const Rounds& of_b) {
    for (const std::size_t x : of_a)
      for (const std::size_t y : of_b)
        if (x == y || (deals.date(x).known() && deals.date(y).known() &&
                       apart(deals.date(x), deals.date(y)) <= static_cast<std::int64_t>(options.days)))
          return true;
    return false;
  };
  const auto came_in = [&](const Rounds& rounds) {
    Day day = Day::max();
    for (const std::size_t round : rounds)
      if (deals.date(round).known()) day = std::min(day, middle(deals.date(round)));
    return day;
  };
  Ties ties;
  for (const auto& [a, of_a] : held)
    for (const auto& [b, of_b] : held) {
      if (b <= a) continue;
      double shared = 0, newman = 0, recency = 0;
      for (const auto& [group, rounds] : of_a) {
        const auto also = of_b.find(group);
        if (also == of_b.end() || (options.by == TieBy::window && !near(rounds, also->second))) continue;
        ++shared;
        newman += 1 / (static_cast<double>(groups[group].size()) - 1);
        const Day both = std::max(came_in(rounds), came_in(also->second));
        if (both != Day::max())
          recency += std::pow(0.5, static_cast<double>((*last_day(deals) - both).count()) / 365.25 / options.half_life);
      }
      const auto k_a = static_cast<double>(of_a.size()), k_b = static_cast<double>(of_b.size());
      const std::map<TieWeight, double> weights{
          {TieWeight::binary, 1},
          {TieWeight::count, shared},
          {TieWeight::newman, newman},
          {TieWeight::jaccard, shared / (k_a + k_b - shared)},
          {TieWeight::overlap, shared / std::min(k_a, k_b)},
          {TieWeight::cosine, shared / std::sqrt(k_a * k_b)},
          {TieWeight::lift, shared * static_cast<double>(groups.size()) / (k_a * k_b)},
          {TieWeight::recency, recency}};
      if (shared > 0 && weights.at(options.weight) > 0) ties[data.name(a) + data.name(b)] = weights.at(options.weight);
    }
  return ties;
}

}  // namespace

namespace {

/// A round with its amount, and of each investor its own one.
struct Paid {
  std::string_view id, company, date;
  Amount amount;
  std::vector<std::pair<std::string_view, Amount>> by;
};

Amount yuan(std::int64_t low, std::int64_t high) {
  return {100 * low, 100 * high, low == high ? Precision::exact : Precision::range, Currency("CNY")};
}

Dataset paid(const std::vector<Paid>& rounds, const std::vector<std::pair<std::string_view, std::string_view>>& funds) {
  DatasetBuilder builder(Identity::exact, Cleaning::standard);
  const SourceRow source{builder.add_file({"x.csv", "x.csv", "", rounds.size()}), 2};
  for (const Paid& one : rounds) {
    RoundInput round;
    round.id = one.id;
    round.company = one.company;
    round.announced = fixtures::date(one.date);
    round.amount = one.amount;
    round.source = source;
    const RoundId id = builder.add_round(round);
    for (const auto& [investor, amount] : one.by) {
      ParticipationInput participation;
      participation.round = id;
      participation.investor = investor;
      participation.amount = amount;
      participation.source = source;
      builder.add_participation(participation);
    }
  }
  for (const auto& [fund, manager] : funds) {
    builder.add_alias(fund, manager, AliasLevel::manager, "", {}, source);
  }
  return builder.finish().value();
}

/// "A Alpha" → weight.
Ties holdings(const Dataset& data, const Bipartite& graph) {
  const GraphView view = graph.view();
  Ties named;
  for (std::uint32_t v = 0; v < view.investors; ++v)
    for (std::size_t i = 0; i < view.degree(v); ++i)
      named[data.name(graph.investors[v]) + " " +
            data.name(graph.companies[view.neighbours_of(v)[i] - view.investors])] = view.weights_of(v)[i];
  return named;
}

}  // namespace

TEST_CASE("holdings are weighed by what each investor paid, as far as it is known") {
  const Amount none, dollars = Amount::exactly(900, Currency("USD"));
  const Dataset data = paid({{"R1", "Alpha", "2020", yuan(30, 30), {{"A", yuan(10, 10)}, {"B", yuan(5, 8)}}},
                             {"R2", "Alpha", "2021", yuan(60, 90), {{"A", yuan(2, 2)}, {"C", none}}},
                             {"R3", "Beta", "2021", none, {{"C", none}, {"D", dollars}}},
                             {"R4", "Beta", "2022", dollars, {{"F1", yuan(1, 1)}, {"F2", yuan(3, 3)}}}},
                            {{"F1", "F"}, {"F2", "F"}});
  const Deals deals = select(data, {});

  const Bipartite known = build_bipartite(deals, {BipartiteWeight::amount_known});
  // A paid 10 and 2; B 5 at least; the two funds of F 1 and 3. What C and D paid for Beta is not known in CNY.
  CHECK(holdings(data, known) == Ties{{"A Alpha", 12}, {"B Alpha", 5}, {"F Beta", 4}});
  CHECK(known.investors.size() == 5);
  CHECK(known.unknown.currency == Currency("CNY"));
  CHECK(known.unknown.participations == 2);
  CHECK(known.unknown.other_currency == 1);
  CHECK(known.unknown.edges == 3);  // C's two and D's

  const Bipartite split = build_bipartite(deals, {BipartiteWeight::amount_split});
  // R1 gives 15 to each of two, R2 half of at least 60; R3 says nothing and R4 is in dollars.
  CHECK(holdings(data, split) == Ties{{"A Alpha", 45}, {"B Alpha", 15}, {"C Alpha", 30}});
  CHECK(split.unknown.participations == 2);
  CHECK(split.unknown.other_currency == 1);  // F is one participant
  CHECK(split.unknown.edges == 3);
}

TEST_CASE("holdings are weighed by how long ago the rounds were") {
  const Dataset data = paid({{"R1", "Alpha", "2020-07-02", {}, {{"A", {}}, {"B", {}}}},
                             {"R2", "Alpha", "2017-07-02", {}, {{"A", {}}}},
                             {"R3", "Beta", "?", {}, {{"B", {}}}}},
                            {});
  Selection selection;
  selection.as_of = fixtures::day("2020-07-02");
  const Bipartite graph = build_bipartite(select(data, selection), {BipartiteWeight::recency, 1.5});
  // 1096 days of 365.25 are 3.00068 years, two half-lives and 0.00046 of one.
  const Ties weights = holdings(data, graph);
  CHECK(weights.size() == 2);
  CHECK(weights.at("A Alpha") == Approx(1 + std::pow(2, -1096 / 365.25 / 1.5)).epsilon(1e-15));
  CHECK(weights.at("A Alpha") == Approx(1.24992).epsilon(1e-5));
  CHECK(weights.at("B Alpha") == 1);
}

TEST_CASE("the bipartite graph has an edge per investor and company") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals, {BipartiteWeight::rounds});
  const GraphView view = graph.view();
  CHECK(view.investors == 5);
  CHECK(view.companies == 4);
  CHECK(view.edges() == 12);
  // A holds Alpha (two rounds), Beta (two) and Delta (one).
  CHECK(std::vector<double>(view.weights_of(0).begin(), view.weights_of(0).end()) == std::vector<double>{2, 2, 1});
  for (std::uint32_t v = 0; v < view.vertices(); ++v)
    CHECK(std::is_sorted(view.neighbours_of(v).begin(), view.neighbours_of(v).end()));
}

TEST_CASE("ties in both senses and by Newman's weight") {
  const Dataset data = fixtures::f1();
  CHECK(ties(data, {}, TieBy::company, TieWeight::count) ==
        Ties{{"AB", 3}, {"AC", 2}, {"AD", 2}, {"AE", 1}, {"BC", 2}, {"BD", 2}, {"BE", 1}, {"CD", 1}, {"DE", 1}});
  CHECK(ties(data, {}, TieBy::round, TieWeight::count) ==
        Ties{{"AB", 2}, {"AC", 3}, {"BC", 1}, {"BD", 1}, {"BE", 1}, {"DE", 1}, {"AE", 1}});
  CHECK(ties(data, {}, TieBy::round, TieWeight::newman) ==
        Ties{{"AB", 1.5}, {"AC", 2.5}, {"BC", .5}, {"BD", .5}, {"BE", .5}, {"DE", .5}, {"AE", 1}});
}

TEST_CASE("every weight in every sense agrees with its definition") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Dataset data = drawn(seed);
    const Deals deals = select(data, {});
    const Bipartite graph = build_bipartite(deals);
    for (const TieBy by : {TieBy::round, TieBy::company, TieBy::window})
      for (const TieWeight weight : {TieWeight::binary, TieWeight::count, TieWeight::newman, TieWeight::jaccard,
                                     TieWeight::overlap, TieWeight::cosine, TieWeight::lift, TieWeight::recency}) {
        TieOptions options;
        options.by = by;
        options.weight = weight;
        options.days = 120;
        options.half_life = 1.5;
        const Coinvestment made = build_coinvestment(deals, graph, options, Context{}).value();
        const Ties expected = by_definition(data, deals, options);
        CAPTURE(seed, static_cast<int>(by), static_cast<int>(weight));
        REQUIRE(made.view().edges() == expected.size());
        for (std::uint32_t a = 0; a < made.view().vertices(); ++a)
          for (std::size_t i = 0; i < made.view().degree(a); ++i) {
            const std::uint32_t b = made.view().neighbours_of(a)[i];
            const auto [low, high] = std::minmax(a, b);
            CHECK(made.view().weights_of(a)[i] ==
                  Approx(expected.at(data.name(made.investors[low]) + data.name(made.investors[high]))));
          }
      }
  }
}

TEST_CASE("a window of days: one round is near whatever its date, imprecise dates go by the rule") {
  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  fixtures::add_rounds(builder, builder.add_file({"x.csv", "x.csv", "", 9}),
                       {"R1 C1 ? A B", "R2 C2 2020-01-01 A", "R3 C2 2020-01-31 C", "R4 C2 2020-03 D", "R5 C3 ? B",
                        "R6 C3 2020-01-01 C"});
  const Dataset data = builder.finish().value();
  TieOptions options;
  options.by = TieBy::window;
  const auto ties_within = [&](std::uint32_t days, PartialDate rule) {
    Selection selection;
    selection.partial_date = rule;
    const Deals deals = select(data, selection);
    options.days = days;
    return build_coinvestment(deals, build_bipartite(deals), options, Context{})->view().edges();
  };
  CHECK(ties_within(0, PartialDate::strict) == 1);  // A and B in R1
  CHECK(ties_within(29, PartialDate::strict) == 1);
  CHECK(ties_within(30, PartialDate::strict) == 2);   // A and C
  CHECK(ties_within(59, PartialDate::strict) == 2);   // March ends 60 days after R3
  CHECK(ties_within(60, PartialDate::strict) == 3);   // C and D
  CHECK(ties_within(30, PartialDate::overlap) == 3);  // and begins 30 days after it
  CHECK(ties_within(44, PartialDate::mid) == 2);      // its middle day is the 16th
  CHECK(ties_within(45, PartialDate::mid) == 3);
  options.half_life = 0;
  const Deals deals = select(data, {});
  CHECK(build_coinvestment(deals, build_bipartite(deals), options, Context{}).error().kind == ErrorKind::usage);
  options.half_life = 3;
  options.weight = TieWeight::recency;
  const auto recent = build_coinvestment(deals, build_bipartite(deals), options, Context{}).value();
  CHECK(recent.undated_ties == 1);  // R1
}

TEST_CASE("ties of thousands of investors are theirs, in ascending rows, from one thread and from many") {
  constexpr std::uint32_t n = 5'000;
  std::vector<std::set<std::uint32_t>> holders(1);
  for (std::uint32_t v = 0; v < n; v += 12) holders[0].insert(v);
  for (std::uint32_t v = 0; v < n; ++v) holders.push_back({v, (v + 1) % n, 7 * v % n});
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;  // from every end
  for (const auto& of_company : holders)
    for (const std::uint32_t a : of_company)
      for (const std::uint32_t b : of_company) expected[{a, b}] += a == b ? 0 : 1;
  std::erase_if(expected, [](const auto& pair) { return pair.second == 0; });

  DatasetBuilder builder(Identity::exact, Cleaning::raw);
  const FileId file = builder.add_file({"f.csv", "f.csv", "", 0});
  for (std::size_t company = 0; company < holders.size(); ++company) {
    RoundInput input;
    input.source = {file, 1};
    const std::string name = std::to_string(company);
    input.id = input.company.name = name;
    const RoundId id = builder.add_round(input);
    for (const std::uint32_t v : holders[company])
      builder.add_participation({id, std::to_string(10'000 + v), Lead::unknown, {}, {}, input.source});
  }
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  TieOptions options;
  options.by = TieBy::company;
  for (const unsigned threads : {1U, 2U, 4U}) {
    Context context;
    context.threads = threads;
    const Coinvestment made = build_coinvestment(deals, build_bipartite(deals), options, context).value();
    REQUIRE(made.neighbours.size() == expected.size());
    std::size_t entry = 0;
    bool same = true;
    for (const auto& [ends, shared] : expected) {  // ascending, too
      same &= entry >= made.offsets[ends.first] && entry < made.offsets[ends.first + 1];
      same &= made.neighbours[entry] == ends.second && made.shared[entry] == shared && made.weights[entry] == shared;
      ++entry;
    }
    CHECK(same);
  }
}

TEST_CASE("ties are counted without being made") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  CHECK(count_ties(deals, graph, TieBy::company, Context{}).value() == 9);
  CHECK(count_ties(deals, graph, TieBy::round, Context{}).value() == 7);
}

TEST_CASE("ties of a company of any size are counted, those of several companies once") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  const FileId file = builder.add_file({"f.csv", "f.csv", "", 0});
  constexpr std::uint64_t members = 10'002;
  const auto round = [&](const char* company, std::uint64_t first, std::uint64_t last) {
    RoundInput input;
    input.id = input.company.name = company;
    input.source = {file, 1};
    const RoundId id = builder.add_round(input);
    for (std::uint64_t i = first; i < last; ++i)
      builder.add_participation({id, std::to_string(i), Lead::unknown, {}, {}, input.source});
  };
  round("Large", 0, members);
  round("Small", 0, 10);                      // in it
  round("Beside", members - 1, members + 4);  // shares one investor with it
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  const std::uint64_t all = members * (members - 1) / 2 + 5 * 4 / 2;
  CHECK(all > TieOptions{}.max_ties);
  CHECK(count_ties(deals, build_bipartite(deals), TieBy::company, Context{}).value() == all);
}

TEST_CASE("ties of five-year windows") {
  const Dataset data = fixtures::f1();
  const auto window = [](const char* from, const char* to) {
    Selection selection;
    selection.from = fixtures::day(from);
    selection.to = fixtures::date(to).high;
    return selection;
  };
  CHECK(ties(data, window("2015", "2019"), TieBy::round, TieWeight::count) == Ties{{"AB", 2}, {"AC", 3}, {"BC", 1}});
  CHECK(ties(data, window("2016", "2020"), TieBy::round, TieWeight::count) == Ties{{"AB", 1}, {"AC", 3}, {"BC", 1}});
}

TEST_CASE("too many ties are refused with the culprit's name, or left out on request") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  TieOptions options;
  options.max_ties = 5;
  const auto refused = build_coinvestment(deals, graph, options, Context{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::limit);
  CHECK_THAT(refused.error().message, Catch::Contains("R5") && Catch::Contains("--max-syndicate"));

  options.max_syndicate = 2;
  const auto made = build_coinvestment(deals, graph, options, Context{});
  REQUIRE(made);
  CHECK(made->skipped_groups == 2);  // R5 and R7

  options = {};
  options.min_shared = 2;
  CHECK(build_coinvestment(deals, graph, options, Context{})->view().edges() == 2);  // AB, AC
}

TEST_CASE("empty graphs are graphs") {
  const Dataset data;
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  CHECK(graph.view().vertices() == 0);
  CHECK(build_coinvestment(deals, graph, {}, Context{})->view().edges() == 0);
}
