// SPDX-License-Identifier: Apache-2.0
#include "coinvest/model/selection.hpp"

#include <algorithm>
#include <numeric>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

std::vector<std::string> match_keys(const std::vector<std::string>& names) {
  std::vector<std::string> keys;
  for (const std::string& name : names) keys.push_back(match_key(name));
  return keys;
}

bool contains(const std::vector<std::string>& keys, std::string_view name) {
  return std::find(keys.begin(), keys.end(), match_key(name)) != keys.end();
}

/// The closed window of a selection. Undated rounds lie in none; as-of alone is no window, they stay under it.
struct Window {
  Day from, to;
  bool bounded;
};

Window window_of(const Selection& selection) {
  Window window{selection.from.value_or(Day::min()), selection.to.value_or(Day::max()), selection.from || selection.to};
  if (selection.as_of) window.to = std::min(window.to, *selection.as_of);
  return window;
}

bool known_by(const DateInterval& known_on, Day day) {
  return known_on.known() && known_on.high <= day;
}

bool grade_passes(Grade grade, const std::optional<Grade>& worst) {
  return !worst || grade == Grade::ungraded || grade <= *worst;
}

bool decided_differently(const DateInterval& date, const Window& window) {
  const bool strict = lies_in(date, window.from, window.to, PartialDate::strict);
  return strict != lies_in(date, window.from, window.to, PartialDate::overlap) ||
         strict != lies_in(date, window.from, window.to, PartialDate::mid);
}

/// The selection's rules for whole rounds, prepared once.
class RoundFilter {
 public:
  RoundFilter(const Dataset& data, const Selection& selection)
      : data_(data),
        selection_(selection),
        sectors_(match_keys(selection.sectors)),
        countries_(match_keys(selection.countries)),
        stages_(match_keys(selection.stages)),
        window_(window_of(selection)) {}

  /// Counts the first rule that leaves the round out, or returns true.
  bool keeps(RoundId id, const std::string& sector, const std::string& country, LeftOut& left_out) const {
    const std::size_t round = index(id);
    const Rounds& rounds = data_.rounds;
    const auto refuse = [](std::uint64_t& counter) {
      ++counter;
      return false;
    };
    if (rounds.duplicate[round] != 0) return refuse(left_out.duplicate);
    const auto& kinds = selection_.kinds;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), rounds.kind[round]) == kinds.end())
      return refuse(left_out.kind);
    if (!sectors_.empty() && !contains(sectors_, sector)) return refuse(left_out.sector);
    if (!countries_.empty() && !contains(countries_, country)) return refuse(left_out.country);
    if (!stages_.empty() && !contains(stages_, data_.text(rounds.stage[round]))) return refuse(left_out.stage);
    if (!grade_passes(rounds.grade[round], selection_.min_grade)) return refuse(left_out.grade);
    if (selection_.known_by && !known_by(rounds.known_on[round], *selection_.known_by))
      return refuse(left_out.not_yet_known);
    const DateInterval& date = rounds.announced[round];
    if (!date.known()) return window_.bounded ? refuse(left_out.undated) : true;
    if (decided_differently(date, window_)) ++left_out.ambiguous_dates;
    if (!lies_in(date, window_.from, window_.to, selection_.partial_date)) return refuse(left_out.outside_dates);
    return true;
  }

 private:
  const Dataset& data_;
  const Selection& selection_;
  std::vector<std::string> sectors_, countries_, stages_;
  Window window_;
};

const std::string& round_or_company(const Dataset& data, RoundId round, const std::vector<TextId>& of_round,
                                    const std::vector<std::string>& of_company) {
  const std::string& own = data.text(of_round[index(round)]);
  return own.empty() ? of_company[index(data.rounds.company[index(round)])] : own;
}

}  // namespace

const Amount& Deals::amount(std::size_t position) const {
  const Rounds& all = data->rounds;
  return (selection.known_by ? all.amount_then : all.amount)[index(rounds[position])];
}

const std::string& Deals::sector(std::size_t position) const {
  return round_or_company(*data, rounds[position], data->rounds.sector, data->companies.sector);
}

const std::string& Deals::country(std::size_t position) const {
  return round_or_company(*data, rounds[position], data->rounds.country, data->companies.country);
}

RollupMap::RollupMap(const Dataset& data, Rollup rollup)
    : data_(&data), rollup_(rollup), first_(data.investors.size() + 1, 0), order_(data.aliases.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) {
    const Alias& x = data.aliases[a];
    const Alias& y = data.aliases[b];
    return std::pair(x.alias, x.level) < std::pair(y.alias, y.level);
  });
  for (const Alias& row : data.aliases) ++first_[index(row.alias) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

InvestorId RollupMap::of(InvestorId investor, const DateInterval& date) const {
  if (rollup_ == Rollup::none) return investor;
  const AliasLevel highest = rollup_ == Rollup::manager ? AliasLevel::manager : AliasLevel::group;
  constexpr int levels = 3;  // fund, manager, group: no honest chain is longer
  for (int step = 0; step < levels; ++step) {
    const Alias* next = nullptr;
    for (std::uint32_t at = first_[index(investor)]; at < first_[index(investor) + 1]; ++at) {
      const Alias& row = data_->aliases[order_[at]];
      if (row.level > highest) continue;
      const bool unbounded = row.valid_from == Day::min() && row.valid_to == Day::max();
      const bool valid = date.known() ? row.valid_from <= date.low && date.low <= row.valid_to : unbounded;
      if (valid || (next == nullptr && !date.known())) next = &row;
      if (valid) break;
    }
    if (next == nullptr) break;
    investor = next->canonical;
  }
  return investor;
}

Selection unbounded(Selection selection) {
  selection.from = selection.to = std::nullopt;
  selection.sectors.clear();
  selection.countries.clear();
  selection.stages.clear();
  selection.investor_types.clear();
  return selection;
}

Deals select(const Dataset& data, const Selection& selection) {
  Deals deals;
  deals.data = &data;
  deals.selection = selection;
  deals.rollup = selection.rollup.value_or(data.aliases.empty() ? Rollup::none : Rollup::manager);
  deals.offsets.push_back(0);

  const RoundFilter filter(data, selection);
  const RollupMap rollup(data, deals.rollup);
  const std::vector<std::string> types = match_keys(selection.investor_types);
  const Participations& rows = data.participations;

  struct Participant {
    InvestorId investor;
    Lead lead;
    ParticipationId row;
  };
  std::vector<Participant> participants;
  std::size_t row = 0;
  for (std::size_t position = 0; position < data.rounds.size(); ++position) {
    const auto round = id_of<RoundId>(position);
    while (row < rows.size() && rows.round[row] < round) ++row;
    const std::string& sector = round_or_company(data, round, data.rounds.sector, data.companies.sector);
    const std::string& country = round_or_company(data, round, data.rounds.country, data.companies.country);
    if (!filter.keeps(round, sector, country, deals.left_out)) continue;

    participants.clear();
    for (; row < rows.size() && rows.round[row] == round; ++row) {
      if (selection.known_by && rows.known_on[row].known() && !known_by(rows.known_on[row], *selection.known_by)) {
        ++deals.left_out.unknown_then;
        continue;
      }
      const InvestorId investor = rollup.of(rows.investor[row], data.rounds.announced[position]);
      if (!types.empty() && !contains(types, data.investors.type[index(investor)])) {
        ++deals.left_out.investor_type;
        continue;
      }
      participants.push_back({investor, rows.lead[row], id_of<ParticipationId>(row)});
    }
    std::stable_sort(participants.begin(), participants.end(),
                     [](const Participant& a, const Participant& b) { return a.investor < b.investor; });
    deals.rounds.push_back(round);
    for (std::size_t i = 0; i < participants.size(); ++i) {
      if (i > 0 && participants[i].investor == participants[i - 1].investor) {  // two vehicles of one house
        deals.leads.back() = std::max(deals.leads.back(), participants[i].lead);
        deals.joined.push_back({deals.investors.size() - 1, participants[i].row});
        ++deals.left_out.collapsed;
        continue;
      }
      deals.investors.push_back(participants[i].investor);
      deals.leads.push_back(participants[i].lead);
      deals.rows.push_back(participants[i].row);
    }
    deals.offsets.push_back(deals.investors.size());
  }
  return deals;
}

bool is_visible(const Selection& selection, const DateInterval& date, const DateInterval& known_on, Grade grade) {
  if (!grade_passes(grade, selection.min_grade)) return false;
  if (selection.known_by && !known_by(known_on, *selection.known_by)) return false;
  if (!selection.as_of || !date.known()) return true;
  return lies_in(date, Day::min(), *selection.as_of, selection.partial_date);
}

std::optional<Day> last_day(const Deals& deals) {
  std::optional<Day> last;
  const auto see = [&](const DateInterval& date) {
    if (date.known() && (!last || date.high > *last)) last = date.high;
  };
  for (std::size_t position = 0; position < deals.size(); ++position) see(deals.date(position));
  for (const ExitRow& row : deals.data->exits)
    if (is_visible(deals.selection, row.date, row.known_on, row.grade)) see(row.date);
  return last;
}

}  // namespace coinvest
