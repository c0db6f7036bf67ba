// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/queries/paths.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest::cli {

/// Ways of introduction from left to right: every tie of them once, with the numbers of the ways that take it and what
/// stands behind it; the ways and conflicts of interest in words in the caption. The ends are drawn large.
Drawing path_drawing(const Deals& deals, std::span<const IntroductionPath> paths, InvestorId from, InvestorId to);

}  // namespace coinvest::cli
