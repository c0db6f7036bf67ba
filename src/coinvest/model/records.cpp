// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coinvest/base/interner.hpp"

namespace coinvest {
namespace {

template <typename Id>
std::string name_or_nothing(const Dataset& data, const std::optional<Id>& id) {
  return id ? data.name(*id) : std::string();
}

template <typename Row>
auto row_number(std::size_t position) {
  return static_cast<Row>(static_cast<std::uint32_t>(position));
}

void add_stakes(const Dataset& data, const std::vector<Stake>& stakes, StakeSide side, std::size_t parent,
                std::vector<StakeRecord>& rows) {
  const auto number = row_number<RowNumber>(parent);
  for (const Stake& stake : stakes) {
    StakeRecord& row = rows.emplace_back();
    (side == StakeSide::held ? row.in_register : row.change) = number;
    row.side = side;
    row.holder = data.name(stake.holder);
    row.subscribed = stake.subscribed, row.paid = stake.paid;
    row.currency = stake.currency, row.percent = stake.percent;
  }
}

/// Makes a data set of rows that nobody has checked. The first thing that is wrong stays in `error`.
class Assembly {
 public:
  explicit Assembly(const Records& records) : records_(records) { texts_.add(""); }

  Result<Dataset> run() {
    add_files();
    add_names();
    add_rounds();
    add_investments();
    add_events();
    add_registers();
    add_links();
    add_attributes();
    add_problems();
    if (error_) return tl::unexpected(std::move(*error_));
    for (std::uint32_t text = 0; text < texts_.size(); ++text) data_.texts.emplace_back(texts_.text(text));
    return std::move(data_);
  }

 private:
  void wrong(std::string_view table, std::size_t row, std::string what) {
    if (!error_) error_ = Error{ErrorKind::input, fmt::format("table {}, id {}: {}", table, row + 1, what)};
  }

  TextId text(std::string_view value) { return static_cast<TextId>(texts_.add(value).first); }

  template <typename Id>
  Id id_in(const std::vector<std::string>& names, std::string_view side, const std::string& name,
           std::string_view table, std::size_t row) {
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    if (at != names.end() && *at == name) return id_of<Id>(static_cast<std::size_t>(at - names.begin()));
    wrong(table, row, fmt::format("'{}' is none of the {}", name, side));
    return {};
  }
  InvestorId investor(const std::string& name, std::string_view table, std::size_t row) {
    return id_in<InvestorId>(data_.investors.name, "investors", name, table, row);
  }
  CompanyId company(const std::string& name, std::string_view table, std::size_t row) {
    return id_in<CompanyId>(data_.companies.name, "companies", name, table, row);
  }
  std::optional<InvestorId> investor_or_nothing(const std::string& name, std::string_view table, std::size_t row) {
    return name.empty() ? std::nullopt : std::optional(investor(name, table, row));
  }
  SourceRow source(const SourceRow& where, std::string_view table, std::size_t row) {
    if (index(where.file) >= data_.files.size()) wrong(table, row, "its file is none of the files");
    return where;
  }
  /// The place of a row that another one refers to.
  std::size_t place_of(RowNumber number, std::size_t rows, std::string_view referred, std::string_view table,
                       std::size_t row) {
    if (index(number) < rows) return index(number);
    wrong(table, row, fmt::format("there is no id {} among the {}", index(number) + 1, referred));
    return rows;
  }

  void add_files() {
    for (const FileRecord& file : records_.files)
      data_.files.push_back({file.name, file.name, file.sha256, file.bytes, file.rows, file.encoding});
  }

  template <typename Names>
  void check_order(const Names& names, std::string_view table) {
    const auto out_of_order = std::adjacent_find(names.begin(), names.end(), std::greater_equal<>());
    if (out_of_order == names.end()) return;
    wrong(table, static_cast<std::size_t>(out_of_order - names.begin()) + 1,
          fmt::format("'{}' is not in the order of the bytes of names, each once", *std::next(out_of_order)));
  }

  void add_names() {
    for (const InvestorRecord& row : records_.investors) {
      data_.investors.name.push_back(row.investor);
      data_.investors.type.push_back(row.type);
      data_.investors.country.push_back(row.country);
    }
    for (const CompanyRecord& row : records_.companies) {
      data_.companies.name.push_back(row.company);
      data_.companies.sector.push_back(row.sector);
      data_.companies.country.push_back(row.country);
      data_.companies.status.push_back(row.status);
      data_.companies.founded.push_back(row.founded);
    }
    check_order(data_.investors.name, "investors");
    check_order(data_.companies.name, "companies");
  }

  void add_rounds() {
    Rounds& rounds = data_.rounds;
    for (const RoundRecord& row : records_.rounds) {
      const std::size_t at = rounds.size();
      rounds.company.push_back(company(row.company, "rounds", at));
      rounds.id.push_back(text(row.round_id));
      rounds.label.push_back(text(row.round));
      rounds.stage.push_back(text(row.stage));
      rounds.sector.push_back(text(row.sector));
      rounds.country.push_back(text(row.country));
      rounds.stage_order.push_back(row.stage_order);
      rounds.kind.push_back(row.kind);
      rounds.announced.push_back(row.announced);
      rounds.known_on.push_back(row.known_on);
      rounds.amount.push_back(row.amount);
      rounds.amount_then.push_back(row.amount_then);
      rounds.pre_money.push_back(row.pre_money);
      rounds.post_money.push_back(row.post_money);
      rounds.grade.push_back(row.grade);
      rounds.duplicate.push_back(row.duplicate ? 1 : 0);
      rounds.incomplete.push_back(row.incomplete ? 1 : 0);
      rounds.unknown_participants.push_back(row.unknown_participants);
      rounds.source.push_back(source(row.source, "rounds", at));
    }
  }

  void add_investments() {
    Participations& rows = data_.participations;
    for (const InvestmentRecord& row : records_.investments) {
      const std::size_t at = rows.size();
      const auto round = id_of<RoundId>(place_of(row.round, records_.rounds.size(), "rounds", "investments", at));
      const InvestorId who = investor(row.investor, "investments", at);
      if (at > 0 && std::pair(rows.round.back(), rows.investor.back()) >= std::pair(round, who))
        wrong("investments", at, "is not in the order of rounds and, within a round, of investors, each once");
      rows.round.push_back(round);
      rows.investor.push_back(who);
      rows.lead.push_back(row.lead);
      rows.amount.push_back(row.amount);
      rows.known_on.push_back(row.known_on);
      rows.source.push_back(source(row.source, "investments", at));
    }
  }

  void add_events() {
    for (const AliasRecord& row : records_.aliases) {
      const std::size_t at = data_.aliases.size();
      data_.aliases.push_back({investor(row.alias, "aliases", at), investor(row.canonical, "aliases", at), row.level,
                               row.valid_from.value_or(Day::min()), row.valid_to.value_or(Day::max()),
                               source(row.source, "aliases", at)});
    }
    for (const ExitRecord& row : records_.exits) {
      const std::size_t at = data_.exits.size();
      data_.exits.push_back({company(row.company, "exits", at), investor_or_nothing(row.investor, "exits", at),
                             row.event, row.date, row.acquirer, row.amount, row.details, row.known_on, row.grade,
                             source(row.source, "exits", at)});
    }
    constexpr std::string_view changes = "registry_changes";
    for (const RegistryRecord& row : records_.registry_changes) {
      const std::size_t at = data_.registry.size();
      data_.registry.push_back({company(row.company, changes, at), row.date,
                                investor_or_nothing(row.shareholder, changes, at), row.change, row.details,
                                row.capital_change, row.known_on, row.grade, source(row.source, changes, at)});
    }
    for (const HoldingRecord& row : records_.holdings) {
      const std::size_t at = data_.holdings.size();
      data_.holdings.push_back({company(row.company, "holdings", at), investor(row.holder, "holdings", at), row.shares,
                                row.percent, row.as_of, source(row.source, "holdings", at)});
    }
  }

  void add_registers() {
    constexpr std::string_view changes = "register_changes";
    for (const RegisterChangeRecord& row : records_.register_changes) {
      const std::size_t at = data_.register_changes.size();
      data_.register_changes.push_back({company(row.company, changes, at),
                                        row.date,
                                        row.item,
                                        {},
                                        {},
                                        {},
                                        row.capital_before,
                                        row.capital_after,
                                        row.currency,
                                        row.says_replacement,
                                        row.says_buyback,
                                        row.known_on,
                                        row.grade,
                                        source(row.source, changes, at)});
    }
    for (const RegisterRecord& row : records_.registers) {
      const std::size_t at = data_.registers.size();
      data_.registers.push_back({company(row.company, "registers", at),
                                 row.as_of,
                                 {},
                                 row.known_on,
                                 row.grade,
                                 source(row.source, "registers", at)});
    }
    for (std::size_t at = 0; at < records_.stakes.size() && !error_; ++at) {
      const StakeRecord& row = records_.stakes[at];
      const bool held = row.side == StakeSide::held;
      const std::optional<RowNumber>& parent = held ? row.in_register : row.change;
      if (!parent || (held ? row.change : row.in_register)) {
        wrong("stakes", at, "belongs to a register if it is held, else to a change of one");
        continue;
      }
      const Stake stake{investor(row.holder, "stakes", at), row.subscribed, row.paid, row.currency, row.percent};
      if (held) {
        const std::size_t owner = place_of(*parent, data_.registers.size(), "registers", "stakes", at);
        if (!error_) data_.registers[owner].stakes.push_back(stake);
      } else {
        const std::size_t owner = place_of(*parent, data_.register_changes.size(), changes, "stakes", at);
        if (error_) continue;
        RegisterChange& change = data_.register_changes[owner];
        (row.side == StakeSide::before ? change.before : change.after).push_back(stake);
      }
    }
    for (std::size_t at = 0; at < records_.stake_flows.size() && !error_; ++at) {
      const StakeFlowRecord& row = records_.stake_flows[at];
      const StakeFlow flow{investor(row.holder, "stake_flows", at), row.sold, row.bought, row.issued};
      const std::size_t owner = place_of(row.change, data_.register_changes.size(), changes, "stake_flows", at);
      if (!error_) data_.register_changes[owner].flows.push_back(flow);
    }
  }

  void add_links() {
    constexpr std::string_view table = "same_organisations";
    for (const SameRecord& row : records_.same_organisations) {
      const std::size_t at = data_.same_as.size();
      data_.same_as.emplace_back(investor(row.investor, table, at), company(row.company, table, at));
      if (at > 0 && data_.same_as[at - 1] >= data_.same_as[at]) wrong(table, at, "is not in the order of names");
    }
  }

  void add_attributes() {
    // In the order of EntryKind.
    const std::array<std::size_t, word_count<EntryKind>> rows{
        data_.investors.size(), data_.companies.size(), data_.rounds.size(),   data_.participations.size(),
        data_.aliases.size(),   data_.exits.size(),     data_.registry.size(), data_.holdings.size()};
    for (std::size_t at = 0; at < records_.attributes.size(); ++at) {
      const AttributeRecord& row = records_.attributes[at];
      const Entry entry{row.kind, static_cast<std::uint32_t>(index(row.row))};
      place_of(row.row, rows[static_cast<std::size_t>(row.kind)], name_of(row.kind), "attributes", at);
      if (at > 0 && data_.attributes.back().entry > entry)
        wrong("attributes", at, "is not in the order of tables and ids");
      data_.attributes.push_back({entry, text(row.column_name), text(row.value)});
    }
  }

  void add_problems() {
    for (const ProblemRecord& row : records_.problems) {
      const std::size_t at = data_.problems.size();
      const SourceRow where = source(row.source, "problems", at);
      if (at > 0 && data_.problems.back().where > where)
        wrong("problems", at, "is not in the order of files and lines");
      data_.problems.push_back({row.kind, where, row.column_name, row.text, row.row});
    }
  }

  const Records& records_;
  Interner texts_;
  Dataset data_;
  std::optional<Error> error_;
};

}  // namespace

std::string_view name_of(Precision precision) {
  static constexpr std::array<std::string_view, 7> names{"undisclosed", "exact", "approximate", "floor",
                                                         "bucket",      "range", "cumulative"};
  return names.at(static_cast<std::size_t>(precision));
}

std::string_view name_of(AliasLevel level) {
  static constexpr std::array<std::string_view, 3> names{"fund", "manager", "group"};
  return names.at(static_cast<std::size_t>(level));
}

std::string_view name_of(RegisterItem item) {
  static constexpr std::array<std::string_view, 3> names{"holders", "names", "capital"};
  return names.at(static_cast<std::size_t>(item));
}

std::string_view name_of(StakeSide side) {
  static constexpr std::array<std::string_view, 3> names{"before", "after", "held"};
  return names.at(static_cast<std::size_t>(side));
}

std::string_view name_of(EntryKind kind) {
  static constexpr std::array<std::string_view, 8> names{"investors", "companies", "rounds",           "investments",
                                                         "aliases",   "exits",     "registry_changes", "holdings"};
  return names.at(static_cast<std::size_t>(kind));
}

Records records_of(const Dataset& data) {
  Records records;
  for (const InputFile& file : data.files)
    records.files.push_back({file.name, file.sha256, file.encoding, file.bytes, file.rows});

  const auto text_at = [](const std::vector<std::string>& column, std::size_t at) {
    return at < column.size() ? column[at] : std::string();
  };
  for (std::size_t i = 0; i < data.investors.size(); ++i)
    records.investors.push_back(
        {data.investors.name[i], text_at(data.investors.type, i), text_at(data.investors.country, i)});
  const Companies& companies = data.companies;
  for (std::size_t i = 0; i < companies.size(); ++i)
    records.companies.push_back({companies.name[i], text_at(companies.sector, i), text_at(companies.country, i),
                                 text_at(companies.status, i),
                                 i < companies.founded.size() ? companies.founded[i] : DateInterval{}});

  const Rounds& rounds = data.rounds;
  for (std::size_t i = 0; i < rounds.size(); ++i)
    records.rounds.push_back({data.text(rounds.id[i]), data.name(rounds.company[i]), data.text(rounds.label[i]),
                              data.text(rounds.stage[i]), data.text(rounds.sector[i]), data.text(rounds.country[i]),
                              rounds.stage_order[i], rounds.kind[i], rounds.announced[i], rounds.known_on[i],
                              rounds.amount[i], rounds.amount_then[i], rounds.pre_money[i], rounds.post_money[i],
                              rounds.grade[i], rounds.duplicate[i] != 0, rounds.incomplete[i] != 0,
                              rounds.unknown_participants[i], rounds.source[i]});
  const Participations& rows = data.participations;
  for (std::size_t i = 0; i < rows.size(); ++i)
    records.investments.push_back({row_number<RowNumber>(index(rows.round[i])), data.name(rows.investor[i]),
                                   rows.lead[i], rows.amount[i], rows.known_on[i], rows.source[i]});

  for (const Alias& row : data.aliases) {
    AliasRecord& alias = records.aliases.emplace_back();
    alias.alias = data.name(row.alias), alias.canonical = data.name(row.canonical);
    alias.level = row.level, alias.source = row.source;
    if (row.valid_from != Day::min()) alias.valid_from = row.valid_from;
    if (row.valid_to != Day::max()) alias.valid_to = row.valid_to;
  }
  for (const ExitRow& row : data.exits)
    records.exits.push_back({data.name(row.company), name_or_nothing(data, row.investor), row.event, row.acquirer,
                             row.details, row.date, row.known_on, row.amount, row.grade, row.source});
  for (const RegistryRow& row : data.registry)
    records.registry_changes.push_back({data.name(row.company), name_or_nothing(data, row.shareholder), row.details,
                                        row.capital_change, row.date, row.known_on, row.change, row.grade, row.source});
  for (const HoldingRow& row : data.holdings)
    records.holdings.push_back(
        {data.name(row.company), data.name(row.holder), row.shares, row.percent, row.as_of, row.source});

  for (const RegisterChange& row : data.register_changes) {
    const std::size_t at = records.register_changes.size();
    records.register_changes.push_back({data.name(row.company), row.date, row.known_on, row.item, row.capital_before,
                                        row.capital_after, row.capital_currency, row.says_replacement, row.says_buyback,
                                        row.grade, row.source});
    add_stakes(data, row.before, StakeSide::before, at, records.stakes);
    add_stakes(data, row.after, StakeSide::after, at, records.stakes);
    for (const StakeFlow& flow : row.flows)
      records.stake_flows.push_back(
          {row_number<RowNumber>(at), data.name(flow.holder), flow.sold, flow.bought, flow.issued});
  }
  for (const Register& row : data.registers) {
    const std::size_t at = records.registers.size();
    records.registers.push_back({data.name(row.company), row.as_of, row.known_on, row.grade, row.source});
    add_stakes(data, row.stakes, StakeSide::held, at, records.stakes);
  }

  for (const auto& [investor, company] : data.same_as)
    records.same_organisations.push_back({data.name(investor), data.name(company)});
  for (const Attribute& attribute : data.attributes)
    records.attributes.push_back({attribute.entry.kind, row_number<RowNumber>(attribute.entry.index),
                                  data.text(attribute.column), data.text(attribute.value)});
  for (const Problem& problem : data.problems)
    records.problems.push_back({problem.kind, problem.where, problem.column, problem.text, problem.row});
  return records;
}

Result<Dataset> dataset_of(const Records& records) {
  return Assembly(records).run();
}

}  // namespace coinvest
