// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/without_round.hpp"

#include <vector>

namespace coinvest {

Deals without_round(const Deals& deals, std::size_t position) {
  Deals rest = deals;
  const std::uint64_t first = deals.offsets[position], next = deals.offsets[position + 1], removed = next - first;
  const auto cut = [&](auto& column) {
    column.erase(column.begin() + static_cast<std::ptrdiff_t>(first),
                 column.begin() + static_cast<std::ptrdiff_t>(next));
  };
  cut(rest.investors);
  cut(rest.leads);
  cut(rest.rows);
  std::erase_if(rest.joined,
                [&](const Deals::Joined& one) { return one.participant >= first && one.participant < next; });
  for (Deals::Joined& one : rest.joined)
    if (one.participant >= next) one.participant -= removed;
  rest.rounds.erase(rest.rounds.begin() + static_cast<std::ptrdiff_t>(position));
  rest.offsets.erase(rest.offsets.begin() + static_cast<std::ptrdiff_t>(position) + 1);
  for (std::size_t at = position + 1; at < rest.offsets.size(); ++at) rest.offsets[at] -= removed;
  return rest;
}

}  // namespace coinvest
