// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

Amount flat_amount(Rows& rows) {
  const bool dollars = rows.text(Field::amount).empty() && !rows.text(Field::amount_usd).empty();
  return dollars ? rows.amount(Field::amount_usd, Currency("USD")) : rows.amount(Field::amount, rows.currency());
}

/// A listing or acquisition written as a round without investors.
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

}  // namespace

Result<void> read_flat(Rows& rows, Reading& reading) {
  DatasetBuilder& builder = reading.builder;
  while (true) {
    const auto more = rows.next();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};

    const auto company = rows.name(Field::company);
    if (!company) continue;
    const RoundName& name = reading.round_name(rows.text(Field::round));
    const bool is_event =
        rows.text(Field::investor).empty() && (name.kind == RoundKind::ipo || name.kind == RoundKind::merger);
    const auto investor = is_event ? std::nullopt : rows.name(Field::investor);
    if (!investor && !is_event) continue;

    RoundInput round;
    round.id = rows.text(Field::round_id);
    round.company = resolved(reading.company_names, *company);
    round.label = rows.text(Field::round);
    round.stage = name.stage;
    round.stage_order = name.order;
    round.kind = name.kind;
    round.announced = rows.date(Field::date);
    round.amount = flat_amount(rows);
    round.sector = rows.text(Field::sector);
    round.country = rows.text(Field::country);
    round.source = rows.source();
    if (is_event) {
      builder.add_exit(event_of(round, builder.company(round.company, round.source)));
      continue;
    }

    const auto [id, is_new] = reading.add_round(round);
    if (!is_new && !round.id.empty() && builder.find_company(round.company) != reading.round_company[index(id)]) {
      rows.problem(ProblemKind::duplicate_round, Field::round_id,
                   fmt::format("round '{}' is one of another company already: row left out", visible(round.id)));
      continue;
    }
    if (is_new && !name.recognised()) {
      rows.problem(ProblemKind::bad_value, Field::round,
                   fmt::format("'{}' is no round name that we know: kept, taken for primary", visible(round.label)));
    }
    if (!reading.raw() && is_placeholder(*investor)) {
      builder.add_unknown_participant(id);
      rows.problem(ProblemKind::placeholder, Field::investor,
                   fmt::format("'{}' is nobody in particular: an unknown participant", visible(*investor)));
      continue;
    }
    builder.add_participation({id, resolved(reading.investor_names, *investor), rows.lead(), {}, {}, round.source});
  }
}

}  // namespace coinvest
