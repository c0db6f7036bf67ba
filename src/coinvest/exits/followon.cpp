// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/followon.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace coinvest {
namespace {

bool surely_before(const DateInterval& earlier, const DateInterval& later) {
  return earlier.known() && later.known() && earlier.high < later.low;
}

/// True if the round was an opportunity to follow on: it has a named participant and surely lies after the holder's
/// first participation and before the end of its holding. Imprecise dates must leave no doubt.
bool could_follow(const TimelineHolder& holder, const TimelineRound& round) {
  return round.named > 0 && surely_before(holder.entered, round.date) &&
         (!holder.ended || surely_before(round.date, holder.ended->date));
}

Presence presence(const TimelineHolder& holder, const TimelineRound& round) {
  if (could_follow(holder, round)) return round.complete ? Presence::skipped : Presence::unknown;
  if (!round.date.known() || !holder.entered.known() || round.named == 0) return Presence::unknown;
  return surely_before(holder.entered, round.date) ? Presence::left : Presence::not_yet;
}

/// Of holders by investor: where this one stands, or would.
std::size_t place_of(std::span<const TimelineHolder> holders, InvestorId investor) {
  return static_cast<std::size_t>(std::ranges::lower_bound(holders, investor, {}, &TimelineHolder::investor) -
                                  holders.begin());
}

/// Whether a participant of a round was in none before; nothing if dates leave it open. `visits` are the dates of its
/// rounds, this one among them.
std::optional<bool> is_new(const TimelineHolder& holder, std::span<const DateInterval> visits,
                           const DateInterval& date) {
  if (surely_before(holder.entered, date)) return false;
  const auto may_be_earlier = [&](const DateInterval& other) {
    return !other.known() || !date.known() || other.low < date.high;
  };
  const std::ptrdiff_t itself = may_be_earlier(date) ? 1 : 0;
  return std::ranges::count_if(visits, may_be_earlier) == itself ? std::optional(true) : std::nullopt;
}

/// What holders did in a round, once all of them are known; `visits` are the dates of the rounds of each.
void fill_round(TimelineRound& round, std::span<const InvestorId> named, std::span<const Lead> leads,
                std::span<TimelineHolder> holders, std::span<const std::vector<DateInterval>> visits) {
  std::optional<bool> lead_is_new = false;
  bool all_known = round.complete;
  for (std::size_t at = 0; at < holders.size(); ++at) {
    TimelineHolder& holder = holders[at];
    const auto found = std::lower_bound(named.begin(), named.end(), holder.investor);
    const bool present = found != named.end() && *found == holder.investor;
    const bool leads_it = present && leads[static_cast<std::size_t>(found - named.begin())] == Lead::yes;
    const std::optional<bool> newcomer = present ? is_new(holder, visits[at], round.date) : false;
    const bool insider = could_follow(holder, round);
    holder.rounds.push_back(leads_it ? Presence::led : present ? Presence::joined : presence(holder, round));
    if (leads_it) round.leads.push_back(holder.investor);
    if (leads_it && lead_is_new != true && newcomer != false) lead_is_new = newcomer;
    round.insiders += insider;
    round.followed += insider && present;
    round.newcomers += newcomer == true;
    all_known &= newcomer.has_value();
  }
  if (round.insiders == 0) return;
  if (round.newcomers > 0 || all_known) round.insiders_only = round.newcomers == 0;
  if (round.followed > 0 || round.complete) round.all_insiders_absent = round.followed == 0;
  if (!round.leads.empty()) round.new_lead = lead_is_new;
}

/// The first ending of each holder that counts, and the first that is said of the holder itself.
void fill_endings(std::span<const ExitEvent> events, std::span<TimelineHolder> holders) {
  for (const ExitEvent& event : events) {
    if (!event.investor || !event.counts_as_exit || event.anomaly == ExitAnomaly::exit_before_entry) continue;
    const std::size_t place = place_of(holders, *event.investor);
    if (place == holders.size() || holders[place].investor != *event.investor) continue;
    TimelineHolder& holder = holders[place];
    const Ending ending{event.code, event.grade, event.date};
    if (event.decisive) holder.ended = ending;
    if (event.grade != Evidence::company && !holder.left) holder.left = ending;
  }
}

}  // namespace

std::string_view name_of(Presence presence) {
  constexpr std::array<std::string_view, 6> names{"not yet", "led", "joined", "skipped", "unknown", "left"};
  return names[static_cast<std::size_t>(presence)];
}

std::vector<CompanyTimeline> company_timelines(const Deals& deals) {
  const Dataset& data = *deals.data;
  Selection everybody = deals.selection;
  everybody.investor_types.clear();
  const Deals all = deals.selection.investor_types.empty() ? deals : select(data, everybody);
  const std::vector<Holding> wanted = holdings(deals), held = holdings(all);
  const std::vector<ExitEvent> events = exit_events(all);
  std::map<CompanyId, std::vector<std::size_t>> positions;
  for (std::size_t position = 0; position < all.size(); ++position)
    if (data.rounds.kind[index(all.rounds[position])] == RoundKind::primary)
      positions[all.company(position)].push_back(position);

  std::vector<CompanyTimeline> timelines;
  for (auto of_company = wanted.begin(); of_company != wanted.end();) {
    CompanyTimeline& timeline = timelines.emplace_back();
    timeline.company = of_company->company;
    const std::span<const Holding> listed = holders_of(wanted, timeline.company);
    of_company += static_cast<std::ptrdiff_t>(listed.size());

    for (const Holding& holding : holders_of(held, timeline.company))
      timeline.holders.push_back({holding.investor, holding.entered, {}, {}, {}});
    const auto [first, last] = std::ranges::equal_range(events, timeline.company, {}, &ExitEvent::company);
    fill_endings({first, last}, timeline.holders);

    std::vector<std::size_t>& order = positions[timeline.company];
    std::ranges::stable_sort(order, {}, [&](std::size_t p) { return std::tuple(all.date(p).low, all.date(p).high); });
    std::vector<std::vector<DateInterval>> visits(timeline.holders.size());
    for (const std::size_t position : order)
      for (const InvestorId investor : all.participants(position))
        visits[place_of(timeline.holders, investor)].push_back(all.date(position));
    for (const std::size_t position : order) {
      const std::size_t row = index(all.rounds[position]);
      TimelineRound& round = timeline.rounds.emplace_back();
      round.round = all.rounds[position];
      round.date = all.date(position);
      round.amount = all.amount(position);
      round.named = all.participants(position).size();
      round.complete = data.rounds.incomplete[row] == 0 && data.rounds.unknown_participants[row] == 0;
      fill_round(round, all.participants(position), std::span(all.leads).subspan(all.offsets[position], round.named),
                 timeline.holders, visits);
    }
    std::erase_if(timeline.holders, [&](const TimelineHolder& holder) {
      return find_holding(listed, timeline.company, holder.investor) == nullptr;
    });
    std::ranges::stable_sort(timeline.holders, {}, [](const TimelineHolder& holder) {
      return std::tuple(holder.entered.low, holder.entered.high);
    });
  }
  return timelines;
}

std::vector<FollowOn> follow_ons(std::span<const CompanyTimeline> timelines) {
  std::map<InvestorId, FollowOn> rows;
  for (const CompanyTimeline& timeline : timelines)
    for (const TimelineHolder& holder : timeline.holders) {
      FollowOn& row = rows[holder.investor];
      row.investor = holder.investor;
      for (std::size_t at = 0; at < timeline.rounds.size(); ++at) {
        const TimelineRound& round = timeline.rounds[at];
        if (!could_follow(holder, round)) continue;
        const Presence did = holder.rounds[at];
        row.opportunities += round.complete;
        row.unknown += !round.complete;
        row.followed += round.complete && (did == Presence::led || did == Presence::joined);
      }
    }
  std::vector<FollowOn> all;
  for (const auto& [investor, row] : rows) all.push_back(row);
  return all;
}

}  // namespace coinvest
