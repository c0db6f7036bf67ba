// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/scope.hpp"

#include <algorithm>
#include <string>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

bool fits(const std::string& value, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return true;
  const std::string key = match_key(value);
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) { return match_key(one) == key; });
}

}  // namespace

CompanyScope::CompanyScope(const Deals& deals, Dates dates) {
  const Selection& selection = deals.selection;
  const Companies& companies = deals.data->companies;
  inside_.assign(companies.size(), 0);
  const bool window = dates == Dates::of_rounds && (selection.from || selection.to);
  if (!window && selection.stages.empty() && selection.investor_types.empty())
    for (std::size_t company = 0; company < companies.size(); ++company)
      inside_[company] =
          fits(companies.sector[company], selection.sectors) && fits(companies.country[company], selection.countries);
  for (std::size_t position = 0; position < deals.size(); ++position) inside_[index(deals.company(position))] = 1;
}

}  // namespace coinvest
