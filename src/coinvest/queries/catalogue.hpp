// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/base/table.hpp"

namespace coinvest {

/// The library's own tables as tables: name, summary, unit, cost, source, ...
Table measures_table();
Table cluster_methods_table();
Table layouts_table();

}  // namespace coinvest
