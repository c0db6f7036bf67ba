// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ties/validation.hpp"

namespace coinvest {

/// The disparity filter: which ties carry more of an investor's weight than even splitting at random would give. With
/// w the tie's weight, s_i the investor's total and k_i its number of ties, p_i = (1 − w/s_i)^(k_i−1); p_over is the
/// smaller one of both ends and validated if below alpha; q equals it, p_under is NaN. An end with one tie says 1.
/// A backbone for drawing: no test against chance and not corrected. Fails (usage): alpha outside (0, 1). O(ties).
/// Source: Serrano, Boguñá & Vespignani 2009, doi:10.1073/pnas.0808904106.
Result<TieTests> disparity_filter(const Coinvestment& graph, std::span<const Tie> ties, double alpha);

}  // namespace coinvest
