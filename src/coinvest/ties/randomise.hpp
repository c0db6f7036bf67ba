// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Deals in which chance alone decides who invests in what: every investor keeps its number of rounds, every round its
/// number of investors (by company: of companies, and of each company its investors; then there is one round, the
/// first, per company). Leads are unknown and rows those of somebody else. The same seed gives the same deals.
/// Every investor trades once with a partner drawn anew in each of ten turns. O(participations · log). Of no use once
/// the stop flag is raised. Source: curveball, Strona et al. 2014, doi:10.1038/ncomms5114; turns: Carstens et al. 2018,
/// arXiv:1804.08487.
Deals randomise(const Deals& deals, TieBy by, std::uint64_t seed, const Context& context = {});

}  // namespace coinvest
