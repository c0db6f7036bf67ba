// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/read.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/ingest/encoding.hpp"
#include "coinvest/ingest/mapping.hpp"
#include "coinvest/ingest/open.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

namespace fs = std::filesystem;

const TableLayout& table_called(std::string_view file) {
  return *std::ranges::find(table_layouts(), file, &TableLayout::file);
}

/// The tables must make a data set: those of one layout, with rounds and with investments.
Result<void> check_tables(const std::vector<OpenTable>& tables) {
  const TableLayout* main = nullptr;
  bool rounds = false;
  bool participations = false;
  for (const OpenTable& table : tables) {
    const TableLayout& layout = *table.layout;
    if (is_beside(layout.part)) continue;
    if (main != nullptr && main->layout != layout.layout) {
      return fail(ErrorKind::input, fmt::format("{} and {} files cannot be mixed", main->layout, layout.layout),
                  {table.file.path, 0, ""});
    }
    main = &layout;
    rounds |= layout.part != Part::participations;
    participations |= layout.part != Part::rounds;
  }
  const bool registers =
      std::ranges::any_of(tables, [](const OpenTable& t) { return t.layout->part == Part::registers; });
  if ((rounds && participations) || (main == nullptr && registers)) return {};
  return fail(ErrorKind::input,
              rounds           ? "a table of rounds alone; its investments are missing"
              : participations ? "a table of investments alone; its rounds are missing"
                               : "no table of investments",
              {tables.front().file.path, 0, ""});
}

/// Takes memory for the rows of a text that is there, as many as its beginning promises; beyond a million it is taken
/// as they come.
void expect_rows(const OpenTable& table, DatasetBuilder& builder) {
  constexpr std::size_t most = 1'000'000, looked_at = std::size_t{64} << 10;
  const Part part = table.layout->part;
  if (!table.text || is_beside(part)) return;
  const std::string_view beginning = std::string_view(*table.text).substr(0, looked_at);
  const auto lines = static_cast<std::size_t>(std::ranges::count(beginning, '\n'));
  const std::size_t rows = std::min(most, lines * (1 + table.text->size() / looked_at) * 9 / 8);
  builder.expect(part == Part::participations ? 0 : rows, part == Part::rounds ? 0 : rows);
}

/// Under Strictness::strict the first rejected row is an error.
Result<Dataset> as_strict_as(const ReadOptions& options, Result<Dataset> data) {
  if (!data || options.strictness == Strictness::lenient) return data;
  const auto rejected = std::ranges::find_if(data->problems, is_rejection, &Problem::kind);
  if (rejected == data->problems.end()) return data;
  return fail(ErrorKind::input, rejected->text,
              {data->files[index(rejected->where.file)].path, rejected->where.line, rejected->column});
}

/// Of the organisations that `names` lacked it gets the names that came too late.
Result<Dataset> read_tables(std::vector<OpenTable> tables, const ReadOptions& options, const Context& context,
                            NamesOfIds& names) {
  for (const auto& [path, name] : {std::pair(options.aliases, "aliases"), std::pair(options.exits, "exits")}) {
    if (path.empty()) continue;
    auto table = open_as(path, table_called(name), options, context);
    if (!table) return tl::unexpected(table.error());
    tables.push_back(std::move(*table));
  }
  for (const OpenTable& table : tables) {
    if (auto fits = check_columns(table.columns, *table.layout, table.file.path); !fits) {
      return tl::unexpected(fits.error());
    }
  }
  if (auto whole = check_tables(tables); !whole) return tl::unexpected(whole.error());
  for (const MappedColumn& mapped : options.map) {
    const auto has_it = [&](const OpenTable& table) { return absent_from(table.columns, {&mapped, 1}) == nullptr; };
    if (std::ranges::any_of(tables, has_it)) continue;
    const OpenTable& main =
        *std::ranges::find_if(tables, [](const OpenTable& table) { return table.layout->part != Part::side; });
    return not_there(mapped, main.columns, main.file.path, 0);
  }
  std::ranges::stable_sort(tables, {}, [](const OpenTable& table) { return table.layout; });

  std::uint64_t size = 0;
  for (const OpenTable& table : tables) size += table.reader.size();
  context.start("reading", size);
  const Identity identity = options.cleaning == Cleaning::raw ? Identity::exact : options.identity;
  const bool is_export = std::ranges::any_of(tables, [](const OpenTable& table) { return table.layout->is_vendor(); });
  const IdScope ids = is_export ? IdScope::both_sides : IdScope::each_side;
  Reading reading{DatasetBuilder(identity, options.cleaning, ids), options, context, names};
  for (OpenTable& table : tables) {
    const FileId file = reading.builder.add_file(table.file);
    if (table.encoding_from == EncodingFrom::evidence) {
      reading.builder.add_problem(
          ProblemKind::inferred_encoding, {file, 1}, "",
          fmt::format("{} is not UTF-8 and does not say what it is: read as {}", table.file.name, table.file.encoding));
    }
    for (const Grid::Fault& fault : table.reader.faults()) {
      const std::string column = fault.column < table.columns.size() ? table.columns.header(fault.column) : "";
      const auto line = static_cast<std::uint32_t>(fault.line);  // sheets have fewer rows
      reading.builder.add_problem(ProblemKind::bad_value, {file, line}, column, fault.what);
    }
    if (context.threads > 1) table.reader.split_ahead();
    expect_rows(table, reading.builder);
    Rows rows(table, file, reading);
    if (auto read = table.layout->read(rows, reading); !read) return tl::unexpected(read.error());
    if (table.large) reading.builder.set_digest(file, table.large->sha256());
  }
  names.merge(reading.late_names);
  return reading.builder.finish();
}

/// Databases hold what was read already: how to read it is too late to say.
Result<void> check_is_read(const ReadOptions& options) {
  const ReadOptions none;
  const bool as_it_is = options.input_format.empty() && options.encoding.empty() && options.aliases.empty() &&
                        options.exits.empty() && options.sheet.empty() && options.map.empty() &&
                        options.mapping.empty() && options.identity == none.identity &&
                        options.cleaning == none.cleaning && options.date_order == none.date_order &&
                        options.conjunctions == none.conjunctions;
  if (as_it_is) return {};
  return fail(ErrorKind::usage, "of the input options a database takes --strict alone; give the others to import");
}

Result<void> check_options(const ReadOptions& options) {
  if (!options.encoding.empty() && !is_known_encoding(options.encoding)) {
    return fail(ErrorKind::usage, no_such_encoding(options.encoding));
  }
  std::set<std::string> columns;
  for (const MappedColumn& mapped : options.map) {
    if (columns.insert(folded_header(mapped.column)).second) continue;
    return fail(ErrorKind::usage, fmt::format("column '{}' is mapped twice", visible(mapped.column)));
  }
  if (options.input_format.empty()) return {};
  std::set<std::string_view> names;
  for (const TableLayout& table : table_layouts()) names.insert(table.layout);
  names.erase("");
  if (names.contains(options.input_format)) return {};
  return fail(ErrorKind::usage,
              fmt::format("'{}' is no input format; there are {}{}", options.input_format, fmt::join(names, ", "),
                          did_you_mean(options.input_format, {names.begin(), names.end()})));
}

/// Completes the options from the mapping file, opens the tables and reads them.
template <typename Open>
Result<Dataset> read_with(ReadOptions options, const Context& context, Open open) {
  const bool sheet_is_wanted = !options.sheet.empty();  // by the caller: a mapping also serves CSV of the same table
  std::optional<InputFile> mapping;
  if (!options.mapping.empty()) {
    auto read = read_mapping(options);
    if (!read) return tl::unexpected(read.error());
    mapping = std::move(*read);
  }
  if (auto valid = check_options(options); !valid) return tl::unexpected(valid.error());
  auto tables = open(options);
  if (!tables) return tl::unexpected(tables.error());
  if (sheet_is_wanted && std::ranges::none_of(*tables, &OpenTable::is_workbook)) {
    return fail(ErrorKind::usage, "--sheet names a sheet of an Excel workbook, and there is no workbook");
  }
  const bool can_be_read_again = std::ranges::none_of(*tables, [](const OpenTable& t) { return t.file.path == "-"; });
  NamesOfIds names;
  auto data = read_tables(std::move(*tables), options, context, names);
  // Rare: rows by id alone before the millions that have the names. A row with two such ids needs a time more.
  for (std::size_t known = 0; data && names.size() > known && can_be_read_again;) {
    known = names.size();
    data = {};
    tables = open(options);
    if (!tables) return tl::unexpected(tables.error());
    data = read_tables(std::move(*tables), options, context, names);
  }
  data = as_strict_as(options, std::move(data));
  if (data && mapping) data->files.push_back(std::move(*mapping));
  return data;
}

}  // namespace

Result<Dataset> read_bytes(std::string bytes, std::string name, const ReadOptions& options, const Context& context) {
  if (is_database(bytes)) {
    if (auto possible = check_is_read(options); !possible) return tl::unexpected(possible.error());
    return as_strict_as(options, read_database(std::move(bytes), name, context));
  }
  return read_with(options, context, [&](const ReadOptions& complete) -> Result<std::vector<OpenTable>> {
    auto table = recognised(open_table(std::move(bytes), name, complete), complete);
    if (!table) return tl::unexpected(table.error());
    std::vector<OpenTable> tables;
    tables.push_back(std::move(*table));
    return tables;
  });
}

Result<Dataset> read_dataset(std::span<const std::string> paths, const ReadOptions& options, const Context& context) {
  std::error_code ignored;
  if (paths.size() == 1 && !fs::is_directory(paths.front(), ignored)) {
    auto bytes = bytes_of(paths.front(), options);
    if (!bytes) return tl::unexpected(bytes.error());
    return read_bytes(std::move(*bytes), paths.front(), options, context);
  }
  return read_with(options, context, [&](const ReadOptions& complete) -> Result<std::vector<OpenTable>> {
    if (paths.empty()) return fail(ErrorKind::usage, "no data set given");
    std::vector<OpenTable> tables;
    for (const std::string& path : paths) {
      std::error_code trouble;
      if (fs::is_directory(path, trouble)) {
        auto folder = open_folder(path, complete, context);
        if (!folder) return tl::unexpected(folder.error());
        std::ranges::move(*folder, std::back_inserter(tables));
      } else {
        auto table = recognised(open_file(path, complete, context), complete);
        if (!table) return tl::unexpected(table.error());
        tables.push_back(std::move(*table));
      }
    }
    return tables;
  });
}

}  // namespace coinvest
