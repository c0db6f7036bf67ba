// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/leave_one_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "coinvest/base/parallel.hpp"
#include "coinvest/model/without_round.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/ranking.hpp"
#include "coinvest/queries/sources.hpp"

namespace coinvest {
namespace {

enum class Near : std::uint8_t { own, neighbour, other };
constexpr std::array<std::string_view, 3> near_names{"own", "neighbour", "other"};

struct Without {
  std::size_t round = 0;
  Near near = Near::other;
  Standing standing = {};
};

/// All rounds that may change something, the nearest first, else in their order.
std::vector<Without> by_nearness(const Deals& deals, std::span<const std::size_t> own, const MayChange& may_change) {
  const std::set<std::size_t> owned(own.begin(), own.end());
  std::set<CompanyId> companies;
  std::set<InvestorId> investors;
  for (const std::size_t round : owned) {
    companies.insert(deals.company(round));
    investors.insert(deals.participants(round).begin(), deals.participants(round).end());
  }
  std::vector<Without> rounds;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    if (!may_change(round)) continue;
    const bool touches =
        companies.contains(deals.company(round)) ||
        std::ranges::any_of(deals.participants(round), [&](InvestorId one) { return investors.contains(one); });
    rounds.push_back({round, owned.contains(round) ? Near::own : touches ? Near::neighbour : Near::other});
  }
  std::ranges::stable_sort(rounds, {}, &Without::near);
  return rounds;
}

/// How far the rank moves, and the value: both without end where they are gone.
std::pair<double, double> moved(const Standing& now, const Standing& without) {
  const auto distance = [](const auto& a, const auto& b) {
    if (a.has_value() != b.has_value()) return std::numeric_limits<double>::infinity();
    return a ? std::abs(static_cast<double>(*b) - static_cast<double>(*a)) : 0.0;
  };
  const auto rounded = [](const Standing& one) { return one.value ? std::optional(ranked(*one.value)) : std::nullopt; };
  return {distance(now.rank, without.rank), distance(rounded(now), rounded(without))};
}

}  // namespace

Result<Table> leave_one_out(const Deals& deals, std::span<const std::size_t> own, const Standing& now,
                            const StandingOf& of, const MayChange& may_change, std::uint64_t most,
                            const Context& context) {
  std::vector<Without> tried = by_nearness(deals, own, may_change);
  const auto candidates = tried.size();
  tried.resize(std::min<std::uint64_t>(most, tried.size()));
  std::vector<std::optional<Error>> errors(tried.size());
  Context inside = context;
  inside.threads = 1;
  inside.progress = nullptr;
  context.start("rounds left out", tried.size());
  parallel_for(tried.size(), context, [&](std::size_t at) {
    auto standing = of(without_round(deals, tried[at].round), inside);
    if (standing)
      tried[at].standing = *standing;
    else
      errors[at] = std::move(standing.error());
    context.advance();
  });
  if (context.stopped()) return cancelled();
  for (const auto& error : errors)
    if (error) return tl::unexpected(*error);

  std::vector<Without> moving = tried;
  std::erase_if(moving, [&](const Without& one) { return moved(now, one.standing) == std::pair(0.0, 0.0); });
  std::ranges::stable_sort(moving, std::ranges::greater{},
                           [&](const Without& one) { return moved(now, one.standing); });

  const Dataset& data = *deals.data;
  const auto difference = [](const auto& before, const auto& after) {
    return before && after ? std::optional(*after - *before) : std::nullopt;
  };
  Table table;
  table.name = "left_out";
  table.caption = "What becomes of it without one round, by how far it moves";
  std::vector<ColumnOf<Without>> columns{
      {{"company"}, [&](const Without& one) { return Cell{data.name(deals.company(one.round))}; }},
      {{"round"},
       [&](const Without& one) {
         return text_or_nothing(data.text(data.rounds.label[index(deals.rounds[one.round])]));
       }},
      {{"date"}, [&](const Without& one) { return date_cell(deals.date(one.round)); }},
      {detail("near"), [](const Without& one) { return text_cell(near_names[static_cast<std::size_t>(one.near)]); }},
      {now.rank ? detail("without") : ColumnHead{"without"},
       [](const Without& one) { return optional_cell(one.standing.value); }},
      {{"change"}, [&](const Without& one) { return optional_cell(difference(now.value, one.standing.value)); }}};
  if (now.rank) {
    columns.push_back({{"rank_without"}, [](const Without& one) { return optional_cell(one.standing.rank); }});
    columns.push_back({detail("rank_change"),
                       [&](const Without& one) { return optional_cell(difference(now.rank, one.standing.rank)); }});
  }
  columns.push_back({{"sources", Shown::wrapped}, [&](const Without& one) {
                       return Cell{text_of(data, rows_behind(deals, one.round, deals.participants(one.round)))};
                     }});
  fill<Without>(table, moving, columns);

  const auto untried = candidates - tried.size(), others = deals.size() - candidates;
  table.notes.push_back(fmt::format("{} of {} rounds were left out, one at a time, the nearest first; {} of them {}",
                                    tried.size(), deals.size(), tried.size() - moving.size(),
                                    tried.size() - moving.size() == 1 ? "changes nothing" : "change nothing"));
  if (untried > 0)
    table.notes.push_back(fmt::format("{} round{} not tried: what {} would change is not known", untried,
                                      untried == 1 ? " was" : "s were", untried == 1 ? "it" : "they"));
  if (others > 0) table.notes.push_back(fmt::format("{} round{} cannot change it", others, others == 1 ? "" : "s"));
  return table;
}

}  // namespace coinvest
