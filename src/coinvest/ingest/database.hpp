// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// True for the first bytes of any SQLite database.
bool is_database(std::string_view bytes);

/// A data set as the bytes of an SQLite database: a table per kind of fact, as docs/formats.md tells. The same data set
/// gives the same bytes. `file` is used in messages alone. Fails (limit): more than 2 GiB; (cancelled).
Result<std::string> database_bytes(const Dataset& data, const std::string& file, const Context& context);

/// The data set that such bytes hold; equal to what was written, but for the folders of its files, which are not kept.
/// Nothing in them is run, whatever they are. Fails (input): another database, a damaged one, or rows that no data set
/// has, each with table and id; (cancelled).
Result<Dataset> read_database(std::string bytes, const std::string& file, const Context& context);

}  // namespace coinvest
