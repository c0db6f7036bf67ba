// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// To whom a participation is counted: the name as written, the manager of the fund, or the manager's group.
enum class Rollup : std::uint8_t { none, manager, group };

/// Which rounds enter, and as known when. Default: all rounds of kind primary, as known today.
struct Selection {
  std::vector<std::string> sectors;    ///< any of; empty: all. Compared as match keys
  std::vector<std::string> countries;  ///< of the company or round
  std::vector<std::string> stages;     ///< canonical stage names
  std::vector<std::string> investor_types;
  std::optional<Day> from;      ///< inclusive
  std::optional<Day> to;        ///< inclusive
  std::optional<Day> as_of;     ///< events later than this did not happen yet
  std::optional<Day> known_by;  ///< rows that nobody could know on this day are absent, amounts are those printed then
  std::optional<Grade> min_grade;  ///< drops rows of a worse grade; ungraded rows stay
  PartialDate partial_date = PartialDate::strict;
  std::vector<RoundKind> kinds{RoundKind::primary};  ///< empty: all
  std::optional<Rollup> rollup;                      ///< nothing: manager if the data set has aliases, else none
};

/// The same kinds, grades and state of knowledge at any date, in any sector, country and stage, of any investor: for
/// asking what came before the rounds of a selection, and after them.
Selection unbounded(Selection selection);

/// How many rounds or participations a rule left out, each counted at the first rule that hit it.
struct LeftOut {
  std::uint64_t duplicate = 0, kind = 0, sector = 0, country = 0, stage = 0, grade = 0, not_yet_known = 0;
  std::uint64_t undated = 0;  ///< no date, though the selection has a bound
  std::uint64_t outside_dates = 0;
  std::uint64_t ambiguous_dates =
      0;  ///< of the kept and left-out rounds: those that strict, overlap and mid decide differently
  std::uint64_t investor_type = 0;  ///< participations
  std::uint64_t collapsed = 0;      ///< participations that roll-up joined with another of the same round
  std::uint64_t unknown_then = 0;   ///< participations disclosed after `known_by`
};

/// The rounds that a selection keeps, with their participants after roll-up: what graphs, exits and queries read.
/// Participants of round position r: investors[offsets[r] .. offsets[r+1]), ascending and distinct; parallel columns.
struct Deals {
  const Dataset* data = nullptr;
  Selection selection;
  Rollup rollup = Rollup::none;        ///< the one in force
  std::vector<RoundId> rounds;         ///< ascending
  std::vector<std::uint64_t> offsets;  ///< rounds.size() + 1
  std::vector<InvestorId> investors;
  std::vector<Lead> leads;
  std::vector<ParticipationId> rows;  ///< the first row that names the participant
  /// A further row of a participant, which roll-up joined with the first.
  struct Joined {
    std::uint64_t participant;  ///< position in `investors`
    ParticipationId row;
  };
  std::vector<Joined> joined;  ///< ascending
  LeftOut left_out;

  std::size_t size() const { return rounds.size(); }
  std::span<const InvestorId> participants(std::size_t position) const {
    return std::span(investors).subspan(offsets[position], offsets[position + 1] - offsets[position]);
  }
  CompanyId company(std::size_t position) const { return data->rounds.company[index(rounds[position])]; }
  DateInterval date(std::size_t position) const { return data->rounds.announced[index(rounds[position])]; }
  /// The round's amount: the one printed at the time under `known_by`, else the one known today.
  const Amount& amount(std::size_t position) const;
  /// The sector of the round, else of its company; "" if unknown.
  const std::string& sector(std::size_t position) const;
  const std::string& country(std::size_t position) const;
};

/// Applies a selection. O(rounds + participations · log). The data set must outlive the result.
Deals select(const Dataset& data, const Selection& selection);

/// The investor that `investor` is counted as on a day: follows the alias table at most up to `rollup`, with the rows
/// valid on that day (unknown date: rows without bounds first). Chains end after as many steps as there are levels.
class RollupMap {
 public:
  RollupMap(const Dataset& data, Rollup rollup);
  InvestorId of(InvestorId investor, const DateInterval& date) const;

 private:
  const Dataset* data_;
  Rollup rollup_;
  std::vector<std::uint32_t> first_;  ///< per investor, into order_
  std::vector<std::uint32_t> order_;  ///< alias rows sorted by alias and level
};

/// True if a fact dated `date`, public since `known_on`, of this grade passes as_of, known_by and min_grade.
/// Undated facts pass `as_of`. For exits and registry rows.
bool is_visible(const Selection& selection, const DateInterval& date, const DateInterval& known_on, Grade grade);

/// The last day of any selected round or visible exit, partial dates to their end: the default as-of day.
/// Nothing if no fact has a date.
std::optional<Day> last_day(const Deals& deals);

}  // namespace coinvest
