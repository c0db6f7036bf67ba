// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/exits/holding.hpp"
#include "coinvest/exits/kinds.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// How well an exit is known. Inference alone (a long silence) is E0 and never an exit event.
enum class Evidence : std::uint8_t {
  company = 1,   ///< E1: an event of the company; whether this investor sold is not known
  registry = 2,  ///< E2: a shareholder register
  investor = 3,  ///< E3: said of this investor
};
std::string_view name_of(Evidence evidence);  ///< "E1"

enum class ExitAnomaly : std::uint8_t {
  none,
  exit_before_entry,  ///< it ended before the investor's first dated participation
  insider_acquirer,   ///< the buyer is an investor of the company
  never_entered,      ///< the investor has no selected participation in the company
};
std::string_view name_of(ExitAnomaly anomaly);  ///< "" for none

/// Days between two imprecise dates: at least and at most.
struct DaysRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  constexpr bool operator==(const DaysRange&) const = default;
};

/// Something that ended, or may have ended, an investment.
struct ExitEvent {
  CompanyId company{};
  std::optional<InvestorId> investor;  ///< as counted after roll-up; nothing: the event of the company itself
  ExitCode code{};
  Evidence grade{};
  DateInterval date;
  DateInterval entered;              ///< the investor's first dated participation
  std::optional<DaysRange> holding;  ///< nothing if a date is unknown or the exit came before the entry
  ExitAnomaly anomaly = ExitAnomaly::none;
  bool counts_as_exit = false;  ///< by its code; no matter whether earlier events already ended the investment
  bool decisive = false;        ///< THE exit of this investor from this company (or of the company): of those that
                                ///< count and are not before the entry the one that ExitPick takes
  std::optional<ExitCode> candidate;  ///< what it probably was, if the register suggests more than it says
  std::string counterpart;            ///< acquirer or buyer as far as known
  std::string word;                   ///< the event as written; "" for register rows
  Grade source_grade = Grade::ungraded;
  SourceRow source;
  std::optional<SourceRow> also;  ///< a register row that says the same
};

/// Which of several events that count is THE exit.
enum class ExitPick : std::uint8_t {
  first,  ///< the earliest; undated ones come last
  last,   ///< the latest dated one; undated ones only where none is dated
  best,   ///< the one whose code comes first in `exit_kinds`, the earlier of equals
};

/// All exits that the selection can see, ascending by company, investor (the company's own first), date, source row;
/// undated ones last. An event of a company stands there once for the company and once for each investor with a
/// selected participation, with grade E1: liquidity for all, which is not yet anybody's leaving. An event of an
/// investor concerns that investor alone (E3). Register rows `left` are E2, unless an investor's own row of the same
/// company has a date that can be the same day (or none): then they are noted there in `also`.
/// Notes and unmapped words are listed and count nowhere. O(X · holders + P log P).
std::vector<ExitEvent> exit_events(const Deals& deals, ExitPick pick = ExitPick::first);

}  // namespace coinvest
