// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/xlsx.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <set>

#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"

namespace coinvest {
namespace {

constexpr std::size_t longest_text = 32'767;
constexpr std::size_t longest_sheet_name = 31;

/// A file that is only memory: what writes files by name writes into it.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("coinvest", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  Result<std::string> bytes() const {
    std::string content(static_cast<std::size_t>(std::max<off_t>(::lseek(descriptor_, 0, SEEK_END), 0)), '\0');
    for (std::size_t done = 0; done < content.size();) {
      const ssize_t count =
          ::pread(descriptor_, content.data() + done, content.size() - done, static_cast<off_t>(done));
      if (count <= 0)
        return fail(ErrorKind::io, fmt::format("a workbook cannot be read back: {}", std::strerror(errno)));
      done += static_cast<std::size_t>(count);
    }
    return content;
  }

 private:
  int descriptor_;
};

/// A text as a sheet can hold it: XML has no U+FFFE and U+FFFF, and cells have a longest text.
std::string cell_text(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\uFFFE") || rest.starts_with("\uFFFF")) {
      result += rest[2] == '\xbe' ? "_xFFFE_" : "_xFFFF_";
      i += 2;
    } else {
      result += text[i];
    }
  }
  if (result.size() <= longest_text) return result;
  std::size_t end = longest_text - std::string_view("…").size();
  while ((static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return result.substr(0, end) + "…";
}

std::string unique_sheet_name(const std::string& wanted, std::set<std::string>& taken) {
  const auto fits = [](char c) {
    return c > ' ' && c <= '~' && std::string_view("[]:*?/\\'").find(c) == std::string::npos;
  };
  const bool usable = !wanted.empty() && std::ranges::all_of(wanted, fits);
  const std::string base = usable ? wanted.substr(0, longest_sheet_name) : "table";
  std::string name = base;
  for (unsigned count = 2; !taken.insert(lower_ascii(name)).second; ++count) {
    const std::string suffix = fmt::format("-{}", count);
    name = base.substr(0, longest_sheet_name - suffix.size()) + suffix;
  }
  return name;
}

lxw_error write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell) {
  if (const auto* truth = std::get_if<bool>(&cell)) {
    return worksheet_write_boolean(sheet, row, column, *truth ? 1 : 0, nullptr);
  }
  if (const auto* count = std::get_if<std::int64_t>(&cell)) {
    return worksheet_write_number(sheet, row, column, static_cast<double>(*count), nullptr);
  }
  if (const auto* number = std::get_if<double>(&cell)) {
    if (!std::isfinite(*number)) return LXW_NO_ERROR;
    return worksheet_write_number(sheet, row, column, *number + 0.0, nullptr);  // minus zero is plain zero
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || text->empty()) return LXW_NO_ERROR;
  return worksheet_write_string(sheet, row, column, cell_text(*text).c_str(), nullptr);
}

/// How wide a column must be for its cells, within reason.
double width_of(const Table& table, std::size_t column) {
  constexpr std::size_t widest_text = 60, widest_number = 16, filter_button = 3;
  std::size_t width = display_width(table.columns[column].name) + filter_button;
  for (const auto& row : table.rows) {
    const bool is_text = std::holds_alternative<std::string>(row[column]);
    width =
        std::max(width, std::min(display_width(exact_text(row[column])), is_text ? widest_text : widest_number) + 1);
  }
  return static_cast<double>(width);
}

lxw_error add_sheet(lxw_workbook* workbook, const Table& table, const std::string& name) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, name.c_str());
  if (sheet == nullptr) return LXW_ERROR_SHEETNAME_ALREADY_USED;
  lxw_format* bold = workbook_add_format(workbook);
  format_set_bold(bold);
  lxw_error error = LXW_NO_ERROR;
  const auto heed = [&](lxw_error now) { error = error == LXW_NO_ERROR ? now : error; };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    heed(worksheet_set_column(sheet, column, column, width_of(table, i), nullptr));
    heed(worksheet_write_string(sheet, 0, column, cell_text(table.columns[i].name).c_str(), bold));
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      heed(write_cell(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i), table.rows[row][i]));
  worksheet_freeze_panes(sheet, 1, 0);
  if (!table.columns.empty()) {
    heed(worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                              static_cast<lxw_col_t>(table.columns.size() - 1)));
  }
  return error;
}

/// What stands beside the tables: their captions, notes and scalars, and the parameters.
void tell_about(Table& about, const std::string& sheet, const Table& table) {
  about.rows.push_back({sheet, std::string("caption"), table.caption});
  for (const auto& [key, value] : table.data) about.rows.push_back({sheet, key, value});
  for (const std::string& note : table.notes) about.rows.push_back({sheet, std::string("note"), note});
  std::size_t cut = 0;
  for (const auto& row : table.rows) {
    cut += static_cast<std::size_t>(std::ranges::count_if(row, [](const Cell& cell) {
      const auto* text = std::get_if<std::string>(&cell);
      return text != nullptr && text->size() > longest_text;
    }));
  }
  if (cut == 0) return;
  about.rows.push_back({sheet, std::string("note"),
                        fmt::format("{} cut at {} bytes, the most that a cell holds",
                                    counted(cut, "text is", "texts are"), longest_text)});
}

}  // namespace

Result<std::string> write_workbook(std::span<const Table* const> tables, const FormatOptions& options) {
  for (const Table* table : tables) {
    if (table->rows.size() <= most_sheet_rows) continue;
    return fail(ErrorKind::limit, fmt::format("table '{}' has {} rows, and a sheet holds {}; write CSV", table->name,
                                              table->rows.size(), most_sheet_rows));
  }
  const MemoryFile file;
  if (!file.is_open()) return fail(ErrorKind::io, fmt::format("no memory for a workbook: {}", std::strerror(errno)));
  lxw_workbook_options by_row{};
  by_row.constant_memory = LXW_TRUE;  // each row goes to a file of the system when the next one begins
  lxw_workbook* workbook = workbook_new_opt(file.path().c_str(), &by_row);
  if (workbook == nullptr) return fail(ErrorKind::io, "no memory for a workbook");
  lxw_doc_properties properties{};
  properties.created = 946'684'800;  // 2000-01-01: the bytes must not depend on the clock
  lxw_error error = workbook_set_properties(workbook, &properties);

  std::set<std::string> taken{"about", "history"};  // the second is Excel's own
  Table about{"about", "", {{"sheet"}, {"item"}, {"value"}}, {}, {}, {}};
  for (const Table* table : tables) {
    const std::string name = unique_sheet_name(table->name, taken);
    if (error == LXW_NO_ERROR) error = add_sheet(workbook, *table, name);
    tell_about(about, name, *table);
  }
  for (const auto& [key, value] : options.parameters) about.rows.push_back({std::string(), key, value});
  about.rows.push_back({std::string(), std::string("coinvest"), options.tool_version});
  if (error == LXW_NO_ERROR) error = add_sheet(workbook, about, about.name);
  const lxw_error closed = workbook_close(workbook);
  if (error == LXW_NO_ERROR) error = closed;
  if (error != LXW_NO_ERROR) {
    return fail(ErrorKind::io, fmt::format("a workbook cannot be made: {}", lower_ascii(lxw_strerror(error))));
  }
  return file.bytes();
}

Result<std::string> write_xlsx(const Table& table, const FormatOptions& options) {
  const Table* one = &table;
  return write_workbook({&one, 1}, options);
}

}  // namespace coinvest
