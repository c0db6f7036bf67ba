// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/dataset_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <tuple>

#include "coinvest/base/interner.hpp"
#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

/// The names of one side while rows come in: spellings, and the organisations that they stand for.
class Names {
 public:
  explicit Names(Identity identity) : identity_(identity) {}

  enum class Use : std::uint8_t { counted, mentioned };

  std::uint32_t add(std::string_view name, SourceRow where, Use use) {
    const auto [spelling, is_new] = spellings_.add(name);
    if (is_new) {
      const std::uint32_t group = identity_ == Identity::exact ? spelling : keys_.add(match_key(name)).first;
      group_of_.push_back(group);
      first_seen_.push_back(where);
      uses_.push_back(0);
      groups_ = std::max<std::size_t>(groups_, group + std::size_t{1});
    }
    if (use == Use::counted) ++uses_[spelling];
    return group_of_[spelling];
  }

  std::optional<std::uint32_t> find(std::string_view name) const {
    if (const auto spelling = spellings_.find(name)) return group_of_[*spelling];
    return identity_ == Identity::exact ? std::nullopt : keys_.find(match_key(name));
  }

  /// What spellings of one organisation share. The key of a spelling that was seen costs no normalisation.
  const std::string& key(std::uint32_t group) const {
    return identity_ == Identity::exact ? spellings_.text(group) : keys_.text(group);
  }
  std::string key_of(std::string_view name) const {
    if (const auto spelling = spellings_.find(name)) return key(group_of_[*spelling]);
    return identity_ == Identity::exact ? std::string(name) : match_key(name);
  }

  std::size_t size() const { return groups_; }

  struct Sorted {
    std::vector<std::string> name;      // ascending
    std::vector<std::uint32_t> new_of;  // per group
  };

  /// Chooses each organisation's spelling, sorts them by bytes and reports the spellings given up.
  template <typename Report>
  Sorted sort(Report report) const {
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> best(groups_, none);
    for (std::uint32_t spelling = 0; spelling < spellings_.size(); ++spelling) {
      std::uint32_t& kept = best[group_of_[spelling]];
      if (kept == none || uses_[spelling] > uses_[kept] ||
          (uses_[spelling] == uses_[kept] && spellings_.text(spelling) < spellings_.text(kept)))
        kept = spelling;
    }
    for (std::uint32_t spelling = 0; spelling < spellings_.size(); ++spelling) {
      const std::uint32_t kept = best[group_of_[spelling]];
      if (kept != spelling) report(first_seen_[spelling], spellings_.text(spelling), spellings_.text(kept));
    }
    std::vector<std::uint32_t> order(groups_);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return spellings_.text(best[a]) < spellings_.text(best[b]); });
    Sorted sorted;
    sorted.new_of.resize(groups_);
    for (std::uint32_t position = 0; position < order.size(); ++position) {
      sorted.name.push_back(spellings_.text(best[order[position]]));
      sorted.new_of[order[position]] = position;
    }
    return sorted;
  }

 private:
  Identity identity_;
  Interner spellings_, keys_;
  std::vector<std::uint32_t> group_of_, uses_;  // per spelling
  std::vector<SourceRow> first_seen_;           // per spelling
  std::size_t groups_ = 0;
};

/// Moves the entries of a column to their new places: value i goes to new_of[i].
template <typename T>
std::vector<T> renumbered(std::vector<T>& column, std::span<const std::uint32_t> new_of) {
  std::vector<T> moved(new_of.size());
  for (std::size_t i = 0; i < column.size(); ++i) moved[new_of[i]] = std::move(column[i]);
  return moved;
}

template <typename Id>
Id renumbered(Id id, std::span<const std::uint32_t> new_of) {
  return static_cast<Id>(new_of[index(id)]);
}

template <typename T>
void append_bytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// What makes a round without an id of its own one round, as bytes. It begins with \x1f, which no id does: a made key
/// never equals an id of the source.
std::string made_key(CompanyId company, const RoundInput& round) {
  std::string key = "\x1f";
  append_bytes(key, company);
  append_bytes(key, round.announced.low);
  append_bytes(key, round.announced.high);
  append_bytes(key, round.kind);
  append_bytes(key, round.amount.low);
  append_bytes(key, round.amount.high);
  append_bytes(key, round.amount.currency.code);
  return key.append(round.label);
}

void set_if_empty(std::string& field, std::string_view value) {
  if (field.empty()) field = value;
}

template <typename T>
void at_least(std::vector<T>& column, std::size_t size) {
  if (column.size() < size) column.resize(size);
}

}  // namespace

struct DatasetBuilder::State {
  State(Identity identity, Cleaning how) : cleaning(how), investor_names(identity), company_names(identity) {
    texts.add("");
  }

  TextId text(std::string_view value) { return static_cast<TextId>(texts.add(value).first); }

  void note(ProblemKind kind, SourceRow where, std::string column, std::string message) {
    data.problems.push_back({kind, where, std::move(column), std::move(message)});
  }

  void join_restated_rounds();
  void sort_participations();
  void renumber_names();
  void report_ambiguous_aliases();

  Cleaning cleaning;
  Names investor_names, company_names;
  Interner texts, round_keys;
  std::vector<std::uint8_t> has_own_id;  // per round
  std::vector<RoundId> round_of_key;
  std::size_t problems_with_record = 0;
  Dataset data;
};

DatasetBuilder::DatasetBuilder(Identity identity, Cleaning cleaning)
    : state_(std::make_unique<State>(identity, cleaning)) {}
DatasetBuilder::~DatasetBuilder() = default;
DatasetBuilder::DatasetBuilder(DatasetBuilder&&) noexcept = default;
DatasetBuilder& DatasetBuilder::operator=(DatasetBuilder&&) noexcept = default;

FileId DatasetBuilder::add_file(InputFile file) {
  state_->data.files.push_back(std::move(file));
  return id_of<FileId>(state_->data.files.size() - 1);
}

void DatasetBuilder::count_row(FileId file) {
  ++state_->data.files[index(file)].rows;
}

InvestorId DatasetBuilder::investor(std::string_view name, SourceRow where) {
  return static_cast<InvestorId>(state_->investor_names.add(name, where, Names::Use::counted));
}

CompanyId DatasetBuilder::company(std::string_view name, SourceRow where) {
  return static_cast<CompanyId>(state_->company_names.add(name, where, Names::Use::counted));
}

std::optional<CompanyId> DatasetBuilder::find_company(std::string_view name) const {
  const auto group = state_->company_names.find(name);
  return group ? std::optional(static_cast<CompanyId>(*group)) : std::nullopt;
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
  const std::string key = !round.id.empty() ? round.id : made_key(company_id, round);
  const auto [number, is_new] = state.round_keys.add(key);
  if (!is_new) return state.round_of_key[number];

  Rounds& rounds = state.data.rounds;
  const auto id = id_of<RoundId>(rounds.size());
  state.round_of_key.push_back(id);
  state.has_own_id.push_back(round.id.empty() ? 0 : 1);
  const std::string amount = round.amount.disclosed() ? format_minor(round.amount.low) : "undisclosed";
  rounds.id.push_back(state.text(
      !round.id.empty() ? round.id : fmt::format("{} {} {}", round.company, format_date(round.announced), amount)));
  rounds.company.push_back(company_id);
  rounds.label.push_back(state.text(round.label));
  rounds.stage.push_back(state.text(round.stage));
  rounds.stage_order.push_back(round.stage_order);
  rounds.kind.push_back(round.kind);
  rounds.announced.push_back(round.announced);
  rounds.known_on.push_back(round.known_on.known() ? round.known_on : round.announced);
  rounds.amount.push_back(round.amount);
  rounds.amount_then.push_back(round.amount_then.value_or(round.amount));
  rounds.sector.push_back(state.text(round.sector));
  rounds.country.push_back(state.text(round.country));
  rounds.grade.push_back(round.grade);
  rounds.duplicate.push_back(round.duplicate ? 1 : 0);
  rounds.incomplete.push_back(round.incomplete ? 1 : 0);
  rounds.unknown_participants.push_back(0);
  rounds.source.push_back(round.source);
  return id;
}

void DatasetBuilder::add_unknown_participant(RoundId round) {
  ++state_->data.rounds.unknown_participants[index(round)];
}

void DatasetBuilder::mark_incomplete(RoundId round) {
  state_->data.rounds.incomplete[index(round)] = 1;
}

void DatasetBuilder::add_participation(const ParticipationInput& participation) {
  State& state = *state_;
  if (state.cleaning == Cleaning::standard) {
    const auto company_id = static_cast<std::uint32_t>(state.data.rounds.company[index(participation.round)]);
    if (state.investor_names.key_of(participation.investor) == state.company_names.key(company_id)) {
      state.note(ProblemKind::self_investment, participation.source, "investor",
                 fmt::format("{} is the company itself: participation left out", participation.investor));
      return;
    }
  }
  Participations& rows = state.data.participations;
  rows.round.push_back(participation.round);
  rows.investor.push_back(investor(participation.investor, participation.source));
  rows.lead.push_back(participation.lead);
  rows.amount.push_back(participation.amount);
  rows.known_on.push_back(participation.known_on);
  rows.source.push_back(participation.source);
}

void DatasetBuilder::add_alias(std::string_view alias, std::string_view canonical, AliasLevel level,
                               std::string_view type, DateInterval valid, SourceRow source) {
  Names& names = state_->investor_names;
  const auto from = static_cast<InvestorId>(names.add(alias, source, Names::Use::mentioned));
  const auto to = static_cast<InvestorId>(names.add(canonical, source, Names::Use::mentioned));
  describe_investor(to, type, "");
  if (from == to) return;
  const Day valid_from = valid.low == Day::max() ? Day::min() : valid.low;
  const Day valid_to = valid.high == Day::min() ? Day::max() : valid.high;
  state_->data.aliases.push_back({from, to, level, valid_from, valid_to, source});
}

void DatasetBuilder::add_exit(ExitRow row) {
  if (state_->cleaning == Cleaning::standard && !row.acquirer.empty() && find_company(row.acquirer) == row.company) {
    state_->note(ProblemKind::self_acquisition, row.source, "acquirer",
                 fmt::format("{} is the company itself: row rejected", row.acquirer));
    return;
  }
  if (!row.known_on.known()) row.known_on = row.date;
  state_->data.exits.push_back(std::move(row));
}

void DatasetBuilder::add_registry(RegistryRow row) {
  if (!row.known_on.known()) row.known_on = row.date;
  state_->data.registry.push_back(std::move(row));
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

/// Sorts participations by round, investor and source; the same investor in a round again joins the first.
void DatasetBuilder::State::sort_participations() {
  const Participations& rows = data.participations;
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t row) { return std::tuple(rows.round[row], rows.investor[row]); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });

  Participations sorted;
  for (std::size_t position = 0; position < order.size(); ++position) {
    const std::uint32_t row = order[position];
    if (position > 0 && key(order[position - 1]) == key(row)) {
      sorted.lead.back() = std::max(sorted.lead.back(), rows.lead[row]);
      note(ProblemKind::duplicate_row, rows.source[row], "",
           fmt::format("same participation as line {}: counted once", sorted.source.back().line));
      continue;
    }
    sorted.round.push_back(rows.round[row]);
    sorted.investor.push_back(rows.investor[row]);
    sorted.lead.push_back(rows.lead[row]);
    sorted.amount.push_back(rows.amount[row]);
    sorted.known_on.push_back(rows.known_on[row]);
    sorted.source.push_back(rows.source[row]);
  }
  data.participations = std::move(sorted);
}

/// Rounds without ids of their own that differ only in that one amount is undisclosed, with the same participants, are
/// one round announced twice. Participations are sorted by round and investor here.
void DatasetBuilder::State::join_restated_rounds() {
  Rounds& rounds = data.rounds;
  std::vector<std::uint64_t> first(rounds.size() + 1, 0);
  for (const RoundId round : data.participations.round) ++first[index(round) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  const auto participants = [&](std::size_t round) {
    return std::span(data.participations.investor).subspan(first[round], first[round + 1] - first[round]);
  };

  std::map<std::tuple<CompanyId, Day, Day, RoundKind, TextId>, std::vector<std::uint32_t>> same_day;
  for (std::uint32_t round = 0; round < rounds.size(); ++round) {
    const DateInterval& date = rounds.announced[round];
    if (has_own_id[round] == 0 && date.known())
      same_day[{rounds.company[round], date.low, date.high, rounds.kind[round], rounds.label[round]}].push_back(round);
  }

  std::vector<std::uint8_t> removed(rounds.size(), 0);
  for (const auto& [key, group] : same_day) {
    for (const std::uint32_t silent : group) {
      if (rounds.amount[silent].disclosed()) continue;
      const auto spoken = std::find_if(group.begin(), group.end(), [&](std::uint32_t other) {
        return rounds.amount[other].disclosed() && std::ranges::equal(participants(silent), participants(other));
      });
      if (spoken == group.end()) continue;
      removed[silent] = 1;
      note(ProblemKind::restated_round, rounds.source[silent], "",
           fmt::format("same round as line {}, here without its amount: counted once", rounds.source[*spoken].line));
    }
  }
  if (std::find(removed.begin(), removed.end(), 1) == removed.end()) return;

  std::vector<std::uint32_t> new_of(rounds.size());
  std::uint32_t kept = 0;
  const auto keep = [&](auto& column) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < removed.size(); ++from)
      if (removed[from] == 0) column[to++] = std::move(column[from]);
    column.resize(to);
  };
  for (std::size_t round = 0; round < removed.size(); ++round) new_of[round] = removed[round] == 0 ? kept++ : kept;
  keep(rounds.id), keep(rounds.company), keep(rounds.label), keep(rounds.stage), keep(rounds.stage_order);
  keep(rounds.kind), keep(rounds.announced), keep(rounds.known_on), keep(rounds.amount), keep(rounds.amount_then);
  keep(rounds.sector), keep(rounds.country), keep(rounds.grade), keep(rounds.duplicate), keep(rounds.incomplete);
  keep(rounds.unknown_participants), keep(rounds.source);

  Participations& rows = data.participations;
  std::size_t to = 0;
  for (std::size_t from = 0; from < rows.size(); ++from) {
    if (removed[index(rows.round[from])] != 0) continue;
    rows.round[to] = renumbered(rows.round[from], new_of);
    rows.investor[to] = rows.investor[from];
    rows.lead[to] = rows.lead[from];
    rows.amount[to] = rows.amount[from];
    rows.known_on[to] = rows.known_on[from];
    rows.source[to] = rows.source[from];
    ++to;
  }
  rows.round.resize(to), rows.investor.resize(to), rows.lead.resize(to);
  rows.amount.resize(to), rows.known_on.resize(to), rows.source.resize(to);
}

/// Gives investors and companies their final ids: the byte order of the names kept.
void DatasetBuilder::State::renumber_names() {
  const auto report = [&](const char* column) {
    return [this, column](SourceRow where, const std::string& given, const std::string& kept) {
      note(ProblemKind::merged_name, where, column, fmt::format("{} is read as {}", given, kept));
    };
  };
  const Names::Sorted investors = investor_names.sort(report("investor"));
  const Names::Sorted companies = company_names.sort(report("company"));

  data.investors.name = investors.name;
  data.investors.type = renumbered(data.investors.type, investors.new_of);
  data.investors.country = renumbered(data.investors.country, investors.new_of);
  data.companies.name = companies.name;
  data.companies.sector = renumbered(data.companies.sector, companies.new_of);
  data.companies.country = renumbered(data.companies.country, companies.new_of);
  data.companies.status = renumbered(data.companies.status, companies.new_of);
  data.companies.founded = renumbered(data.companies.founded, companies.new_of);

  for (CompanyId& id : data.rounds.company) id = renumbered(id, companies.new_of);
  for (InvestorId& id : data.participations.investor) id = renumbered(id, investors.new_of);
  for (Alias& row : data.aliases) {
    row.alias = renumbered(row.alias, investors.new_of);
    row.canonical = renumbered(row.canonical, investors.new_of);
  }
  for (ExitRow& row : data.exits) {
    row.company = renumbered(row.company, companies.new_of);
    if (row.investor) row.investor = renumbered(*row.investor, investors.new_of);
  }
  for (RegistryRow& row : data.registry) {
    row.company = renumbered(row.company, companies.new_of);
    if (row.shareholder) row.shareholder = renumbered(*row.shareholder, investors.new_of);
  }
  const auto renumber_holders = [&](auto& rows) {
    for (auto& row : rows) row.holder = renumbered(row.holder, investors.new_of);
  };
  for (RegisterChange& change : data.register_changes) {
    change.company = renumbered(change.company, companies.new_of);
    renumber_holders(change.before), renumber_holders(change.after), renumber_holders(change.flows);
  }
  for (Register& state : data.registers) {
    state.company = renumbered(state.company, companies.new_of);
    renumber_holders(state.stakes);
  }
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
                                    {"investors", state.investor_names.size()},
                                    {"companies", state.company_names.size()}})
    if (count > most) return fail(ErrorKind::limit, fmt::format("{} {} are more than {}", count, what, most));

  // Names first: the order of participants within a round is that of the final ids.
  state.renumber_names();
  state.report_ambiguous_aliases();
  state.sort_participations();
  if (state.cleaning == Cleaning::standard) state.join_restated_rounds();

  Dataset& data = state.data;
  for (std::uint32_t text = 0; text < state.texts.size(); ++text) data.texts.push_back(state.texts.text(text));
  std::stable_sort(data.problems.begin(), data.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return std::move(data);
}

}  // namespace coinvest
