// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "coinvest/base/text.hpp"
#include "coinvest/report/assets.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/escape.hpp"
#include "coinvest/report/layout.hpp"

namespace coinvest {
namespace {

/// Rows of one table that the page shows; a browser stays quick, the CSV has the rest.
constexpr std::size_t most_rows = 1'000;

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

void add_head(std::string& out, const ReportLayout& layout) {
  out += fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "img-src data:; script-src '{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"coinvest {}\">\n<title>{}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n",
      script_hash(report_script), escape_html(layout.tool_version), escape_html(layout.content->title), report_style);
}

bool is_detail(const DisplayColumn& column) {
  return column.shown != Shown::always && column.shown != Shown::linked;
}

/// The page of a report in a folder below this one. What a name may do to an address is escaped as in every URL.
std::string link_to(const Cell& cell) {
  const std::string folder = exact_text(cell);
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

/// The value to sort by, where the shown one is rounded.
std::string sort_key(const Cell& cell, const std::string& shown) {
  if (!std::holds_alternative<double>(cell)) return "";
  const std::string exact = exact_text(cell);
  return exact == shown ? "" : fmt::format(" data-v=\"{}\"", exact);
}

void add_table(std::string& out, const PlacedTable& placed) {
  const Table& table = *placed.table;
  const std::vector<DisplayColumn> columns = display_columns(table, most_rows);
  const bool has_details = std::any_of(columns.begin(), columns.end(), is_detail);
  out += "<figure class=\"table\">\n";
  if (!table.caption.empty()) out += fmt::format("<figcaption>{}</figcaption>\n", escape_html(table.caption));
  if (table.rows.empty()) {
    out += "<p class=\"note\">No rows.</p>\n";
  } else {
    out += "<div class=\"tools\">";
    if (has_details) out += "<label><input type=\"checkbox\" class=\"details\"> All columns</label>";
    out += fmt::format("<span class=\"files\"><a href=\"{}\">CSV</a></span></div>\n", escape_html(placed.file));
    out += fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr>",
                       escape_html(table.caption.empty() ? table.name : table.caption));
    std::vector<std::string> class_of;
    for (const DisplayColumn& column : columns) {
      class_of.push_back(classes(column));
      out += fmt::format("<th scope=\"col\"{}>{}</th>", class_of.back(), escape_html(column.name));
    }
    out += "</tr></thead>\n<tbody>\n";
    const std::vector<bool> is_faint = faint_rows(table);
    for (std::size_t row = 0; row < std::min(most_rows, table.rows.size()); ++row) {
      out += is_faint[row] ? "<tr class=\"faint\">" : "<tr>";
      for (std::size_t at = 0; at < columns.size(); ++at)
        out += fmt::format("<td{}{}>{}</td>", class_of[at], sort_key(table.rows[row][at], columns[at].cells[row]),
                           table.columns[at].shown == Shown::linked ? link_to(table.rows[row][at])
                                                                    : escape_html(columns[at].cells[row]));
      out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n</div>\n";
  }
  if (table.rows.size() > most_rows)
    out += fmt::format("<p class=\"note screen\">The first {} of {}; all of them are in <a href=\"{}\">{}</a>.</p>\n",
                       display_text(std::int64_t{most_rows}), counted(table.rows.size(), "row", "rows"),
                       escape_html(placed.file), escape_html(placed.file));
  for (const std::string& note : table.notes) out += fmt::format("<p class=\"note\">{}</p>\n", escape_html(note));
  out += "</figure>\n";
}

void add_drawing(std::string& out, const PlacedDrawing& placed) {
  const std::string caption = escape_html(placed.drawing->caption);
  out += "<figure class=\"drawing\">\n<div class=\"tools\"><span class=\"files\">";
  if (!placed.svg_file.empty()) out += fmt::format("<a href=\"{}\">SVG</a>", escape_html(placed.svg_file));
  if (!placed.dot_file.empty()) out += fmt::format("<a href=\"{}\">DOT</a>", escape_html(placed.dot_file));
  out += "</span></div>\n";
  if (!placed.inline_svg.empty())
    out += fmt::format("<div class=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}\n</div>\n", caption,
                       placed.inline_svg);
  out += fmt::format("<figcaption>{}</figcaption>\n</figure>\n", caption);
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
  for (const std::string& line : content.methods) out += fmt::format("<p>{}</p>\n", escape_html(line));
  if (content.parameters.empty()) return;
  out += "<figure class=\"table\">\n<figcaption>Parameters</figcaption>\n<div class=\"scroll\">\n<table>\n<tbody>\n";
  for (const auto& [name, value] : content.parameters)
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escape_html(name),
                       escape_html(exact_text(value)));
  out += "</tbody>\n</table>\n</div>\n</figure>\n";
}

void add_provenance(std::string& out, const ReportLayout& layout) {
  out += fmt::format(
      "<p>Made by coinvest {} from the files below. <a href=\"manifest.json\">manifest.json</a> lists every file read "
      "and written with its SHA-256; <a href=\"report.json\">report.json</a> holds the same numbers for "
      "programs.</p>\n",
      escape_html(layout.tool_version));
  out +=
      "<figure class=\"table\">\n<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">file</th>"
      "<th scope=\"col\" class=\"n\">rows</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n";
  for (const InputFile& file : layout.content->inputs)
    out +=
        fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"hash\">{}</td></tr>\n", escape_html(file.name),
                    display_text(static_cast<std::int64_t>(file.rows)), escape_html(file.sha256));
  out += "</tbody>\n</table>\n</div>\n</figure>\n";
}

void add_opening(std::string& out, const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  out += fmt::format("<header>\n<h1>{}</h1>\n<p class=\"finding\" id=\"finding\">{}</p>\n", escape_html(content.title),
                     escape_html(content.finding));
  if (!content.figures.empty()) {
    out += "<dl class=\"figures\">\n";
    for (const KeyFigure& figure : content.figures)
      out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape_html(figure.label), escape_html(figure.value));
    out += "</dl>\n";
  }
  out += "</header>\n<nav aria-label=\"Sections\"><ul>\n";
  for (const PlacedSection& placed : layout.sections)
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escape_html(placed.anchor),
                       escape_html(placed.section->heading));
  out += "<li><a href=\"#methods\">Methods</a></li>\n";
  if (layout.quality.table != nullptr) out += "<li><a href=\"#quality\">Data quality</a></li>\n";
  out += "<li><a href=\"#provenance\">Provenance</a></li>\n";
  if (layout.rejects.table != nullptr) out += "<li><a href=\"#rejects\">Rejects</a></li>\n";
  out += "</ul></nav>\n";
}

}  // namespace

std::string report_html(const ReportLayout& layout) {
  std::string out;
  add_head(out, layout);
  out += "<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n";
  add_opening(out, layout);
  out += "<main id=\"content\">\n";
  for (const PlacedSection& placed : layout.sections) {
    add_section(out, placed.anchor, placed.section->heading, placed.section->folding, [&] {
      for (const std::string& line : placed.section->intro) out += fmt::format("<p>{}</p>\n", escape_html(line));
      for (const PlacedDrawing& drawing : placed.drawings) add_drawing(out, drawing);
      for (const PlacedTable& table : placed.tables) add_table(out, table);
    });
  }
  add_section(out, "methods", "Methods", Folding::open, [&] { add_methods(out, *layout.content); });
  if (layout.quality.table != nullptr)
    add_section(out, "quality", "Data quality", Folding::open, [&] { add_table(out, layout.quality); });
  add_section(out, "provenance", "Provenance", Folding::open, [&] { add_provenance(out, layout); });
  if (layout.rejects.table != nullptr)
    add_section(out, "rejects", "Rejects", Folding::open, [&] { add_table(out, layout.rejects); });
  out += fmt::format("</main>\n<footer>coinvest {}</footer>\n<script>{}</script>\n</body>\n</html>\n",
                     escape_html(layout.tool_version), report_script);
  return out;
}

}  // namespace coinvest
