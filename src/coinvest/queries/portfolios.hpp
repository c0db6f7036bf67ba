// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string_view>

#include "coinvest/model/selection.hpp"

namespace coinvest {

using Portfolio = std::set<CompanyId>;
using Portfolios = std::map<InvestorId, Portfolio>;

/// The companies in whose selected rounds each investor took part.
Portfolios portfolios(const Deals& deals);

/// The sector of each company with a selected round: its own, else that of the first round which has one; "" if
/// unknown. Views into the data set.
std::map<CompanyId, std::string_view> sectors(const Deals& deals);

}  // namespace coinvest
