// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "coinvest/exits/registry_diff.hpp"

namespace coinvest {
namespace {

using Rename = std::pair<InvestorId, InvestorId>;

std::vector<InvestorId> holders_of(const std::vector<Stake>& stakes) {
  std::vector<InvestorId> holders;
  for (const Stake& stake : stakes) holders.push_back(stake.holder);
  std::ranges::sort(holders);
  const auto repeated = std::ranges::unique(holders);
  holders.erase(repeated.begin(), repeated.end());
  return holders;
}

/// The pairs of old and new name of a line about names, in its order; nothing if they do not pair up.
std::vector<Rename> renames_of(const RegisterChange& change) {
  const std::vector<InvestorId> before = holders_of(change.before), after = holders_of(change.after);
  std::vector<InvestorId> gone, come;
  for (const Stake& stake : change.before)
    if (!std::ranges::binary_search(after, stake.holder)) gone.push_back(stake.holder);
  for (const Stake& stake : change.after)
    if (!std::ranges::binary_search(before, stake.holder)) come.push_back(stake.holder);
  if (gone.size() != come.size()) return {};
  std::vector<Rename> renames;
  for (std::size_t at = 0; at < gone.size(); ++at) renames.emplace_back(gone[at], come[at]);
  return renames;
}

/// Adds what a second line of the same change knows and the first does not.
void complete(std::vector<Stake>& stakes, const std::vector<Stake>& more) {
  for (Stake& stake : stakes) {
    const auto other = std::ranges::find(more, stake.holder, &Stake::holder);
    if (other == more.end()) continue;
    if (!stake.subscribed && other->subscribed) stake.subscribed = other->subscribed, stake.currency = other->currency;
    if (!stake.paid) stake.paid = other->paid;
    if (!stake.percent) stake.percent = other->percent;
  }
}

/// The lines of one company and day: changes of holders, each once, with what the other lines add.
struct DayOfRegister {
  std::vector<RegisterChange> changes;
  std::vector<Rename> renames;
  const RegisterChange* names = nullptr;    // the line that gives `renames`
  const RegisterChange* capital = nullptr;  // the line about the capital as a whole
};

DayOfRegister day_of(std::span<const RegisterChange* const> lines) {
  DayOfRegister day;
  for (const RegisterChange* line : lines) {
    if (line->item == RegisterItem::capital) {
      if (day.capital == nullptr) day.capital = line;
      continue;
    }
    if (line->item == RegisterItem::names) {
      const std::vector<Rename> renames = renames_of(*line);
      if (!renames.empty()) {
        day.renames.insert(day.renames.end(), renames.begin(), renames.end());
        if (day.names == nullptr) day.names = line;
        continue;
      }
    }
    const auto same = std::ranges::find_if(day.changes, [&](const RegisterChange& change) {
      return holders_of(change.before) == holders_of(line->before) &&
             holders_of(change.after) == holders_of(line->after);
    });
    if (same == day.changes.end()) {
      day.changes.push_back(*line);
      continue;
    }
    complete(same->before, line->before);
    complete(same->after, line->after);
    same->says_replacement |= line->says_replacement;
    same->says_buyback |= line->says_buyback;
    same->grade = std::max(same->grade == Grade::ungraded ? line->grade : same->grade,
                           line->grade == Grade::ungraded ? same->grade : line->grade);
  }
  return day;
}

class Events {
 public:
  Events(const Deals& deals, const RollupMap& rollup, std::vector<RegistryEvent>& events)
      : data_(*deals.data), rollup_(rollup), houses_(data_, Rollup::manager), events_(events) {}

  /// What is common to all events of a change.
  struct Frame {
    CompanyId company;
    DateInterval date;
    Grade grade;
    SourceRow source;
  };

  void add(const RegisterStep& step, const Frame& frame) {
    const std::function<bool(InvestorId, InvestorId)> same_house = [&](InvestorId a, InvestorId b) {
      return houses_.of(a, frame.date) == houses_.of(b, frame.date);
    };
    const RegisterDiff diff = diff_registers(step, same_house);
    std::set<InvestorId> still;
    Currency currency;
    for (const auto side : {step.before, step.after})
      for (const Stake& stake : side)
        if (stake.subscribed) currency = stake.currency;
    for (const Stake& stake : step.after) still.insert(rollup_.of(stake.holder, frame.date));
    for (const StakeEvent& change : diff.events) {
      RegistryEvent event = framed(frame, change.event);
      if (change.holder) {
        event.shareholder = change.holder;
        event.holder = rollup_.of(*change.holder, frame.date);
        event.label = label_of(data_, *change.holder);
      }
      if (change.counterpart) event.counterpart = data_.name(*change.counterpart);
      event.basis = change.basis;
      event.extent = change.extent;
      const bool goes = change.event == RegistryCode::secondary || change.event == RegistryCode::removed ||
                        change.event == RegistryCode::reduction || change.event == RegistryCode::buyback;
      if (goes && event.holder && still.contains(*event.holder)) event.extent = Extent::part;
      event.capital_minor = change.capital;
      event.currency = currency;
      event.residual = diff.residual;
      if (diff.residual) event.unbalanced = diff.unbalanced;
      events_.push_back(std::move(event));
    }
  }

  void add_capital(const RegisterChange& line) {
    RegistryEvent event = framed({line.company, line.date, line.grade, line.source}, RegistryCode::capital);
    event.capital_minor = *line.capital_after - *line.capital_before;
    event.currency = line.capital_currency;
    events_.push_back(std::move(event));
  }

 private:
  RegistryEvent framed(const Frame& frame, RegistryCode code) {
    RegistryEvent event;
    event.company = frame.company;
    event.date = frame.date;
    event.event = code;
    event.source_grade = frame.grade;
    event.source = frame.source;
    return event;
  }

  const Dataset& data_;
  const RollupMap& rollup_;
  RollupMap houses_;
  std::vector<RegistryEvent>& events_;
};

void add_changes(const Deals& deals, Events& events) {
  std::map<std::tuple<CompanyId, Day, Day>, std::vector<const RegisterChange*>> days;
  for (const RegisterChange& line : deals.data->register_changes)
    if (is_visible(deals.selection, line.date, line.known_on, line.grade))
      days[{line.company, line.date.low, line.date.high}].push_back(&line);
  for (const auto& [key, lines] : days) {
    const DayOfRegister day = day_of(lines);
    bool capital_told = false;
    for (const RegisterChange& change : day.changes) {
      RegisterStep step{change.before,
                        change.after,
                        day.renames,
                        change.flows,
                        {},
                        {},
                        change.says_replacement,
                        change.says_buyback,
                        &change != &day.changes.front()};
      if (day.capital != nullptr && day.changes.size() == 1) {
        step.capital_before = day.capital->capital_before;
        step.capital_after = day.capital->capital_after;
      }
      events.add(step, {change.company, change.date, change.grade, change.source});
      const auto has_capital = [](const Stake& stake) { return stake.subscribed.has_value(); };
      capital_told |= std::ranges::any_of(change.after, has_capital);
    }
    if (day.changes.empty() && day.names != nullptr)
      events.add({{}, {}, day.renames, {}, {}, {}, false, false, false},
                 {day.names->company, day.names->date, day.names->grade, day.names->source});
    if (day.capital != nullptr && !capital_told) events.add_capital(*day.capital);
  }
}

/// Renames that a register tells between two days, so that a cap table before and one after are read alike.
std::vector<Rename> renames_between(const Deals& deals, const Register& first, const Register& second) {
  std::vector<Rename> renames;
  for (const RegisterChange& line : deals.data->register_changes) {
    const bool between = line.item == RegisterItem::names && line.company == first.company && line.date.known() &&
                         first.as_of.low <= line.date.low && line.date.high <= second.as_of.high;
    if (!between || !is_visible(deals.selection, line.date, line.known_on, line.grade)) continue;
    for (const Rename& rename : renames_of(line)) renames.push_back(rename);
  }
  return renames;
}

void add_cap_tables(const Deals& deals, Events& events) {
  std::vector<const Register*> states;
  for (const Register& state : deals.data->registers)
    if (is_visible(deals.selection, state.as_of, state.known_on, state.grade)) states.push_back(&state);
  std::ranges::stable_sort(states, {}, [](const Register* state) {
    return std::tuple(state->company, state->as_of.low, state->as_of.high);
  });
  for (std::size_t at = 1; at < states.size(); ++at) {
    const Register &first = *states[at - 1], &second = *states[at];
    if (first.company != second.company || first.as_of == second.as_of) continue;
    std::vector<Rename> renames = renames_between(deals, first, second);
    const auto lists = [](const Register& state, InvestorId holder) {
      return std::ranges::find(state.stakes, holder, &Stake::holder) != state.stakes.end();
    };
    std::erase_if(renames, [&](const Rename& r) { return !lists(first, r.first) || !lists(second, r.second); });
    const Grade worse = std::max(first.grade == Grade::ungraded ? Grade::A : first.grade,
                                 second.grade == Grade::ungraded ? Grade::A : second.grade);
    const bool ungraded = first.grade == Grade::ungraded && second.grade == Grade::ungraded;
    events.add(
        {first.stakes, second.stakes, renames, {}, {}, {}, false, false, false},
        {second.company, {first.as_of.low, second.as_of.high}, ungraded ? Grade::ungraded : worse, second.source});
  }
}

}  // namespace

void add_register_events(const Deals& deals, const RollupMap& rollup, std::vector<RegistryEvent>& events) {
  Events made(deals, rollup, events);
  add_changes(deals, made);
  add_cap_tables(deals, made);
}

void link_rounds(const Deals& deals, std::span<RegistryEvent> events) {
  constexpr std::chrono::days most{180};
  std::map<CompanyId, std::vector<std::size_t>> rounds;
  for (std::size_t position = 0; position < deals.size(); ++position)
    if (deals.date(position).known()) rounds[deals.company(position)].push_back(position);
  for (RegistryEvent& event : events) {
    const bool money = event.event == RegistryCode::invest || event.event == RegistryCode::increase ||
                       event.event == RegistryCode::invest_or_increase;
    const auto of_company = rounds.find(event.company);
    if (!money || !event.date.known() || of_company == rounds.end()) continue;
    std::optional<std::tuple<Day::duration, Day, RoundId>> nearest;
    for (const std::size_t position : of_company->second) {
      const DateInterval date = deals.date(position);
      const Day::duration apart = std::max({Day::duration{0}, date.low - event.date.high, event.date.low - date.high});
      const auto candidate = std::tuple(apart, date.low, deals.rounds[position]);
      if (apart <= most && (!nearest || candidate < *nearest)) nearest = candidate;
    }
    if (nearest) event.round = std::get<RoundId>(*nearest);
  }
}

}  // namespace coinvest
