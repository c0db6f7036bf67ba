// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// A person's word on two names of investors.
struct Reviewed {
  std::string a, b;
  bool same = false;
  Place where = {};
};

/// Reads a table with the columns a, b and decision: same, different, or empty for pairs not decided yet, which are
/// left out as are those of companies. Fails (io, input) at the first fault.
Result<std::vector<Reviewed>> read_review(const std::string& path);

}  // namespace coinvest
