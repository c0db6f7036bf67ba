// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/counted_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "coinvest/base/counting_sort.hpp"

namespace coinvest {

void renumber_attributes(Dataset& data, EntryKind kind, std::span<const std::uint32_t> new_of) {
  for (Attribute& attribute : data.attributes) {
    if (attribute.entry.kind == kind) attribute.entry.index = new_of[attribute.entry.index];
  }
}

void sort_participations(Dataset& data) {
  const Participations& rows = data.participations;
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t row) { return std::tuple(rows.round[row], rows.investor[row]); };
  order = counting_sorted(order, data.investors.size(), [&](std::uint32_t row) { return index(rows.investor[row]); });
  order = counting_sorted(order, data.rounds.size(), [&](std::uint32_t row) { return index(rows.round[row]); });

  Participations sorted;
  sorted.for_each_column([&](auto& column) { column.reserve(order.size()); });
  std::vector<std::uint32_t> new_of(order.size());
  for (std::size_t position = 0; position < order.size(); ++position) {
    const std::uint32_t row = order[position];
    if (position > 0 && key(order[position - 1]) == key(row)) {
      sorted.lead.back() = std::max(sorted.lead.back(), rows.lead[row]);
      data.problems.push_back({ProblemKind::duplicate_row, rows.source[row], "",
                               fmt::format("same participation as line {}: counted once", sorted.source.back().line)});
      new_of[row] = static_cast<std::uint32_t>(sorted.size() - 1);
      continue;
    }
    new_of[row] = static_cast<std::uint32_t>(sorted.size());
    sorted.round.push_back(rows.round[row]);
    sorted.investor.push_back(rows.investor[row]);
    sorted.lead.push_back(rows.lead[row]);
    sorted.amount.push_back(rows.amount[row]);
    sorted.known_on.push_back(rows.known_on[row]);
    sorted.source.push_back(rows.source[row]);
  }
  data.participations = std::move(sorted);
  renumber_attributes(data, EntryKind::participation, new_of);
}

void join_restated_rounds(Dataset& data, std::span<const std::uint8_t> has_own_id) {
  Rounds& rounds = data.rounds;
  std::vector<std::uint64_t> first(rounds.size() + 1, 0);
  for (const RoundId round : data.participations.round) ++first[index(round) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  const auto participants = [&](std::size_t round) {
    return std::span(data.participations.investor).subspan(first[round], first[round + 1] - first[round]);
  };

  std::map<std::tuple<CompanyId, Day, Day, RoundKind, TextId>, std::vector<std::uint32_t>> same_day;
  for (std::uint32_t round = 0; round < rounds.size(); ++round) {
    const DateInterval& date = rounds.announced[round];
    if (has_own_id[round] == 0 && date.known())
      same_day[{rounds.company[round], date.low, date.high, rounds.kind[round], rounds.label[round]}].push_back(round);
  }

  std::vector<std::uint8_t> removed(rounds.size(), 0);
  std::map<std::uint32_t, std::uint32_t> counted_as;  // of removed rounds
  for (const auto& [key, group] : same_day) {
    for (const std::uint32_t silent : group) {
      if (rounds.amount[silent].disclosed()) continue;
      const auto spoken = std::find_if(group.begin(), group.end(), [&](std::uint32_t other) {
        return rounds.amount[other].disclosed() && std::ranges::equal(participants(silent), participants(other));
      });
      if (spoken == group.end()) continue;
      removed[silent] = 1;
      counted_as[silent] = *spoken;
      for (auto* worth : {&rounds.pre_money, &rounds.post_money})
        if (!(*worth)[*spoken].disclosed()) (*worth)[*spoken] = (*worth)[silent];
      data.problems.push_back(
          {ProblemKind::restated_round, rounds.source[silent], "",
           fmt::format("same round as line {}, here without its amount: counted once", rounds.source[*spoken].line)});
    }
  }
  if (std::find(removed.begin(), removed.end(), 1) == removed.end()) return;

  std::vector<std::uint32_t> new_of(rounds.size());
  std::uint32_t kept = 0;
  const auto keep = [&](auto& column) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < removed.size(); ++from)
      if (removed[from] == 0) column[to++] = std::move(column[from]);
    column.resize(to);
  };
  for (std::size_t round = 0; round < removed.size(); ++round) new_of[round] = removed[round] == 0 ? kept++ : kept;
  for (const auto& [silent, spoken] : counted_as) new_of[silent] = new_of[spoken];
  renumber_attributes(data, EntryKind::round, new_of);
  rounds.for_each_column(keep);

  Participations& rows = data.participations;
  std::vector<std::uint32_t> participation_at(rows.size());
  std::vector<std::pair<std::size_t, std::size_t>> participation_of_removed;
  std::size_t to = 0;
  for (std::size_t from = 0; from < rows.size(); ++from) {
    const auto counted = counted_as.find(static_cast<std::uint32_t>(index(rows.round[from])));
    if (counted != counted_as.end()) {  // the participants of both are the same, in the same order
      const std::size_t place = from - first[counted->first];
      participation_of_removed.emplace_back(from, first[counted->second] + place);
      continue;
    }
    participation_at[from] = static_cast<std::uint32_t>(to);
    rows.for_each_column([&](auto& column) { column[to] = column[from]; });
    rows.round[to] = static_cast<RoundId>(new_of[index(rows.round[to])]);
    ++to;
  }
  rows.for_each_column([&](auto& column) { column.resize(to); });
  for (const auto& [from, counted] : participation_of_removed) participation_at[from] = participation_at[counted];
  renumber_attributes(data, EntryKind::participation, participation_at);
}

}  // namespace coinvest
