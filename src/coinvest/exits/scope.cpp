// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/scope.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

/// Is a text one of those wanted, compared as match keys? Remembers its answers: few distinct texts, many companies.
class Wanted {
 public:
  explicit Wanted(const std::vector<std::string>& wanted) {
    for (const std::string& text : wanted) keys_.push_back(match_key(text));
  }
  bool contains(const std::string& text) {
    if (keys_.empty()) return true;
    const auto [answer, is_new] = answers_.try_emplace(text);
    if (is_new) answer->second = std::find(keys_.begin(), keys_.end(), match_key(text)) != keys_.end();
    return answer->second;
  }

 private:
  std::vector<std::string> keys_;
  std::map<std::string_view, bool> answers_;
};

}  // namespace

CompanyScope::CompanyScope(const Deals& deals, Dates dates) {
  const Selection& selection = deals.selection;
  const Companies& companies = deals.data->companies;
  inside_.assign(companies.size(), 0);
  const bool window = dates == Dates::of_rounds && (selection.from || selection.to);
  if (!window && selection.stages.empty() && selection.investor_types.empty()) {
    Wanted sectors(selection.sectors), countries(selection.countries);
    for (std::size_t company = 0; company < companies.size(); ++company)
      inside_[company] = sectors.contains(companies.sector[company]) && countries.contains(companies.country[company]);
  }
  for (std::size_t position = 0; position < deals.size(); ++position) inside_[index(deals.company(position))] = 1;
}

}  // namespace coinvest
