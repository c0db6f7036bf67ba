// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/lists.hpp"
#include "coinvest/ingest/words.hpp"

/// Every name of a list is a trimmed, whole piece of the cell, in its order, and no letter is read twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace coinvest;
  const std::string_view cell(reinterpret_cast<const char*>(data), size);
  if (first_invalid_utf8(cell)) return 0;
  (void)with_month_number(cell);
  (void)looks_like_list(cell);
  for (const Conjunctions conjunctions : {Conjunctions::within_names, Conjunctions::between_names}) {
    const char* behind = cell.data();
    for (const ListedName& listed : split_names(cell, conjunctions).names) {
      if (listed.name.empty() || trim(listed.name) != listed.name || first_invalid_utf8(listed.name)) std::abort();
      if (listed.name.data() < behind) std::abort();
      behind = listed.name.data() + listed.name.size();
      if (behind > cell.data() + cell.size()) std::abort();
    }
  }
  return 0;
}
