// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "coinvest/base/table.hpp"

namespace coinvest {

/// A table of what and value; undefined values are left out.
inline Table facts(std::string name, std::string caption, std::vector<std::pair<std::string, Cell>> rows) {
  Table table;
  table.name = std::move(name);
  table.caption = std::move(caption);
  table.columns = {{"what"}, {"value"}};
  for (auto& fact : rows)
    if (!std::holds_alternative<std::monostate>(fact.second))
      table.rows.push_back({std::move(fact.first), std::move(fact.second)});
  return table;
}

}  // namespace coinvest
