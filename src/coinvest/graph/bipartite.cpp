// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/bipartite.hpp"

#include <algorithm>
#include <numeric>

#include "coinvest/base/counting_sort.hpp"
#include "coinvest/graph/recency.hpp"

namespace coinvest {
namespace {

/// Where each id lies among those that occur, which go to `distinct`, ascending; of ids below `size`.
template <typename Id>
std::vector<std::uint32_t> positions(const std::vector<Id>& ids, std::size_t size, std::vector<Id>& distinct) {
  std::vector<std::uint32_t> position(size, 0);
  for (const Id id : ids) position[index(id)] = 1;
  for (std::size_t id = 0; id < size; ++id) {
    if (position[id] == 0) continue;
    position[id] = static_cast<std::uint32_t>(distinct.size());
    distinct.push_back(id_of<Id>(id));
  }
  return position;
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
  std::vector<CompanyId> companies;  // per participation
  companies.reserve(deals.investors.size());
  for (std::size_t round = 0; round < deals.size(); ++round)
    companies.insert(companies.end(), deals.participants(round).size(), deals.company(round));
  const auto investor_at = positions(deals.investors, deals.data->investors.size(), graph.investors);
  const auto company_at = positions(companies, deals.data->companies.size(), graph.companies);
  const auto investor = [&](std::uint32_t participant) { return investor_at[index(deals.investors[participant])]; };
  const auto company = [&](std::uint32_t participant) { return company_at[index(companies[participant])]; };

  // Participations by investor, then by company: those of one pair are several rounds.
  const std::size_t n = graph.investors.size();
  std::vector<std::uint32_t> order(companies.size());
  std::iota(order.begin(), order.end(), 0U);
  order = counting_sorted(order, graph.companies.size(), company);
  order = counting_sorted(order, n, investor);

  const std::vector<double> added = added_weights(deals, options, graph.unknown);
  struct Edge {
    std::uint32_t investor, company;
    double weight;
  };
  std::vector<Edge> edges;
  for (std::size_t i = 0, next = 0; i < order.size(); i = next) {
    const Edge pair{investor(order[i]), static_cast<std::uint32_t>(n) + company(order[i]), 1.0};
    double sum = 0;
    for (; next < order.size() && investor(order[next]) == pair.investor && n + company(order[next]) == pair.company;
         ++next)
      sum += added[order[next]];
    if (sum == 0) {
      ++graph.unknown.edges;
      continue;
    }
    edges.push_back({pair.investor, pair.company, options.weight == BipartiteWeight::binary ? 1.0 : sum});
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
