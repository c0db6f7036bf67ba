// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/report.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>

#include "coinvest/base/text.hpp"
#include "coinvest/report/layout.hpp"
#include "coinvest/report/manifest.hpp"
#include "coinvest/report/names.hpp"
#include "coinvest/report/svg.hpp"
#include "coinvest/report/xlsx.hpp"

namespace coinvest {
namespace {

namespace fs = std::filesystem;

Result<ReportLayout> laid_out(const ReportContent& content, std::string_view tool_version) {
  UniqueNames table_names, drawing_names, anchors;
  for (const char* reserved : {"content", "finding", "methods", "quality", "provenance", "rejects"})
    anchors.unique(reserved);
  const auto place = [&](const Table& table, std::string_view name) {
    if (table.columns.empty()) return PlacedTable{};
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
    if (table != nullptr && table->rows.size() <= most_sheet_rows) tables.push_back(table);
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

tl::unexpected<Error> refused(const std::string& what, const std::string& path) {
  return fail(ErrorKind::io, what, {path, 0, ""});
}

bool is_temporary(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(".coinvest-") && name.ends_with(".tmp");
}

/// Where the coming manifest waits while files are moved into place: after a kill it says which of them are ours.
constexpr const char* coming_manifest = "/.coinvest-manifest.tmp";

/// A lock on a folder that ends with its process.
class FolderLock {
 public:
  explicit FolderLock(const std::string& path)
      : folder_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
        held_(folder_ >= 0 && ::flock(folder_, LOCK_EX | LOCK_NB) == 0) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock() {
    if (folder_ >= 0) ::close(folder_);
  }
  bool held() const { return held_; }

 private:
  int folder_;
  bool held_;
};

/// A folder that goes with everything in it unless it is kept. Locked meanwhile, so that nobody takes it for what a
/// dead process left.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)), lock_(path_) {}
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  void keep() { path_.clear(); }

 private:
  std::string path_;
  FolderLock lock_;
};

/// Removes what processes left in `folder` that were killed.
void remove_leftovers(const std::string& folder) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (is_temporary(entry.path())) found.push_back(entry.path());
  for (const fs::path& path : found)
    if (const FolderLock lock(path.string()); lock.held()) fs::remove_all(path, ignored);
}

/// The bytes of a file that is no link; nothing if there is none.
std::optional<std::string> bytes_of(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return std::nullopt;
  auto bytes = read_file(path);
  if (!bytes) return std::nullopt;
  return std::move(*bytes);
}

/// Whether anything stands in `folder` but what an interrupted run of this very report may have left, and reports that
/// it lists.
Result<bool> holds_anything(const std::string& folder, const std::vector<OutputFile>& files,
                            const std::vector<SubReport>& reports) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).string();
    const bool skipped = (at.depth() == 0 && is_temporary(at->path())) ||
                         std::ranges::any_of(reports, [&](const SubReport& report) { return report.folder == name; });
    if (skipped) at.disable_recursion_pending();
    if (skipped || fs::is_directory(at->symlink_status(error))) continue;
    const auto file = std::ranges::find(files, name, &OutputFile::name);
    if (file == files.end() || bytes_of(at->path().string()) != file->bytes) return true;
  }
  if (error) return refused(fmt::format("cannot be opened: {}", error.message()), folder);
  return false;
}

/// The manifest of the report that stands in `folder`; an empty one if nothing does. Fails if what stands there must
/// not be touched.
Result<Manifest> replaceable(const std::string& folder, Overwrite overwrite, const std::vector<OutputFile>& files,
                             const std::vector<SubReport>& reports) {
  std::error_code error;
  if (!fs::exists(folder, error)) return Manifest();
  if (!fs::is_directory(folder, error)) return refused("exists and is not a folder", folder);
  const auto manifest = bytes_of(folder + "/manifest.json");
  if (!manifest) {
    const auto full = holds_anything(folder, files, reports);
    if (!full) return tl::unexpected(full.error());
    if (!*full) return Manifest();
  }
  if (overwrite == Overwrite::refuse)
    return refused("exists already and is not empty; --overwrite would replace the report in it", folder);
  const auto coming = bytes_of(folder + coming_manifest);
  auto former = manifest ? read_manifest(*manifest) : std::nullopt;
  const auto interrupted = coming ? read_manifest(*coming) : std::nullopt;
  if (!manifest) former = interrupted;
  if (former && interrupted)
    former->outputs.insert(former->outputs.end(), interrupted->outputs.begin(), interrupted->outputs.end());
  if (!former) return refused("is not empty and holds no report that could be replaced; choose another folder", folder);
  for (const char* part : {"tables", "graphs"}) {
    const auto status = fs::symlink_status(folder + "/" + part, error);
    if (fs::exists(status) && !fs::is_directory(status))
      return refused("exists and is not a folder", folder + "/" + part);
  }
  for (const OutputFile& file : files) {
    const std::string path = folder + "/" + file.name;
    const auto status = fs::symlink_status(path, error);
    if (!fs::exists(status) || file.name == "manifest.json") continue;
    const bool ours = std::ranges::find(former->outputs, file.name, &ListedFile::name) != former->outputs.end();
    if (!ours || fs::is_directory(status)) return refused("stands where a file of the report belongs", path);
  }
  return std::move(*former);
}

Result<void> write_all(const std::vector<OutputFile>& files, const std::string& folder, const Context& context) {
  for (const OutputFile& file : files) {
    if (context.stopped()) return cancelled();
    const std::string path = folder + "/" + file.name;
    if (auto made = make_folder(fs::path(path).parent_path().string()); !made) return made;
    if (auto written = write_file(path, file.bytes, Overwrite::refuse); !written) return written;
  }
  return {};
}

/// Removes the files of a report, and its folders as far as they are then empty.
void remove_report(const std::string& folder) {
  const auto text = bytes_of(folder + "/manifest.json");
  const auto manifest = text ? read_manifest(*text) : std::nullopt;
  if (!manifest) return;
  std::error_code ignored;
  for (const ListedFile& file : manifest->outputs) fs::remove(folder + "/" + file.name, ignored);
  fs::remove(folder + "/manifest.json", ignored);
  for (const char* part : {"/tables", "/graphs", ""}) fs::remove(folder + part, ignored);
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
    if (placed.table == nullptr) return;
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
  files.insert(files.end(), content.databases.begin(), content.databases.end());
  files.push_back({"manifest.json", manifest_json(*layout, files)});
  return files;
}

// All bytes are first written into a temporary folder inside the target, so that a full disk leaves the old report as
// it was. Then each file is renamed into its place, manifest.json last: it marks a whole report. The folder itself is
// not exchanged, because files of others may live in it and because it may be a mount point.
Result<void> write_report(const std::vector<OutputFile>& files, const std::string& folder, Overwrite overwrite,
                          const Context& context) {
  const auto coming = read_manifest(files.back().bytes);
  if (!coming) return fail(ErrorKind::usage, "the last file of a report is its manifest");
  const auto former = replaceable(folder, overwrite, files, coming->reports);
  if (!former) return tl::unexpected(former.error());

  std::error_code error;
  const bool existed = fs::exists(folder, error);
  if (auto made = make_folder(folder); !made) return made;
  std::optional<TemporaryFolder> created;
  if (!existed) created.emplace(folder);
  remove_leftovers(folder);
  const std::string staging = fmt::format("{}/.coinvest-{}.tmp", folder, ::getpid());
  if (!fs::create_directory(staging, error))
    return refused(error ? fmt::format("cannot be created: {}", error.message()) : "exists already", staging);
  const TemporaryFolder temporary(staging);
  if (auto written = write_all(files, staging, context); !written) {
    Error told = written.error();
    told.where.file = folder + told.where.file.substr(std::min(staging.size(), told.where.file.size()));
    return tl::unexpected(told);
  }

  const auto move = [&](const std::string& from, const std::string& to) -> Result<void> {
    if (::rename(from.c_str(), to.c_str()) == 0) return {};
    return refused(fmt::format("cannot be written: {}", std::generic_category().message(errno)), to);
  };
  if (auto moved = move(staging + "/manifest.json", folder + coming_manifest); !moved) return moved;
  for (const OutputFile& file : std::span(files).first(files.size() - 1)) {
    const std::string path = folder + "/" + file.name;
    if (auto made = make_folder(fs::path(path).parent_path().string()); !made) return made;
    if (auto moved = move(staging + "/" + file.name, path); !moved) return moved;
  }
  for (const ListedFile& old : former->outputs)
    if (std::ranges::find(files, old.name, &OutputFile::name) == files.end())
      fs::remove(folder + "/" + old.name, error);
  for (const SubReport& old : former->reports)
    if (std::ranges::find(coming->reports, old.folder, &SubReport::folder) == coming->reports.end())
      remove_report(folder + "/" + old.folder);
  if (auto moved = move(folder + coming_manifest, folder + "/manifest.json"); !moved) return moved;
  if (created) created->keep();
  return {};
}

bool is_current(const ReportContent& head, const std::string& folder, std::string_view tool_version) {
  const auto text = bytes_of(folder + "/manifest.json");
  const auto manifest = text ? read_manifest(*text) : std::nullopt;
  if (!manifest || !manifest_is_of(*text, head, tool_version)) return false;
  return std::ranges::all_of(manifest->outputs, [&](const ListedFile& file) {
    const auto bytes = bytes_of(folder + "/" + file.name);
    return bytes && sha256_hex(*bytes) == file.sha256;
  });
}

}  // namespace coinvest
