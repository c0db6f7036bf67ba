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
  for (auto& [what, value] : rows)
    if (!std::holds_alternative<std::monostate>(value)) table.rows.push_back({what, std::move(value)});
  return table;
}

}  // namespace coinvest
