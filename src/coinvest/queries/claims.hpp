// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/table.hpp"
#include "coinvest/exits/registry.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

// A claim is a statement about funding that a number of the data can confirm or refute.

/// What the number of a claim counts; money in minor units of one currency, dates in days since 1970.
enum class ClaimUnit : std::uint8_t { count, money, days, date };

/// A closed range of whole numbers; its ends may be unbounded.
struct NumberRange {
  static constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::int64_t low = least;
  std::int64_t high = most;
  constexpr bool operator==(const NumberRange&) const = default;
};

struct ClaimKind;

/// One statement as a query, with what it says the answer is.
struct Claim {
  std::string id, statement;
  std::string note, source;  ///< free text; "" if not given
  const ClaimKind* kind = nullptr;
  Selection selection;
  NumberRange expected;
  std::string expectation;            ///< in words: "at least 30"
  std::string company, investor;      ///< under any of its names; "": all
  std::optional<DayRange> before;     ///< the earlier period of a comparison
  DateInterval since;                 ///< what time counts from; unknown: the founding of the company
  std::uint64_t nth = 1;              ///< which round is waited for
  std::uint64_t least_rounds = 1;     ///< of a company that counts
  std::int64_t days = 0;              ///< length of a moving window
  std::int64_t threshold = 0;         ///< minor units
  Currency currency;                  ///< unknown: that of most rounds
  std::vector<RegistryCode> changes;  ///< empty: all
  Place where;
};

/// A row that an answer rests on.
struct ClaimRow {
  SourceRow source;
  DateInterval date;
  CompanyId company{};
  std::optional<InvestorId> investor;
  std::string what;              ///< the round's name, or the change in the register
  std::optional<Amount> amount;  ///< of the whole round
};

/// The number that the data gives, and how far it could be another one.
struct ClaimAnswer {
  std::optional<std::int64_t> value;  ///< by the claim's own rule for imprecise dates; of money the lower end
  NumberRange range;                  ///< imprecise dates and amounts put it anywhere in here
  std::int64_t exact = 0;             ///< of money: exact amounts alone
  std::uint64_t undisclosed = 0;      ///< rounds that say nothing about their amount,
  std::uint64_t other_currency = 0;   ///< or say it in another currency
  Currency currency;
  std::vector<ClaimRow> rows;
  std::string_view why;  ///< why there is no value; "" if there is one
};

/// What can be asked: one row per kind.
struct ClaimKind {
  std::string_view name, summary;
  ClaimUnit unit;
  std::string_view needs, takes;  ///< keys besides those of every claim, separated by commas
  /// Fails (input) for a company or investor that the data set does not name, with the nearest; (limit) for a sum of
  /// more than 64 bits.
  Result<ClaimAnswer> (*answer)(const Dataset&, const Claim&);
};
std::span<const ClaimKind> claim_kinds();

enum class ClaimVerdict : std::uint8_t {
  holds,
  fails,
  cannot_be_told,  ///< what is not known could make it right or wrong
};
std::string_view name_of(ClaimVerdict verdict);  ///< "holds", "fails", "cannot be told"
ClaimVerdict verdict_of(const Claim& claim, const ClaimAnswer& answer);

/// The answer as known on a day; nothing: today, which is all that was read.
Result<ClaimAnswer> answer_of(const Dataset& data, const Claim& claim, std::optional<Day> known_by);

/// What a file of claims says; docs/claims.md has its keys.
struct ClaimsFile {
  std::vector<std::string> dataset;  ///< paths, relative ones already seen from the file's folder
  std::set<Day> known_by;            ///< besides today
  std::vector<Claim> claims;
};

/// Reads claims. `file` is named in messages, and its folder begins relative paths. Fails (input) with file and line.
Result<ClaimsFile> parse_claims(std::string_view text, const std::string& file);

/// The same of a file. Fails also as read_file does.
Result<ClaimsFile> read_claims(const std::string& path);

/// One row per claim and day of knowledge, today beside it (without days: one row per claim): claim, statement, value,
/// rows, verdict, verdict_known_by, known_by, value_known_by; then the ranges, what is undisclosed, and the sources.
/// Fails as the kinds do.
Result<Table> claims_table(const Dataset& data, const ClaimsFile& file);

/// One row per claim, day of knowledge (today first) and row that the answer rests on.
Result<Table> claim_rows_table(const Dataset& data, const ClaimsFile& file);

}  // namespace coinvest
