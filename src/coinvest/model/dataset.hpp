// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/ids.hpp"
#include "coinvest/base/money.hpp"

namespace coinvest {

/// The row of an input file that a fact stands on. Every fact has one: numbers are traced back by it.
struct SourceRow {
  FileId file{};
  std::uint32_t line = 0;  ///< physical line where the row begins, from 1
  constexpr auto operator<=>(const SourceRow&) const = default;
};

/// One input file as it was read.
struct InputFile {
  std::string name;    ///< without its folder: reports must not depend on where the data lay
  std::string path;    ///< as given, for messages
  std::string sha256;  ///< of the bytes on disk
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::string encoding = "";  ///< in which it was read: UTF-8, GB18030, UTF-16LE, ...
};

enum class Lead : std::uint8_t { unknown, no, yes };

/// Evidence of a row: A filing or listed-company notice, B named press or company page, C one database.
enum class Grade : std::uint8_t { A, B, C, ungraded };

/// What a round is to the investor graph. Only `primary` and `secondary` can be holdings bought; the rest are events.
enum class RoundKind : std::uint8_t { primary, ipo, placement, secondary, debt, grant, merger, other };
inline constexpr std::array round_kinds{RoundKind::primary,   RoundKind::ipo,  RoundKind::placement,
                                        RoundKind::secondary, RoundKind::debt, RoundKind::grant,
                                        RoundKind::merger,    RoundKind::other};

/// What a line of shareholder change says in the tidy layout.
enum class RegistryChange : std::uint8_t {
  entered,  ///< new
  increase,
  entered_or_increase,
  left,  ///< exit
  replacement,
  transfer,
  dilution,
  capital,
  offer,
};

/// Why a row was left out, changed, or deserves a look. `check` lists each by name.
enum class ProblemKind : std::uint8_t {
  bad_row,            ///< too few or too many fields: row rejected
  missing_name,       ///< no company or no investor: row rejected
  unknown_round,      ///< a participation of a round that is not in rounds.csv: row rejected
  duplicate_round,    ///< a round id defined twice: the later row rejected
  bad_name,           ///< too long, or stacked combining marks: row rejected
  bad_date,           ///< date rejected, row kept as undated
  bad_amount,         ///< amount rejected, row kept as undisclosed
  bad_value,          ///< a word outside its list (kind, grade, currency, event, ...): value left out, row kept
  placeholder,        ///< "undisclosed investor": counted as an unknown participant, never a node
  duplicate_row,      ///< the same participation again: collapsed
  self_investment,    ///< the investor is the company: participation dropped
  self_acquisition,   ///< the buyer is the company: exit row rejected
  restated_round,     ///< the same round announced twice: merged
  merged_name,        ///< spellings that meet under one match key or one id: merged
  homonym,            ///< two ids, one name: kept apart, the later one with its id behind the name
  ambiguous_name,     ///< a name without id that several organisations have: taken for the first
  ambiguous_alias,    ///< one alias, two canonical names valid at the same time: the first kept
  suspect_character,  ///< control, bidi or zero-width character in a name: kept
  inferred_encoding,  ///< the file does not say its encoding, and was read as GB18030 on evidence
  several_names,      ///< a cell for one name that looks like a list: kept as one name
  shifted_columns,    ///< no date where one should stand, but one in a cell beside it: row kept
  variant_name,       ///< a name much like another one: kept apart
  both_sides,         ///< an investor with the name of a company: one of each
  exit_before_entry,  ///< an exit before the investor came in: kept
  unusual_amount,     ///< more than 100 times, or less than a hundredth of, its peers' median: kept
};

/// True if the row did not enter the data set at all.
bool is_rejection(ProblemKind kind);
std::string_view name_of(ProblemKind kind);
std::string_view name_of(Grade grade);  ///< "" if ungraded
std::string_view name_of(RoundKind kind);
std::string_view name_of(RegistryChange change);

struct Problem {
  ProblemKind kind{};
  SourceRow where;
  std::string column;    ///< "" if the row as a whole
  std::string text;      ///< the value, and what was done about it
  std::string row = {};  ///< of a rejection: the row as it stands in the file
};

struct Investors {
  std::vector<std::string> name;  ///< canonical, strictly ascending by bytes
  std::vector<std::string> type;  ///< "" if not said: gp, corporate, state, ...
  std::vector<std::string> country;
  std::size_t size() const { return name.size(); }
};

struct Companies {
  std::vector<std::string> name;  ///< canonical, strictly ascending by bytes
  std::vector<std::string> sector;
  std::vector<std::string> country;
  std::vector<std::string> status;
  std::vector<DateInterval> founded;
  std::size_t size() const { return name.size(); }
};

/// Columns, one entry per round, in the order of the source.
struct Rounds {
  std::vector<TextId> id;  ///< as the source names it; made of company, date and amount if it does not
  std::vector<CompanyId> company;
  std::vector<TextId> label;              ///< the round's name as written
  std::vector<TextId> stage;              ///< canonical: seed, angel, pre_a, a, a_plus, ...; `other:<raw>`; "" if none
  std::vector<std::int16_t> stage_order;  ///< of `stage`; 0 if it has no place in the order
  std::vector<RoundKind> kind;
  std::vector<DateInterval> announced;
  std::vector<DateInterval> known_on;  ///< when it was public; `announced` if the source does not say
  std::vector<Amount> amount;          ///< as known today
  std::vector<Amount> amount_then;     ///< as printed at the time, else as `amount`
  std::vector<Amount> pre_money;       ///< what the company was worth before the round's money, as far as it is said
  std::vector<Amount> post_money;      ///< and with it
  std::vector<TextId> sector;          ///< of the round's own column; "" = that of the company
  std::vector<TextId> country;
  std::vector<Grade> grade;
  std::vector<std::uint8_t> duplicate;   ///< 1: another row is counted in its place
  std::vector<std::uint8_t> incomplete;  ///< 1: the source says that more took part
  std::vector<std::uint32_t> unknown_participants;
  std::vector<SourceRow> source;
  std::size_t size() const { return company.size(); }
  template <typename Use>
  void for_each_column(Use use) {
    use(id), use(company), use(label), use(stage), use(stage_order), use(kind), use(announced), use(known_on);
    use(amount), use(amount_then), use(pre_money), use(post_money), use(sector), use(country), use(grade);
    use(duplicate), use(incomplete), use(unknown_participants), use(source);
  }
};

/// Columns, one entry per participation, grouped by round in ascending order.
struct Participations {
  std::vector<RoundId> round;
  std::vector<InvestorId> investor;  ///< as written, before any roll-up
  std::vector<Lead> lead;
  std::vector<Amount> amount;          ///< of this investor
  std::vector<DateInterval> known_on;  ///< unknown: that of its round
  std::vector<SourceRow> source;
  std::size_t size() const { return round.size(); }
  template <typename Use>
  void for_each_column(Use use) {
    use(round), use(investor), use(lead), use(amount), use(known_on), use(source);
  }
};

enum class AliasLevel : std::uint8_t { fund, manager, group };

/// One row of the alias table: `alias` belongs to `canonical` while valid. Both are investors of the data set.
struct Alias {
  InvestorId alias{};
  InvestorId canonical{};
  AliasLevel level = AliasLevel::manager;
  Day valid_from = Day::min();
  Day valid_to = Day::max();
  SourceRow source;
};

struct ExitRow {
  CompanyId company{};
  std::optional<InvestorId> investor;  ///< nothing: an event of the company
  std::string event;                   ///< as written: ipo, acquisition, equity_transfer, ...
  DateInterval date;
  std::string acquirer;
  Amount amount;
  std::string details;
  DateInterval known_on;  ///< `date` if the source does not say
  Grade grade = Grade::ungraded;
  SourceRow source;
};

struct RegistryRow {
  CompanyId company{};
  DateInterval date;
  std::optional<InvestorId> shareholder;  ///< nothing: a change of the company
  RegistryChange change{};
  std::string details;
  std::string capital_change;  ///< as written: "+2.58%"
  DateInterval known_on;
  Grade grade = Grade::ungraded;
  SourceRow source;
};

/// What one holder has of a company's registered capital, in minor units; nothing: not said.
struct Stake {
  InvestorId holder{};
  std::optional<std::int64_t> subscribed, paid;
  Currency currency;
  std::optional<double> percent;
};

/// What a cap table says of one holder in one round, in minor units of registered capital.
struct StakeFlow {
  InvestorId holder{};
  std::int64_t sold = 0, bought = 0, issued = 0;
};

/// What a line of a register is about.
enum class RegisterItem : std::uint8_t {
  holders,  ///< who holds how much
  names,    ///< a holder has a new name
  capital,  ///< the registered capital as a whole
};

/// A line of a shareholder register that says what was and what is.
struct RegisterChange {
  CompanyId company{};
  DateInterval date;
  RegisterItem item = RegisterItem::holders;
  std::vector<Stake> before, after;
  std::vector<StakeFlow> flows;                               ///< if the source says who sold and who got new shares
  std::optional<std::int64_t> capital_before, capital_after;  ///< of the whole company, minor units
  Currency capital_currency;
  bool says_replacement = false, says_buyback = false;
  DateInterval known_on;
  Grade grade = Grade::ungraded;
  SourceRow source;
};

/// Who held a company on a day.
struct Register {
  CompanyId company{};
  DateInterval as_of;
  std::vector<Stake> stakes;
  DateInterval known_on;
  Grade grade = Grade::ungraded;
  SourceRow source;  ///< of its first row
};

/// What a shareholder held on a day.
struct HoldingRow {
  CompanyId company{};
  InvestorId holder{};
  std::optional<double> shares;
  std::optional<double> percent;  ///< of all shares
  DateInterval as_of;
  SourceRow source;
};

/// The kinds of entries that attributes belong to, each numbered by its place in the data set.
enum class EntryKind : std::uint8_t { investor, company, round, participation, alias, exit, registry_change, holding };

struct Entry {
  EntryKind kind{};
  std::uint32_t index = 0;
  constexpr auto operator<=>(const Entry&) const = default;
};

constexpr Entry entry_of(InvestorId id) {
  return {EntryKind::investor, static_cast<std::uint32_t>(id)};
}
constexpr Entry entry_of(CompanyId id) {
  return {EntryKind::company, static_cast<std::uint32_t>(id)};
}
constexpr Entry entry_of(RoundId id) {
  return {EntryKind::round, static_cast<std::uint32_t>(id)};
}
constexpr Entry entry_of(ParticipationId id) {
  return {EntryKind::participation, static_cast<std::uint32_t>(id)};
}

/// A cell of a column that means nothing to us, kept as written.
struct Attribute {
  Entry entry;
  TextId column{};
  TextId value{};
};

/// Everything that was read, column by column; immutable once built. Names are unique within a side; the same
/// organisation on both sides stays two entries.
struct Dataset {
  Investors investors;
  Companies companies;
  Rounds rounds;
  Participations participations;
  std::vector<Alias> aliases;
  std::vector<ExitRow> exits;
  std::vector<RegistryRow> registry;
  std::vector<RegisterChange> register_changes;
  std::vector<Register> registers;
  std::vector<HoldingRow> holdings;
  /// Organisations that are on both sides: of one id, or of one name unless their ids differ. Ascending by investor.
  std::vector<std::pair<InvestorId, CompanyId>> same_as;
  std::vector<Attribute>
      attributes;  ///< by entry; of one entry in the order of rows and columns. Empty cells have none
  std::vector<InputFile> files;
  std::vector<Problem> problems;   ///< in file and line order
  std::vector<std::string> texts;  ///< what TextId stands for; texts[0] is ""

  const std::string& text(TextId id) const { return texts[index(id)]; }
  const std::string& name(InvestorId id) const { return investors.name[index(id)]; }
  const std::string& name(CompanyId id) const { return companies.name[index(id)]; }
  /// What columns unknown to us say about an entry. O(log n).
  std::span<const Attribute> attributes_of(Entry entry) const;
  /// `file:line` of a fact.
  std::string place(const SourceRow& row) const;
};

/// The id of the investor of exactly this canonical name. O(log n).
std::optional<InvestorId> find_investor(const Dataset& data, std::string_view name);

}  // namespace coinvest
