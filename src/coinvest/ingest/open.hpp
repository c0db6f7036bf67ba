// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {

/// The bytes of a file of the data set, within the limits.
Result<std::string> bytes_of(const std::string& path, const ReadOptions& options);

/// From the bytes of a file to a reader behind its header.
Result<OpenTable> open_table(std::string bytes, const std::string& path, const ReadOptions& options);
/// The same from disk; a large text is not held.
Result<OpenTable> open_file(const std::string& path, const ReadOptions& options, const Context& context);
/// Opens a file as one certain table.
Result<OpenTable> open_as(const std::string& path, const TableLayout& layout, const ReadOptions& options,
                          const Context& context);

/// Recognises what a table is from its header, which may have rows with remarks above it.
Result<OpenTable> recognised(Result<OpenTable> table, const ReadOptions& options);

/// The tables of a folder: the tidy layout, those of one vendor, or one flat file with its side tables.
Result<std::vector<OpenTable>> open_folder(const std::string& folder, const ReadOptions& options,
                                           const Context& context);

}  // namespace coinvest
