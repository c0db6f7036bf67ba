// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "coinvest/report/layout.hpp"

namespace coinvest {

/// Appends a table as a figure of the page: its first rows as markup, and if it is longer all of them, up to three
/// million cells, as compressed data from which the script makes rows. O(cells log rows).
void add_page_table(std::string& out, const PlacedTable& placed, Language language);

}  // namespace coinvest
