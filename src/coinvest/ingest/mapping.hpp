// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/ingest/read.hpp"

namespace coinvest {

/// Reads `COLUMN=FIELD`; the last `=` counts. Fails (usage): no `=`, or a field that is none, with the nearest.
Result<MappedColumn> parse_mapped_column(std::string_view text);

/// Reads options.mapping, a TOML file with any of the keys `layout`, `encoding`, `sheet`, `date_order` (dmy, mdy) and
/// the table `[columns]` of COLUMN = "FIELD", into the options that are not set yet; a column or field that is mapped
/// already stays as it is. What is given back names the file. Fails (io); (input), with the line: no TOML, an unknown
/// key, field or value.
Result<InputFile> read_mapping(ReadOptions& options);

}  // namespace coinvest
