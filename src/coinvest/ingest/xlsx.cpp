// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/xlsx.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <vector>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/archive.hpp"
#include "coinvest/ingest/sheet_formats.hpp"

namespace coinvest {
namespace {

constexpr std::uint64_t most_rows = 1'048'576;
constexpr std::size_t most_merged = 10'000'000;  // cells filled from merged ones

tl::unexpected<Error> refuse(std::string what, const std::string& file, std::uint64_t line = 0) {
  return fail(ErrorKind::input, std::move(what), {file, line, ""});
}

/// A name without the prefix of its namespace, which every program chooses for itself.
std::string_view local(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

/// All children of a node that have this name.
std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : node.children()) {
    if (local(child.name()) == name) found.push_back(child);
  }
  return found;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  return node.find_child([&](pugi::xml_node candidate) { return local(candidate.name()) == name; });
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
  return node.find_attribute([&](pugi::xml_attribute a) { return local(a.name()) == name; }).value();
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// An XML part of the workbook as a tree; empty if there is no such part.
Result<pugi::xml_document> part(Archive& archive, const std::string& name) {
  auto bytes = archive.entry(name);
  if (!bytes) return tl::unexpected(bytes.error());
  pugi::xml_document document;
  if (!*bytes) return document;
  const std::string& xml = **bytes;
  if (first_invalid_utf8(xml)) return refuse(fmt::format("'{}' is not UTF-8", visible(name)), archive.file());
  constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
  const auto parsed = document.load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8);
  if (!parsed) {
    return refuse(fmt::format("'{}' is damaged: {}", visible(name), lower_ascii(parsed.description())), archive.file());
  }
  for (const pugi::xml_node node : document.children()) {
    if (node.type() != pugi::node_doctype) continue;
    return refuse(fmt::format("'{}' declares a document type, which workbooks never do", visible(name)),
                  archive.file());
  }
  return document;
}

/// What the relations of a part name: identifier to kind and path.
struct Relation {
  std::string kind, path;
};
Result<std::map<std::string, Relation>> relations(Archive& archive, const std::filesystem::path& of) {
  const auto folder = of.parent_path();
  const auto document = part(archive, (folder / "_rels" / of.filename()).string() + ".rels");
  if (!document) return tl::unexpected(document.error());
  std::map<std::string, Relation> all;
  for (const pugi::xml_node node : children(document->document_element(), "Relationship")) {
    const std::string_view type = attribute(node, "Type");
    const auto target = ("/" / folder / std::string(attribute(node, "Target"))).lexically_normal();
    all[std::string(attribute(node, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                               target.relative_path().string()};
  }
  return all;
}

std::string path_of(const std::map<std::string, Relation>& relations, std::string_view kind) {
  const auto found = std::ranges::find_if(relations, [&](const auto& entry) { return entry.second.kind == kind; });
  return found == relations.end() ? "" : found->second.path;
}

/// What text writes `_x000D_` for, undone.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const bool framed = text.substr(i).starts_with("_x") && i + 6 < text.size() && text[i + 6] == '_';
    if (framed) {
      const auto [end, error] = std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16);
      if (error != std::errc{} || end != text.data() + i + 6) code = 0;
    }
    if (code == 0 || code >= 0x80) {  // others need no such writing
      result += text[i];
      continue;
    }
    result += static_cast<char>(code);
    i += 6;
  }
  return result;
}

/// The characters directly in a node, whichever way they are written.
std::string characters(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node piece : node.children()) {
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) text += piece.value();
  }
  return text;
}

/// The text of a shared or inline string: its runs, without the hints on how to pronounce them.
std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node piece : node.children()) {
    if (local(piece.name()) == "t") text += characters(piece);
    if (local(piece.name()) == "r") text += characters(child(piece, "t"));
  }
  return text.find("_x") == std::string::npos ? text : unescaped(text);
}

/// The kinds of numbers by style of the cell.
Result<std::vector<NumberKind>> number_kinds(Archive& archive, const std::string& path) {
  std::vector<NumberKind> kinds;
  if (path.empty()) return kinds;
  const auto document = part(archive, path);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node styles = document->document_element();
  std::map<std::uint64_t, NumberKind> custom;
  for (const pugi::xml_node format : children(child(styles, "numFmts"), "numFmt")) {
    if (const auto id = whole_number(attribute(format, "numFmtId"))) {
      custom[*id] = kind_of_format(attribute(format, "formatCode"));
    }
  }
  for (const pugi::xml_node style : children(child(styles, "cellXfs"), "xf")) {
    const std::uint64_t id = std::min<std::uint64_t>(whole_number(attribute(style, "numFmtId")).value_or(0), 10'000);
    const auto found = custom.find(id);
    kinds.push_back(found == custom.end() ? kind_of_builtin_format(static_cast<unsigned>(id)) : found->second);
  }
  return kinds;
}

struct Position {
  std::uint64_t row = 0;
  std::size_t column = 0;
};

/// Reads `BC12`: row 12, column 54 (from 0).
std::optional<Position> position(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && letters < 4; ++letters) {
    const char c = reference[letters];
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  const auto row = whole_number(reference.substr(letters));
  if (letters == 0 || letters > 3 || !row || *row == 0) return std::nullopt;
  return Position{*row, column - 1};
}

struct Merged {
  Position first, last;
  Grid::Text text = {};  ///< once the first row was seen
};

/// Makes a grid of the XML of one sheet.
class Sheet {
 public:
  Sheet(const std::string& file, TableLimits limits, DateSystem dates, std::vector<NumberKind> kinds)
      : file_(file), limits_(limits), dates_(dates), kinds_(std::move(kinds)) {}

  void share(std::string_view text) { shared_.push_back(grid_.store(text)); }

  Result<Grid> read(pugi::xml_node sheet) && {
    if (auto done = read_merged(sheet); !done) return tl::unexpected(done.error());
    for (const pugi::xml_node row : child(sheet, "sheetData").children()) {
      if (local(row.name()) != "row") continue;
      if (auto done = read_row(row); !done) return tl::unexpected(done.error());
    }
    if (first_invalid_utf8(grid_.texts) || grid_.texts.find('\0') != std::string::npos) {
      return refuse("a cell holds a character that no text has", file_);
    }
    return std::move(grid_);
  }

 private:
  Result<void> read_merged(pugi::xml_node sheet) {
    for (const pugi::xml_node node : children(child(sheet, "mergeCells"), "mergeCell")) {
      const std::string_view range = attribute(node, "ref");
      const std::size_t colon = range.find(':');
      if (colon == std::string_view::npos) continue;  // a single cell
      const auto first = position(range.substr(0, colon));
      const auto last = position(range.substr(colon + 1));
      if (!first || !last || first->row > last->row || first->column > last->column) {
        return refuse(fmt::format("merged cells '{}' are no range", visible(clip(range, 40))), file_);
      }
      merged_.push_back({*first, *last});
    }
    std::ranges::sort(merged_, {}, [](const Merged& m) { return std::pair(m.first.row, m.first.column); });
    return {};
  }

  Result<void> read_row(pugi::xml_node row) {
    const std::string_view written = attribute(row, "r");
    const std::uint64_t line = written.empty() ? line_ + 1 : whole_number(written).value_or(0);
    if (line <= line_ || line > most_rows)
      return refuse(fmt::format("row '{}' is out of order", visible(clip(written, 40))), file_, line_);
    line_ = line;
    cells_.clear();
    std::size_t next_column = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (local(cell.name()) != "c") continue;
      const std::string_view reference = attribute(cell, "r");
      const auto place = reference.empty() ? std::optional(Position{line, next_column}) : position(reference);
      if (!place || place->row != line || place->column < next_column) {
        return refuse(fmt::format("cell '{}' is out of order", visible(clip(reference, 40))), file_, line);
      }
      next_column = place->column + 1;
      const auto text = read_cell(cell, place->column);
      if (!text) return tl::unexpected(text.error());
      if (text->size > 0) cells_.push_back({place->column, *text});
    }
    if (auto filled = fill_merged(); !filled) return filled;
    return grid_.add_row(line, cells_, file_, limits_);
  }

  /// Gives the cells of the row that are merged with others the text of the first of these.
  Result<void> fill_merged() {
    std::erase_if(open_, [&](const Merged& m) { return m.last.row < line_; });
    for (; begun_ < merged_.size() && merged_[begun_].first.row <= line_; ++begun_) {
      Merged merged = merged_[begun_];
      const auto first = std::ranges::find(cells_, merged.first.column, &Grid::Cell::column);
      if (merged.first.row == line_ && first != cells_.end()) merged.text = first->text;
      if (merged.text.size > 0 && merged.last.row >= line_) open_.push_back(merged);
    }
    if (cells_.empty()) return {};
    std::vector<bool> taken(limits_.columns, false);
    for (const Grid::Cell& cell : cells_) {
      if (cell.column < taken.size()) taken[cell.column] = true;
    }
    std::size_t columns = 0;
    for (const Merged& merged : open_) {
      const std::size_t end = std::min(merged.last.column + 1, limits_.columns);
      columns += end - std::min(merged.first.column, end);
      if (columns > limits_.columns) return refuse("merged cells overlap", file_, line_);
      for (std::size_t column = merged.first.column; column < end; ++column) {
        if (taken[column]) continue;
        cells_.push_back({column, merged.text});
        if (++filled_ > most_merged) {
          return fail(ErrorKind::limit, fmt::format("more than {} merged cells", most_merged), {file_, line_, ""});
        }
      }
    }
    return {};
  }

  Grid::Text fault(std::size_t column, std::string what) {
    grid_.faults.push_back({line_, column, std::move(what)});
    return {};
  }

  /// The text of a cell; empty if it has none.
  Result<Grid::Text> read_cell(pugi::xml_node cell, std::size_t column) {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") return grid_.store(text_of(child(cell, "is")));
    const std::string value = characters(child(cell, "v"));
    if (value.empty()) {
      const bool without_result = child(cell, "f") && type != "str";
      return without_result ? fault(column, "a formula without a stored result: read as empty") : Grid::Text{};
    }
    if (type == "e" && !first_invalid_utf8(value)) {
      return fault(column, fmt::format("'{}' is an error of the spreadsheet: read as empty", visible(clip(value, 40))));
    }
    if (type == "s") {
      const auto index = whole_number(value);
      if (index && *index < shared_.size()) return shared_[*index];
      return refuse(fmt::format("there is no shared string {}", visible(clip(value, 40))), file_, line_);
    }
    if (type == "b") return grid_.store(value == "0" ? "false" : "true");
    if (type == "str") return grid_.store(unescaped(value));
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (type == "d" || error != std::errc{} || end != value.data() + value.size() || !std::isfinite(number)) {
      return grid_.store(value);
    }
    const auto style = whole_number(attribute(cell, "s")).value_or(0);
    return grid_.store(text_of_number(number, style < kinds_.size() ? kinds_[style] : NumberKind::number, dates_));
  }

  const std::string& file_;
  TableLimits limits_;
  DateSystem dates_;
  std::vector<NumberKind> kinds_;
  Grid grid_;
  std::vector<Grid::Text> shared_;
  std::vector<Merged> merged_, open_;
  std::size_t begun_ = 0, filled_ = 0;
  std::uint64_t line_ = 0;
  std::vector<Grid::Cell> cells_;
};

/// The path of the wanted sheet.
Result<std::string> path_of_sheet(pugi::xml_node workbook, const std::map<std::string, Relation>& related,
                                  const std::string& wanted, const std::string& file) {
  std::vector<std::string_view> names;
  for (const pugi::xml_node sheet : children(child(workbook, "sheets"), "sheet")) {
    const auto relation = related.find(std::string(attribute(sheet, "id")));
    if (relation == related.end() || relation->second.kind != "worksheet") continue;
    const std::string_view name = attribute(sheet, "name");
    names.push_back(name);
    const bool hidden = attribute(sheet, "state") == "hidden" || attribute(sheet, "state") == "veryHidden";
    if (wanted.empty() ? !hidden : name == wanted) return relation->second.path;
  }
  if (names.empty()) return refuse("the workbook has no sheet with cells", file);
  return refuse(wanted.empty() ? "all sheets are hidden; name one with --sheet"
                               : fmt::format("no sheet '{}'; the workbook has '{}'", visible(wanted),
                                             visible(fmt::format("{}", fmt::join(names, "', '")))),
                file);
}

}  // namespace

bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04");
}

Result<Grid> read_xlsx(std::string_view bytes, const std::string& file, const std::string& sheet, UnpackLimits limits,
                       TableLimits table_limits) {
  auto archive = Archive::open(bytes, file, limits);
  if (!archive) return tl::unexpected(archive.error());
  const auto roots = relations(*archive, "");
  if (!roots) return tl::unexpected(roots.error());
  const std::string workbook_path = path_of(*roots, "officeDocument");
  if (!workbook_path.ends_with(".xml")) {
    return refuse("this is a ZIP archive, but no Excel workbook (.xlsx); save the sheet as .xlsx or CSV", file);
  }
  const auto workbook = part(*archive, workbook_path);
  if (!workbook) return tl::unexpected(workbook.error());
  const auto related = relations(*archive, workbook_path);
  if (!related) return tl::unexpected(related.error());
  const auto path = path_of_sheet(workbook->document_element(), *related, sheet, file);
  if (!path) return tl::unexpected(path.error());

  auto kinds = number_kinds(*archive, path_of(*related, "styles"));
  if (!kinds) return tl::unexpected(kinds.error());
  const std::string_view date1904 = attribute(child(workbook->document_element(), "workbookPr"), "date1904");
  const DateSystem dates = date1904 == "1" || date1904 == "true" ? DateSystem::from_1904 : DateSystem::from_1900;
  Sheet rows(file, table_limits, dates, std::move(*kinds));
  if (const std::string strings_path = path_of(*related, "sharedStrings"); !strings_path.empty()) {
    const auto strings = part(*archive, strings_path);
    if (!strings) return tl::unexpected(strings.error());
    for (const pugi::xml_node string : children(strings->document_element(), "si")) rows.share(text_of(string));
  }
  const auto xml = part(*archive, *path);
  if (!xml) return tl::unexpected(xml.error());
  return std::move(rows).read(xml->document_element());
}

}  // namespace coinvest
