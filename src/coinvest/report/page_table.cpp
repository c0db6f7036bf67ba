// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/page_table.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/escape.hpp"

namespace coinvest {
namespace {

/// Rows of a table that stand in the page as markup, and cells up to which a longer one stands there as data: the page
/// can still be sent by mail and opened; the CSV has the rest.
constexpr std::size_t marked_rows = 100, most_cells = 3'000'000;

/// Does a column wait until all columns are asked for?
bool is_detail(const DisplayColumn& column) {
  return column.shown == Shown::details || column.shown == Shown::faint;
}

/// The page of a report in a folder below this one. What a name may do to an address is escaped as in every URL.
std::string link_to(const std::string& folder) {
  if (folder.empty()) return "";
  std::string address;
  for (const char letter : folder) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    address += plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return fmt::format("<a href=\"{}/index.html\">{}</a>", address, escape_html(folder));
}

/// n: numbers; t: text that may wrap, as some of it is long; d: details.
std::string classes(const DisplayColumn& column) {
  constexpr std::size_t one_line = 32;
  const bool number = column.kind == DisplayColumn::Kind::number;
  const bool wraps = !number && std::any_of(column.cells.begin(), column.cells.end(),
                                            [](const std::string& cell) { return display_width(cell) > one_line; });
  std::string names = number ? "n" : wraps ? "t" : "";
  if (is_detail(column)) names += names.empty() ? "d" : " d";
  return names.empty() ? "" : fmt::format(" class=\"{}\"", names);
}

/// By column and row, the place of numbers in their order where what is shown is rounded; columns of other values are
/// empty, since they sort by what is shown.
std::vector<std::vector<std::size_t>> sort_places(const Table& table, std::size_t rows) {
  std::vector<std::vector<std::size_t>> places(table.columns.size());
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    std::vector<double> values;
    for (std::size_t row = 0; row < rows; ++row)
      if (const auto* value = std::get_if<double>(&table.rows[row][at]); value && std::isfinite(*value))
        values.push_back(*value);
    if (values.empty()) continue;
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
    for (std::size_t row = 0; row < rows; ++row) {
      const Cell& cell = table.rows[row][at];
      const double value = std::holds_alternative<double>(cell) ? std::get<double>(cell)
                           : std::holds_alternative<std::int64_t>(cell)
                               ? static_cast<double>(std::get<std::int64_t>(cell))
                               : 0;
      places[at].push_back(static_cast<std::size_t>(std::ranges::lower_bound(values, value) - values.begin()));
    }
  }
  return places;
}

/// As the browser's DecompressionStream("deflate") reads it.
std::string deflated(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size());
  packed.resize(size);
  return packed;
}

/// Puts the words of cells that are ours into the language of the page: yes and no, and those of columns that have a
/// section of phrases.
void translate(Language language, const Table& table, std::vector<DisplayColumn>& columns) {
  for (std::size_t at = 0; at < columns.size(); ++at) {
    // A sector may have the name of a stage.
    const bool stages = columns[at].name == "group" && table.name == "summary-by-stage";
    const std::string_view section = stages ? "stage" : section_of(columns[at].name);
    std::map<std::string, std::string> known;  // words come again and again
    for (std::size_t row = 0; row < columns[at].cells.size(); ++row) {
      const Cell& cell = table.rows[row][at];
      const bool is_truth = std::holds_alternative<bool>(cell);
      if (!is_truth && !std::holds_alternative<std::string>(cell)) continue;
      std::string& shown = columns[at].cells[row];
      const auto [found, is_new] = known.try_emplace(shown);
      if (is_new) found->second = say(language, shown, is_truth ? anywhere : section);
      shown = found->second;
    }
  }
}

/// A table as the page has it.
class PageTable {
 public:
  PageTable(const PlacedTable& placed, Language language)
      : placed_(placed),
        table_(*placed.table),
        language_(language),
        rows_(std::min(most_cells / std::max<std::size_t>(table_.columns.size(), 1), table_.rows.size())),
        columns_(display_columns(table_, rows_)),
        places_(sort_places(table_, rows_)),
        is_faint_(faint_rows(table_)) {
    if (language_ != Language::en) translate(language_, table_, columns_);
  }

  void add(std::string& out) {
    out += fmt::format("<figure class=\"table\" id=\"table-{0}\" data-table=\"{0}\">\n", escape_html(placed_.name));
    if (!table_.caption.empty()) out += said_element("figcaption", language_, table_.caption);
    if (table_.rows.empty())
      out += said_element("p class=\"note\"", language_, "No rows.");
    else
      add_rows(out);
    for (const std::string& note : table_.notes) out += said_element("p class=\"note\"", language_, note);
    out += "</figure>\n";
  }

 private:
  void add_rows(std::string& out) {
    const bool has_details = std::ranges::any_of(columns_, is_detail);
    out += "<div class=\"tools\">";
    if (has_details)
      out +=
          fmt::format("<label><input type=\"checkbox\" class=\"details\"> {}</label>", say(language_, "All columns"));
    out += fmt::format("<span class=\"files\"><a href=\"{}\">CSV</a></span></div>\n", escape_html(placed_.file));
    const std::string paper =
        table_.rows.size() > marked_rows
            ? fmt::format(" long\" data-paper=\"{}\"",
                          escape_html(say(language_, "Paper has the first 100 rows; the CSV file has all.")))
            : "\"";
    out += fmt::format(
        "<div class=\"scroll{} tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr>", paper,
        escape_html(table_.caption.empty() ? placed_.name
                                           : fmt::format("{} ({})", say(language_, table_.caption), placed_.name)));
    for (const DisplayColumn& column : columns_) {
      class_of_.push_back(classes(column));
      out +=
          said_element(fmt::format("th scope=\"col\"{} data-column=\"{}\"", class_of_.back(), escape_html(column.name)),
                       language_, column.name, as_head);
    }
    out += "</tr></thead>\n<tbody>\n";
    const std::size_t marked = has_links() ? rows_ : std::min(marked_rows, rows_);
    for (std::size_t row = 0; row < marked; ++row) add_marked(out, row);
    out += "</tbody>\n</table>\n</div>\n";
    if (marked < rows_) {
      out += fmt::format("<script type=\"application/zlib\">{}</script>\n", base64(deflated(data())));
      add_note(out, "note screen first", marked);
    }
    if (rows_ < table_.rows.size()) add_note(out, "note screen", rows_);
  }

  /// Links are markup of the page; the script adds text alone.
  bool has_links() const { return std::ranges::find(columns_, Shown::linked, &DisplayColumn::shown) != columns_.end(); }

  void add_marked(std::string& out, std::size_t row) const {
    out += is_faint_[row] ? "<tr class=\"faint\">" : "<tr>";
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const std::string place =
          places_[at].empty() || columns_[at].cells[row].empty() ? "" : fmt::format(" data-v=\"{}\"", places_[at][row]);
      out += fmt::format("<td{}{}>{}</td>", class_of_[at], place,
                         columns_[at].shown == Shown::linked ? link_to(columns_[at].cells[row])
                                                             : escape_html(columns_[at].cells[row]));
    }
    out += "</tr>\n";
  }

  /// {"shown": a list per column, "places": such lists or null, "faint": rows}
  std::string data() const {
    std::string shown, places, faint;
    const auto add = [](std::string& list, const auto& part) {
      list += fmt::format("{}{}", list.empty() ? "" : ",", part);
    };
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      std::string texts, numbers;
      for (std::size_t row = 0; row < rows_; ++row) {
        const std::string& cell = columns_[at].cells[row];
        add(texts, json_string(visible_text(cell)));
        if (!places_[at].empty()) add(numbers, cell.empty() ? "null" : std::to_string(places_[at][row]));
      }
      add(shown, "[" + texts + "]");
      add(places, numbers.empty() ? "null" : "[" + numbers + "]");
    }
    for (std::size_t row = 0; row < rows_; ++row)
      if (is_faint_[row]) add(faint, row);
    return fmt::format(R"({{"shown":[{}],"places":[{}],"faint":[{}]}})", shown, places, faint);
  }

  void add_note(std::string& out, std::string_view classes, std::size_t rows) const {
    const auto number = [](std::size_t count) { return display_text(static_cast<std::int64_t>(count)); };
    out += fmt::format(
        "<p class=\"{}\">{}</p>\n", classes,
        fmt::format(fmt::runtime(say(language_, "The first {} of {} rows; all of them are in {}.")), number(rows),
                    number(table_.rows.size()), fmt::format("<a href=\"{0}\">{0}</a>", escape_html(placed_.file))));
  }

  const PlacedTable& placed_;
  const Table& table_;
  Language language_;
  std::size_t rows_;
  std::vector<DisplayColumn> columns_;
  std::vector<std::vector<std::size_t>> places_;
  std::vector<bool> is_faint_;
  std::vector<std::string> class_of_;
};

}  // namespace

std::string said_element(std::string_view opening, Language language, std::string_view english,
                         std::string_view section) {
  const auto said = translation(language, english, section);
  return fmt::format("<{}{}>{}</{}>\n", opening, said ? "" : " lang=\"en\"",
                     escape_html(said.value_or(std::string(english))), opening.substr(0, opening.find(' ')));
}

void add_page_table(std::string& out, const PlacedTable& placed, Language language) {
  PageTable(placed, language).add(out);
}

}  // namespace coinvest
