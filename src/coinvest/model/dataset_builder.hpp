// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// Which spellings are one name: `safe` joins names with one match key or one id (listed as merged_name), and keeps
/// equal names with different ids apart; `exact` goes by the strings alone.
enum class Identity : std::uint8_t { safe, exact };

/// Whether the rules that clean names and rounds run. `raw`: exact strings, every row as it stands (self-investments
/// and re-announcements stay), for comparison with other tools.
enum class Cleaning : std::uint8_t { standard, raw };

/// Where an id names one organisation: among the investors or among the companies, as numbers of two tables do, or on
/// both sides, as the ids of one export do.
enum class IdScope : std::uint8_t { each_side, both_sides };

/// An organisation as a row names it, and its id with a data vendor or registry, "" if the row has none.
struct OrganisationName {
  OrganisationName() = default;
  OrganisationName(std::string_view written, std::string_view with_id) : name(written), id(with_id) {}
  template <std::convertible_to<std::string_view> Text>
  OrganisationName(const Text& written) : name(written) {}  // not explicit: most rows have a name alone

  std::string_view name, id;
};

/// One round as a layout read it. The builder takes care of identity, duplicates and order.
struct RoundInput {
  std::string id;  ///< "" if the source has none: then company, date, kind, label and amount are its key
  OrganisationName company;
  std::string_view label;
  std::string_view stage;
  std::int16_t stage_order = 0;
  RoundKind kind = RoundKind::primary;
  DateInterval announced;
  DateInterval known_on;
  Amount amount;
  std::optional<Amount> amount_then;
  Amount pre_money, post_money;
  std::string_view sector;
  std::string_view country;
  Grade grade = Grade::ungraded;
  bool duplicate = false;
  bool incomplete = false;
  SourceRow source;
};

struct ParticipationInput {
  RoundId round{};
  OrganisationName investor;
  Lead lead = Lead::unknown;
  Amount amount;
  DateInterval known_on;
  SourceRow source;
};

/// Builds a Dataset row by row. Names may come in any order; `finish` sorts them by bytes and renumbers everything.
/// Under Identity::safe the spelling kept is the most frequent one, of equals the first by bytes; of organisations that
/// share it all but one, that of the rows without ids or the first by id, are called `Name (id)`.
/// Memory O(rows + distinct texts).
class DatasetBuilder {
 public:
  DatasetBuilder(Identity identity, Cleaning cleaning, IdScope ids = IdScope::each_side);
  ~DatasetBuilder();
  DatasetBuilder(DatasetBuilder&&) noexcept;
  DatasetBuilder& operator=(DatasetBuilder&&) noexcept;

  FileId add_file(InputFile file);
  /// For a file whose digest is known only when it has been read.
  void set_digest(FileId file, std::string sha256);
  void count_row(FileId file);
  /// Takes memory for so many more rounds and participations at once. There may be more or fewer.
  void expect(std::size_t rounds, std::size_t participations);

  /// The provisional id of a name, made on first sight. Each call counts as one use of this spelling at `where`.
  InvestorId investor(const OrganisationName& name, SourceRow where);
  CompanyId company(const OrganisationName& name, SourceRow where);
  /// The same without making it.
  std::optional<CompanyId> find_company(const OrganisationName& name) const;
  /// What an id stands for, under the spelling that was read first. An id of both sides may be known from the other.
  std::optional<OrganisationName> company_with_id(std::string_view id) const;
  std::optional<OrganisationName> investor_with_id(std::string_view id) const;

  void describe_investor(InvestorId id, std::string_view type, std::string_view country);
  void describe_company(CompanyId id, std::string_view sector, std::string_view country, std::string_view status,
                        DateInterval founded);

  /// The round with this id, if it was added.
  std::optional<RoundId> find_round(std::string_view id) const;
  /// Adds a round; one without id and with the key of an earlier one is that one.
  RoundId add_round(const RoundInput& round);
  std::size_t rounds() const;
  CompanyId company_of(RoundId round) const;
  Currency currency_of(RoundId round) const;
  void add_unknown_participant(RoundId round);
  void mark_incomplete(RoundId round);

  /// Adds a participation; the same investor in the same round again is a duplicate_row problem and joins the first
  /// (lead = or). Unless raw, the company's own name is a self_investment problem and is dropped: nothing comes back.
  std::optional<Entry> add_participation(const ParticipationInput& participation);

  /// Nothing if both are one.
  std::optional<Entry> add_alias(const OrganisationName& alias, const OrganisationName& canonical, AliasLevel level,
                                 std::string_view type, DateInterval valid, SourceRow source);
  /// Unless raw, a company bought by itself is a self_acquisition problem and is rejected: nothing comes back.
  std::optional<Entry> add_exit(ExitRow row, std::string_view acquirer_id = "");
  Entry add_registry(RegistryRow row);
  void add_register_change(RegisterChange change);
  void add_register(Register state);
  Entry add_holding(const HoldingRow& row);
  /// `entry` as given by this builder. What is said of a row that joins another is said of that one.
  void add_attribute(Entry entry, std::string_view column, std::string_view value);
  void add_problem(ProblemKind kind, SourceRow where, std::string column, std::string text);

  /// What stands in the file at `where`, for the rejections noted there since the last call.
  void add_record(SourceRow where, std::string_view record);

  /// The data set with final ids. Fails (limit) if a count exceeds 32 bits. The builder is empty afterwards.
  Result<Dataset> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace coinvest
