// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "coinvest/base/text.hpp"
#include "coinvest/report/layout.hpp"
#include "coinvest/report/svg.hpp"
#include "coinvest/report/xlsx.hpp"

namespace coinvest {
namespace {

namespace fs = std::filesystem;

/// Gives out file names and anchors, each once.
class Names {
 public:
  std::string unique(const std::string& wanted) {
    const std::string base = file_name_safe(wanted) ? wanted : slug(wanted);
    std::string name = base;
    for (unsigned count = 2; !taken_.insert(lower_ascii(name)).second; ++count)
      name = fmt::format("{}-{}", base, count);
    return name;
  }

 private:
  static bool file_name_safe(std::string_view name) {
    const auto plain = [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
             letter == '_' || letter == '-';
    };
    return !name.empty() && name.size() <= 80 && name.front() != '-' && std::all_of(name.begin(), name.end(), plain);
  }

  std::set<std::string> taken_;
};

Result<ReportLayout> laid_out(const ReportContent& content, std::string_view tool_version) {
  Names table_names, drawing_names, anchors;
  for (const char* reserved : {"content", "finding", "methods", "quality", "provenance", "rejects"})
    anchors.unique(reserved);
  const auto place = [&](const Table& table, std::string_view name) {
    return PlacedTable{&table, table_names.unique(std::string(name))};
  };
  ReportLayout layout{&content, tool_version, {}, place(content.quality, "quality"), place(content.rejects, "rejects")};
  for (const ReportSection& section : content.sections) {
    PlacedSection placed{&section, anchors.unique(section.id), {}, {}};
    for (const ReportDrawing& drawing : section.drawings) {
      const std::string name = drawing_names.unique(drawing.name);
      PlacedDrawing picture{&drawing, drawing.dot.empty() ? "" : fmt::format("graphs/{}.dot", name), "", ""};
      if (!drawing.svg.empty()) {
        auto checked = inline_svg(drawing.svg);
        if (!checked) return fail(checked.error().kind, checked.error().message, {name + ".svg", 0, ""});
        picture.svg_file = fmt::format("graphs/{}.svg", name);
        picture.inline_svg = std::move(*checked);
      }
      placed.drawings.push_back(std::move(picture));
    }
    for (const Table& table : section.tables) placed.tables.push_back(place(table, table.name));
    layout.sections.push_back(std::move(placed));
  }
  return layout;
}

/// All tables that a sheet can hold, in one workbook.
Result<std::string> workbook_of(const ReportLayout& layout) {
  std::vector<const Table*> tables;
  const auto add = [&](const Table* table) {
    if (table->rows.size() <= most_sheet_rows) tables.push_back(table);
  };
  for (const PlacedSection& section : layout.sections) {
    for (const PlacedTable& table : section.tables) add(table.table);
  }
  add(layout.quality.table);
  add(layout.rejects.table);
  FormatOptions options;
  options.tool_version = layout.tool_version;
  options.parameters = layout.content->parameters;
  return write_workbook(tables, options);
}

/// A folder that goes with everything in it unless it is kept.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

tl::unexpected<Error> refused(const std::string& what, const std::string& path) {
  return fail(ErrorKind::io, what, {path, 0, ""});
}

/// The files that an earlier report left in `folder`. Fails if what stands there must not be touched.
Result<std::vector<std::string>> replaceable(const std::string& folder, Overwrite overwrite,
                                             const std::vector<OutputFile>& files) {
  std::error_code error;
  if (!fs::exists(folder, error)) return std::vector<std::string>();
  if (!fs::is_directory(folder, error)) return refused("exists and is not a folder", folder);
  const fs::directory_iterator entries(folder, error);
  if (error) return refused(fmt::format("cannot be opened: {}", error.message()), folder);
  // What an interrupted run left under a temporary name is nobody's file.
  const bool empty = std::all_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return name.starts_with(".coinvest-") && name.ends_with(".tmp");
  });
  if (empty) return std::vector<std::string>();
  if (overwrite == Overwrite::refuse)
    return refused("exists already and is not empty; --overwrite would replace the report in it", folder);

  const auto manifest = read_file(folder + "/manifest.json");
  const auto ours = manifest ? manifest_outputs(*manifest) : std::nullopt;
  if (!ours) return refused("is not empty and holds no report that could be replaced; choose another folder", folder);
  for (const char* part : {"tables", "graphs"}) {
    const auto status = fs::symlink_status(folder + "/" + part, error);
    if (fs::exists(status) && !fs::is_directory(status))
      return refused("exists and is not a folder", folder + "/" + part);
  }
  for (const OutputFile& file : files) {
    const std::string path = folder + "/" + file.name;
    const auto status = fs::symlink_status(path, error);
    if (!fs::exists(status) || file.name == "manifest.json") continue;
    if (std::find(ours->begin(), ours->end(), file.name) != ours->end() && !fs::is_directory(status)) continue;
    // A replacement that was interrupted may have left it: then it is the very file.
    const auto found = fs::is_regular_file(status) ? read_file(path) : Result<std::string>();
    if (!found || *found != file.bytes) return refused("stands where a file of the report belongs", path);
  }
  return *ours;
}

Result<void> write_all(const std::vector<OutputFile>& files, const std::string& folder) {
  for (const OutputFile& file : files) {
    const std::string path = folder + "/" + file.name;
    if (auto made = make_folder(fs::path(path).parent_path().string()); !made) return made;
    if (auto written = write_file(path, file.bytes, Overwrite::refuse); !written) return written;
  }
  return {};
}

}  // namespace

Result<std::vector<OutputFile>> report_files(const ReportContent& content, std::string_view tool_version) {
  const auto layout = laid_out(content, tool_version);
  if (!layout) return tl::unexpected(layout.error());
  std::vector<OutputFile> files;
  files.push_back({"index.html", report_html(*layout)});
  files.push_back({"report.md", report_markdown(*layout)});
  files.push_back({"report.json", report_json(*layout)});
  const auto add_table = [&](const PlacedTable& placed) {
    FormatOptions options;
    options.excel_safe = ExcelSafe::yes;
    files.push_back({placed.file, write_csv(*placed.table, options)});
  };
  for (const PlacedSection& section : layout->sections) {
    for (const PlacedTable& table : section.tables) add_table(table);
    for (const PlacedDrawing& drawing : section.drawings) {
      if (!drawing.dot_file.empty()) files.push_back({drawing.dot_file, drawing.drawing->dot});
      if (!drawing.svg_file.empty()) files.push_back({drawing.svg_file, drawing.drawing->svg});
    }
  }
  add_table(layout->quality);
  add_table(layout->rejects);
  auto workbook = workbook_of(*layout);
  if (!workbook) return tl::unexpected(workbook.error());
  files.push_back({"report.xlsx", std::move(*workbook)});
  files.push_back({"manifest.json", manifest_json(*layout, files)});
  return files;
}

// All bytes are first written into a temporary folder inside the target, so that a full disk leaves the old report as
// it was. Then each file is renamed into its place, manifest.json last: it marks a whole report. The folder itself is
// not exchanged, because files of others may live in it and because it may be a mount point.
Result<void> write_report(const ReportContent& content, const std::string& folder, Overwrite overwrite,
                          std::string_view tool_version) {
  const auto files = report_files(content, tool_version);
  if (!files) return tl::unexpected(files.error());
  const auto former = replaceable(folder, overwrite, *files);
  if (!former) return tl::unexpected(former.error());

  std::error_code error;
  const bool existed = fs::exists(folder, error);
  if (auto made = make_folder(folder); !made) return made;
  TemporaryFolder created(existed ? "" : folder);
  const std::string staging = fmt::format("{}/.coinvest-{}.tmp", folder, ::getpid());
  if (!fs::create_directory(staging, error))
    return refused(error ? fmt::format("cannot be created: {}", error.message()) : "exists already", staging);
  TemporaryFolder temporary(staging);
  if (auto written = write_all(*files, staging); !written) {
    Error told = written.error();
    told.where.file = folder + told.where.file.substr(std::min(staging.size(), told.where.file.size()));
    return tl::unexpected(told);
  }

  std::vector<std::string> stale = *former;
  for (const OutputFile& file : *files) std::erase(stale, file.name);
  for (const OutputFile& file : *files) {
    if (&file == &files->back())
      for (const std::string& name : stale) fs::remove(folder + "/" + name, error);
    const std::string path = folder + "/" + file.name;
    if (auto made = make_folder(fs::path(path).parent_path().string()); !made) return made;
    fs::rename(staging + "/" + file.name, path, error);
    if (error) return refused(fmt::format("cannot be written: {}", error.message()), path);
  }
  created.keep();
  return {};
}

}  // namespace coinvest
