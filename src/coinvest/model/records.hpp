// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

// A data set as plain rows that say by name what they are about: what a database holds, and what two exports are
// compared by. Each kind of row lists its columns once; tables are declared, written, read and compared by these lists.

/// The place of a row in its table, from 0.
enum class RowNumber : std::uint32_t {};

/// What a column is to the fact that its row states.
enum class Role : std::uint8_t {
  said,        ///< a later source may say otherwise
  key,         ///< with the other keys of the row: which fact it is
  first_seen,  ///< stays as the first source had it
  source,
};

enum class Need : std::uint8_t { optional, needed, unique };

/// A column of a table of `Record`s.
template <typename Record, typename Value>
struct RecordColumn {
  std::string_view name;
  Value Record::*member;
  Role role;
  Need need;
  std::string_view refers_to;  ///< the table whose rows it names or numbers; "" for none
};

template <typename Record, typename Value>
constexpr RecordColumn<Record, Value> column(std::string_view name, Value Record::*member, Role role = Role::said,
                                             Need need = Need::optional, std::string_view refers_to = {}) {
  return {name, member, role, need, refers_to};
}

/// A column with the name of an investor or company, or the number of a row of another table.
template <typename Record, typename Value>
constexpr RecordColumn<Record, Value> reference(std::string_view name, Value Record::*member, std::string_view table,
                                                Role role = Role::key, Need need = Need::needed) {
  return {name, member, role, need, table};
}

template <typename Record>
constexpr auto source_column() {
  return column("source", &Record::source, Role::source, Need::needed);
}
template <typename Record>
constexpr auto known_on_column() {
  return column("known_on", &Record::known_on, Role::first_seen);
}

struct FileRecord {
  std::string name, sha256, encoding;
  std::uint64_t bytes = 0, rows = 0;

  static constexpr auto columns() {
    using R = FileRecord;
    return std::tuple(column("name", &R::name, Role::key, Need::needed), column("sha256", &R::sha256, Role::key),
                      column("bytes", &R::bytes), column("rows", &R::rows), column("encoding", &R::encoding));
  }
};

struct InvestorRecord {
  std::string investor, type, country;

  static constexpr auto columns() {
    using R = InvestorRecord;
    return std::tuple(column("investor", &R::investor, Role::key, Need::unique), column("type", &R::type),
                      column("country", &R::country));
  }
};

struct CompanyRecord {
  std::string company, sector, country, status;
  DateInterval founded;

  static constexpr auto columns() {
    using R = CompanyRecord;
    return std::tuple(column("company", &R::company, Role::key, Need::unique), column("sector", &R::sector),
                      column("country", &R::country), column("status", &R::status), column("founded", &R::founded));
  }
};

struct RoundRecord {
  std::string round_id, company, round, stage, sector, country;
  std::int16_t stage_order = 0;
  RoundKind kind = RoundKind::primary;
  DateInterval announced, known_on;
  Amount amount, amount_then, pre_money, post_money;
  Grade grade = Grade::ungraded;
  bool duplicate = false, incomplete = false;
  std::uint32_t unknown_participants = 0;
  SourceRow source;

  static constexpr auto columns() {
    using R = RoundRecord;
    return std::tuple(column("round_id", &R::round_id, Role::key, Need::needed),
                      reference("company", &R::company, "companies", Role::said), column("round", &R::round),
                      column("stage", &R::stage), column("stage_order", &R::stage_order), column("kind", &R::kind),
                      column("announced", &R::announced), known_on_column<R>(), column("amount", &R::amount),
                      column("amount_then", &R::amount_then, Role::first_seen), column("pre_money", &R::pre_money),
                      column("post_money", &R::post_money), column("sector", &R::sector),
                      column("country", &R::country), column("grade", &R::grade), column("duplicate", &R::duplicate),
                      column("incomplete", &R::incomplete), column("unknown_participants", &R::unknown_participants),
                      source_column<R>());
  }
};

struct InvestmentRecord {
  RowNumber round{};
  std::string investor;
  Lead lead = Lead::unknown;
  Amount amount;
  DateInterval known_on;
  SourceRow source;

  static constexpr auto columns() {
    using R = InvestmentRecord;
    return std::tuple(reference("rounds_id", &R::round, "rounds"), reference("investor", &R::investor, "investors"),
                      column("is_lead", &R::lead), column("amount", &R::amount), known_on_column<R>(),
                      source_column<R>());
  }
};

struct AliasRecord {
  std::string alias, canonical;
  AliasLevel level = AliasLevel::manager;
  std::optional<Day> valid_from, valid_to;
  SourceRow source;

  static constexpr auto columns() {
    using R = AliasRecord;
    return std::tuple(reference("alias", &R::alias, "investors"), reference("canonical", &R::canonical, "investors"),
                      column("level", &R::level, Role::key), column("valid_from", &R::valid_from),
                      column("valid_to", &R::valid_to), source_column<R>());
  }
};

struct ExitRecord {
  std::string company, investor, event, acquirer, details;
  DateInterval date, known_on;
  Amount amount;
  Grade grade = Grade::ungraded;
  SourceRow source;

  static constexpr auto columns() {
    using R = ExitRecord;
    return std::tuple(reference("company", &R::company, "companies"),
                      reference("investor", &R::investor, "investors", Role::key, Need::optional),
                      column("event", &R::event, Role::key), column("date", &R::date), column("acquirer", &R::acquirer),
                      column("amount", &R::amount), column("details", &R::details), known_on_column<R>(),
                      column("grade", &R::grade), source_column<R>());
  }
};

struct RegistryRecord {
  std::string company, shareholder, details, capital_change;
  DateInterval date, known_on;
  RegistryChange change{};
  Grade grade = Grade::ungraded;
  SourceRow source;

  static constexpr auto columns() {
    using R = RegistryRecord;
    return std::tuple(reference("company", &R::company, "companies"), column("date", &R::date, Role::key),
                      reference("shareholder", &R::shareholder, "investors", Role::key, Need::optional),
                      column("change", &R::change, Role::key), column("details", &R::details),
                      column("registered_capital_change", &R::capital_change), known_on_column<R>(),
                      column("grade", &R::grade), source_column<R>());
  }
};

struct HoldingRecord {
  std::string company, holder;
  std::optional<double> shares, percent;
  DateInterval as_of;
  SourceRow source;

  static constexpr auto columns() {
    using R = HoldingRecord;
    return std::tuple(reference("company", &R::company, "companies"), reference("holder", &R::holder, "investors"),
                      column("shares", &R::shares), column("pct", &R::percent), column("as_of", &R::as_of, Role::key),
                      source_column<R>());
  }
};

struct RegisterChangeRecord {
  std::string company;
  DateInterval date, known_on;
  RegisterItem item = RegisterItem::holders;
  std::optional<std::int64_t> capital_before, capital_after;
  Currency currency;
  bool says_replacement = false, says_buyback = false;
  Grade grade = Grade::ungraded;
  SourceRow source;

  static constexpr auto columns() {
    using R = RegisterChangeRecord;
    return std::tuple(reference("company", &R::company, "companies"), column("date", &R::date, Role::key),
                      column("item", &R::item, Role::key), column("capital_before", &R::capital_before),
                      column("capital_after", &R::capital_after), column("currency", &R::currency),
                      column("says_replacement", &R::says_replacement), column("says_buyback", &R::says_buyback),
                      known_on_column<R>(), column("grade", &R::grade), source_column<R>());
  }
};

struct RegisterRecord {
  std::string company;
  DateInterval as_of, known_on;
  Grade grade = Grade::ungraded;
  SourceRow source;

  static constexpr auto columns() {
    using R = RegisterRecord;
    return std::tuple(reference("company", &R::company, "companies"), column("as_of", &R::as_of, Role::key),
                      known_on_column<R>(), column("grade", &R::grade), source_column<R>());
  }
};

/// Where a stake is listed: before or after a change, or in a register.
enum class StakeSide : std::uint8_t { before, after, held };

/// A stake of a change (`before`, `after`) or of a register (`held`).
struct StakeRecord {
  std::optional<RowNumber> change, in_register;
  StakeSide side = StakeSide::held;
  std::string holder;
  std::optional<std::int64_t> subscribed, paid;
  Currency currency;
  std::optional<double> percent;

  static constexpr auto columns() {
    using R = StakeRecord;
    return std::tuple(reference("register_changes_id", &R::change, "register_changes", Role::key, Need::optional),
                      reference("registers_id", &R::in_register, "registers", Role::key, Need::optional),
                      column("side", &R::side, Role::key), reference("holder", &R::holder, "investors"),
                      column("subscribed", &R::subscribed), column("paid", &R::paid), column("currency", &R::currency),
                      column("pct", &R::percent));
  }
};

struct StakeFlowRecord {
  RowNumber change{};
  std::string holder;
  std::int64_t sold = 0, bought = 0, issued = 0;

  static constexpr auto columns() {
    using R = StakeFlowRecord;
    return std::tuple(reference("register_changes_id", &R::change, "register_changes"),
                      reference("holder", &R::holder, "investors"), column("sold", &R::sold),
                      column("bought", &R::bought), column("issued", &R::issued));
  }
};

struct SameRecord {
  std::string investor, company;

  static constexpr auto columns() {
    using R = SameRecord;
    return std::tuple(reference("investor", &R::investor, "investors"), reference("company", &R::company, "companies"));
  }
};

struct AttributeRecord {
  EntryKind kind{};  ///< the table
  RowNumber row{};   ///< of that table
  std::string column_name, value;

  static constexpr auto columns() {
    using R = AttributeRecord;
    return std::tuple(column("of_table", &R::kind, Role::key), column("of_id", &R::row, Role::key),
                      column("name", &R::column_name, Role::key, Need::needed), column("value", &R::value));
  }
};

struct ProblemRecord {
  ProblemKind kind{};
  SourceRow source;
  std::string column_name, text, row;

  static constexpr auto columns() {
    using R = ProblemRecord;
    return std::tuple(source_column<R>(), column("column_name", &R::column_name), column("kind", &R::kind),
                      column("text", &R::text), column("row_as_read", &R::row));
  }
};

struct Records {
  std::vector<FileRecord> files;
  std::vector<InvestorRecord> investors;
  std::vector<CompanyRecord> companies;
  std::vector<RoundRecord> rounds;
  std::vector<InvestmentRecord> investments;  ///< by round, then by investor
  std::vector<AliasRecord> aliases;
  std::vector<ExitRecord> exits;
  std::vector<RegistryRecord> registry_changes;
  std::vector<HoldingRecord> holdings;
  std::vector<RegisterChangeRecord> register_changes;
  std::vector<RegisterRecord> registers;
  std::vector<StakeRecord> stakes;
  std::vector<StakeFlowRecord> stake_flows;
  std::vector<SameRecord> same_organisations;
  std::vector<AttributeRecord> attributes;
  std::vector<ProblemRecord> problems;

  /// Calls `visit(name, member)` for each table, those first that others refer to.
  template <typename Visit>
  static void each_table(const Visit& visit) {
    visit("files", &Records::files);
    visit("investors", &Records::investors);
    visit("companies", &Records::companies);
    visit("rounds", &Records::rounds);
    visit("investments", &Records::investments);
    visit("aliases", &Records::aliases);
    visit("exits", &Records::exits);
    visit("registry_changes", &Records::registry_changes);
    visit("holdings", &Records::holdings);
    visit("register_changes", &Records::register_changes);
    visit("registers", &Records::registers);
    visit("stakes", &Records::stakes);
    visit("stake_flows", &Records::stake_flows);
    visit("same_organisations", &Records::same_organisations);
    visit("attributes", &Records::attributes);
    visit("problems", &Records::problems);
  }
};

/// Calls `visit(column)` for each column of a table of `Record`s.
template <typename Record, typename Visit>
constexpr void each_column(const Visit& visit) {
  std::apply([&](const auto&... columns) { (visit(columns), ...); }, Record::columns());
}

// The words of values that have names, and how many there are.
std::string_view name_of(Precision precision);
std::string_view name_of(AliasLevel level);
std::string_view name_of(RegisterItem item);
std::string_view name_of(StakeSide side);
std::string_view name_of(EntryKind kind);  ///< its table
template <typename Enum>
inline constexpr std::size_t word_count = 0;
template <>
inline constexpr std::size_t word_count<Precision> = 7;
template <>
inline constexpr std::size_t word_count<AliasLevel> = 3;
template <>
inline constexpr std::size_t word_count<RegisterItem> = 3;
template <>
inline constexpr std::size_t word_count<StakeSide> = 3;
template <>
inline constexpr std::size_t word_count<EntryKind> = 8;
template <>
inline constexpr std::size_t word_count<Grade> = 4;
template <>
inline constexpr std::size_t word_count<RoundKind> = round_kinds.size();
template <>
inline constexpr std::size_t word_count<RegistryChange> = 9;
template <>
inline constexpr std::size_t word_count<ProblemKind> = 25;

template <typename Enum>
concept Worded = word_count<Enum>
!= 0;

/// The value of a word; nothing if it is none.
template <Worded Enum>
std::optional<Enum> called(std::string_view word) {
  for (std::size_t value = 0; value < word_count<Enum>; ++value)
    if (name_of(static_cast<Enum>(value)) == word) return static_cast<Enum>(value);
  return std::nullopt;
}

/// The rows of a data set. O(data).
Records records_of(const Dataset& data);

/// The data set of these rows. Fails (input) if rows refer to something that is not there, or if their order or values
/// are none that a data set has; the message names table and row. O(data · log names).
Result<Dataset> dataset_of(const Records& records);

}  // namespace coinvest
