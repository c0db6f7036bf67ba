// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/report/report.hpp"

namespace coinvest {

/// A table of a report and the file it is written to.
struct PlacedTable {
  const Table* table = nullptr;
  std::string name;  ///< unique among the tables of the report
  std::string file = fmt::format("tables/{}.csv", name);
};

/// A drawing of a report, its files and its picture for the page.
struct PlacedDrawing {
  const ReportDrawing* drawing = nullptr;
  std::string dot_file, svg_file;  ///< empty if there is none
  std::string inline_svg;          ///< checked, fit to stand in HTML
};

struct PlacedSection {
  const ReportSection* section = nullptr;
  std::string anchor;  ///< unique in the page
  std::vector<PlacedDrawing> drawings;
  std::vector<PlacedTable> tables;
};

/// The content with a file name for each of its parts; what page, Markdown and JSON are written from.
struct ReportLayout {
  const ReportContent* content = nullptr;
  std::string_view tool_version;
  std::vector<PlacedSection> sections;
  PlacedTable quality, rejects;  ///< null: left out
};

/// A text as a JSON string that may stand in a script element.
std::string json_string(std::string_view text);

std::string report_html(const ReportLayout& layout);
std::string report_markdown(const ReportLayout& layout);
std::string report_json(const ReportLayout& layout);

/// Whether a manifest was made for this content by this version, whatever its outputs are.
bool manifest_is_of(std::string_view manifest, const ReportContent& content, std::string_view tool_version);

/// What was read and written, with SHA-256 and size of every output.
std::string manifest_json(const ReportLayout& layout, const std::vector<OutputFile>& outputs);

}  // namespace coinvest
