// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {

RoundInput round_of(Rows& rows, const OrganisationName& company, std::string_view label, const RoundName& name) {
  RoundInput round;
  round.id = rows.text(Field::round_id);
  round.company = company;
  round.label = label;
  round.stage = name.stage;
  round.stage_order = name.order;
  round.kind = name.kind;
  round.announced = rows.date(Field::date);
  const Currency currency = rows.currency();
  round.amount = rows.amount_or_dollars(currency);
  round.pre_money = rows.pre_money(currency);
  round.post_money = rows.post_money(currency);
  round.sector = rows.text(Field::sector);
  round.country = rows.text(Field::country);
  round.source = rows.source();
  return round;
}

ExitRow event_of(const RoundInput& round, CompanyId company) {
  ExitRow exit;
  exit.company = company;
  exit.event = round.kind == RoundKind::ipo ? "ipo" : "acquisition";
  exit.date = round.announced;
  if (round.amount.high != 0) exit.amount = round.amount;
  exit.details = round.label;
  exit.source = round.source;
  return exit;
}

std::optional<RoundId> add_named_round(Rows& rows, Reading& reading, const RoundInput& round) {
  const auto [id, is_new] = reading.add_round(round);
  if (!is_new && !round.id.empty() && reading.builder.find_company(round.company) != reading.builder.company_of(id)) {
    rows.problem(ProblemKind::duplicate_round, Field::round_id,
                 fmt::format("round '{}' is one of another company already: row left out", visible(round.id)));
    return std::nullopt;
  }
  if (is_new && !reading.round_name(round.label).recognised()) {
    rows.problem(ProblemKind::bad_value, Field::round,
                 fmt::format("'{}' is no round name that we know: kept, taken for primary", visible(round.label)));
  }
  return id;
}

Result<void> read_flat(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    if (!company) return;
    const std::string_view label = rows.text(Field::round);
    const RoundName& name = reading.round_name(label);
    const bool is_event =
        rows.text(Field::investor).empty() && (name.kind == RoundKind::ipo || name.kind == RoundKind::merger);
    const auto investor = is_event ? std::nullopt : rows.investor();
    if (!investor && !is_event) return;

    const RoundInput round = round_of(rows, *company, label, name);
    if (is_event) {
      rows.keep_others(reading.builder.add_exit(event_of(round, reading.builder.company(*company, round.source))));
      return;
    }
    const auto id = add_named_round(rows, reading, round);
    if (!id) return;
    if (!reading.raw() && is_placeholder(investor->name)) {
      reading.builder.add_unknown_participant(*id);
      rows.problem(ProblemKind::placeholder, Field::investor,
                   fmt::format("'{}' is nobody in particular: an unknown participant", visible(investor->name)));
      rows.keep_others(entry_of(*id));
      return;
    }
    rows.keep_others(reading.builder.add_participation({*id, *investor, rows.lead(), {}, {}, round.source}));
  });
}

}  // namespace coinvest
