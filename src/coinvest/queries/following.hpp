// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/exits/followon.hpp"

namespace coinvest {

/// A way to look at follow-on behaviour: one row per way, for help and `--view`.
struct FollowView {
  std::string_view name, summary;
  Table (*make)(const Deals&, std::span<const CompanyTimeline>);
};
std::span<const FollowView> follow_views();
const FollowView* find_follow_view(std::string_view name);

/// The timeline of one company as a table: a row per holder, a column per round. No rows if no round is selected.
Table company_table(const Deals& deals, std::span<const CompanyTimeline> timelines, CompanyId company);

}  // namespace coinvest
