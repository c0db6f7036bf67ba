// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "coinvest/centrality/measure.hpp"

namespace coinvest {

/// Sets the second vector to the product of a matrix with the first.
using Multiply = std::function<void(const std::vector<double>& x, std::vector<double>& product)>;

/// x with Mx = b by conjugate gradients, until the residual is params.tolerance of b. M is symmetric and positive
/// definite. O(√condition) products. Fails (numeric), naming `what`, when max_steps do not reach it, or cancelled.
/// Source: Hestenes & Stiefel 1952, doi:10.6028/jres.049.044.
Result<std::vector<double>> conjugate_gradients(const Multiply& multiply, std::vector<double> b, std::string_view what,
                                                const MeasureParams& params, const Context& context);

/// x = query + d·Sx, where S holds the weights over the roots of both ends' strengths and d = params.damping, in
/// [0, 1): what PageRank and BiRank solve. On a bipartite graph the companies are eliminated first, which makes the
/// condition of what is left the root of what it was. O(steps · E). Fails (usage) on another damping, and as above.
Result<std::vector<double>> damped_ranks(const GraphView& graph, const std::vector<double>& query,
                                         std::string_view what, const MeasureParams& params, const Context& context);

}  // namespace coinvest
