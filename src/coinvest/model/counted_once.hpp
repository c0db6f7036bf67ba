// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "coinvest/model/dataset.hpp"

namespace coinvest {

// The last steps of building a data set, for dataset_builder.cpp. What is said of a row that joins another is said of
// that one afterwards.

/// Entry i of a kind becomes new_of[i] in the attributes.
void renumber_attributes(Dataset& data, EntryKind kind, std::span<const std::uint32_t> new_of);

/// Sorts participations by round, investor and source; the same investor in a round again joins the first
/// (duplicate_row).
void sort_participations(Dataset& data);

/// Rounds without ids of their own that differ only in that one amount is undisclosed, with the same participants, are
/// one round announced twice (restated_round). Participations are sorted. `has_own_id`: 1 per round that has one.
void join_restated_rounds(Dataset& data, std::span<const std::uint8_t> has_own_id);

}  // namespace coinvest
