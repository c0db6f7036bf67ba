// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// What a column means, whatever its header says.
enum class Field : std::uint8_t {
  round_id,
  company,
  investor,
  date,
  known_on,
  round,
  kind,
  amount,
  amount_usd,
  amount_low,
  amount_reported,
  amount_text,
  currency,
  pre_money,
  pre_money_usd,
  pre_money_currency,  ///< where it is not that of the round
  post_money,
  post_money_usd,
  post_money_currency,
  duplicate_of,
  sector,
  country,
  grade,
  is_lead,
  name,
  type,
  founded,
  status,
  alias,
  canonical,
  level,
  valid_from,
  valid_to,
  event,
  acquirer,
  details,
  shareholder,
  change,
  capital_change,
  holder,
  shares,
  percent,
  as_of,
  // of exports of data vendors alone
  company_id,
  credit_code,  ///< 统一社会信用代码: the id of a company where its table has no other
  investor_id,
  acquirer_id,
  alias_id,
  canonical_id,
  investors,       ///< a list
  lead_investors,  ///< a list of names
  lead_ids,        ///< a list of investor_id
  investor_count,
  deal_type,
  legal_name,
  link,
  size,  ///< of the organisation: rounds, deals, or money in all
  // of shareholder registers alone
  item,    ///< what a line of the register is about
  before,  ///< the text of the register until then
  after,
  subscribed,
  paid,
  capital_before,  ///< registered capital that a holder had before a round
  sold,
  bought,
  issued,
  unused,  ///< said elsewhere in the export, or of its housekeeping: not even kept as an attribute
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::unused) + 1;

struct Header {
  std::string_view text;  ///< small letters
  Field field;
};

/// The header that we write for a field.
std::string_view name_of(Field field);

/// The field that a word names: its own name or any header that is read as it.
std::optional<Field> field_called(std::string_view word);

/// A column that means a field because somebody said so.
struct MappedColumn {
  std::string column;  ///< its header
  Field field;
};

struct TableLayout;
/// The header that a table has for a field: the vendor's, or the one that we write.
std::string_view header_of(const TableLayout& table, Field field);

/// The form in which headers match: trimmed, half-width, small letters.
std::string folded_header(std::string_view header);

/// The headers that mean something in every layout but those of vendors.
std::span<const Header> common_headers();

/// The columns of one table by meaning. Headers match after trimming and case folding; others are ignored. What is
/// mapped takes the place of what a header alone would mean.
class Columns {
 public:
  explicit Columns(std::span<const std::string_view> header, std::span<const Header> known = common_headers(),
                   std::span<const MappedColumn> mapped = {});

  std::optional<std::size_t> find(Field field) const {
    const std::int32_t column = first_[static_cast<std::size_t>(field)];
    return column < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(column));
  }
  /// What a column is read as; nothing if its header is unknown.
  std::optional<Field> meaning(std::size_t column) const { return meaning_[column]; }
  bool has(Field field) const { return find(field).has_value(); }
  std::size_t size() const { return headers_.size(); }
  /// As written.
  const std::string& header(std::size_t column) const { return headers_[column]; }
  const std::vector<std::string>& headers() const { return headers_; }
  /// True for a column that is read as a date.
  bool is_date(std::size_t column) const;
  /// All columns that are read as a field, in order.
  std::vector<std::size_t> all(Field field) const;

 private:
  std::vector<std::string> headers_;
  std::vector<std::optional<Field>> meaning_;
  std::vector<std::int32_t> first_;  // per field; -1: absent
};

class Rows;
struct Reading;

/// What a table holds of a data set.
enum class Part : std::uint8_t {
  side,
  registers,  ///< beside the others, or a data set of their own
  rounds,
  participations,
  both,
};
inline bool is_beside(Part part) {
  return part == Part::side || part == Part::registers;
}

/// How rows of one company are written: each in full, or the later ones with an empty company.
enum class Continuation : std::uint8_t { none, fill_down };

/// Which rows of a table of organisations stay: all, or those of organisations that the tables before it name.
/// Databases list millions that never raised money.
enum class Listing : std::uint8_t { all, named_elsewhere };

/// One table of a layout: which columns it needs and may have, and the function that reads its rows.
struct TableLayout {
  std::string_view layout;     ///< tidy, flat, a vendor's export, or "" for a table that goes with tidy and flat
  std::string_view file = {};  ///< its name in a folder without `.csv`; "" for any name
  std::string_view summary;
  Part part = Part::side;
  std::span<const Field> needed;
  std::span<const Field> optional = {};
  Result<void> (*read)(Rows&, Reading&) = nullptr;
  std::span<const Header> headers = {};  ///< its own; empty: the common ones
  std::string_view event = {};           ///< of all rows of a table of exits that has no column for it
  std::string_view amount_unit = {};     ///< of amounts: M for millions
  Continuation continuation = Continuation::none;
  Listing listing = Listing::all;

  /// True for an export of a data vendor: its tables have any names and are recognised by their headers alone.
  bool is_vendor() const { return !headers.empty() && !layout.empty(); }
  /// True if this table takes columns of this meaning; others are kept as attributes.
  bool reads(std::optional<Field> meaning) const;
  Columns columns_of(std::span<const std::string_view> header, std::span<const MappedColumn> mapped = {}) const {
    return Columns(header, headers.empty() ? common_headers() : headers, mapped);
  }
};

/// All tables that can be read, in the order in which a data set's tables are read.
std::span<const TableLayout> table_layouts();

/// The table that a header announces: the first whose needed columns are all there, those of `layout` alone if it is
/// not "". Null if there is none.
const TableLayout* recognise(std::span<const std::string_view> header, std::string_view layout,
                             std::span<const MappedColumn> mapped = {});

/// Checks a header against the table it is read as. Fails (input): needed columns missing, or two columns of one
/// meaning.
Result<void> check_columns(const Columns& columns, const TableLayout& table, const std::string& file);

/// The first mapped column that a header lacks; null if it has all.
const MappedColumn* absent_from(const Columns& columns, std::span<const MappedColumn> mapped);

/// The error of a mapped column that is not there: what was seen instead.
tl::unexpected<Error> not_there(const MappedColumn& mapped, const Columns& columns, const std::string& file,
                                std::uint64_t line);

/// The error of a header that no table fits: what was seen, what the nearest layout would need, and what columns can be
/// mapped to.
tl::unexpected<Error> unrecognised(const Columns& columns, const std::string& file, std::uint64_t line);

// The readers of the tables, in tidy.cpp, flat.cpp and deals.cpp.
Result<void> read_companies(Rows& rows, Reading& reading);
Result<void> read_investors(Rows& rows, Reading& reading);
Result<void> read_aliases(Rows& rows, Reading& reading);
Result<void> read_parents(Rows& rows, Reading& reading);
Result<void> read_objects(Rows& rows, Reading& reading);
Result<void> read_funds(Rows& rows, Reading& reading);
Result<void> read_rounds(Rows& rows, Reading& reading);
Result<void> read_investments(Rows& rows, Reading& reading);
Result<void> read_flat(Rows& rows, Reading& reading);
Result<void> read_deals(Rows& rows, Reading& reading);
Result<void> read_exits(Rows& rows, Reading& reading);
Result<void> read_registry_changes(Rows& rows, Reading& reading);
// In registers.cpp.
Result<void> read_register_changes(Rows& rows, Reading& reading);
Result<void> read_cap_table(Rows& rows, Reading& reading);
Result<void> read_cap_table_flows(Rows& rows, Reading& reading);
Result<void> read_holdings(Rows& rows, Reading& reading);

}  // namespace coinvest
