// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// The organisation that a person means: of this name, else of its match key. Fails (usage) if there is none, with up
/// to three names like it: misspelt by a letter or two, by one Chinese character, or longer. O(names).
Result<InvestorId> investor_called(const Dataset& data, std::string_view name);
Result<CompanyId> company_called(const Dataset& data, std::string_view name);

}  // namespace coinvest
