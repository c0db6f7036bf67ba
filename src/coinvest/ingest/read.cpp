// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/read.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/container.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/ingest/encoding.hpp"
#include "coinvest/ingest/json_rows.hpp"
#include "coinvest/ingest/mapping.hpp"
#include "coinvest/ingest/rows.hpp"
#include "coinvest/ingest/words.hpp"
#include "coinvest/ingest/xlsx.hpp"

namespace coinvest {
namespace {

namespace fs = std::filesystem;

/// A file's name in small letters without the endings of a table and its packing; "" if it is none, or hidden.
std::string table_stem(const std::string& name) {
  std::string stem = lower_ascii(name);
  for (const std::string_view packing : {".gz", ".zst"}) {
    if (stem.ends_with(packing)) stem.resize(stem.size() - packing.size());
  }
  if (stem.starts_with("~$") || stem.starts_with('.')) return "";
  for (const std::string_view ending : {".csv", ".tsv", ".json", ".jsonl", ".xlsx"}) {
    if (stem.ends_with(ending)) return stem.substr(0, stem.size() - ending.size());
  }
  return "";
}

/// The bytes of a file of the data set.
Result<std::string> bytes_of(const std::string& path, const ReadOptions& options) {
  const std::uint64_t most = options.limits.unpack.bytes;
  auto bytes = read_file(path, most);
  if (!bytes && bytes.error().kind == ErrorKind::limit) return too_large(most, {path, 0, ""});
  return bytes;
}

/// The rows in the bytes of a file. Says in which encoding they were, and keeps the text that they need.
Result<RowReader> open_rows(std::string bytes, const ReadOptions& options, OpenTable& table) {
  const std::string& path = table.file.path;
  if (is_zip(bytes)) {
    table.is_workbook = true;
    table.file.encoding = "UTF-8";
    UnpackLimits limits = options.limits.unpack;
    limits.bytes /= 4;  // the tree that is made of XML is so much larger
    return read_xlsx(bytes, path, options.sheet, limits, options.limits.table).map([](Grid grid) {
      return RowReader(std::move(grid));
    });
  }
  auto decoded = decode_text(std::move(bytes), path, options.encoding);
  if (!decoded) return tl::unexpected(decoded.error());
  table.file.encoding = std::move(decoded->encoding);
  table.encoding_from = decoded->from;
  if (is_json(decoded->text)) {
    return read_json(decoded->text, path, options.limits.table).map([](Grid grid) {
      return RowReader(std::move(grid));
    });
  }
  table.text = std::make_unique<const std::string>(std::move(decoded->text));
  return CsvReader::open(*table.text, path, options.limits.table).map([](CsvReader reader) {
    return RowReader(std::move(reader));
  });
}

/// Reads the header.
Result<OpenTable> behind_header(OpenTable table, const ReadOptions& options) {
  const auto header = table.reader.next();
  if (!header) return tl::unexpected(header.error());
  if (!*header) return fail(ErrorKind::input, "no header: the file is empty", {table.file.path, 0, ""});
  table.columns = Columns(table.reader.fields(), common_headers(), options.map);
  return table;
}

/// From bytes on disk to a reader behind its header.
Result<OpenTable> open_table(std::string bytes, const std::string& path, const ReadOptions& options) {
  OpenTable table;
  table.file = {path == "-" ? "stdin" : fs::path(path).filename().string(), path, sha256_hex(bytes), bytes.size(), 0};
  auto unpacked = unpack(std::move(bytes), path, options.limits.unpack);
  if (!unpacked) return tl::unexpected(unpacked.error());
  if (is_database(*unpacked))
    return fail(ErrorKind::input, "a database is a data set of its own: give it alone, and not packed", {path, 0, ""});
  auto reader = open_rows(std::move(*unpacked), options, table);
  if (!reader) return tl::unexpected(reader.error());
  table.reader = std::move(*reader);
  return behind_header(std::move(table), options);
}

Result<OpenTable> open_large(LargeFile file, const std::string& path, const ReadOptions& options) {
  const std::uint64_t most = options.limits.unpack.bytes;
  if (file.text().size() > most) return too_large(most, {path, 0, ""});
  OpenTable table;
  table.file = {fs::path(path).filename().string(), path, file.sha256(), file.text().size(), 0, "UTF-8"};
  table.large = std::make_unique<LargeFile>(std::move(file));
  auto reader = CsvReader::open(*table.large, path, options.limits.table);
  if (!reader) return tl::unexpected(reader.error());
  table.reader = RowReader(std::move(*reader));
  return behind_header(std::move(table), options);
}

Result<OpenTable> open_file(const std::string& path, const ReadOptions& options) {
  constexpr std::uint64_t held_whole = std::uint64_t{64} << 20;
  if (options.encoding.empty() && path != "-") {
    if (auto large = LargeFile::open(path, held_whole)) return open_large(std::move(*large), path, options);
  }
  auto bytes = bytes_of(path, options);
  if (!bytes) return tl::unexpected(bytes.error());
  return open_table(std::move(*bytes), path, options);
}

/// Opens a file as one certain table.
Result<OpenTable> open_as(const std::string& path, const TableLayout& layout, const ReadOptions& options) {
  auto table = open_file(path, options);
  if (!table) return table;
  table->layout = &layout;
  const std::span<const MappedColumn> mapped = options.map;
  table->columns = layout.columns_of(table->reader.fields(), is_beside(layout.part) ? mapped.first(0) : mapped);
  return table;
}

/// True if a row is the header of a table of vendors, or of one whose columns are mapped: such tables may have remarks
/// above their header.
bool may_follow_remarks(const TableLayout& layout, const Columns& columns, const ReadOptions& options) {
  return layout.is_vendor() || (!options.map.empty() && absent_from(columns, options.map) == nullptr);
}

/// Recognises what a table is from its header, which may have rows with remarks above it.
Result<OpenTable> recognised(Result<OpenTable> table, const ReadOptions& options) {
  if (!table) return table;
  const std::uint64_t first_line = table->reader.line();
  constexpr int most_remarks = 20;
  for (int remarks = 0; remarks <= most_remarks; ++remarks) {
    if (remarks > 0) {
      const auto more = table->reader.next();
      if (!more || !*more) break;
    }
    const TableLayout* layout = recognise(table->reader.fields(), options.input_format, options.map);
    if (layout == nullptr) continue;
    Columns columns = layout->columns_of(table->reader.fields(), options.map);
    if (remarks > 0 && !may_follow_remarks(*layout, columns, options)) continue;
    table->layout = layout;
    table->columns = std::move(columns);
    return table;
  }
  if (const MappedColumn* absent = absent_from(table->columns, options.map)) {
    return not_there(*absent, table->columns, table->file.path, first_line);
  }
  return unrecognised(table->columns, table->file.path, first_line);
}

const TableLayout& table_called(std::string_view file) {
  return *std::ranges::find(table_layouts(), file, &TableLayout::file);
}

/// The names of the files in a folder, ascending: what is read must not depend on the folder's own order.
Result<std::vector<std::string>> file_names(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code trouble;
  fs::directory_iterator entry(folder, trouble);
  for (; !trouble && entry != fs::directory_iterator(); entry.increment(trouble)) {
    if (entry->is_regular_file(trouble)) names.push_back(entry->path().filename().string());
  }
  if (trouble)
    return fail(ErrorKind::io, fmt::format("cannot list the folder: {}", trouble.message()), {folder, 0, ""});
  std::ranges::sort(names);
  return names;
}

/// Of the tables of one vendor that are open already and files of unknown names: all tables of that vendor, or the one
/// whose header is that of a whole data set.
Result<std::vector<OpenTable>> main_tables_of(const std::string& folder, std::vector<OpenTable> found,
                                              const std::vector<std::string>& names, const ReadOptions& options) {
  std::optional<Error> first_error;
  for (const std::string& name : names) {
    auto table = recognised(open_file((fs::path(folder) / name).string(), options), options);
    if (!table) {
      if (!first_error) first_error = table.error();
      continue;
    }
    if (table->layout->is_vendor() || table->layout->part == Part::both) found.push_back(std::move(*table));
  }
  if (found.empty()) {
    if (first_error) return tl::unexpected(std::move(*first_error));
    return fail(ErrorKind::input, "neither rounds.csv and investments.csv nor a flat file is in the folder",
                {folder, 0, ""});
  }
  const TableLayout& main = *found.front().layout;
  for (std::size_t i = 1; i < found.size(); ++i) {
    const TableLayout& layout = *found[i].layout;
    if (layout.is_vendor() && layout.layout == main.layout) continue;
    return fail(ErrorKind::input,
                fmt::format("two {} files, '{}' and '{}'; name the one to read",
                            layout.layout == main.layout ? layout.layout : "unlike", found.front().file.name,
                            found[i].file.name),
                {folder, 0, ""});
  }
  return found;
}

/// The tables of a folder: the tidy layout, or one flat file with its side tables.
Result<std::vector<OpenTable>> open_folder(const std::string& folder, const ReadOptions& options) {
  const auto names = file_names(folder);
  if (!names) return tl::unexpected(names.error());
  const auto is_there = [&](std::string_view stem) {
    return std::ranges::any_of(*names, [&](const std::string& name) { return table_stem(name) == stem; });
  };
  const bool tidy =
      (options.input_format.empty() || options.input_format == "tidy") && is_there("rounds") && is_there("investments");

  std::vector<OpenTable> tables;
  std::vector<OpenTable> of_vendors;
  std::vector<std::string> others;
  std::set<std::string> stems;
  for (const std::string& name : *names) {
    const std::string stem = table_stem(name);
    if (stem.empty()) continue;
    const auto known = std::ranges::find_if(
        table_layouts(), [&](const TableLayout& table) { return table.file == stem && !table.is_vendor(); });
    const bool is_table = known != table_layouts().end() && (tidy || known->layout.empty());
    if (!is_table) {
      others.push_back(name);
      continue;
    }
    const bool replaced =
        (stem == "aliases" && !options.aliases.empty()) || (stem == "exits" && !options.exits.empty());
    if (replaced) continue;
    auto table = open_as((fs::path(folder) / name).string(), *known, options);
    if (!table) return tl::unexpected(table.error());
    const TableLayout* announced = recognise(table->reader.fields(), options.input_format, options.map);
    if (announced != nullptr && announced->is_vendor()) {  // vendors, too, call their tables companies or investors
      table->layout = announced;
      table->columns = announced->columns_of(table->reader.fields(), options.map);
      of_vendors.push_back(std::move(*table));
      continue;
    }
    if (!stems.insert(stem).second) {
      return fail(ErrorKind::input, fmt::format("the table '{}' is there twice; keep one of its files", stem),
                  {folder, 0, ""});
    }
    tables.push_back(std::move(*table));
  }
  const auto is_main = [](const OpenTable& table) { return !is_beside(table.layout->part); };
  if (std::ranges::none_of(tables, is_main)) {
    if (options.input_format == "tidy") {
      return fail(ErrorKind::input, "a tidy folder needs rounds.csv and investments.csv", {folder, 0, ""});
    }
    auto found = main_tables_of(folder, std::move(of_vendors), others, options);
    if (!found) return tl::unexpected(found.error());
    std::ranges::move(*found, std::back_inserter(tables));
  }
  return tables;
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
    auto table = open_as(path, table_called(name), options);
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
    Rows rows(table, file, reading);
    if (auto read = table.layout->read(rows, reading); !read) return tl::unexpected(read.error());
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
        auto folder = open_folder(path, complete);
        if (!folder) return tl::unexpected(folder.error());
        std::ranges::move(*folder, std::back_inserter(tables));
      } else {
        auto table = recognised(open_file(path, complete), complete);
        if (!table) return tl::unexpected(table.error());
        tables.push_back(std::move(*table));
      }
    }
    return tables;
  });
}

}  // namespace coinvest
