// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/knowledge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "coinvest/exits/scope.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/summary.hpp"

namespace coinvest {
namespace {

struct Change {
  std::string what, name;
  std::optional<CompanyId> company;
  std::optional<InvestorId> investor;
  Cell then, now;
  DateInterval known_on, date;
  std::string source;
  Currency currency = {};
};

/// The same selection on both days of knowledge.
struct Both {
  Deals then, now;
};

Change answer(std::string what, std::string name, Cell then, Cell now) {
  return {std::move(what), std::move(name), {}, {}, std::move(then), std::move(now), {}, {}, {}};
}

/// Calls `with(cell then, cell now, key)` for every key of either map whose cells differ.
template <typename Key, typename With>
void differing(const std::map<Key, Cell>& then, const std::map<Key, Cell>& now, const With& with) {
  std::set<Key> keys;
  for (const auto* side : {&then, &now})
    for (const auto& [key, cell] : *side) keys.insert(key);
  const auto cell_of = [](const std::map<Key, Cell>& side, const Key& key) {
    const auto at = side.find(key);
    return at == side.end() ? Cell{} : at->second;
  };
  for (const Key& key : keys)
    if (cell_of(then, key) != cell_of(now, key)) with(key, cell_of(then, key), cell_of(now, key));
}

Result<void> add_summary(const Both& both, const Context& context, std::vector<Change>& changes) {
  const auto then = summary(both.then, context);
  if (!then) return tl::unexpected(then.error());
  const auto now = summary(both.now, context);
  if (!now) return tl::unexpected(now.error());
  for (std::size_t column = 0; column < now->columns.size(); ++column)
    if (then->rows[0][column] != now->rows[0][column])
      changes.push_back(answer("answer", now->columns[column].name, then->rows[0][column], now->rows[0][column]));
  return {};
}

/// Deals of the investors that are among the ten most active on either day.
void add_league(const Both& both, std::vector<Change>& changes) {
  const auto deals_of = [](const Deals& deals) {
    std::vector<std::int64_t> counts(deals.data->investors.size());
    for (const InvestorId investor : deals.investors) ++counts[index(investor)];
    return counts;
  };
  const std::vector<std::int64_t> then = deals_of(both.then), now = deals_of(both.now);
  std::set<InvestorId> leading;
  for (const std::vector<std::int64_t>* side : {&then, &now}) {
    std::vector<InvestorId> order;
    for (std::size_t i = 0; i < side->size(); ++i)
      if ((*side)[i] > 0) order.push_back(id_of<InvestorId>(i));
    std::stable_sort(order.begin(), order.end(),
                     [&](InvestorId a, InvestorId b) { return (*side)[index(a)] > (*side)[index(b)]; });
    leading.insert(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(order.size(), 10)));
  }
  for (const InvestorId investor : leading) {
    if (then[index(investor)] == now[index(investor)]) continue;
    changes.push_back(answer("answer", "deals", then[index(investor)], now[index(investor)]));
    changes.back().investor = investor;
  }
}

Result<void> add_silence(const Both& both, const SilenceQuestion& question, std::vector<Change>& changes) {
  std::map<InvestorId, Cell> verdicts[2];
  std::size_t side = 0;
  for (const Deals* deals : {&both.then, &both.now}) {
    Selection selection = deals->selection;
    selection.sectors.clear();  // deals outside the sector tell whether an investor left it or the market
    const auto rows = silence(select(*deals->data, selection), question);
    if (!rows && deals == &both.then) {  // nobody knew of the sector; a wrong question fails with the later day
      ++side;
      continue;
    }
    if (!rows) return tl::unexpected(rows.error());
    for (const Silence& row : *rows) verdicts[side][row.investor] = text_cell(name_of(row.verdict));
    ++side;
  }
  differing(verdicts[0], verdicts[1], [&](InvestorId investor, const Cell& then, const Cell& now) {
    changes.push_back(answer("answer", "silence in " + question.sector.value_or("the whole market"), then, now));
    changes.back().investor = investor;
  });
  return {};
}

Result<void> add_claims(const Both& both, const ClaimsFile& file, std::vector<Change>& changes) {
  for (const Claim& claim : file.claims) {
    const auto then = answer_of(*both.then.data, claim, both.then.selection.known_by);
    if (!then) return tl::unexpected(then.error());
    const auto now = answer_of(*both.now.data, claim, both.now.selection.known_by);
    if (!now) return tl::unexpected(now.error());
    if (verdict_of(claim, *then) == verdict_of(claim, *now)) continue;
    changes.push_back(answer("claim", claim.id + ": " + claim.statement, text_cell(name_of(verdict_of(claim, *then))),
                             text_cell(name_of(verdict_of(claim, *now)))));
    changes.back().source =
        fmt::format("{}:{}", std::filesystem::path(claim.where.file).filename().string(), claim.where.line);
  }
  return {};
}

Cell low_cell(const Amount& amount) {
  return amount.disclosed() ? money_cell(amount.low) : Cell{};
}

/// Rounds that became known, then amounts that are others now, then participations.
void add_rounds(const Both& both, std::vector<Change>& changes) {
  const Dataset& data = *both.now.data;
  std::vector<Change> amounts, participations;
  std::size_t old = 0;
  for (std::size_t round = 0; round < both.now.size(); ++round) {
    const RoundId id = both.now.rounds[round];
    const std::size_t at = index(id);
    while (old < both.then.size() && both.then.rounds[old] < id) ++old;
    const bool was_known = old < both.then.size() && both.then.rounds[old] == id;
    Change fact{"round",
                data.text(data.rounds.label[at]),
                both.now.company(round),
                {},
                {},
                low_cell(both.now.amount(round)),
                data.rounds.known_on[at],
                both.now.date(round),
                data.place(data.rounds.source[at]),
                both.now.amount(round).currency};
    if (!was_known) {
      changes.push_back(fact);
    } else if (both.then.amount(old) != both.now.amount(round)) {
      amounts.push_back(fact);
      amounts.back().what = "amount";
      amounts.back().then = low_cell(both.then.amount(old));
      amounts.back().known_on = {};  // nobody says when the newer amount became public
    }
    const auto before = was_known ? both.then.participants(old) : std::span<const InvestorId>{};
    for (std::size_t k = both.now.offsets[round]; k < both.now.offsets[round + 1]; ++k) {
      if (std::binary_search(before.begin(), before.end(), both.now.investors[k])) continue;
      const std::size_t row = index(both.now.rows[k]);
      const DateInterval& own = data.participations.known_on[row];
      participations.push_back(fact);
      participations.back().what = "participation";
      participations.back().investor = both.now.investors[k];
      participations.back().now = {};
      participations.back().currency = {};
      if (own.known()) participations.back().known_on = own;
      participations.back().source = data.place(data.participations.source[row]);
    }
  }
  for (auto* facts : {&amounts, &participations}) std::move(facts->begin(), facts->end(), std::back_inserter(changes));
}

void add_events(const Both& both, std::vector<Change>& changes) {
  const Dataset& data = *both.now.data;
  const CompanyScope scope(both.now, CompanyScope::Dates::of_rounds);
  for (const ExitRow& row : data.exits) {
    const auto visible = [&](const Deals& deals) {
      return is_visible(deals.selection, row.date, row.known_on, row.grade);
    };
    if (scope.contains(row.company) && visible(both.now) && !visible(both.then))
      changes.push_back(
          {"exit", row.event, row.company, row.investor, {}, {}, row.known_on, row.date, data.place(row.source)});
  }
  std::set<SourceRow> known;
  for (const RegistryEvent& event : registry_events(both.then)) known.insert(event.source);
  std::map<SourceRow, DateInterval> known_on;
  for (const RegistryRow& row : data.registry) known_on[row.source] = row.known_on;
  for (const RegistryEvent& event : registry_events(both.now))
    if (!known.contains(event.source))
      changes.push_back({"registry",
                         std::string(name_of(event.event)),
                         event.company,
                         event.holder,
                         {},
                         {},
                         known_on[event.source],
                         event.date,
                         data.place(event.source)});
}

}  // namespace

Result<Table> knowledge_changes(const Dataset& data, const Selection& selection, const KnowledgeQuestion& question,
                                const Context& context) {
  if (question.now && *question.now < question.then)
    return fail(ErrorKind::usage, fmt::format("the second day of knowledge, {}, lies before the first, {}",
                                              format_day(*question.now), format_day(question.then)));
  Selection then = selection, now = selection;
  then.known_by = question.then;
  now.known_by = question.now;
  const Both both{select(data, then), select(data, now)};

  std::vector<Change> changes;
  if (const auto added = add_summary(both, context, changes); !added) return tl::unexpected(added.error());
  add_league(both, changes);
  if (question.silence)
    if (const auto added = add_silence(both, *question.silence, changes); !added) return tl::unexpected(added.error());
  if (question.claims)
    if (const auto added = add_claims(both, *question.claims, changes); !added) return tl::unexpected(added.error());
  add_rounds(both, changes);
  add_events(both, changes);

  using Row = Change;
  Table table;
  table.name = "knowledge";
  table.caption = fmt::format("What became known from {} to {}, and the answers that it turns",
                              format_day(question.then), question.now ? format_day(*question.now) : "today");
  const auto company = [&](const Row& r) { return r.company ? data.name(*r.company) : std::string(); };
  const auto investor = [&](const Row& r) { return r.investor ? data.name(*r.investor) : std::string(); };
  const auto subject = [&](const Row& r) {
    std::string text;
    for (const std::string& part : {company(r), r.name, investor(r)})
      if (!part.empty()) text += (text.empty() ? "" : " ") + part;
    return text_cell(text);
  };
  fill<Row>(table, changes,
            {{{"what"}, [](const Row& r) { return text_cell(r.what); }},
             {{"subject"}, subject},
             {{"then"}, [](const Row& r) { return r.then; }},
             {{"now"}, [](const Row& r) { return r.now; }},
             {{"known_on"}, [](const Row& r) { return date_cell(r.known_on); }},
             {detail("source"), [](const Row& r) { return text_or_nothing(r.source); }},
             {detail("currency"), [](const Row& r) { return text_or_nothing(r.currency.text()); }},
             {detail("date"), [](const Row& r) { return date_cell(r.date); }},
             {detail("company"), [&](const Row& r) { return text_or_nothing(company(r)); }},
             {detail("investor"), [&](const Row& r) { return text_or_nothing(investor(r)); }},
             {detail("name"), [](const Row& r) { return text_or_nothing(r.name); }}});
  if (question.now)
    table.notes.push_back(
        "amounts on both days are those printed at the time; with today as the second day those that "
        "were restated later are listed");
  return table;
}

}  // namespace coinvest
