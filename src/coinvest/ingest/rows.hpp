// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "coinvest/base/large_file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/encoding.hpp"
#include "coinvest/ingest/layout.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ingest/round_names.hpp"
#include "coinvest/ingest/row_reader.hpp"

namespace coinvest {

/// One file, unpacked and decoded, with its header read.
struct OpenTable {
  InputFile file;
  // The text of CSV, one of the two; on the heap: the reader's views outlive moves of the table.
  std::unique_ptr<const std::string> text;
  std::unique_ptr<LargeFile> large;
  RowReader reader = RowReader(Grid());
  Columns columns = Columns({});
  EncodingFrom encoding_from = EncodingFrom::stated;
  bool is_workbook = false;
  const TableLayout* layout = nullptr;
};

/// Names by ids of organisations.
using NamesOfIds = std::map<std::string, std::string, std::less<>>;

/// What the tables of one data set share while they are read.
struct Reading {
  DatasetBuilder builder;
  const ReadOptions& options;
  const Context& context;
  const NamesOfIds& known_names;  ///< of organisations that rows before the table with their names give by id alone
  NamesOfIds late_names = {};     ///< those that were not known and came too late
  std::set<std::string, std::less<>> unnamed_ids = {};
  std::map<std::string, RoundName, std::less<>> round_names = {};  ///< those seen

  std::unordered_map<RoundId, std::string> lead_ids = {};  ///< of those rounds whose own rows list their leads

  bool raw() const { return options.cleaning == Cleaning::raw; }
  /// Adds a round, or finds it. True if it is new.
  std::pair<RoundId, bool> add_round(const RoundInput& round);
  const RoundName& round_name(std::string_view label);
  /// What an id stands for, as far as the builder knows it; else what is known beforehand.
  std::optional<OrganisationName> named(std::string_view id, std::optional<OrganisationName> built);
};

/// The rows of one table: the cells of the current one by meaning, read as what they should be. What cannot be read is
/// noted as a problem and comes out as unknown.
class Rows {
 public:
  Rows(OpenTable& table, FileId file, Reading& reading);

  /// Goes to the next row of the right width; others are noted. False at the end.
  Result<bool> next();

  const TableLayout& layout() const { return *table_.layout; }
  SourceRow source() const;
  /// The trimmed cell; "" if there is no such column.
  std::string_view text(Field field) const {
    return table_.columns.has(field) ? trim(cell(field)) : std::string_view();  // most tables lack most columns
  }
  /// A name that may stand in the data set; nothing if it is missing or faulty, which is noted as a rejection.
  std::optional<std::string_view> name(Field field);
  /// The same for a cell that may be empty; a faulty name is noted and left out.
  std::optional<std::string_view> optional_name(Field field);
  /// The organisation in a column: its name, or its id if a table of organisations gave the name of that. Its id also
  /// comes from the columns of ids. Nothing if there is no name, which is noted as a rejection.
  std::optional<OrganisationName> company();
  std::optional<OrganisationName> investor(Field field = Field::investor, Field id_field = Field::investor_id);
  /// The same for a cell that may be empty.
  std::optional<OrganisationName> optional_investor(Field field);
  DateInterval date(Field field);
  /// A number without unit; nothing if the cell is empty, or holds something else, which is noted.
  std::optional<double> number(Field field);
  Amount amount(Field field, Currency column);
  Currency currency(Field field = Field::currency);
  Grade grade();
  Lead lead();
  /// The column of dollars where the one with a currency is empty.
  Amount amount_or_dollars(Currency column);
  /// What the company was worth, in a currency of its own or that of the round; 0 says nothing.
  Amount pre_money(Currency of_round) {
    return valuation(Field::pre_money, Field::pre_money_usd, Field::pre_money_currency, of_round);
  }
  Amount post_money(Currency of_round) {
    return valuation(Field::post_money, Field::post_money_usd, Field::post_money_currency, of_round);
  }
  /// Keeps the cells of columns that this table has no meaning for, as what the row says about `entry`.
  void keep_others(std::optional<Entry> entry);
  void problem(ProblemKind kind, Field field, std::string what);
  void reject(std::string what) { reading_.builder.add_problem(ProblemKind::bad_row, source(), "", std::move(what)); }

 private:
  std::string_view cell(Field field) const;
  bool acceptable(std::string_view name, Field field);
  Amount amount_or_dollars(Field field, Field dollars, Currency column);
  Amount valuation(Field field, Field dollars, Field own_currency, Currency of_round);
  /// Notes a date in the cell beside the one that should hold it.
  void report_shift(Field field);
  template <typename Lookup>
  std::optional<OrganisationName> organisation(Field field, Field id_field, Lookup with_id);

  OpenTable& table_;
  std::span<const std::string_view> fields_;
  FileId file_;
  std::vector<std::size_t> others_;  // columns
  Reading& reading_;
  std::string currency_text_;  // the last one that was read
  Currency currency_;
  std::size_t reported_ = 0;  // bytes told to the progress
  std::uint64_t rows_ = 0;
};

/// Calls `row` for every row of the table.
template <typename Row>
Result<void> for_each_row(Rows& rows, Row row) {
  while (true) {
    const auto more = rows.next();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    row();
  }
}

/// What a row of the flat layout, or of a list of deals, says about its round.
RoundInput round_of(Rows& rows, const OrganisationName& company, std::string_view label, const RoundName& name);
/// A listing or acquisition written as a round.
ExitRow event_of(const RoundInput& round, CompanyId company);
/// Adds a round, or finds it; notes a name that is not known. Nothing, and a noted rejection, if the id is that of
/// another company's round.
std::optional<RoundId> add_named_round(Rows& rows, Reading& reading, const RoundInput& round);

}  // namespace coinvest
