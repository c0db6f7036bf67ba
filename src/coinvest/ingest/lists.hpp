// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// Whether `&` and ` and ` stand between names, or belong to them (Kleiner Perkins Caufield & Byers).
enum class Conjunctions : std::uint8_t { within_names, between_names };

struct ListedName {
  std::string_view name;  ///< trimmed, without its role; a view into the cell
  Lead lead = Lead::unknown;
  bool operator==(const ListedName&) const = default;
};

struct NameList {
  std::vector<ListedName> names;  ///< in the cell's order
  bool incomplete = false;        ///< 等, "and others": more took part
};

/// Splits a cell that holds several investors at `，` `、` `,` `;` `；` `|`, line ends and ` + `, except within
/// brackets and before a legal form (", Inc."). 领投 and 独家, behind a name, in brackets or as a heading
/// (`领投：A，B`), make leads of the names they stand with, 跟投 and 参投 make others; 等 at the end marks the list as
/// incomplete. Other brackets stay in the name. O(bytes).
NameList split_names(std::string_view cell, Conjunctions conjunctions = Conjunctions::within_names);

/// True if a cell for one name looks like a list of several.
bool looks_like_list(std::string_view cell);

}  // namespace coinvest
