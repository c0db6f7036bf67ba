// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"

namespace coinvest {

/// Takes a table part by part, so that it never has to be in memory whole: all parts have the same name, caption and
/// columns, the rows follow each other, and notes count wherever they stand. An error ends the making of parts.
using TakeTable = std::function<Result<void>(Table part)>;

}  // namespace coinvest
