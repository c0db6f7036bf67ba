// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Which companies' events belong to a selection of rounds: those with a kept round; and those without any, as long as
/// their own sector and country fit and no filter that only rounds can pass is set.
class CompanyScope {
 public:
  /// Whether a window of dates (`from`, `to`) asks for rounds of that time, or for events of that time.
  enum class Dates : std::uint8_t { of_rounds, of_events };

  CompanyScope(const Deals& deals, Dates dates);
  bool contains(CompanyId company) const { return inside_[index(company)] != 0; }

 private:
  std::vector<std::uint8_t> inside_;
};

}  // namespace coinvest
