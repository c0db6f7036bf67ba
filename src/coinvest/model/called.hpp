// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// The organisation that a person means: of this name, else of its match key. Fails (usage) if there is none, with up
/// to three names like it: misspelt by a letter or two, by one Chinese character, or longer. O(names).
Result<InvestorId> investor_called(const Dataset& data, std::string_view name);
Result<CompanyId> company_called(const Dataset& data, std::string_view name);
/// The error (usage) where neither is called so, with the like of both.
Error nobody_called(const Dataset& data, std::string_view name);

/// A sentence for each sector, country, stage and investor type of a selection that nothing in the data set has, with
/// the one like it if there is one. O(rounds · log) if the selection has any.
std::vector<std::string> unknown_words(const Dataset& data, const Selection& selection);

}  // namespace coinvest
