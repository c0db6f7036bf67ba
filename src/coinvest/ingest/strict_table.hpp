// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

struct StrictColumn {
  std::string_view name;
  bool needed = true;
};

/// One row: its trimmed cells in the order of the columns asked for, "" for a column that is not there.
struct StrictRow {
  std::span<const std::string_view> cells;
  Place where;
};

/// Reads a small table that a person wrote for us, plain or compressed, in which nothing may be wrong: each fault is an
/// error with its line. Headers match without case; other columns are ignored. Calls `use` for every row.
/// Fails (io, input, limit), and with what `use` fails with, which gets file and line where it says none.
Result<void> read_strict_table(const std::string& path, std::span<const StrictColumn> columns,
                               const std::function<Result<void>(const StrictRow&)>& use);

}  // namespace coinvest
