// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <functional>

#include "coinvest/report/assets.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/escape.hpp"
#include "coinvest/report/layout.hpp"
#include "coinvest/report/page_table.hpp"

namespace coinvest {
namespace {

/// The source expression by which the policy of the page allows this script or style and no other.
std::string hash_source(std::string_view text) {
  std::string digest(32, '\0');
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(), nullptr);
  return fmt::format("'sha256-{}'", base64(digest));
}

std::string_view tag_of(Language language) {
  return std::ranges::find(languages, language, &LanguageName::language)->tag;
}

void add_head(std::string& out, const ReportLayout& layout) {
  out += fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; "
      "img-src data:; script-src {}; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"coinvest {}\">\n<title>{}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n</head>\n",
      tag_of(layout.content->language), hash_source(report_style), hash_source(report_script),
      escape_html(layout.tool_version), escape_html(layout.content->title), report_style);
}

void add_drawing(std::string& out, const PlacedDrawing& placed, Language language) {
  std::string label, caption;
  for (const std::string& line : placed.drawing->caption) {
    label += (label.empty() ? "" : " ") + say(language, line);
    caption += said_element("span", language, line);
  }
  out += "<figure class=\"drawing\">\n<div class=\"tools\"><span class=\"files\">";
  if (!placed.svg_file.empty()) out += fmt::format("<a href=\"{}\">SVG</a>", escape_html(placed.svg_file));
  if (!placed.dot_file.empty()) out += fmt::format("<a href=\"{}\">DOT</a>", escape_html(placed.dot_file));
  out += "</span></div>\n";
  if (!placed.inline_svg.empty())
    out += fmt::format("<div class=\"canvas\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n{}\n</div>\n",
                       escape_html(label), placed.inline_svg);
  out += fmt::format("<figcaption>\n{}</figcaption>\n</figure>\n", caption);
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
  for (const std::string& line : content.methods) out += said_element("p", content.language, line);
  if (content.parameters.empty()) return;
  out +=
      fmt::format("<figure class=\"table\">\n<figcaption>{}</figcaption>\n<div class=\"scroll\">\n<table>\n<tbody>\n",
                  say(content.language, "Parameters"));
  for (const auto& [name, value] : content.parameters) {
    const std::string text = exact_text(value);
    const bool is_latin = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    out += fmt::format("<tr><th scope=\"row\" lang=\"en\">{}</th><td{}>{}</td></tr>\n", escape_html(name),
                       is_latin ? " lang=\"en\"" : "", escape_html(text));
  }
  out += "</tbody>\n</table>\n</div>\n</figure>\n";
}

void add_provenance(std::string& out, const ReportLayout& layout) {
  const Language language = layout.content->language;
  const auto sentence = [&](std::string_view english, const std::string& value) {
    return fmt::format(fmt::runtime(say(language, english)), value);
  };
  const auto link = [](std::string_view name) { return fmt::format("<a href=\"{0}\">{0}</a>", escape_html(name)); };
  out += fmt::format("<p>{} {} {}",
                     sentence("Made by coinvest {} from the files below.", escape_html(layout.tool_version)),
                     sentence("{} lists every file read and written with its SHA-256.", link("manifest.json")),
                     sentence("{} holds the same numbers for programs.", link("report.json")));
  for (const OutputFile& database : layout.content->databases)
    out += " " + sentence("{} holds the data set as an SQLite database.", link(database.name));
  out += "</p>\n";
  out += fmt::format(
      "<figure class=\"table\">\n<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n",
      say(language, "file", as_head), say(language, "rows", as_head));
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
  std::string value = escape_html(figure.value);
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
      for (const std::string& line : section.intro) out += said_element("p", language, line);
      for (const PlacedDrawing& drawing : placed.drawings) add_drawing(out, drawing, language);
      for (const PlacedTable& table : placed.tables) add_page_table(out, table, language);
    });
  }
  const std::array<std::function<void()>, last_sections.size()> bodies{
      [&] { add_methods(out, content); }, [&] { add_page_table(out, layout.quality, language); },
      [&] { add_provenance(out, layout); }, [&] { add_page_table(out, layout.rejects, language); }};
  for (std::size_t at = 0; at < bodies.size(); ++at)
    if (!is_left_out(layout, last_sections[at].first))
      add_section(out, last_sections[at].first, say(language, last_sections[at].second), Folding::open, bodies[at]);
  out += fmt::format("</main>\n<footer>coinvest {}</footer>\n<script>{}</script>\n</body>\n</html>\n",
                     escape_html(layout.tool_version), report_script);
  return out;
}

}  // namespace coinvest
