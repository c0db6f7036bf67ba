// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/rank_intervals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

#include "coinvest/base/parallel.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// The data set with one of the days that each date may stand for, and a lead wherever none is known.
Dataset draw(const Dataset& data, std::uint64_t seed, std::uint64_t number) {
  std::seed_seq mixed{seed, seed >> 32, number};
  std::mt19937_64 random(mixed);
  Dataset drawn = data;
  for (DateInterval& date : drawn.rounds.announced) {
    if (!date.known()) continue;
    const auto days = static_cast<std::uint64_t>((date.high - date.low).count()) + 1;
    date.low += std::chrono::days(random() % days);
    date.high = date.low;
  }
  Participations& rows = drawn.participations;
  for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
    bool known = false;
    for (; next < rows.size() && rows.round[next] == rows.round[first]; ++next) known |= rows.lead[next] == Lead::yes;
    if (!known) rows.lead[first + random() % (next - first)] = Lead::yes;
  }
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

Result<Table> with_rank_intervals(Table table, const Deals& deals, const RankDeals& rank, std::uint64_t draws,
                                  const Context& context) {
  Context inside = context;
  inside.threads = 1;
  inside.progress = nullptr;
  std::vector<RankOf> drawn(draws);
  std::vector<std::optional<Error>> errors(draws);
  context.start("draws", draws);
  parallel_for(draws, context, [&](std::size_t number) {
    const Dataset data = draw(*deals.data, context.seed, number);
    auto ranked = rank(select(data, deals.selection), inside);
    if (ranked)
      drawn[number] = ranks_of(*ranked);
    else
      errors[number] = std::move(ranked.error());
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
      "rank_low, rank_high: 5 % and 95 % of the ranks over {} draws of imprecise dates and unknown leads", draws));
  return table;
}

}  // namespace coinvest
