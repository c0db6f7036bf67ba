// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/claim_inquiry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/model/called.hpp"

namespace coinvest {
namespace {

ClaimRow round_row(const Deals& deals, std::size_t round) {
  const Rounds& rounds = deals.data->rounds;
  const std::size_t at = index(deals.rounds[round]);
  return {rounds.source[at],  deals.date(round), deals.company(round), {}, deals.data->text(rounds.label[at]),
          deals.amount(round)};
}

}  // namespace

Chosen Inquiry::choose(PartialDate rule, const std::optional<DayRange>& period) const {
  Selection selection = claim->selection;
  selection.partial_date = rule;
  if (period) {
    selection.from = period->from;
    selection.to = period->to;
  }
  Chosen chosen{select(*data, selection), {}, {}};
  const Deals& deals = chosen.deals;
  const RollupMap rollup(*data, deals.rollup);
  for (std::size_t round = 0; round < deals.size(); ++round) {
    if (company && deals.company(round) != *company) continue;
    if (investor) {
      const auto participants = deals.participants(round);
      const auto at = std::find(participants.begin(), participants.end(), rollup.of(*investor, deals.date(round)));
      if (at == participants.end()) continue;
      chosen.mine.push_back(deals.offsets[round] + static_cast<std::size_t>(at - participants.begin()));
    }
    chosen.rounds.push_back(round);
  }
  return chosen;
}

Result<Inquiry> inquire(const Dataset& data, const Claim& claim) {
  Inquiry inquiry{&data, &claim, {}, {}};
  if (!claim.company.empty()) {
    const auto company = company_called(data, claim.company);
    if (!company) return fail(ErrorKind::input, company.error().message, claim.where);
    inquiry.company = *company;
  }
  if (!claim.investor.empty()) {
    const auto investor = investor_called(data, claim.investor);
    if (!investor) return fail(ErrorKind::input, investor.error().message, claim.where);
    inquiry.investor = *investor;
  }
  return inquiry;
}

ClaimRow participation_row(const Deals& deals, std::size_t round, std::size_t at) {
  ClaimRow row = round_row(deals, round);
  row.source = deals.data->participations.source[index(deals.rows[at])];
  row.investor = deals.investors[at];
  return row;
}

ClaimRow row_of(const Chosen& chosen, std::size_t i) {
  return chosen.mine.empty() ? round_row(chosen.deals, chosen.rounds[i])
                             : participation_row(chosen.deals, chosen.rounds[i], chosen.mine[i]);
}

std::vector<ClaimRow> rows_of(const Chosen& chosen) {
  std::vector<ClaimRow> rows;
  for (std::size_t i = 0; i < chosen.rounds.size(); ++i) rows.push_back(row_of(chosen, i));
  return rows;
}

}  // namespace coinvest
