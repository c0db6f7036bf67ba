// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/names.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

constexpr std::array all_kinds{RoundKind::primary, RoundKind::ipo,   RoundKind::placement, RoundKind::secondary,
                               RoundKind::debt,    RoundKind::grant, RoundKind::merger,    RoundKind::other};
constexpr std::array all_changes{
    RegistryChange::entered,  RegistryChange::increase,    RegistryChange::entered_or_increase,
    RegistryChange::left,     RegistryChange::replacement, RegistryChange::transfer,
    RegistryChange::dilution, RegistryChange::capital,     RegistryChange::offer};

/// The value of `all` that a cell names, if any.
template <typename Value, std::size_t count>
std::optional<Value> word(std::string_view text, const std::array<Value, count>& all) {
  const std::string small = lower_ascii(text);
  for (const Value value : all) {
    if (small == name_of(value)) return value;
  }
  return std::nullopt;
}

/// The amount as known today: the exact one, else the lower bound, else the one printed, else what the text allows.
Amount amount_today(Rows& rows, Currency currency) {
  if (!rows.text(Field::amount).empty()) return rows.amount(Field::amount, currency);
  if (!rows.text(Field::amount_usd).empty()) return rows.amount(Field::amount_usd, Currency("USD"));
  if (!rows.text(Field::amount_low).empty()) {
    Amount low = rows.amount(Field::amount_low, currency);
    if (low.precision != Precision::undisclosed) low.precision = Precision::floor;
    low.high = Amount::unbounded;
    return low;
  }
  const bool printed = !rows.text(Field::amount_reported).empty();
  return rows.amount(printed ? Field::amount_reported : Field::amount_text, currency);
}

/// True if the round's own row names this investor's id among its leads.
bool is_listed_lead(const Rows& rows, const Reading& reading, RoundId round) {
  const auto leads = reading.lead_ids.find(round);
  const std::string_view id = rows.text(Field::investor_id);
  if (leads == reading.lead_ids.end() || id.empty()) return false;
  return std::ranges::any_of(split(leads->second, ','), [&](std::string_view lead) { return trim(lead) == id; });
}

/// The organisation of a row in a table of organisations, whose first column may hold the id of what `name` names.
std::optional<OrganisationName> described(Rows& rows, std::optional<OrganisationName> written) {
  if (!written) return std::nullopt;
  const auto name = rows.optional_name(Field::name);
  if (!name || *name == written->name) return written;
  return OrganisationName(*name, written->id.empty() ? written->name : written->id);
}

/// True if the company of a row in a table of organisations has come up before.
bool is_named(const Rows& rows, const Reading& reading) {
  const bool by_id = !reading.raw() && reading.options.identity == Identity::safe;
  const std::string_view name = by_id ? "" : rows.text(Field::company);
  return reading.builder.find_company({name, rows.text(Field::company_id)}).has_value();
}

/// Keeps cells of columns that mean nothing to us, but not those of an export's organisations: addresses and
/// descriptions of millions would take more memory than all else.
void keep_others(Rows& rows, Entry entry) {
  if (!rows.layout().is_vendor()) rows.keep_others(entry);
}

}  // namespace

Result<void> read_companies(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    if (rows.layout().listing == Listing::named_elsewhere) {
      const std::string_view id = rows.text(Field::company_id);
      const std::string_view name = rows.text(Field::company);
      if (reading.unnamed_ids.contains(id) && !name.empty() && !name_fault(name)) reading.late_names.emplace(id, name);
      if (!is_named(rows, reading)) return;
    }
    const auto named = described(rows, rows.company());
    if (!named) return;
    const CompanyId company = reading.builder.company(*named, rows.source());
    reading.builder.describe_company(company, rows.text(Field::sector), rows.text(Field::country),
                                     rows.text(Field::status), rows.date(Field::founded));
    keep_others(rows, entry_of(company));
  });
}

Result<void> read_investors(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto named = described(rows, rows.investor());
    if (!named) return;
    const InvestorId investor = reading.builder.investor(*named, rows.source());
    reading.builder.describe_investor(investor, rows.text(Field::type), rows.text(Field::country));
    keep_others(rows, entry_of(investor));
  });
}

Result<void> read_aliases(Rows& rows, Reading& reading) {
  constexpr std::array<std::pair<std::string_view, AliasLevel>, 4> levels{{{"", AliasLevel::manager},
                                                                           {"fund", AliasLevel::fund},
                                                                           {"manager", AliasLevel::manager},
                                                                           {"group", AliasLevel::group}}};
  return for_each_row(rows, [&] {
    const auto alias = rows.investor(Field::alias);
    const auto canonical = rows.investor(Field::canonical);
    if (!alias || !canonical) return;
    const std::string level = lower_ascii(rows.text(Field::level));
    const auto found = std::ranges::find(levels, level, [](const auto& entry) { return entry.first; });
    if (found == levels.end()) {
      rows.problem(ProblemKind::bad_value, Field::level,
                   fmt::format("'{}' is none of fund, manager, group: read as manager", visible(clip(level, 80))));
    }
    const DateInterval valid{rows.date(Field::valid_from).low, rows.date(Field::valid_to).high};
    const AliasLevel read_as = found == levels.end() ? AliasLevel::manager : found->second;
    rows.keep_others(
        reading.builder.add_alias(*alias, *canonical, read_as, rows.text(Field::type), valid, rows.source()));
  });
}

Result<void> read_parents(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto child = rows.investor(Field::alias, Field::alias_id);
    if (!child) return;
    const auto parent = rows.investor(Field::canonical, Field::canonical_id);
    if (!parent) return;
    rows.keep_others(reading.builder.add_alias(*child, *parent, AliasLevel::group, "", {}, rows.source()));
  });
}

Result<void> read_objects(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const std::string_view id = rows.text(Field::company_id);
    const auto name = rows.name(Field::company);
    if (!name) return;
    if (id.starts_with("c:")) {
      const CompanyId company = reading.builder.company({*name, id}, rows.source());
      reading.builder.describe_company(company, rows.text(Field::sector), rows.text(Field::country),
                                       rows.text(Field::status), rows.date(Field::founded));
    } else if (id.starts_with("f:") || id.starts_with("p:")) {
      const InvestorId investor = reading.builder.investor({*name, id}, rows.source());
      reading.builder.describe_investor(investor, "", rows.text(Field::country));
    } else if (!id.starts_with("r:")) {  // a product is no organisation
      rows.reject(fmt::format("'{}' is no id of a company, financial organisation or person: row left out",
                              visible(clip(id, 80))));
    }
  });
}

Result<void> read_funds(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    if (const auto manager = rows.investor())
      rows.keep_others(entry_of(reading.builder.investor(*manager, rows.source())));
  });
}

Result<void> read_rounds(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    if (!company) return;
    RoundInput round;
    round.id = rows.text(Field::round_id);
    if (round.id.empty()) return rows.reject("no round_id: row left out");
    if (reading.builder.find_round(round.id)) {
      rows.problem(ProblemKind::duplicate_round, Field::round_id,
                   fmt::format("round '{}' was there before: row left out", visible(clip(round.id, 80))));
      return;
    }
    round.company = *company;
    round.label = rows.text(Field::round);
    const RoundName& name = reading.round_name(round.label);
    round.stage = name.stage;
    round.stage_order = name.order;
    round.kind = name.kind;
    if (!name.recognised()) {
      rows.problem(ProblemKind::bad_value, Field::round,
                   fmt::format("'{}' is no round name that we know: kept", visible(clip(round.label, 80))));
    }
    if (const std::string_view kind = rows.text(Field::kind); !kind.empty()) {
      const auto known = word(kind, all_kinds);
      round.kind = known.value_or(name.kind);
      if (!known) {
        rows.problem(ProblemKind::bad_value, Field::kind,
                     fmt::format("'{}' is no kind of round: taken from its name", visible(clip(kind, 80))));
      }
    }
    const Currency currency = rows.currency();
    round.announced = rows.date(Field::date);
    round.known_on = rows.date(Field::known_on);
    round.amount = amount_today(rows, currency);
    if (rows.layout().is_vendor() && round.amount.high == 0) round.amount = {};  // how exports write an unknown one
    if (!rows.text(Field::amount_reported).empty()) round.amount_then = rows.amount(Field::amount_reported, currency);
    round.pre_money = rows.pre_money(currency);
    round.post_money = rows.post_money(currency);
    round.sector = rows.text(Field::sector);
    round.country = rows.text(Field::country);
    round.grade = rows.grade();
    round.duplicate = !rows.text(Field::duplicate_of).empty();
    round.source = rows.source();
    const RoundId added = reading.add_round(round).first;
    if (const auto leads = rows.text(Field::lead_ids); !leads.empty()) reading.lead_ids.emplace(added, leads);
    rows.keep_others(entry_of(added));
  });
}

Result<void> read_investments(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto investor = rows.investor();
    if (!investor) return;
    const std::string_view round_id = rows.text(Field::round_id);
    const auto round = reading.builder.find_round(round_id);
    if (!round || round_id.empty()) {
      rows.problem(ProblemKind::unknown_round, Field::round_id,
                   fmt::format("round '{}' is not in the rounds table: row left out", visible(clip(round_id, 80))));
      return;
    }
    if (!reading.raw() && is_placeholder(investor->name)) {
      reading.builder.add_unknown_participant(*round);
      rows.problem(ProblemKind::placeholder, Field::investor,
                   fmt::format("'{}' is nobody in particular: an unknown participant", visible(investor->name)));
      rows.keep_others(entry_of(*round));
      return;
    }
    const Lead lead = is_listed_lead(rows, reading, *round) ? Lead::yes : rows.lead();
    const Amount amount = rows.amount(Field::amount, reading.builder.currency_of(*round));
    rows.keep_others(reading.builder.add_participation(
        {*round, *investor, lead, amount, rows.date(Field::known_on), rows.source()}));
  });
}

Result<void> read_exits(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    if (!company) return;
    const std::string_view said = rows.text(Field::event);
    const std::string_view event = said.empty() ? rows.layout().event : said;
    if (event.empty()) return rows.reject("no event: row left out");
    ExitRow exit;
    exit.source = rows.source();
    exit.company = reading.builder.company(*company, exit.source);
    if (const auto investor = rows.optional_investor(Field::investor)) {
      exit.investor = reading.builder.investor(*investor, exit.source);
    }
    exit.event = event;
    exit.date = rows.date(Field::date);
    const std::string_view acquirer_id = rows.text(Field::acquirer_id);
    exit.acquirer = rows.text(Field::acquirer);
    if (exit.acquirer.empty() && !acquirer_id.empty())
      exit.acquirer =
          reading.named(acquirer_id, reading.builder.company_with_id(acquirer_id)).value_or(acquirer_id).name;
    exit.amount = rows.amount(Field::amount, rows.currency());
    if (exit.amount.high == 0) exit.amount = {};  // a price of 0 is how exports write an unknown one
    exit.details = rows.text(Field::details);
    exit.known_on = rows.date(Field::known_on);
    exit.grade = rows.grade();
    rows.keep_others(reading.builder.add_exit(std::move(exit), acquirer_id));
  });
}

Result<void> read_registry_changes(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    if (!company) return;
    const std::string_view change = rows.text(Field::change);
    const auto known = word(change, all_changes);
    if (!known) {
      return rows.reject(fmt::format("'{}' is no change of shareholders: row left out", visible(clip(change, 80))));
    }
    RegistryRow row;
    row.source = rows.source();
    row.company = reading.builder.company(*company, row.source);
    if (const auto holder = rows.optional_investor(Field::shareholder)) {
      row.shareholder = reading.builder.investor(*holder, row.source);
    }
    row.date = rows.date(Field::date);
    row.change = *known;
    row.details = rows.text(Field::details);
    row.capital_change = rows.text(Field::capital_change);
    row.known_on = rows.date(Field::known_on);
    row.grade = rows.grade();
    rows.keep_others(reading.builder.add_registry(std::move(row)));
  });
}

Result<void> read_holdings(Rows& rows, Reading& reading) {
  return for_each_row(rows, [&] {
    const auto company = rows.company();
    const auto holder = rows.investor(Field::holder);
    if (!company || !holder) return;
    HoldingRow row;
    row.source = rows.source();
    row.company = reading.builder.company(*company, row.source);
    row.holder = reading.builder.investor(*holder, row.source);
    row.shares = rows.number(Field::shares);
    row.percent = rows.number(Field::percent);
    row.as_of = rows.date(Field::as_of);
    rows.keep_others(reading.builder.add_holding(row));
  });
}

}  // namespace coinvest
