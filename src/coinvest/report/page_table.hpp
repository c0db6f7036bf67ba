// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/report/layout.hpp"

namespace coinvest {

/// An element that says an English phrase in the language of the page; where there is no translation, it is marked as
/// English. `opening`: "p class=\"note\"".
std::string said_element(std::string_view opening, Language language, std::string_view english,
                         std::string_view section = anywhere);

/// Appends a table as a figure of the page: its first rows as markup, and if it is longer all of them, up to three
/// million cells, as compressed data from which the script makes rows. O(cells log rows).
void add_page_table(std::string& out, const PlacedTable& placed, Language language);

}  // namespace coinvest
