// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/context.hpp"
#include "coinvest/base/date.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/ingest/layout.hpp"
#include "coinvest/ingest/limits.hpp"
#include "coinvest/ingest/lists.hpp"
#include "coinvest/model/dataset.hpp"
#include "coinvest/model/dataset_builder.hpp"

namespace coinvest {

enum class Strictness : std::uint8_t {
  lenient,  ///< rejected rows are problems of the data set
  strict,   ///< the first rejected row is an error
};

struct ReadOptions {
  std::string input_format;  ///< name of a layout (tidy, flat, pitchbook, ...); "": recognised from the headers
  std::string encoding;      ///< of every file, by any name that ICU knows; "": recognised
  Identity identity = Identity::safe;
  Cleaning cleaning = Cleaning::standard;  ///< raw: exact strings, whatever `identity` says
  DateOrder date_order = DateOrder::unstated;
  Conjunctions conjunctions = Conjunctions::within_names;  ///< in lists of investors
  std::string aliases;                 ///< a table in the place of the folder's aliases.csv; "": none
  std::string exits;                   ///< a table in the place of the folder's exits.csv; "": none
  std::string sheet;                   ///< of workbooks; "": the first that is not hidden
  std::vector<MappedColumn> map = {};  ///< each must be a column of one of the tables
  std::string mapping;                 ///< a TOML file that says the same and more, as mapping.hpp tells; "": none
  Strictness strictness = Strictness::lenient;
  ReadLimits limits{};
};

/// Reads a data set: one folder in the tidy layout, with the tables of one vendor's export, or with one flat file
/// and its side tables; or files, each recognised from its header; or one database made by import; `-` is standard
/// input. Each file may be CSV, JSON or an Excel workbook, and gzip or zstd of these. Every row that is rejected or
/// changed is a Problem; every fact knows its file and line. O(bytes) time; memory of the largest file and the data
/// set. Fails (io, input, limit, cancelled); (usage): an unknown layout or encoding, no path; of a database any option
/// but strictness.
Result<Dataset> read_dataset(std::span<const std::string> paths, const ReadOptions& options, const Context& context);

/// The same for the bytes of one file called `name`.
Result<Dataset> read_bytes(std::string bytes, std::string name, const ReadOptions& options, const Context& context);

}  // namespace coinvest
