// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/exits/silence.hpp"
#include "coinvest/queries/claims.hpp"

namespace coinvest {

/// Two days of knowledge, and what to ask on both besides the summary.
struct KnowledgeQuestion {
  Day then{};
  std::optional<Day> now;  ///< nothing: today, which is all that was read
  std::optional<SilenceQuestion> silence;
  std::optional<ClaimsFile> claims;
};

/// What became known between two days, and which answers it turns: what, subject, then, now, known_on, source, then
/// the parts of the subject. First the answers that differ (of the summary, the deals of the ten most active investors
/// of either day, verdicts of silence and of claims), then rounds, amounts printed then and restated later,
/// participations, exits and register rows. The selection's own day of knowledge is ignored. Fails as the parts do;
/// (usage) if `now` lies before `then`.
Result<Table> knowledge_changes(const Dataset& data, const Selection& selection, const KnowledgeQuestion& question,
                                const Context& context);

}  // namespace coinvest
