// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/ingest/grid.hpp"

namespace coinvest {

/// True if a text begins as a JSON object or array does.
bool is_json(std::string_view text);

/// The records of a JSON text as rows: one array of objects, one object that holds one array of objects, or objects one
/// behind the other (JSON Lines). Columns stand in the order in which they first occur. Members of inner objects are
/// columns `org.name`; elements of inner arrays are joined by `; `, and so are members of the objects in them
/// (`investors.name`). Numbers keep their digits; `1.5e7` becomes 15000000. A row's line is that of its `{`. `text` is
/// UTF-8. O(bytes log columns) time; memory of the values.
/// Fails (input), naming the line: no JSON, a key twice in one object, a NUL, something else than objects in the array,
/// several arrays of objects; (limit): nesting deeper than 64, and as Grid::add_row.
Result<Grid> read_json(std::string_view text, const std::string& file, TableLimits limits = {});

}  // namespace coinvest
