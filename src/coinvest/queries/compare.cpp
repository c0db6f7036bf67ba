// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/statistics.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/profile.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {
namespace {

/// The values of those who have both, rounded to what is ranked.
struct Both {
  std::vector<double> a, b;
};

Both defined_in_both(const ProfileScores& a, const ProfileScores& b) {
  Both both;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (std::isnan(a.values[i]) || std::isnan(b.values[i])) continue;
    both.a.push_back(ranked(a.values[i]));
    both.b.push_back(ranked(b.values[i]));
  }
  return both;
}

/// Rank of everybody who has a score, NaN for the others, and how many are ranked.
struct Ranks {
  std::vector<double> of;
  double count = 0;
};

Ranks ranks_of(const ProfileScores& scores) {
  const std::vector<double> ranks = mid_ranks(defined_in_both(scores, scores).a);
  Ranks all{std::vector<double>(scores.values.size(), std::nan("")), static_cast<double>(ranks.size())};
  std::size_t next = 0;
  for (std::size_t i = 0; i < scores.values.size(); ++i)
    if (!std::isnan(scores.values[i])) all.of[i] = ranks[next++];
  return all;
}

}  // namespace

Result<Comparison> compare_profiles(const Deals& deals, const Context& context) {
  const Bipartite bipartite = build_bipartite(deals);
  Comparison comparison{bipartite.investors, {}};
  for (const Profile& profile : profiles()) {
    const std::string name(profile.name);
    if (!profile.has_network()) {
      std::vector<double> counts(bipartite.investors.size(), 0);
      for (const InvestorId investor : deals.investors)
        ++counts[static_cast<std::size_t>(std::ranges::lower_bound(bipartite.investors, investor) -
                                          bipartite.investors.begin())];
      comparison.scores.push_back({name + "_deals", std::move(counts)});
      continue;
    }
    TieOptions ties;
    ties.weight = profile.weight;
    const auto graph = build_coinvestment(deals, bipartite, ties, context);
    if (!graph) return tl::unexpected(graph.error());
    for (const std::string_view word : split(profile.measures, ',')) {
      auto column = find_measure(word)->run(graph->view(), {}, context);
      if (!column) return tl::unexpected(column.error());
      comparison.scores.push_back({fmt::format("{}_{}", name, word), std::move(column->values)});
    }
  }
  return comparison;
}

Table correlations_table(const Comparison& comparison) {
  Table table;
  table.name = "compare";
  table.caption =
      "Rank correlations between the scores of " + counted(comparison.investors.size(), "investor", "investors");
  table.columns = {{"a"}, {"b"}, {"n"}, {"spearman"}, {"kendall"}};
  for (std::size_t a = 0; a < comparison.scores.size(); ++a) {
    for (std::size_t b = a + 1; b < comparison.scores.size(); ++b) {
      const Both both = defined_in_both(comparison.scores[a], comparison.scores[b]);
      table.rows.push_back({comparison.scores[a].name, comparison.scores[b].name, count_cell(both.a.size()),
                            number_cell(spearman(both.a, both.b)), number_cell(kendall(both.a, both.b))});
    }
  }
  return table;
}

Table movers_table(const Comparison& comparison, const Dataset& data) {
  std::vector<Ranks> ranks;
  for (const ProfileScores& scores : comparison.scores) ranks.push_back(ranks_of(scores));
  const std::size_t n = comparison.investors.size();
  std::vector<double> spread(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    double low = 1, high = 0;
    for (const Ranks& by : ranks) {
      if (std::isnan(by.of[i])) continue;
      low = std::fmin(low, by.of[i] / by.count);
      high = std::fmax(high, by.of[i] / by.count);
    }
    spread[i] = high - low;
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return spread[i]; });

  Table table;
  table.name = "compare";
  table.caption =
      fmt::format("Ranks of {} by each score, those who move most first", counted(n, "investor", "investors"));
  table.columns = {detail("id"), {"name"}, {"spread"}};
  for (const ProfileScores& scores : comparison.scores) table.columns.push_back({"rank_" + scores.name});
  for (const std::size_t i : order) {
    const InvestorId investor = comparison.investors[i];
    std::vector<Cell> row{id_text(data, investor), data.name(investor), number_cell(spread[i])};
    for (const Ranks& by : ranks) row.push_back(number_cell(by.of[i]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace coinvest
