// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/rank_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "coinvest/base/parallel.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

using Random = std::mt19937_64;

void draw_amount(Amount& amount, Random& random) {
  if (!amount.disclosed() || amount.high == Amount::unbounded || amount.high <= amount.low) return;
  amount.low += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(amount.high - amount.low + 1));
  amount.high = amount.low;
}

/// Joins each pair or does not; answers who each investor then is.
std::vector<InvestorId> draw_identities(const Dataset& data, std::span<const LikelyPair> pairs, Random& random) {
  std::vector<InvestorId> is(data.investors.size());
  for (std::size_t i = 0; i < is.size(); ++i) is[i] = id_of<InvestorId>(i);
  const auto last = [&](InvestorId investor) {
    while (is[index(investor)] != investor) investor = is[index(investor)];
    return investor;
  };
  for (const LikelyPair& pair : pairs) {
    if (random() % 2 == 0) continue;
    const InvestorId a = last(id_of<InvestorId>(pair.a)), b = last(id_of<InvestorId>(pair.b));
    is[index(std::max(a, b))] = std::min(a, b);
  }
  for (InvestorId& investor : is) investor = last(investor);
  return is;
}

/// A data set in which nothing is open, and who each investor is in it.
struct Drawn {
  Dataset data;
  std::vector<InvestorId> is;
};

Drawn draw(const Dataset& data, std::span<const LikelyPair> perhaps_one, std::uint64_t seed, std::uint64_t number) {
  std::seed_seq mixed{seed, seed >> 32, number};
  Random random(mixed);
  Drawn drawn{data, {}};
  Rounds& rounds = drawn.data.rounds;
  for (DateInterval& date : rounds.announced) {
    if (!date.known()) continue;
    const auto days = static_cast<std::uint64_t>((date.high - date.low).count()) + 1;
    date.low += std::chrono::days(random() % days);
    date.high = date.low;
  }
  Participations& rows = drawn.data.participations;
  for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
    bool known = rows.lead[next++] == Lead::yes;
    for (; next < rows.size() && rows.round[next] == rows.round[first]; ++next) known |= rows.lead[next] == Lead::yes;
    if (!known) rows.lead[first + random() % (next - first)] = Lead::yes;
  }
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    const bool same = rounds.amount_then[round] == rounds.amount[round];
    draw_amount(rounds.amount[round], random);
    if (same)
      rounds.amount_then[round] = rounds.amount[round];
    else
      draw_amount(rounds.amount_then[round], random);
  }
  for (Amount& amount : rows.amount) draw_amount(amount, random);
  drawn.is = draw_identities(data, perhaps_one, random);
  for (InvestorId& investor : rows.investor) investor = drawn.is[index(investor)];
  return drawn;
}

std::size_t position_of(const Table& table, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(table.columns, name, &ColumnHead::name) - table.columns.begin());
}

}  // namespace

RankOf ranks_of(const Table& table) {
  const std::size_t rank = position_of(table, "rank"), id = position_of(table, "id");
  RankOf ranks;
  for (const auto& row : table.rows)
    if (const auto* value = std::get_if<std::int64_t>(&row[rank]))
      ranks.emplace(std::get<std::string>(row[id]), *value);
  return ranks;
}

Result<Table> with_rank_intervals(Table table, const Deals& deals, const RankDeals& rank, const Draws& draws,
                                  const Context& context) {
  Context inside = context;
  inside.threads = 1;
  inside.progress = nullptr;
  std::vector<RankOf> drawn(draws.count);
  std::vector<std::optional<Error>> errors(draws.count);
  context.start("draws", draws.count);
  parallel_for(draws.count, context, [&](std::size_t number) {
    const auto [data, is] = draw(*deals.data, draws.perhaps_one, context.seed, number);
    if (context.stopped()) return;  // each step takes a while
    const Deals selected = select(data, deals.selection);
    if (context.stopped()) return;
    auto ranked = rank(selected, inside);
    if (ranked) {
      drawn[number] = ranks_of(*ranked);
      for (std::size_t i = 0; i < is.size(); ++i)
        if (is[i] != id_of<InvestorId>(i))
          if (const auto joined = drawn[number].find(id_text(data, is[i])); joined != drawn[number].end())
            drawn[number].emplace(id_text(data, id_of<InvestorId>(i)), joined->second);
    } else {
      errors[number] = std::move(ranked.error());
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();
  for (const auto& error : errors)
    if (error) return tl::unexpected(*error);

  const std::size_t id = position_of(table, "id");
  table.columns.push_back({"rank_low"});
  table.columns.push_back({"rank_high"});
  for (auto& row : table.rows) {
    std::vector<std::int64_t> ranks;
    for (const auto& one : drawn)
      if (const auto found = one.find(std::get<std::string>(row[id])); found != one.end())
        ranks.push_back(found->second);
    std::ranges::sort(ranks);
    const std::size_t outside = ranks.size() / 20;  // on either end
    const bool occurs = !ranks.empty();
    row.push_back(optional_cell(occurs ? std::optional(ranks[outside]) : std::nullopt));
    row.push_back(optional_cell(occurs ? std::optional(ranks[ranks.size() - 1 - outside]) : std::nullopt));
  }
  table.notes.push_back(fmt::format(
      "rank_low, rank_high: 5 % and 95 % of the ranks over {} draws of imprecise dates and amounts, and unknown leads",
      draws.count));
  if (!draws.perhaps_one.empty())
    table.notes.push_back(
        fmt::format("pairs of names that are one organisation in half of the draws: {}", draws.perhaps_one.size()));
  return table;
}

}  // namespace coinvest
