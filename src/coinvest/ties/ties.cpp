// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/ties.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>

namespace coinvest {
namespace {

/// A round that an investor took part in.
struct Attended {
  std::size_t position = 0;  ///< in the deals
  bool led = false;
};

/// A company that an investor holds, and when it came in.
struct Held {
  CompanyId company{};
  DateInterval first;           ///< between the earliest low and the earliest high end of its dated participations
  std::size_t first_round = 0;  ///< position of the earliest one
};

/// Calls `body` with both elements of each key that two ascending ranges share.
template <typename T, typename Key, typename Body>
void for_each_shared(const std::vector<T>& a, const std::vector<T>& b, Key T::*key, const Body& body) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if ((*i).*key < (*j).*key) {
      ++i;
    } else if ((*j).*key < (*i).*key) {
      ++j;
    } else {
      body(*i, *j);
      ++i;
      ++j;
    }
  }
}

/// One entry per company, from one per participation.
void join(std::vector<Held>& held) {
  const auto earlier = [](const Held& x, const Held& y) {
    return std::tuple(x.company, x.first.low, x.first.high, x.first_round) <
           std::tuple(y.company, y.first.low, y.first.high, y.first_round);
  };
  std::sort(held.begin(), held.end(), earlier);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (kept == 0 || held[kept - 1].company != held[i].company)
      held[kept++] = held[i];
    else if (held[i].first.known())
      held[kept - 1].first.high = std::min(held[kept - 1].first.high, held[i].first.high);
  }
  held.resize(kept);
}

void compare(Precedence& precedence, const Held& a, const Held& b) {
  const bool one_day = a.first.low == a.first.high && a.first == b.first;
  if (!a.first.known() || !b.first.known())
    ++precedence.unknown;
  else if (a.first.high < b.first.low)
    ++precedence.before;
  else if (b.first.high < a.first.low)
    ++precedence.after;
  else if (a.first_round == b.first_round || one_day)
    ++precedence.same;
  else
    ++precedence.unknown;
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

double Precedence::value() const {
  if (before + after == 0) return std::numeric_limits<double>::quiet_NaN();
  return (static_cast<double>(before) - static_cast<double>(after)) / static_cast<double>(before + after);
}

double Precedence::p() const {
  const double ordered = before + after;
  if (before + after == 0) return std::numeric_limits<double>::quiet_NaN();
  double tail = 0;
  for (std::uint32_t x = std::max(before, after); x <= before + after; ++x)
    tail += std::exp(std::lgamma(ordered + 1) - std::lgamma(x + 1.0) - std::lgamma(ordered - x + 1) -
                     ordered * std::log(2.0));
  return std::min(1.0, 2 * tail);
}

Result<std::vector<Tie>> ties(const Deals& deals, const Coinvestment& graph, const Context& context) {
  const std::size_t n = graph.investors.size();
  std::vector<std::vector<Attended>> rounds(n);  // positions ascending
  std::vector<std::vector<Held>> companies(n);
  for (std::size_t position = 0; position < deals.size(); ++position) {
    const auto participants = deals.participants(position);
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const auto found = std::lower_bound(graph.investors.begin(), graph.investors.end(), participants[i]);
      const auto vertex = static_cast<std::size_t>(found - graph.investors.begin());
      rounds[vertex].push_back({position, deals.leads[deals.offsets[position] + i] == Lead::yes});
      companies[vertex].push_back({deals.company(position), deals.date(position), position});
    }
  }
  for (std::vector<Held>& held : companies) join(held);

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
      for_each_shared(rounds[v], rounds[w], &Attended::position, [&](const Attended& of_a, const Attended& of_b) {
        ++tie.shared_rounds;
        tie.a_led += of_a.led ? 1 : 0;
        tie.b_led += of_b.led ? 1 : 0;
        see_date(tie, deals.date(of_a.position));
      });
      for_each_shared(companies[v], companies[w], &Held::company, [&](const Held& of_a, const Held& of_b) {
        ++tie.shared_companies;
        compare(tie.precedence, of_a, of_b);
      });
      result.push_back(tie);
    }
  }
  return result;
}

}  // namespace coinvest
