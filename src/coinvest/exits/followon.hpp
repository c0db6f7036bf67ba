// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "coinvest/exits/events.hpp"

namespace coinvest {

/// What one holder did in one round of its company.
enum class Presence : std::uint8_t {
  not_yet,  ///< it entered later, or not surely before
  led,
  joined,
  skipped,  ///< it could have joined and is not among those listed
  unknown,  ///< the round has no date or names nobody, its list is incomplete, or the holder's entry has no date
  left,     ///< it was out, or not surely still in
};
std::string_view name_of(Presence presence);

/// One primary round of a company, as its earlier holders saw it.
struct TimelineRound {
  RoundId round{};
  DateInterval date;
  Amount amount;                  ///< the one printed at the time under `known_by`
  std::vector<InvestorId> leads;  ///< as far as known
  std::uint64_t named = 0;        ///< participants with a name
  bool complete = true;           ///< false: the source says that more took part than it names
  std::uint64_t insiders = 0;     ///< holders that could follow
  std::uint64_t followed = 0;     ///< of these, listed as participants
  std::uint64_t newcomers = 0;    ///< participants that surely were in no earlier round
  // Nothing: there were no insiders, or what is listed does not tell.
  std::optional<bool> insiders_only, new_lead, all_insiders_absent;
};

/// How a holding ended.
struct Ending {
  ExitCode code{};
  Evidence grade{};
  DateInterval date;
};

struct TimelineHolder {
  InvestorId investor{};
  DateInterval entered;          ///< first dated participation
  std::optional<Ending> ended;   ///< the exit that counts, an event of the company included
  std::optional<Ending> left;    ///< the first exit said of this investor or shown by a register
  std::vector<Presence> rounds;  ///< one per round of the timeline
};

/// The rounds of a company and what each of its investors did in them.
struct CompanyTimeline {
  CompanyId company{};
  std::vector<TimelineRound> rounds;    ///< of kind primary, by date; undated ones last
  std::vector<TimelineHolder> holders;  ///< by first entry, then by name; undated ones last
};

/// The timelines of all companies with a selected participation, ascending. A filter of investor types chooses holders,
/// not participants: whether a round names somebody does not depend on it. O(rounds · holders) per company.
std::vector<CompanyTimeline> company_timelines(const Deals& deals);

/// How often an investor followed on in the companies it held.
struct FollowOn {
  InvestorId investor{};
  std::uint64_t opportunities = 0;  ///< rounds with a complete list
  std::uint64_t followed = 0;
  std::uint64_t unknown = 0;  ///< rounds that would be opportunities, but name only some of their participants
  std::uint64_t missed() const { return opportunities - followed; }
  /// followed / opportunities; nothing without an opportunity.
  std::optional<double> rate() const {
    if (opportunities == 0) return {};
    return static_cast<double>(followed) / static_cast<double>(opportunities);
  }
};

/// One row per holder, ascending.
std::vector<FollowOn> follow_ons(std::span<const CompanyTimeline> timelines);

}  // namespace coinvest
