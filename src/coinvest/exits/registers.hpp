// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "coinvest/exits/registry.hpp"

namespace coinvest {

/// Adds what changed between the states of shareholder registers that the selection can see: of lines that say before
/// and after, those of one company and day together; of cap tables, each with the next one of its company, the change
/// dated from the first to the second. A holder whose house still holds under another name left in part only.
void add_register_events(const Deals& deals, const RollupMap& rollup, std::vector<RegistryEvent>& events);

/// Names the selected round of the company that is nearest in time, within 180 days, beside new money; of equally near
/// ones the earliest.
void link_rounds(const Deals& deals, std::span<RegistryEvent> events);

}  // namespace coinvest
