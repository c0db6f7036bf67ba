// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Makes a table with the columns `rank` and `id` out of selected rounds.
using RankDeals = std::function<Result<Table>(const Deals& deals, const Context& context)>;

/// Defined ranks by id.
using RankOf = std::map<std::string, std::int64_t>;

/// The defined ranks of a table with the columns `rank` and `id`.
RankOf ranks_of(const Table& table);

/// Adds `rank_low` and `rank_high` to a table that `rank` made of `deals`: the 5 % and the 95 % quantile of the ranks
/// over `draws` random draws of what the data leave open, among those draws in which the row occurs at all. A draw
/// gives every round a day of its date's interval, before the selection, and every round without a known lead one of
/// its participants as lead. Undated rounds stay undated. Where nothing is open both are the rank. Draws run in
/// parallel, each on a copy of the data set. Fails as `rank` does.
Result<Table> with_rank_intervals(Table table, const Deals& deals, const RankDeals& rank, std::uint64_t draws,
                                  const Context& context);

}  // namespace coinvest
