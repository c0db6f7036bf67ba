// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/report/report.hpp"

namespace coinvest {

/// A file that a manifest lists.
struct ListedFile {
  std::string name;
  std::string sha256;
};

/// What a manifest.json says: from what a report was made, how, and of which files it consists.
struct Manifest {
  std::string tool_version, graphviz, zlib;  ///< graphviz: "" if none was at hand
  std::string title;
  std::vector<std::string> datasets;  ///< names without folders
  std::vector<std::string> options;
  std::vector<ListedFile> inputs, outputs;
  std::vector<SubReport> reports;
};

/// Version of the zlib that packs pages and workbooks: their bytes depend on it.
std::string_view version_of_zlib();

/// Fails (input) if `text` is not a manifest of ours. A manifest is a file like any other: nothing in it leads out of
/// its folder, outputs are plain names or stand one level below tables/ or graphs/, folders of reports are plain names.
/// Data sets and options are as they were found.
Result<Manifest> checked_manifest(std::string_view text);

/// The same, for whom it does not matter why it is none.
std::optional<Manifest> read_manifest(std::string_view text);

/// Whether a name has no folders, and is none itself that leads to another: "." and "..".
bool is_without_folders(std::string_view name);

/// Whether `folder` holds the whole report that `head` would become: its manifest tells the same title, data, options,
/// parameters and versions, and every file has the bytes that it lists. Sections of `head` are not looked at.
bool is_current(const ReportContent& head, const std::string& folder, std::string_view tool_version);

}  // namespace coinvest
