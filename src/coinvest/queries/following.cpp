// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/following.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

Cell yes_no(const std::optional<bool>& answer) {
  return answer ? Cell{*answer} : Cell{};
}

std::string lead_names(const Dataset& data, const TimelineRound& round) {
  std::vector<std::string_view> names;
  for (const InvestorId lead : round.leads) names.emplace_back(data.name(lead));
  return fmt::format("{}", fmt::join(names, "; "));
}

const std::string& label_of(const Dataset& data, const TimelineRound& round) {
  return data.text(data.rounds.label[index(round.round)]);
}

/// A round with its company, and with a holder where there is one.
struct RoundRow {
  const CompanyTimeline* timeline;
  const TimelineRound* round;
  const TimelineHolder* holder = nullptr;
};

ColumnOf<RoundRow> amount_column(std::string name, std::int64_t Amount::*end) {
  return {detail(std::move(name)), [end](const RoundRow& r) {
            const Amount& amount = r.round->amount;
            return amount.disclosed() && amount.*end != Amount::unbounded ? money_cell(amount.*end) : Cell{};
          }};
}

Table investors_view(const Deals& deals, std::span<const CompanyTimeline> timelines) {
  const Dataset& data = *deals.data;
  using Row = FollowOn;
  std::vector<Row> rows = follow_ons(timelines);
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(b.opportunities, b.followed) < std::tuple(a.opportunities, a.followed);
  });
  Row sum;
  for (const Row& row : rows) {
    sum.opportunities += row.opportunities;
    sum.followed += row.followed;
  }
  Table table;
  table.name = "followon";
  table.caption = fmt::format("How often investors joined later rounds of their companies: {} of {} opportunities",
                              sum.followed, sum.opportunities);
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.investor)); }},
             {{"opportunities"}, [](const Row& r) { return count_cell(r.opportunities); }},
             {{"followed"}, [](const Row& r) { return count_cell(r.followed); }},
             {{"rate"}, [](const Row& r) { return optional_cell(r.rate()); }},
             {{"missed"}, [](const Row& r) { return count_cell(r.missed()); }},
             {{"unknown"}, [](const Row& r) { return count_cell(r.unknown); }}});
  table.data = {{"opportunities", count_cell(sum.opportunities)},
                {"followed", count_cell(sum.followed)},
                {"rate", optional_cell(sum.rate())}};
  table.notes.push_back(
      "an opportunity is a later primary round, before the investor's exit, that names its participants; unknown: "
      "rounds whose list is incomplete");
  return table;
}

Table missed_view(const Deals& deals, std::span<const CompanyTimeline> timelines) {
  const Dataset& data = *deals.data;
  using Row = RoundRow;
  std::vector<Row> rows;
  for (const CompanyTimeline& timeline : timelines)
    for (const TimelineHolder& holder : timeline.holders)
      for (std::size_t at = 0; at < timeline.rounds.size(); ++at)
        if (holder.rounds[at] == Presence::skipped) rows.push_back({&timeline, &timeline.rounds[at], &holder});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.holder->investor < b.holder->investor; });
  Table table;
  table.name = "followon-missed";
  table.caption = fmt::format("{} later rounds that an investor skipped", rows.size());
  fill<Row>(table, rows,
            {{detail("id"), [&](const Row& r) { return Cell{id_text(data, r.holder->investor)}; }},
             {{"name"}, [&](const Row& r) { return text_cell(data.name(r.holder->investor)); }},
             {{"company"}, [&](const Row& r) { return text_cell(data.name(r.timeline->company)); }},
             {{"entered"}, [](const Row& r) { return date_cell(r.holder->entered); }},
             {{"round"}, [&](const Row& r) { return text_or_nothing(label_of(data, *r.round)); }},
             {{"date"}, [](const Row& r) { return date_cell(r.round->date); }},
             amount_column("amount_low", &Amount::low),
             amount_column("amount_high", &Amount::high),
             {detail("currency"), [](const Row& r) { return text_or_nothing(r.round->amount.currency.text()); }},
             {{"lead"}, [&](const Row& r) { return text_or_nothing(lead_names(data, *r.round)); }},
             {detail("source"),
              [&](const Row& r) { return text_cell(data.place(data.rounds.source[index(r.round->round)])); }}});
  return table;
}

Table rounds_view(const Deals& deals, std::span<const CompanyTimeline> timelines) {
  const Dataset& data = *deals.data;
  using Row = RoundRow;
  std::vector<Row> rows;
  for (const CompanyTimeline& timeline : timelines)
    for (const TimelineRound& round : timeline.rounds) rows.push_back({&timeline, &round});
  Table table;
  table.name = "followon-rounds";
  fill<Row>(table, rows,
            {{{"company"}, [&](const Row& r) { return text_cell(data.name(r.timeline->company)); }},
             {{"round"}, [&](const Row& r) { return text_or_nothing(label_of(data, *r.round)); }},
             {{"date"}, [](const Row& r) { return date_cell(r.round->date); }},
             {{"insiders"}, [](const Row& r) { return count_cell(r.round->insiders); }},
             {{"followed"}, [](const Row& r) { return count_cell(r.round->followed); }},
             {{"new"}, [](const Row& r) { return count_cell(r.round->newcomers); }},
             {{"insiders_only"}, [](const Row& r) { return yes_no(r.round->insiders_only); }},
             {{"new_lead"}, [](const Row& r) { return yes_no(r.round->new_lead); }},
             {{"all_insiders_absent"}, [](const Row& r) { return yes_no(r.round->all_insiders_absent); }},
             {detail("complete"), [](const Row& r) { return Cell{r.round->complete}; }},
             {detail("lead"), [&](const Row& r) { return text_or_nothing(lead_names(data, *r.round)); }},
             amount_column("amount_low", &Amount::low),
             amount_column("amount_high", &Amount::high),
             {detail("currency"), [](const Row& r) { return text_or_nothing(r.round->amount.currency.text()); }},
             {detail("source"),
              [&](const Row& r) { return text_cell(data.place(data.rounds.source[index(r.round->round)])); }}});
  table.caption =
      fmt::format("{} as the earlier holders of their companies saw them", counted(rows.size(), "round", "rounds"));
  table.notes.push_back(
      "insiders: holders that could follow; new: participants that were no holders; nothing is said of a first round, "
      "nor of what an incomplete list or an unknown lead does not tell");
  return table;
}

constexpr std::array<FollowView, 3> all_views{{
    {"investors", "how often each investor followed on", investors_view},
    {"missed", "every round that an investor skipped", missed_view},
    {"rounds", "per round: who of the earlier holders came again", rounds_view},
}};

/// The headings of a company's rounds: their names, with the date where a name occurs twice or is missing.
std::vector<std::string> round_headings(const Dataset& data, const CompanyTimeline& timeline) {
  std::map<std::string, int> uses;
  for (const TimelineRound& round : timeline.rounds) ++uses[label_of(data, round)];
  std::map<std::string, int> given;
  std::vector<std::string> headings;
  for (const TimelineRound& round : timeline.rounds) {
    const std::string& label = label_of(data, round);
    std::string heading = label;
    if (label.empty() || uses[label] > 1) heading = fmt::format("{} {}", label, format_date(round.date));
    heading = heading == " " ? "round" : std::string(trim(heading));
    if (const int before = given[heading]++; before > 0) heading += fmt::format(" ({})", before + 1);
    headings.push_back(std::move(heading));
  }
  return headings;
}

/// Rounds from left to right, holders below each other: a mark for what each did, nothing after it left.
MarkChart timeline_chart(const Dataset& data, const CompanyTimeline& timeline, std::span<const std::string> headings,
                         const Table& table) {
  constexpr std::array<Mark, 6> marks{Mark::none, Mark::square, Mark::dot, Mark::ring, Mark::question, Mark::cross};
  const auto mark_of = [&](Presence presence) { return marks[static_cast<std::size_t>(presence)]; };
  MarkChart chart;
  chart.title = table.caption;
  chart.notes = table.notes;
  for (std::size_t at = 0; at < timeline.rounds.size(); ++at)
    chart.columns.push_back({headings[at], format_date(timeline.rounds[at].date)});
  for (const TimelineHolder& holder : timeline.holders) {
    MarkChart::Row row{data.name(holder.investor), {}};
    bool gone = false;
    for (const Presence presence : holder.rounds) {
      row.marks.push_back(gone ? Mark::none : mark_of(presence));
      gone |= presence == Presence::left;
    }
    chart.rows.push_back(std::move(row));
  }
  for (const Presence presence :
       {Presence::led, Presence::joined, Presence::skipped, Presence::left, Presence::unknown})
    if (std::ranges::any_of(chart.rows, [&](const MarkChart::Row& row) {
          return std::ranges::find(row.marks, mark_of(presence)) != row.marks.end();
        }))
      chart.legend.emplace_back(mark_of(presence), std::string(name_of(presence)));
  return chart;
}

}  // namespace

std::span<const FollowView> follow_views() {
  return all_views;
}

const FollowView* find_follow_view(std::string_view name) {
  const auto row = std::ranges::find(all_views, name, &FollowView::name);
  return row == all_views.end() ? nullptr : &*row;
}

Table company_table(const Deals& deals, std::span<const CompanyTimeline> timelines, CompanyId company) {
  const Dataset& data = *deals.data;
  const auto found = std::ranges::lower_bound(timelines, company, {}, &CompanyTimeline::company);
  const bool known = found != timelines.end() && found->company == company;
  const CompanyTimeline timeline = known ? *found : CompanyTimeline{company, {}, {}};

  std::vector<const TimelineHolder*> gone;  // who left, in order
  for (const TimelineHolder& holder : timeline.holders)
    if (holder.left && holder.left->date.known()) gone.push_back(&holder);
  std::ranges::stable_sort(gone, {}, [](const TimelineHolder* holder) {
    return std::tuple(holder->left->date.low, holder->left->date.high);
  });

  using Row = TimelineHolder;
  std::vector<ColumnOf<Row>> columns{{{"investor"}, [&](const Row& h) { return text_cell(data.name(h.investor)); }},
                                     {{"entered"}, [](const Row& h) { return date_cell(h.entered); }}};
  const std::vector<std::string> headings = round_headings(data, timeline);
  for (std::size_t at = 0; at < headings.size(); ++at)
    columns.push_back({{headings[at]}, [at](const Row& h) {
                         return h.rounds[at] == Presence::not_yet ? Cell{} : text_cell(name_of(h.rounds[at]));
                       }});
  columns.push_back({detail("left"), [](const Row& h) { return h.left ? date_cell(h.left->date) : Cell{}; }});
  columns.push_back(
      {detail("left_by"), [](const Row& h) { return h.left ? text_cell(name_of(h.left->code)) : Cell{}; }});
  columns.push_back({detail("left_order"), [&](const Row& h) {
                       const auto place = std::ranges::find(gone, h.investor, &TimelineHolder::investor);
                       return place == gone.end() ? Cell{} : count_cell(place - gone.begin() + 1);
                     }});
  Table table;
  table.name = "followon-company";
  table.caption = fmt::format("{}: {}, {}", data.name(company), counted(timeline.holders.size(), "holder", "holders"),
                              counted(timeline.rounds.size(), "round", "rounds"));
  fill<Row>(table, timeline.holders, columns);
  table.notes.push_back("empty: not yet a holder; unknown: the list of the round is incomplete, or a date is missing");
  if (!gone.empty()) {
    constexpr std::size_t most_named = 12;
    std::vector<std::string> steps;
    for (const TimelineHolder* holder : gone)
      steps.push_back(fmt::format("{} {} ({})", data.name(holder->investor), format_date(holder->left->date),
                                  name_of(holder->left->code)));
    if (steps.size() > most_named) {
      const std::size_t more = steps.size() - most_named;
      steps.resize(most_named);
      steps.push_back(fmt::format("{} more", more));
    }
    table.notes.push_back(fmt::format("left, in this order: {}", fmt::join(steps, ", ")));
  }
  if (known) table.chart = timeline_chart(data, timeline, headings, table);
  return table;
}

}  // namespace coinvest
