// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/ties.hpp"

#include <algorithm>
#include <span>

namespace coinvest {
namespace {

/// Calls `body` with each element that two ascending ranges share.
template <typename T, typename Body>
void for_each_shared(const std::vector<T>& a, const std::vector<T>& b, const Body& body) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      body(*i);
      ++i;
      ++j;
    }
  }
}

void see_date(Tie& tie, const DateInterval& date) {
  if (!date.known()) return;
  if (!tie.first.known()) {
    tie.first = tie.last = date;
    return;
  }
  tie.first = {std::min(tie.first.low, date.low), std::min(tie.first.high, date.high)};
  tie.last = {std::max(tie.last.low, date.low), std::max(tie.last.high, date.high)};
}

}  // namespace

Result<std::vector<Tie>> ties(const Deals& deals, const Coinvestment& graph, const Context& context) {
  const std::size_t n = graph.investors.size();
  std::vector<std::vector<std::size_t>> rounds(n);  // positions in deals, ascending
  std::vector<std::vector<CompanyId>> companies(n);
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position)) {
      const auto vertex = std::lower_bound(graph.investors.begin(), graph.investors.end(), investor);
      rounds[static_cast<std::size_t>(vertex - graph.investors.begin())].push_back(position);
      companies[static_cast<std::size_t>(vertex - graph.investors.begin())].push_back(deals.company(position));
    }
  for (std::vector<CompanyId>& own : companies) {
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
  }

  std::vector<Tie> result;
  result.reserve(graph.neighbours.size() / 2);
  for (std::size_t v = 0; v < n; ++v) {
    if (context.stopped()) return cancelled();
    for (std::uint64_t edge = graph.offsets[v]; edge < graph.offsets[v + 1]; ++edge) {
      const std::size_t w = graph.neighbours[edge];
      if (w < v) continue;
      Tie tie;
      tie.a = graph.investors[v];
      tie.b = graph.investors[w];
      tie.weight = graph.weights[edge];
      for_each_shared(rounds[v], rounds[w], [&](std::size_t position) {
        ++tie.shared_rounds;
        see_date(tie, deals.date(position));
      });
      for_each_shared(companies[v], companies[w], [&](CompanyId) { ++tie.shared_companies; });
      result.push_back(tie);
    }
  }
  return result;
}

}  // namespace coinvest
