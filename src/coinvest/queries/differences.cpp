// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/differences.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coinvest/queries/cells.hpp"

namespace coinvest {

Table differences_table(std::span<const Difference> differences) {
  using Row = Difference;
  Table table;
  table.name = "differences";
  const auto count = [&](Change change) { return std::ranges::count(differences, change, &Difference::change); };
  table.caption = fmt::format("What the newer source says otherwise: {} facts added, {} values changed, {} facts gone",
                              count(Change::added), count(Change::changed), count(Change::gone));
  fill<Row>(table, differences,
            {{{"change"}, [](const Row& r) { return text_cell(name_of(r.change)); }},
             {{"kind"}, [](const Row& r) { return text_cell(r.table); }},
             {{"id"}, [](const Row& r) { return text_cell(r.id); }},
             {{"field"}, [](const Row& r) { return text_or_nothing(r.field); }},
             {{"before"}, [](const Row& r) { return text_or_nothing(r.before); }},
             {{"after"}, [](const Row& r) { return text_or_nothing(r.after); }},
             {detail("source"), [](const Row& r) { return text_or_nothing(r.source); }}});
  if (count(Change::gone) > 0) table.notes.emplace_back("what is gone from the newer source stays in the database");
  return table;
}

}  // namespace coinvest
