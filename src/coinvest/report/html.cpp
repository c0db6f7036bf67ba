// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "coinvest/base/text.hpp"
#include "coinvest/report/assets.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/escape.hpp"
#include "coinvest/report/layout.hpp"

namespace coinvest {
namespace {

/// Rows of one table that stand in the page as markup, and up to which more the script adds from data of at most so
/// many bytes: a browser stays quick and the page can be sent by mail; the CSV has the rest.
constexpr std::size_t marked_rows = 100, most_rows = 20'000, most_bytes = 700'000;

/// The source expression by which the policy of the page allows this script and no other.
std::string script_hash(std::string_view script) {
  std::array<unsigned char, 32> digest{};
  std::array<unsigned char, 45> base64{};  // 4 characters for 3 bytes, rounded up, and the final zero
  EVP_Digest(script.data(), script.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::string text = "sha256-";
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  std::transform(base64.begin(), base64.begin() + length, std::back_inserter(text),
                 [](unsigned char letter) { return static_cast<char>(letter); });
  return text;
}

std::string_view tag_of(Language language) {
  return std::ranges::find(languages, language, &LanguageName::language)->tag;
}

void add_head(std::string& out, const ReportLayout& layout) {
  out += fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "img-src data:; script-src '{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"coinvest {}\">\n<title>{}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n",
      tag_of(layout.content->language), script_hash(report_script), escape_html(layout.tool_version),
      escape_html(layout.content->title), report_style);
}

/// Does a column wait until all columns are asked for?
bool is_detail(const DisplayColumn& column) {
  return column.shown == Shown::details || column.shown == Shown::faint;
}

/// Is a column left to the CSV file, so that more rows of a large table fit the page? The id finds the rows behind.
bool is_left_to_file(const DisplayColumn& column, const Table& table) {
  constexpr std::size_t many_cells = 100'000;
  return is_detail(column) && column.name != "id" && table.rows.size() * table.columns.size() > many_cells;
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

/// A table as the page has it.
class PageTable {
 public:
  PageTable(const PlacedTable& placed, Language language)
      : placed_(placed),
        table_(*placed.table),
        language_(language),
        rows_(std::min(most_rows, table_.rows.size())),
        columns_(display_columns(table_, rows_)),
        places_(sort_places(table_, rows_)),
        is_faint_(faint_rows(table_)) {
    for (std::size_t at = columns_.size(); at-- > 0;) {
      if (!is_left_to_file(columns_[at], table_)) continue;
      columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(at));
      places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  void add(std::string& out) {
    out += fmt::format("<figure class=\"table\" id=\"table-{0}\" data-table=\"{0}\">\n", escape_html(placed_.name));
    if (!table_.caption.empty())
      out += fmt::format("<figcaption lang=\"en\">{}</figcaption>\n", escape_html(table_.caption));
    if (table_.rows.empty())
      out += fmt::format("<p class=\"note\">{}</p>\n", say(language_, "No rows."));
    else
      add_rows(out);
    for (const std::string& note : table_.notes)
      out += fmt::format("<p class=\"note\" lang=\"en\">{}</p>\n", escape_html(note));
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
    out += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr>",
        escape_html(table_.caption.empty() ? placed_.name : fmt::format("{} ({})", table_.caption, placed_.name)));
    for (const DisplayColumn& column : columns_) {
      class_of_.push_back(classes(column));
      out += fmt::format("<th scope=\"col\"{} data-column=\"{}\">{}</th>", class_of_.back(), escape_html(column.name),
                         escape_html(say(language_, column.name)));
    }
    out += "</tr></thead>\n<tbody>\n";
    const std::size_t marked = std::min(has_links() ? most_rows : marked_rows, rows_);
    for (std::size_t row = 0; row < marked; ++row) add_marked(out, row);
    out += "</tbody>\n</table>\n</div>\n";
    if (marked == table_.rows.size()) return;
    std::string more;
    std::size_t next = marked;
    for (; next < rows_ && more.size() < most_bytes; ++next) more += (more.empty() ? "" : ",\n") + data_of(next);
    out += fmt::format("<script type=\"application/json\">[{}]</script>\n", more);
    out += fmt::format("<noscript>{}</noscript>\n", first_of(marked));
    if (next < table_.rows.size()) out += first_of(next);
    if (columns_.size() < table_.columns.size())
      out += fmt::format("<p class=\"note screen\">{}</p>\n",
                         fmt::format(fmt::runtime(say(language_, "All {} columns are in {}.")), table_.columns.size(),
                                     link_to_file()));
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

  /// ["shown", ["0.1235", 7], ...], of a faint row with one more cell.
  std::string data_of(std::size_t row) const {
    std::string out = "[";
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const std::string shown = json_string(visible_text(columns_[at].cells[row]));
      out += at == 0 ? "" : ",";
      out += places_[at].empty() || shown == "\"\"" ? shown : fmt::format("[{},{}]", shown, places_[at][row]);
    }
    return out + (is_faint_[row] ? ",1]" : "]");
  }

  std::string first_of(std::size_t rows) const {
    const auto number = [](std::size_t count) { return display_text(static_cast<std::int64_t>(count)); };
    return fmt::format("<p class=\"note screen\">{}</p>\n",
                       fmt::format(fmt::runtime(say(language_, "The first {} of {} rows; all of them are in {}.")),
                                   number(rows), number(table_.rows.size()), link_to_file()));
  }

  std::string link_to_file() const { return fmt::format("<a href=\"{0}\">{0}</a>", escape_html(placed_.file)); }

  const PlacedTable& placed_;
  const Table& table_;
  Language language_;
  std::size_t rows_;
  std::vector<DisplayColumn> columns_;
  std::vector<std::vector<std::size_t>> places_;
  std::vector<bool> is_faint_;
  std::vector<std::string> class_of_;
};

void add_drawing(std::string& out, const PlacedDrawing& placed) {
  const std::string caption = escape_html(placed.drawing->caption);
  out += "<figure class=\"drawing\">\n<div class=\"tools\"><span class=\"files\">";
  if (!placed.svg_file.empty()) out += fmt::format("<a href=\"{}\">SVG</a>", escape_html(placed.svg_file));
  if (!placed.dot_file.empty()) out += fmt::format("<a href=\"{}\">DOT</a>", escape_html(placed.dot_file));
  out += "</span></div>\n";
  if (!placed.inline_svg.empty())
    out += fmt::format("<div class=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}\n</div>\n", caption,
                       placed.inline_svg);
  out += fmt::format("<figcaption lang=\"en\">{}</figcaption>\n</figure>\n", caption);
}

/// A section between its tags; a folded one opens on a click, or where its anchor is followed.
template <typename Body>
void add_section(std::string& out, std::string_view anchor, std::string_view heading, Folding folding,
                 const Body& body) {
  const bool folded = folding == Folding::folded;
  out += fmt::format("<section id=\"{}\">\n", escape_html(anchor));
  const std::string title = fmt::format("<h2>{}</h2>", escape_html(heading));
  out += folded ? fmt::format("<details><summary>{}</summary>\n", title) : title + "\n";
  body();
  out += folded ? "</details>\n</section>\n" : "</section>\n";
}

void add_methods(std::string& out, const ReportContent& content) {
  for (const std::string& line : content.methods) out += fmt::format("<p lang=\"en\">{}</p>\n", escape_html(line));
  if (content.parameters.empty()) return;
  out +=
      fmt::format("<figure class=\"table\">\n<figcaption>{}</figcaption>\n<div class=\"scroll\">\n<table>\n<tbody>\n",
                  say(content.language, "Parameters"));
  for (const auto& [name, value] : content.parameters)
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escape_html(name),
                       escape_html(exact_text(value)));
  out += "</tbody>\n</table>\n</div>\n</figure>\n";
}

void add_provenance(std::string& out, const ReportLayout& layout) {
  const Language language = layout.content->language;
  const auto sentence = [&](std::string_view english, const std::string& value) {
    return fmt::format(fmt::runtime(say(language, english)), value);
  };
  out += fmt::format(
      "<p>{} {} {}</p>\n", sentence("Made by coinvest {} from the files below.", escape_html(layout.tool_version)),
      sentence("{} lists every file read and written with its SHA-256.", "<a href=\"manifest.json\">manifest.json</a>"),
      sentence("{} holds the same numbers for programs.", "<a href=\"report.json\">report.json</a>"));
  out += fmt::format(
      "<figure class=\"table\">\n<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n",
      say(language, "file"), say(language, "rows"));
  for (const InputFile& file : layout.content->inputs)
    out +=
        fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"hash\">{}</td></tr>\n", escape_html(file.name),
                    display_text(static_cast<std::int64_t>(file.rows)), escape_html(file.sha256));
  out += "</tbody>\n</table>\n</div>\n</figure>\n";
}

/// The sections that every report has, after its own: anchor and heading.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> last_sections{
    {{"methods", "Methods"}, {"quality", "Data quality"}, {"provenance", "Provenance"}, {"rejects", "Rejects"}}};

/// An index of reports has no methods and no data of its own.
bool is_left_out(const ReportLayout& layout, std::string_view anchor) {
  const ReportContent& content = *layout.content;
  return (anchor == "methods" && content.methods.empty() && content.parameters.empty()) ||
         (anchor == "quality" && layout.quality.table == nullptr) ||
         (anchor == "rejects" && layout.rejects.table == nullptr);
}

/// A number, and if its rows are in the page, the way to them.
std::string linked(const ReportLayout& layout, const KeyFigure& figure) {
  const std::string value = escape_html(figure.value);
  for (const PlacedSection& section : layout.sections)
    for (const PlacedTable& table : section.tables)
      if (table.table->name == figure.table)
        return fmt::format("<a href=\"#table-{}\">{}</a>", escape_html(table.name), value);
  return value;
}

void add_opening(std::string& out, const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  const Language language = content.language;
  out += fmt::format("<header>\n<h1>{}</h1>\n<p class=\"finding\" id=\"finding\">{}</p>\n", escape_html(content.title),
                     escape_html(content.finding));
  if (!content.figures.empty()) {
    out += "<dl class=\"figures\">\n";
    for (const KeyFigure& figure : content.figures)
      out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape_html(say(language, figure.label)),
                         linked(layout, figure));
    out += "</dl>\n";
  }
  out += fmt::format("</header>\n<nav aria-label=\"{}\"><ul>\n", say(language, "Sections"));
  const auto add = [&](std::string_view anchor, std::string_view heading) {
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escape_html(anchor), escape_html(say(language, heading)));
  };
  for (const PlacedSection& placed : layout.sections) add(placed.anchor, placed.section->heading);
  for (const auto& [anchor, heading] : last_sections)
    if (!is_left_out(layout, anchor)) add(anchor, heading);
  out += "</ul></nav>\n";
}

/// What the script says, as an attribute.
std::string words_of_script(Language language) {
  std::string json;
  for (const std::string_view phrase : script_phrases)
    json += fmt::format("{}{}:{}", json.empty() ? "" : ",", json_string(phrase), json_string(say(language, phrase)));
  return escape_html("{" + json + "}");
}

}  // namespace

std::string report_html(const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  const Language language = content.language;
  std::string out;
  add_head(out, layout);
  out += fmt::format("<body data-words=\"{}\">\n<a class=\"skip\" href=\"#content\">{}</a>\n",
                     words_of_script(language), say(language, "Skip to the content"));
  add_opening(out, layout);
  out += "<main id=\"content\">\n";
  for (const PlacedSection& placed : layout.sections) {
    const ReportSection& section = *placed.section;
    add_section(out, placed.anchor, say(language, section.heading), section.folding, [&] {
      for (const std::string& line : section.intro) out += fmt::format("<p>{}</p>\n", escape_html(say(language, line)));
      for (const PlacedDrawing& drawing : placed.drawings) add_drawing(out, drawing);
      for (const PlacedTable& table : placed.tables) PageTable(table, language).add(out);
    });
  }
  const std::array<std::function<void()>, last_sections.size()> bodies{
      [&] { add_methods(out, content); }, [&] { PageTable(layout.quality, language).add(out); },
      [&] { add_provenance(out, layout); }, [&] { PageTable(layout.rejects, language).add(out); }};
  for (std::size_t at = 0; at < bodies.size(); ++at)
    if (!is_left_out(layout, last_sections[at].first))
      add_section(out, last_sections[at].first, say(language, last_sections[at].second), Folding::open, bodies[at]);
  out += fmt::format("</main>\n<footer>coinvest {}</footer>\n<script>{}</script>\n</body>\n</html>\n",
                     escape_html(layout.tool_version), report_script);
  return out;
}

}  // namespace coinvest
