// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/disparity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace coinvest {

Result<TieTests> disparity_filter(const Coinvestment& graph, std::span<const Tie> ties, double alpha) {
  if (auto accepted = check_alpha(alpha); !accepted) return tl::unexpected(accepted.error());
  const GraphView view = graph.view();
  const auto from_end = [&](InvestorId investor, double weight) {
    const auto vertex =
        static_cast<std::uint32_t>(std::ranges::lower_bound(graph.investors, investor) - graph.investors.begin());
    const auto weights = view.weights_of(vertex);
    const double strength = std::accumulate(weights.begin(), weights.end(), 0.0);
    return std::pow(1 - weight / strength, static_cast<double>(weights.size()) - 1);
  };
  TieTests result;
  result.tests = ties.size();
  for (const Tie& tie : ties) {
    const double p = std::min(from_end(tie.a, tie.weight), from_end(tie.b, tie.weight));
    result.rows.push_back({p, std::numeric_limits<double>::quiet_NaN(), p, p < alpha});
    if (p < alpha) ++result.validated;
  }
  return result;
}

}  // namespace coinvest
