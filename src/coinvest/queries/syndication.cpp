// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/syndication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "coinvest/base/counted.hpp"
#include "coinvest/queries/cells.hpp"

namespace coinvest {
namespace {

/// Investors of a round, with those that it does not name.
std::uint64_t investors_in(const Deals& deals, std::size_t position) {
  const Rounds& rounds = deals.data->rounds;
  const std::size_t round = index(deals.rounds[position]);
  // "and others" is at least one more.
  const std::uint32_t unnamed = std::max<std::uint32_t>(rounds.unknown_participants[round], rounds.incomplete[round]);
  return deals.participants(position).size() + unnamed;
}

double share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// What one investor's rounds and ties are like, or those of all.
struct Syndication {
  InvestorId investor{};
  std::uint64_t rounds = 0, syndicated = 0, sole = 0, seats = 0;
  std::uint64_t partners = 0, repeated = 0;

  void see_round(std::uint64_t named, std::uint64_t all) {
    ++rounds;
    seats += named;
    syndicated += all >= 2 ? 1U : 0U;
    sole += all == 1 ? 1U : 0U;
  }
};

void see_ties(Syndication& of, const Coinvestment& graph, std::size_t vertex) {
  for (std::uint64_t edge = graph.offsets[vertex]; edge < graph.offsets[vertex + 1]; ++edge) {
    ++of.partners;
    of.repeated += graph.shared[edge] >= 2 ? 1U : 0U;
  }
}

}  // namespace

Table syndication_table(const Deals& deals, const Coinvestment& graph) {
  Syndication all;
  std::uint64_t named_rounds = 0, largest = 0;
  std::size_t largest_position = 0;
  std::vector<std::pair<CompanyId, InvestorId>> holdings;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const auto participants = deals.participants(position);
    const std::uint64_t investors = investors_in(deals, position);
    if (investors == 0) continue;
    all.see_round(participants.size(), investors);
    if (!participants.empty()) ++named_rounds;
    if (participants.size() > largest) {
      largest = participants.size();
      largest_position = position;
    }
    for (const InvestorId investor : participants) holdings.emplace_back(deals.company(position), investor);
  }
  std::ranges::sort(holdings);
  holdings.erase(std::unique(holdings.begin(), holdings.end()), holdings.end());
  std::uint64_t companies = 0, shared_companies = 0;
  for (std::size_t begin = 0, end = 0; begin < holdings.size(); begin = end) {
    while (end < holdings.size() && holdings[end].first == holdings[begin].first) ++end;
    ++companies;
    shared_companies += end - begin >= 2 ? 1U : 0U;
  }
  for (std::size_t v = 0; v < graph.investors.size(); ++v) see_ties(all, graph, v);

  struct Line {
    const char* measure;
    double value;
    std::uint64_t part, whole;
  };
  const std::vector<Line> lines{
      {"round_syndication_rate", share(all.syndicated, all.rounds), all.syndicated, all.rounds},
      {"company_syndication_rate", share(shared_companies, companies), shared_companies, companies},
      {"mean_round_size", share(all.seats, named_rounds), all.seats, named_rounds},
      {"largest_round", named_rounds > 0 ? static_cast<double>(largest) : share(0, 0), largest, 1},
      {"sole_investor_rate", share(all.sole, all.rounds), all.sole, all.rounds},
      {"repeat_partner_rate", share(all.repeated, all.partners), all.repeated / 2, all.partners / 2}};
  Table table;
  table.name = "syndication";
  table.caption = fmt::format("How {} share {}", counted(graph.investors.size(), "investor", "investors"),
                              counted(all.rounds, "round", "rounds"));
  fill<Line>(table, lines,
             {{{"measure"}, [](const Line& line) { return text_cell(line.measure); }},
              {{"value"}, [](const Line& line) { return number_cell(line.value); }},
              {{"part"}, [](const Line& line) { return count_cell(line.part); }},
              {{"whole"}, [](const Line& line) { return count_cell(line.whole); }}});
  if (largest > 0)
    table.notes.push_back(
        fmt::format("the largest round is one of {}", deals.data->name(deals.company(largest_position))));
  if (deals.size() > all.rounds)
    table.notes.push_back(
        fmt::format("rounds that say nothing of investors, not counted: {}", deals.size() - all.rounds));
  return table;
}

Table syndicators_table(const Deals& deals, const Coinvestment& graph) {
  std::vector<Syndication> rows(graph.investors.size());
  for (std::size_t v = 0; v < rows.size(); ++v) {
    rows[v].investor = graph.investors[v];
    see_ties(rows[v], graph, v);
  }
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position)) {
      const auto vertex = std::ranges::lower_bound(graph.investors, investor) - graph.investors.begin();
      rows[static_cast<std::size_t>(vertex)].see_round(deals.participants(position).size(),
                                                       investors_in(deals, position));
    }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Syndication::rounds);
  Table table;
  table.name = "syndicators";
  table.caption = fmt::format("How each of {} shares its rounds", counted(rows.size(), "investor", "investors"));
  const Dataset& data = *deals.data;
  using Row = Syndication;
  fill<Row>(
      table, rows,
      {{detail("id"), [&](const Row& row) { return Cell{id_text(data, row.investor)}; }},
       {{"name"}, [&](const Row& row) { return Cell{data.name(row.investor)}; }},
       {{"rounds"}, [](const Row& row) { return count_cell(row.rounds); }},
       {detail("syndicated"), [](const Row& row) { return count_cell(row.syndicated); }},
       {{"syndication_rate"}, [](const Row& row) { return number_cell(share(row.syndicated, row.rounds)); }},
       {detail("sole"), [](const Row& row) { return count_cell(row.sole); }},
       {detail("mean_round_size"), [](const Row& row) { return number_cell(share(row.seats, row.rounds)); }},
       {{"partners"}, [](const Row& row) { return count_cell(row.partners); }},
       {{"repeat_partners"}, [](const Row& row) { return count_cell(row.repeated); }},
       {detail("repeat_partner_rate"), [](const Row& row) { return number_cell(share(row.repeated, row.partners)); }}});
  return table;
}

}  // namespace coinvest
