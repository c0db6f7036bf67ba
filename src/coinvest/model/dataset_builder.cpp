// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/dataset_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <tuple>

#include "coinvest/base/interner.hpp"
#include "coinvest/model/counted_once.hpp"
#include "coinvest/model/organisations.hpp"

namespace coinvest {
namespace {

/// Moves the entries of a column to their new places: value i goes to new_of[i]. The first that says something stays.
template <typename T>
std::vector<T> renumbered(std::vector<T>& column, std::span<const std::uint32_t> new_of, std::size_t size) {
  std::vector<T> moved(size);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (T& place = moved[new_of[i]]; place == T{}) place = std::move(column[i]);
  }
  return moved;
}

template <typename Id>
Id renumbered(Id id, std::span<const std::uint32_t> new_of) {
  return static_cast<Id>(new_of[index(id)]);
}

template <typename... T>
void append_bytes(std::string& key, const T&... values) {
  const std::size_t begin = key.size();
  key.resize(begin + (sizeof values + ...));
  char* place = key.data() + begin;
  ((std::memcpy(place, &values, sizeof values), place += sizeof values), ...);
}

/// What makes a round without an id of its own one round, as bytes. It begins with \x1f, which no id does: a made key
/// never equals an id of the source.
void make_key(CompanyId company, const RoundInput& round, std::string& key) {
  key = "\x1f";
  append_bytes(key, company, round.announced.low, round.announced.high, round.kind, round.amount.low, round.amount.high,
               round.amount.currency.code);
  key.append(round.label);
}

/// What a round without an id of its own is called: its company, date and amount.
std::string made_id(const RoundInput& round) {
  std::string id;
  id.reserve(round.company.name.size() + 32);
  id.append(round.company.name).append(" ").append(format_date(round.announced)).append(" ");
  return id.append(round.amount.disclosed() ? format_minor(round.amount.low) : "undisclosed");
}

void set_if_empty(std::string& field, std::string_view value) {
  if (field.empty()) field = value;
}

/// The entry that was added last to a column.
template <typename T>
Entry last(EntryKind kind, const std::vector<T>& column) {
  return {kind, static_cast<std::uint32_t>(column.size() - 1)};
}

template <typename T>
void at_least(std::vector<T>& column, std::size_t size) {
  if (column.size() < size) column.resize(size);
}

}  // namespace

struct DatasetBuilder::State {
  State(Identity identity, Cleaning how, IdScope scope)
      : cleaning(how), ids(scope), investors(identity), companies(identity) {
    texts.add("");
  }

  TextId text(std::string_view value) {
    return value.empty() ? TextId{} : static_cast<TextId>(texts.add(value).first);  // "" is the first
  }

  void note(ProblemKind kind, SourceRow where, std::string column, std::string message) {
    data.problems.push_back({kind, where, std::move(column), std::move(message)});
  }

  std::optional<OrganisationName> named(std::string_view id, const Organisations& side,
                                        const Organisations& other_side) const {
    if (const auto found = side.find_id(id)) return OrganisationName(side.name(*found), id);
    const auto found = ids == IdScope::both_sides ? other_side.find_id(id) : std::nullopt;
    return found ? std::optional(OrganisationName(other_side.name(*found), id)) : std::nullopt;
  }

  void renumber_names();
  void link_sides(std::span<const std::uint32_t> investor_at, std::span<const std::uint32_t> company_at);
  void report_ambiguous_aliases();

  /// True if both have ids that can be compared, and these differ.
  bool are_known_to_differ(std::string_view one_id, std::string_view other_id) const {
    return ids == IdScope::both_sides && !one_id.empty() && !other_id.empty() && one_id != other_id;
  }

  Cleaning cleaning;
  IdScope ids;
  Organisations investors, companies;
  Interner texts, round_keys;
  std::vector<std::uint8_t> has_own_id;  // per round
  std::vector<RoundId> round_of_key;
  std::string made_key;  // of the last round without an id
  std::size_t problems_with_record = 0;
  Dataset data;
};

DatasetBuilder::DatasetBuilder(Identity identity, Cleaning cleaning, IdScope ids)
    : state_(std::make_unique<State>(identity, cleaning, ids)) {}
DatasetBuilder::~DatasetBuilder() = default;
DatasetBuilder::DatasetBuilder(DatasetBuilder&&) noexcept = default;
DatasetBuilder& DatasetBuilder::operator=(DatasetBuilder&&) noexcept = default;

FileId DatasetBuilder::add_file(InputFile file) {
  state_->data.files.push_back(std::move(file));
  return id_of<FileId>(state_->data.files.size() - 1);
}

void DatasetBuilder::set_digest(FileId file, std::string sha256) {
  state_->data.files[index(file)].sha256 = std::move(sha256);
}

void DatasetBuilder::count_row(FileId file) {
  ++state_->data.files[index(file)].rows;
}

void DatasetBuilder::expect(std::size_t rounds, std::size_t participations) {
  // By doubling at least: one file after another must not copy all columns each time.
  const auto room_for = [](auto& columns, std::size_t more) {
    columns.for_each_column([room = columns.size() + more](auto& column) {
      if (room > column.capacity()) column.reserve(std::max(room, 2 * column.capacity()));
    });
  };
  room_for(state_->data.rounds, rounds);
  room_for(state_->data.participations, participations);
}

InvestorId DatasetBuilder::investor(const OrganisationName& name, SourceRow where) {
  return static_cast<InvestorId>(state_->investors.add(name, where, Organisations::Use::counted));
}

CompanyId DatasetBuilder::company(const OrganisationName& name, SourceRow where) {
  return static_cast<CompanyId>(state_->companies.add(name, where, Organisations::Use::counted));
}

std::optional<CompanyId> DatasetBuilder::find_company(const OrganisationName& name) const {
  const auto found = state_->companies.find(name);
  return found ? std::optional(static_cast<CompanyId>(*found)) : std::nullopt;
}

std::optional<OrganisationName> DatasetBuilder::company_with_id(std::string_view id) const {
  return state_->named(id, state_->companies, state_->investors);
}

std::optional<OrganisationName> DatasetBuilder::investor_with_id(std::string_view id) const {
  return state_->named(id, state_->investors, state_->companies);
}

void DatasetBuilder::describe_investor(InvestorId id, std::string_view type, std::string_view country) {
  Investors& investors = state_->data.investors;
  at_least(investors.type, index(id) + 1);
  at_least(investors.country, index(id) + 1);
  set_if_empty(investors.type[index(id)], type);
  set_if_empty(investors.country[index(id)], country);
}

void DatasetBuilder::describe_company(CompanyId id, std::string_view sector, std::string_view country,
                                      std::string_view status, DateInterval founded) {
  Companies& companies = state_->data.companies;
  at_least(companies.sector, index(id) + 1);
  at_least(companies.country, index(id) + 1);
  at_least(companies.status, index(id) + 1);
  at_least(companies.founded, index(id) + 1);
  set_if_empty(companies.sector[index(id)], sector);
  set_if_empty(companies.country[index(id)], country);
  set_if_empty(companies.status[index(id)], status);
  if (!companies.founded[index(id)].known()) companies.founded[index(id)] = founded;
}

std::optional<RoundId> DatasetBuilder::find_round(std::string_view id) const {
  const auto key = state_->round_keys.find(id);
  return key ? std::optional(state_->round_of_key[*key]) : std::nullopt;
}

RoundId DatasetBuilder::add_round(const RoundInput& round) {
  State& state = *state_;
  const CompanyId company_id = company(round.company, round.source);
  if (round.id.empty()) make_key(company_id, round, state.made_key);
  const auto [number, is_new] = state.round_keys.add(round.id.empty() ? state.made_key : round.id);
  if (!is_new) return state.round_of_key[number];

  Rounds& rounds = state.data.rounds;
  const auto id = id_of<RoundId>(rounds.size());
  state.round_of_key.push_back(id);
  state.has_own_id.push_back(round.id.empty() ? 0 : 1);
  rounds.id.push_back(state.text(round.id.empty() ? made_id(round) : round.id));
  rounds.company.push_back(company_id);
  rounds.label.push_back(state.text(round.label));
  rounds.stage.push_back(state.text(round.stage));
  rounds.stage_order.push_back(round.stage_order);
  rounds.kind.push_back(round.kind);
  rounds.announced.push_back(round.announced);
  rounds.known_on.push_back(round.known_on.known() ? round.known_on : round.announced);
  rounds.amount.push_back(round.amount);
  rounds.amount_then.push_back(round.amount_then.value_or(round.amount));
  rounds.pre_money.push_back(round.pre_money);
  rounds.post_money.push_back(round.post_money);
  rounds.sector.push_back(state.text(round.sector));
  rounds.country.push_back(state.text(round.country));
  rounds.grade.push_back(round.grade);
  rounds.duplicate.push_back(round.duplicate ? 1 : 0);
  rounds.incomplete.push_back(round.incomplete ? 1 : 0);
  rounds.unknown_participants.push_back(0);
  rounds.source.push_back(round.source);
  return id;
}

std::size_t DatasetBuilder::rounds() const {
  return state_->data.rounds.size();
}

CompanyId DatasetBuilder::company_of(RoundId round) const {
  return state_->data.rounds.company[index(round)];
}

Currency DatasetBuilder::currency_of(RoundId round) const {
  return state_->data.rounds.amount[index(round)].currency;
}

void DatasetBuilder::add_unknown_participant(RoundId round) {
  ++state_->data.rounds.unknown_participants[index(round)];
}

void DatasetBuilder::mark_incomplete(RoundId round) {
  state_->data.rounds.incomplete[index(round)] = 1;
}

std::optional<Entry> DatasetBuilder::add_participation(const ParticipationInput& participation) {
  State& state = *state_;
  if (state.cleaning == Cleaning::standard) {
    const auto company_id = static_cast<std::uint32_t>(state.data.rounds.company[index(participation.round)]);
    const OrganisationName& named = participation.investor;
    const std::string_view id = state.companies.id(company_id);
    const bool is_same_id = state.ids == IdScope::both_sides && !id.empty() && named.id == id;
    const bool is_itself = is_same_id || (!state.are_known_to_differ(named.id, id) &&
                                          state.investors.key_of(named.name) == state.companies.key(company_id));
    if (is_itself) {
      state.note(ProblemKind::self_investment, participation.source, "investor",
                 fmt::format("{} is the company itself: participation left out", named.name));
      return std::nullopt;
    }
  }
  Participations& rows = state.data.participations;
  rows.round.push_back(participation.round);
  rows.investor.push_back(investor(participation.investor, participation.source));
  rows.lead.push_back(participation.lead);
  rows.amount.push_back(participation.amount);
  rows.known_on.push_back(participation.known_on);
  rows.source.push_back(participation.source);
  return last(EntryKind::participation, rows.source);
}

std::optional<Entry> DatasetBuilder::add_alias(const OrganisationName& alias, const OrganisationName& canonical,
                                               AliasLevel level, std::string_view type, DateInterval valid,
                                               SourceRow source) {
  Organisations& investors = state_->investors;
  const auto from = static_cast<InvestorId>(investors.add(alias, source, Organisations::Use::mentioned));
  const auto to = static_cast<InvestorId>(investors.add(canonical, source, Organisations::Use::mentioned));
  describe_investor(to, type, "");
  if (from == to) return std::nullopt;
  const Day valid_from = valid.low == Day::max() ? Day::min() : valid.low;
  const Day valid_to = valid.high == Day::min() ? Day::max() : valid.high;
  state_->data.aliases.push_back({from, to, level, valid_from, valid_to, source});
  return last(EntryKind::alias, state_->data.aliases);
}

std::optional<Entry> DatasetBuilder::add_exit(ExitRow row, std::string_view acquirer_id) {
  const std::string_view company_id = state_->companies.id(static_cast<std::uint32_t>(row.company));
  if (state_->cleaning == Cleaning::standard && !row.acquirer.empty() &&
      find_company(OrganisationName(row.acquirer, acquirer_id)) == row.company &&
      (acquirer_id.empty() || company_id.empty() || acquirer_id == company_id)) {
    state_->note(ProblemKind::self_acquisition, row.source, "acquirer",
                 fmt::format("{} is the company itself: row rejected", row.acquirer));
    return std::nullopt;
  }
  if (!row.known_on.known()) row.known_on = row.date;
  state_->data.exits.push_back(std::move(row));
  return last(EntryKind::exit, state_->data.exits);
}

Entry DatasetBuilder::add_registry(RegistryRow row) {
  if (!row.known_on.known()) row.known_on = row.date;
  state_->data.registry.push_back(std::move(row));
  return last(EntryKind::registry_change, state_->data.registry);
}

Entry DatasetBuilder::add_holding(const HoldingRow& row) {
  state_->data.holdings.push_back(row);
  return last(EntryKind::holding, state_->data.holdings);
}

void DatasetBuilder::add_attribute(Entry entry, std::string_view column, std::string_view value) {
  state_->data.attributes.push_back({entry, state_->text(column), state_->text(value)});
}

void DatasetBuilder::add_register_change(RegisterChange change) {
  if (!change.known_on.known()) change.known_on = change.date;
  state_->data.register_changes.push_back(std::move(change));
}

void DatasetBuilder::add_register(Register state) {
  if (!state.known_on.known()) state.known_on = state.as_of;
  state_->data.registers.push_back(std::move(state));
}

void DatasetBuilder::add_problem(ProblemKind kind, SourceRow where, std::string column, std::string text) {
  state_->note(kind, where, std::move(column), std::move(text));
}

void DatasetBuilder::add_record(SourceRow where, std::string_view record) {
  std::vector<Problem>& problems = state_->data.problems;
  for (std::size_t& at = state_->problems_with_record; at < problems.size(); ++at)
    if (problems[at].where == where && is_rejection(problems[at].kind)) problems[at].row = record;
}

/// Gives investors and companies their final ids: the byte order of the names kept.
void DatasetBuilder::State::renumber_names() {
  Organisations::Finished investor = investors.finish("investor");
  Organisations::Finished company = companies.finish("company");
  std::ranges::move(investor.problems, std::back_inserter(data.problems));
  std::ranges::move(company.problems, std::back_inserter(data.problems));
  link_sides(investor.position, company.position);

  const auto move_investor = [&](auto& column) {
    column = renumbered(column, investor.position, investor.names.size());
  };
  const auto move_company = [&](auto& column) { column = renumbered(column, company.position, company.names.size()); };
  move_investor(data.investors.type), move_investor(data.investors.country);
  move_company(data.companies.sector), move_company(data.companies.country);
  move_company(data.companies.status), move_company(data.companies.founded);
  data.investors.name = std::move(investor.names);
  data.companies.name = std::move(company.names);
  renumber_attributes(data, EntryKind::investor, investor.position);
  renumber_attributes(data, EntryKind::company, company.position);

  for (CompanyId& id : data.rounds.company) id = renumbered(id, company.position);
  for (InvestorId& id : data.participations.investor) id = renumbered(id, investor.position);
  for (Alias& row : data.aliases) {
    row.alias = renumbered(row.alias, investor.position);
    row.canonical = renumbered(row.canonical, investor.position);
  }
  for (ExitRow& row : data.exits) {
    row.company = renumbered(row.company, company.position);
    if (row.investor) row.investor = renumbered(*row.investor, investor.position);
  }
  for (RegistryRow& row : data.registry) {
    row.company = renumbered(row.company, company.position);
    if (row.shareholder) row.shareholder = renumbered(*row.shareholder, investor.position);
  }
  const auto renumber_holders = [&](auto& rows) {
    for (auto& row : rows) row.holder = renumbered(row.holder, investor.position);
  };
  for (RegisterChange& change : data.register_changes) {
    change.company = renumbered(change.company, company.position);
    renumber_holders(change.before), renumber_holders(change.after), renumber_holders(change.flows);
  }
  for (Register& state : data.registers) {
    state.company = renumbered(state.company, company.position);
    renumber_holders(state.stakes);
  }
  for (HoldingRow& row : data.holdings) {
    row.company = renumbered(row.company, company.position);
    row.holder = renumbered(row.holder, investor.position);
  }
}

/// Finds the organisations that are on both sides: by id, else by name unless both have ids of their own.
void DatasetBuilder::State::link_sides(std::span<const std::uint32_t> investor_at,
                                       std::span<const std::uint32_t> company_at) {
  std::set<std::pair<InvestorId, CompanyId>> links;
  for (std::uint32_t investor = 0; investor < investors.size(); ++investor) {
    const std::string_view id = investors.id(investor);
    auto company = ids == IdScope::both_sides ? companies.find_id(id) : std::nullopt;
    if (!company) {
      company = companies.find_key(investors.key(investor));
      if (company && are_known_to_differ(id, companies.id(*company))) company.reset();
    }
    if (company)
      links.emplace(static_cast<InvestorId>(investor_at[investor]), static_cast<CompanyId>(company_at[*company]));
  }
  data.same_as.assign(links.begin(), links.end());
}

/// Notes each alias that an earlier row of its level gives to somebody else at the same time. Names are final here.
void DatasetBuilder::State::report_ambiguous_aliases() {
  std::map<std::pair<InvestorId, AliasLevel>, std::vector<const Alias*>> rows_of;
  for (const Alias& row : data.aliases) {
    std::vector<const Alias*>& earlier = rows_of[{row.alias, row.level}];
    const auto rival = std::find_if(earlier.begin(), earlier.end(), [&](const Alias* other) {
      return other->canonical != row.canonical && other->valid_from <= row.valid_to &&
             row.valid_from <= other->valid_to;
    });
    if (rival != earlier.end())
      note(ProblemKind::ambiguous_alias, row.source, "alias",
           fmt::format("{} is {} here, but {} in line {} for the same time: the first counts", data.name(row.alias),
                       data.name(row.canonical), data.name((*rival)->canonical), (*rival)->source.line));
    earlier.push_back(&row);
  }
}

Result<Dataset> DatasetBuilder::finish() {
  State& state = *state_;
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() - 1;
  for (const auto& [what, count] : {std::pair<const char*, std::size_t>{"rounds", state.data.rounds.size()},
                                    {"participations", state.data.participations.size()},
                                    {"investors", state.investors.size()},
                                    {"companies", state.companies.size()}})
    if (count > most) return fail(ErrorKind::limit, fmt::format("{} {} are more than {}", count, what, most));

  // Names first: the order of participants within a round is that of the final ids.
  state.renumber_names();
  state.report_ambiguous_aliases();
  sort_participations(state.data);
  if (state.cleaning == Cleaning::standard) join_restated_rounds(state.data, state.has_own_id);

  Dataset& data = state.data;
  std::ranges::stable_sort(data.attributes, {}, &Attribute::entry);
  data.texts.reserve(state.texts.size());
  for (std::uint32_t text = 0; text < state.texts.size(); ++text) data.texts.emplace_back(state.texts.text(text));
  std::stable_sort(data.problems.begin(), data.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return std::move(data);
}

}  // namespace coinvest
