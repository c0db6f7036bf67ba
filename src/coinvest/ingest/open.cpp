// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/open.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/container.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/ingest/encoding.hpp"
#include "coinvest/ingest/json_rows.hpp"
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

Result<OpenTable> open_large(LargeFile file, const std::string& path, const ReadOptions& options) {
  const std::uint64_t most = options.limits.unpack.bytes;
  if (file.text().size() > most) return too_large(most, {path, 0, ""});
  OpenTable table;
  table.file = {fs::path(path).filename().string(), path, "", file.text().size(), 0, "UTF-8"};
  table.large = std::make_unique<LargeFile>(std::move(file));
  auto reader = CsvReader::open(*table.large, path, options.limits.table);
  if (!reader) return tl::unexpected(reader.error());
  table.reader = RowReader(std::move(*reader));
  return behind_header(std::move(table), options);
}

/// True if a row is the header of a table of vendors, or of one whose columns are mapped: such tables may have remarks
/// above their header.
bool may_follow_remarks(const TableLayout& layout, const Columns& columns, const ReadOptions& options) {
  return layout.is_vendor() || (!options.map.empty() && absent_from(columns, options.map) == nullptr);
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
                                              const std::vector<std::string>& names, const ReadOptions& options,
                                              const Context& context) {
  std::optional<Error> first_error;
  for (const std::string& name : names) {
    auto table = recognised(open_file((fs::path(folder) / name).string(), options, context), options);
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

}  // namespace

Result<std::string> bytes_of(const std::string& path, const ReadOptions& options) {
  const std::uint64_t most = options.limits.unpack.bytes;
  auto bytes = read_file(path, most);
  if (!bytes && bytes.error().kind == ErrorKind::limit) return too_large(most, {path, 0, ""});
  return bytes;
}

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

Result<OpenTable> open_file(const std::string& path, const ReadOptions& options, const Context& context) {
  constexpr std::uint64_t held_whole = std::uint64_t{64} << 20;
  if (options.encoding.empty() && path != "-") {
    if (auto large = LargeFile::open(path, held_whole, context.threads))
      return open_large(std::move(*large), path, options);
  }
  auto bytes = bytes_of(path, options);
  if (!bytes) return tl::unexpected(bytes.error());
  return open_table(std::move(*bytes), path, options);
}

Result<OpenTable> open_as(const std::string& path, const TableLayout& layout, const ReadOptions& options,
                          const Context& context) {
  auto table = open_file(path, options, context);
  if (!table) return table;
  table->layout = &layout;
  const std::span<const MappedColumn> mapped = options.map;
  table->columns = layout.columns_of(table->reader.fields(), is_beside(layout.part) ? mapped.first(0) : mapped);
  return table;
}

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

Result<std::vector<OpenTable>> open_folder(const std::string& folder, const ReadOptions& options,
                                           const Context& context) {
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
    auto table = open_as((fs::path(folder) / name).string(), *known, options, context);
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
    auto found = main_tables_of(folder, std::move(of_vendors), others, options, context);
    if (!found) return tl::unexpected(found.error());
    std::ranges::move(*found, std::back_inserter(tables));
  }
  return tables;
}

}  // namespace coinvest
