// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "coinvest/base/table.hpp"
#include "coinvest/model/update.hpp"

namespace coinvest {

/// What a newer source added, changed and no longer has: change, kind (the table), id, field, before, after, source.
Table differences_table(std::span<const Difference> differences);

}  // namespace coinvest
