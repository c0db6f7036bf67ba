// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/portfolios.hpp"

namespace coinvest {

Portfolios portfolios(const Deals& deals) {
  Portfolios held;
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position)) held[investor].insert(deals.company(position));
  return held;
}

std::map<CompanyId, std::string_view> sectors(const Deals& deals) {
  std::map<CompanyId, std::string_view> of;
  for (std::size_t position = 0; position < deals.size(); ++position) {
    std::string_view& sector = of[deals.company(position)];
    if (sector.empty()) sector = deals.data->companies.sector[index(deals.company(position))];
    if (sector.empty()) sector = deals.sector(position);
  }
  return of;
}

}  // namespace coinvest
