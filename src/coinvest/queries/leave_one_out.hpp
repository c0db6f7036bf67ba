// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// A number made of selected rounds, and its rank if it has one; nothing where it is undefined.
struct Standing {
  std::optional<double> value;
  std::optional<std::int64_t> rank;
};

/// Makes a number out of selected rounds.
using StandingOf = std::function<Result<Standing>(const Deals& deals, const Context& context)>;

/// Whether the round at a position of the deals may change the number: without the others it is the same.
using MayChange = std::function<bool(std::size_t round)>;

/// Makes a number again without each of up to `most` rounds that may change it: the `own` ones first, as positions in
/// the deals, then those that share a company or an investor with one of them, then all others. The rounds that change
/// it, those that change the rank most first, then the value: company, round, date, near (own, neighbour, other),
/// without, change, and if `now` has a rank rank_without and rank_change (above 0: further down); sources. Notes say
/// how many change nothing, and how many were not tried. Runs in parallel, each on a copy of the deals: `most` times
/// the cost of `of`. Fails as `of` does.
Result<Table> leave_one_out(const Deals& deals, std::span<const std::size_t> own, const Standing& now,
                            const StandingOf& of, const MayChange& may_change, std::uint64_t most,
                            const Context& context);

}  // namespace coinvest
