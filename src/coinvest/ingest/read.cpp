// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/read.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "coinvest/base/file.hpp"
#include "coinvest/ingest/container.hpp"
#include "coinvest/ingest/encoding.hpp"
#include "coinvest/ingest/rows.hpp"

namespace coinvest {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> table_endings{".csv", ".csv.gz", ".csv.zst", ".tsv", ".tsv.gz", ".tsv.zst"};

/// A file's name without the ending of a table; "" if it has none.
std::string table_stem(const std::string& name) {
  for (const std::string_view ending : table_endings) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return "";
}

/// From bytes on disk to a reader behind its header. `layout` is given if the file's name in a folder says it.
Result<OpenTable> open_table(std::string bytes, const std::string& path, const ReadOptions& options) {
  InputFile file{path == "-" ? "stdin" : fs::path(path).filename().string(), path, sha256_hex(bytes), bytes.size(), 0};
  auto unpacked = unpack(std::move(bytes), path);
  if (!unpacked) return tl::unexpected(unpacked.error());
  auto decoded = decode_text(std::move(*unpacked), path, options.encoding);
  if (!decoded) return tl::unexpected(decoded.error());
  file.encoding = std::move(decoded->encoding);
  auto text = std::make_unique<const std::string>(std::move(decoded->text));
  auto reader = CsvReader::open(*text, path);
  if (!reader) return tl::unexpected(reader.error());
  const auto header = reader->next();
  if (!header) return tl::unexpected(header.error());
  if (!*header) return fail(ErrorKind::input, "no header: the file is empty", {path, 0, ""});
  Columns columns(reader->fields());
  return OpenTable{std::move(file), std::move(text), std::move(*reader), std::move(columns), decoded->from};
}

Result<OpenTable> open_file(const std::string& path, const ReadOptions& options) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return open_table(std::move(*bytes), path, options);
}

/// Opens a file as one certain table.
Result<OpenTable> open_as(const std::string& path, const TableLayout& layout, const ReadOptions& options) {
  auto table = open_file(path, options);
  if (!table) return table;
  table->layout = &layout;
  table->columns = layout.columns_of(table->reader.fields());
  return table;
}

/// Recognises what a table is from its header, which may have rows with remarks above it if a vendor writes them.
Result<OpenTable> recognised(Result<OpenTable> table, const std::string& input_format) {
  if (!table) return table;
  if (const TableLayout* layout = recognise(table->reader.fields(), input_format)) {
    table->layout = layout;
    table->columns = layout->columns_of(table->reader.fields());
    return table;
  }
  auto error = unrecognised(table->columns, table->file.path, table->reader.line());
  constexpr int most_remarks = 20;
  for (int row = 0; row < most_remarks; ++row) {
    const auto more = table->reader.next();
    if (!more || !*more) break;
    const TableLayout* layout = recognise(table->reader.fields(), input_format);
    if (layout == nullptr || !layout->is_vendor()) continue;
    table->layout = layout;
    table->columns = layout->columns_of(table->reader.fields());
    return table;
  }
  return error;
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

/// Among files of unknown names, the tables of one vendor, or the one whose header is that of a whole data set.
Result<std::vector<OpenTable>> main_tables_of(const std::string& folder, const std::vector<std::string>& names,
                                              const ReadOptions& options) {
  std::vector<OpenTable> found;
  std::optional<Error> first_error;
  for (const std::string& name : names) {
    auto table = recognised(open_file((fs::path(folder) / name).string(), options), options.input_format);
    if (!table) {
      if (!first_error) first_error = table.error();
      continue;
    }
    const TableLayout& layout = *table->layout;
    if (!layout.is_vendor() && layout.part != Part::both) continue;
    if (!found.empty() && (!layout.is_vendor() || layout.layout != found[0].layout->layout)) {
      const std::string_view what = layout.layout == found[0].layout->layout ? layout.layout : "unlike";
      return fail(
          ErrorKind::input,
          fmt::format("two {} files, '{}' and '{}'; name the one to read", what, found[0].file.name, table->file.name),
          {folder, 0, ""});
    }
    found.push_back(std::move(*table));
  }
  if (!found.empty()) return found;
  if (first_error) return tl::unexpected(std::move(*first_error));
  return fail(ErrorKind::input, "neither rounds.csv and investments.csv nor a flat file is in the folder",
              {folder, 0, ""});
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
  std::vector<std::string> others;
  std::string previous_stem;
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
    const TableLayout* announced = recognise(table->reader.fields(), options.input_format);
    if (announced != nullptr && announced->is_vendor()) {  // vendors, too, call their tables companies or investors
      others.push_back(name);
      continue;
    }
    if (stem == previous_stem) {
      return fail(ErrorKind::input, fmt::format("the table '{}' is there twice; keep one of its files", stem),
                  {folder, 0, ""});
    }
    previous_stem = stem;
    tables.push_back(std::move(*table));
  }
  const auto is_main = [](const OpenTable& table) { return !is_beside(table.layout->part); };
  if (std::ranges::none_of(tables, is_main)) {
    if (options.input_format == "tidy") {
      return fail(ErrorKind::input, "a tidy folder needs rounds.csv and investments.csv", {folder, 0, ""});
    }
    auto found = main_tables_of(folder, others, options);
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

Result<Dataset> read_tables(std::vector<OpenTable> tables, const ReadOptions& options, const Context& context) {
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
  std::ranges::stable_sort(tables, {}, [](const OpenTable& table) { return table.layout; });

  std::uint64_t bytes = 0;
  for (const OpenTable& table : tables) bytes += table.text->size();
  context.start("reading", bytes);
  const Identity identity = options.cleaning == Cleaning::raw ? Identity::exact : options.identity;
  const bool is_export = std::ranges::any_of(tables, [](const OpenTable& table) { return table.layout->is_vendor(); });
  const IdScope ids = is_export ? IdScope::both_sides : IdScope::each_side;
  Reading reading{DatasetBuilder(identity, options.cleaning, ids), options, context};
  for (OpenTable& table : tables) {
    const FileId file = reading.builder.add_file(table.file);
    if (table.encoding_from == EncodingFrom::evidence) {
      reading.builder.add_problem(
          ProblemKind::inferred_encoding, {file, 1}, "",
          fmt::format("{} is not UTF-8 and does not say what it is: read as {}", table.file.name, table.file.encoding));
    }
    Rows rows(table, file, reading);
    if (auto read = table.layout->read(rows, reading); !read) return tl::unexpected(read.error());
  }
  auto data = reading.builder.finish();
  if (data && options.strictness == Strictness::strict) {
    const auto rejected = std::ranges::find_if(data->problems, is_rejection, &Problem::kind);
    if (rejected != data->problems.end()) {
      return fail(ErrorKind::input, rejected->text,
                  {data->files[index(rejected->where.file)].path, rejected->where.line, rejected->column});
    }
  }
  return data;
}

Result<void> check_options(const ReadOptions& options) {
  if (!options.encoding.empty() && !is_known_encoding(options.encoding)) {
    return fail(ErrorKind::usage, fmt::format("'{}' is no encoding that is known", options.encoding));
  }
  if (options.input_format.empty()) return {};
  std::set<std::string_view> names;
  for (const TableLayout& table : table_layouts()) names.insert(table.layout);
  names.erase("");
  if (names.contains(options.input_format)) return {};
  return fail(ErrorKind::usage,
              fmt::format("'{}' is no input format; there are {}", options.input_format, fmt::join(names, ", ")));
}

}  // namespace

Result<Dataset> read_bytes(std::string bytes, std::string name, const ReadOptions& options, const Context& context) {
  if (auto valid = check_options(options); !valid) return tl::unexpected(valid.error());
  auto table = recognised(open_table(std::move(bytes), name, options), options.input_format);
  if (!table) return tl::unexpected(table.error());
  std::vector<OpenTable> tables;
  tables.push_back(std::move(*table));
  return read_tables(std::move(tables), options, context);
}

Result<Dataset> read_dataset(std::span<const std::string> paths, const ReadOptions& options, const Context& context) {
  if (auto valid = check_options(options); !valid) return tl::unexpected(valid.error());
  if (paths.empty()) return fail(ErrorKind::usage, "no data set given");
  std::vector<OpenTable> tables;
  for (const std::string& path : paths) {
    std::error_code trouble;
    if (fs::is_directory(path, trouble)) {
      auto folder = open_folder(path, options);
      if (!folder) return tl::unexpected(folder.error());
      std::ranges::move(*folder, std::back_inserter(tables));
    } else {
      auto table = recognised(open_file(path, options), options.input_format);
      if (!table) return tl::unexpected(table.error());
      tables.push_back(std::move(*table));
    }
  }
  return read_tables(std::move(tables), options, context);
}

}  // namespace coinvest
