// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "coinvest/model/selection.hpp"

namespace coinvest {

/// The same deals without the round at `position`, as if its rows had never been read. O(rounds + participations).
Deals without_round(const Deals& deals, std::size_t position);

}  // namespace coinvest
