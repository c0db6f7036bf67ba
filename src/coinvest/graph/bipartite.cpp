// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/bipartite.hpp"

#include <algorithm>
#include <numeric>

#include "coinvest/graph/recency.hpp"

namespace coinvest {
namespace {

template <typename Id>
std::uint32_t position_of(const std::vector<Id>& sorted, Id id) {
  return static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), id) - sorted.begin());
}

template <typename Id>
void sort_distinct(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// The lower end in major units; nothing of another currency, or if nothing is disclosed.
double certain(const Amount& amount, Currency currency) {
  return amount.disclosed() && amount.currency == currency ? static_cast<double>(amount.low) / 100 : 0;
}

/// What participations add by their own amounts; of one with several rows these are added up.
std::vector<double> own_amounts(const Deals& deals, UnknownWeights& unknown) {
  const std::vector<Amount>& of_row = deals.data->participations.amount;
  std::vector<Amount> amounts;
  std::vector<std::uint64_t> participants(deals.rows.size());
  std::iota(participants.begin(), participants.end(), std::uint64_t{0});
  for (const ParticipationId row : deals.rows) amounts.push_back(of_row[index(row)]);
  for (const auto& [participant, row] : deals.joined) {
    participants.push_back(participant);
    amounts.push_back(of_row[index(row)]);
  }
  unknown.currency = most_frequent_currency(amounts);
  std::vector<double> added(deals.rows.size(), 0.0);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    added[participants[i]] += certain(amounts[i], unknown.currency);
    if (!amounts[i].disclosed())
      ++unknown.participations;
    else if (amounts[i].currency != unknown.currency)
      ++unknown.other_currency;
  }
  return added;
}

/// What participations add by the amounts of their rounds, divided among the named participants.
std::vector<double> shares_of_rounds(const Deals& deals, UnknownWeights& unknown) {
  std::vector<Amount> amounts;
  for (std::size_t round = 0; round < deals.size(); ++round) amounts.push_back(deals.amount(round));
  unknown.currency = most_frequent_currency(amounts);
  std::vector<double> added;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const std::size_t participants = deals.participants(round).size();
    added.insert(added.end(), participants,
                 certain(amounts[round], unknown.currency) / static_cast<double>(participants));
    if (!amounts[round].disclosed())
      unknown.participations += participants;
    else if (amounts[round].currency != unknown.currency)
      unknown.other_currency += participants;
  }
  return added;
}

std::vector<double> recencies(const Deals& deals, double half_life, UnknownWeights& unknown) {
  const Day as_of = day_of_ages(deals);
  std::vector<double> added;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const std::size_t participants = deals.participants(round).size();
    const DateInterval date = deals.date(round);
    added.insert(added.end(), participants, date.known() ? recency(middle(date), as_of, half_life) : 0.0);
    if (!date.known()) unknown.participations += participants;
  }
  return added;
}

/// What every participation adds to the weight of its edge.
std::vector<double> added_weights(const Deals& deals, const BipartiteOptions& options, UnknownWeights& unknown) {
  switch (options.weight) {
    case BipartiteWeight::amount_known:
      return own_amounts(deals, unknown);
    case BipartiteWeight::amount_split:
      return shares_of_rounds(deals, unknown);
    case BipartiteWeight::recency:
      return recencies(deals, options.half_life, unknown);
    case BipartiteWeight::binary:
    case BipartiteWeight::rounds:
      break;
  }
  return std::vector<double>(deals.investors.size(), 1.0);
}

}  // namespace

GraphView Bipartite::view() const {
  return {GraphKind::bipartite,
          static_cast<std::uint32_t>(investors.size()),
          static_cast<std::uint32_t>(companies.size()),
          offsets,
          neighbours,
          weights};
}

Bipartite build_bipartite(const Deals& deals, const BipartiteOptions& options) {
  Bipartite graph;
  graph.options = options;
  struct Holding {
    InvestorId investor;
    CompanyId company;
    std::uint32_t participant;
    auto operator<=>(const Holding&) const = default;
  };
  std::vector<Holding> holdings;  // one per participation, sorted: those of one pair are several rounds
  holdings.reserve(deals.investors.size());
  for (std::size_t round = 0; round < deals.size(); ++round)
    for (const InvestorId investor : deals.participants(round)) {
      holdings.push_back({investor, deals.company(round), static_cast<std::uint32_t>(holdings.size())});
      graph.companies.push_back(deals.company(round));
    }
  graph.investors = deals.investors;
  sort_distinct(graph.investors);
  sort_distinct(graph.companies);
  std::sort(holdings.begin(), holdings.end());

  const std::size_t n = graph.investors.size();
  const std::vector<double> added = added_weights(deals, options, graph.unknown);
  struct Edge {
    std::uint32_t investor, company;
    double weight;
  };
  std::vector<Edge> edges;
  for (std::size_t i = 0, next = 0; i < holdings.size(); i = next) {
    double sum = 0;
    for (; next < holdings.size() && holdings[next].investor == holdings[i].investor &&
           holdings[next].company == holdings[i].company;
         ++next)
      sum += added[holdings[next].participant];
    if (sum == 0) {
      ++graph.unknown.edges;
      continue;
    }
    edges.push_back({position_of(graph.investors, holdings[i].investor),
                     static_cast<std::uint32_t>(n) + position_of(graph.companies, holdings[i].company),
                     options.weight == BipartiteWeight::binary ? 1.0 : sum});
  }

  graph.offsets.assign(n + graph.companies.size() + 1, 0);
  for (const Edge& edge : edges) {
    ++graph.offsets[edge.investor + std::size_t{1}];
    ++graph.offsets[edge.company + std::size_t{1}];
  }
  for (std::size_t v = 1; v < graph.offsets.size(); ++v) graph.offsets[v] += graph.offsets[v - 1];
  graph.neighbours.resize(2 * edges.size());
  graph.weights.resize(2 * edges.size());
  std::vector<std::uint64_t> next(graph.offsets.begin(), graph.offsets.end() - 1);
  for (const Edge& edge : edges) {  // sorted by investor, then company: both directions come out ascending
    for (const auto& [from, to] : {std::pair{edge.investor, edge.company}, std::pair{edge.company, edge.investor}}) {
      graph.neighbours[next[from]] = to;
      graph.weights[next[from]++] = edge.weight;
    }
  }
  return graph;
}

}  // namespace coinvest
