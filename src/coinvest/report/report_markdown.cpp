// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "coinvest/base/counted.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/layout.hpp"
#include "coinvest/report/markdown.hpp"

namespace coinvest {
namespace {

/// Rows of one table that the text shows; it is read in diffs and mails, the CSV has the rest.
constexpr std::size_t most_rows = 50;

void add_table(std::string& out, const PlacedTable& placed) {
  const Table& table = *placed.table;
  if (!table.caption.empty()) out += fmt::format("{}\n\n", escape_markdown(table.caption));
  out += markdown_table(table, most_rows);
  if (table.rows.size() > most_rows)
    out += fmt::format("\nThe first {} of {}", most_rows, counted(table.rows.size(), "row", "rows"));
  else
    out += "\nThe same";
  out += fmt::format(": [{0}]({0})\n\n", placed.file);
}

}  // namespace

std::string report_markdown(const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  std::string out = fmt::format("# {}\n\n**{}**\n\n", escape_markdown(content.title), escape_markdown(content.finding));
  for (const KeyFigure& figure : content.figures)
    out += fmt::format("- {}: {}\n", escape_markdown(figure.label), escape_markdown(figure.value));
  if (!content.figures.empty()) out += '\n';

  for (const PlacedSection& placed : layout.sections) {
    out += fmt::format("## {}\n\n", escape_markdown(placed.section->heading));
    for (const std::string& line : placed.section->intro) out += escape_markdown(line) + "\n\n";
    for (const PlacedDrawing& drawing : placed.drawings) {
      const std::string caption = escape_markdown(fmt::format("{}", fmt::join(drawing.drawing->caption, " ")));
      out += drawing.svg_file.empty() ? fmt::format("[{}]({})\n\n", caption, drawing.dot_file)
                                      : fmt::format("![{}]({})\n\n", caption, drawing.svg_file);
    }
    for (const PlacedTable& table : placed.tables) add_table(out, table);
  }

  if (!content.methods.empty() || !content.parameters.empty()) out += "## Methods\n\n";
  for (const std::string& line : content.methods) out += escape_markdown(line) + "\n\n";
  for (const auto& [name, value] : content.parameters)
    out += fmt::format("- {}: {}\n", escape_markdown(name), escape_markdown(exact_text(value)));
  if (!content.parameters.empty()) out += '\n';
  if (layout.quality.table != nullptr) {
    out += "## Data quality\n\n";
    add_table(out, layout.quality);
  }
  out += fmt::format("## Provenance\n\nMade by coinvest {} from:\n\n| file | rows | SHA-256 |\n|---|---:|---|\n",
                     escape_markdown(layout.tool_version));
  for (const InputFile& file : content.inputs)
    out += fmt::format("| {} | {} | {} |\n", escape_markdown(file.name),
                       display_text(static_cast<std::int64_t>(file.rows)), escape_markdown(file.sha256));
  for (const OutputFile& database : content.databases)
    out += fmt::format("\n[{0}]({0}) holds the data set as an SQLite database.\n", database.name);
  if (layout.rejects.table == nullptr) return out;
  out += "\n## Rejects\n\n";
  add_table(out, layout.rejects);
  out.pop_back();
  return out;
}

}  // namespace coinvest
