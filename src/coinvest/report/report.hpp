// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/model/dataset.hpp"
#include "coinvest/report/format.hpp"
#include "coinvest/report/phrases.hpp"

namespace coinvest {

/// A number that a reader should meet first: "Investors", "1,204".
struct KeyFigure {
  std::string label, value;
  std::string table = "";  ///< name of the table with the rows behind it; "": none
};

/// A drawing as the render stage made it.
struct ReportDrawing {
  std::string name;                  ///< becomes graphs/NAME.dot and graphs/NAME.svg
  std::vector<std::string> caption;  ///< sentences: what it shows and what was left out
  std::string dot;                   ///< empty: a chart, which is no graph and has its svg alone
  std::string svg;                   ///< empty: no engine was at hand; the page then offers the DOT file alone
};

/// Whether a section is open when the page is.
enum class Folding : std::uint8_t { open, folded };

struct ReportSection {
  std::string id;  ///< of its anchor: "ranking"
  std::string heading;
  std::vector<std::string> intro;  ///< paragraphs before the tables
  std::vector<ReportDrawing> drawings;
  std::vector<Table> tables;  ///< each also becomes tables/NAME.csv
  Folding folding = Folding::open;
};

/// A report in a folder of its own below that of another.
struct SubReport {
  std::string folder;                          ///< one plain name
  std::vector<std::string> datasets, options;  ///< as in ReportContent
  std::string sha256;                          ///< of its manifest.json
};

/// A file of a report, its name relative to the report's folder.
struct OutputFile {
  std::string name;
  std::string bytes;
};

/// Everything a report says; nothing in it depends on the clock, the machine or the number of threads.
struct ReportContent {
  Language language = Language::en;
  std::string title;
  std::vector<std::string> datasets;  ///< names of what was read, without folders
  std::vector<std::string> options;   ///< "--sector=gpu", ...: what makes the same report of these data sets again
  std::string graphviz;               ///< its version; "" if none is at hand
  std::string finding;                ///< one sentence
  std::vector<KeyFigure> figures;
  std::vector<ReportSection> sections;  ///< in reading order
  Parameters parameters;                ///< every option that shapes the numbers, as-of and seed included
  std::vector<std::string> methods;     ///< sentences: definitions, variants, normalisations
  Table quality;                        ///< the uncertainty block; without columns: left out
  std::vector<InputFile> inputs;
  Table rejects;                           ///< without columns: left out
  std::vector<OutputFile> databases = {};  ///< data sets as SQLite databases
  std::vector<SubReport> reports;          ///< what the manifest lists besides the files
};

/// The files of a report, manifest.json last: index.html (self-contained), report.md, report.json, report.xlsx (every
/// table that fits a sheet), tables/*.csv (safe for spreadsheets), graphs/*.dot and *.svg, databases. The same content
/// gives the same bytes. Tables of one name get "-2", ... Fails (engine): an SVG holds more than a drawing needs, such
/// as a script, a link or an event handler.
Result<std::vector<OutputFile>> report_files(const ReportContent& content, std::string_view tool_version);

/// Writes files as `report_files` gives them into `folder`, all or none. A folder that holds anything is refused, or
/// under `replace` brought to the new state: files that its manifest names are replaced or removed, all others stay.
/// Not counted are reports that the new manifest lists, and what an interrupted run left there: files with the very
/// bytes and temporary ones, which are removed. Fails (io): as write_file; a file of somebody else stands where one of
/// ours belongs; (cancelled), until the first file is moved into its place.
Result<void> write_report(const std::vector<OutputFile>& files, const std::string& folder, Overwrite overwrite,
                          const Context& context);

}  // namespace coinvest
