// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace coinvest::tests {

/// A ZIP archive of these entries, stored without compression or deflated.
inline std::string zipped(const std::map<std::string, std::string>& entries, zip_int32_t method = ZIP_CM_DEFLATE) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("no archive for a test");
  for (const auto& [name, content] : entries) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0);
  }
  if (zip_close(archive) != 0) throw std::runtime_error("an archive of a test cannot be written");
  std::string bytes;
  std::string window(65536, '\0');
  zip_source_open(target);
  for (zip_int64_t count = 0; (count = zip_source_read(target, window.data(), window.size())) > 0;) {
    bytes.append(window, 0, static_cast<std::size_t>(count));
  }
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

/// The parts of a workbook with these sheets, by name in their order; a sheet is the XML inside its `worksheet`.
inline std::map<std::string, std::string> workbook_parts(const std::vector<std::pair<std::string, std::string>>& sheets,
                                                         const std::string& shared = "", const std::string& styles = "",
                                                         const std::string& properties = "") {
  const std::string kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kind + type + "\" Target=\"" + target + "\"/>";
  };
  std::map<std::string, std::string> parts;
  std::string list, related;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
    related += relation("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    parts["xl/worksheets/sheet" + number + ".xml"] = "<worksheet>" + sheets[i].second + "</worksheet>";
  }
  related += relation("shared", "sharedStrings", "/xl/sharedStrings.xml") + relation("styles", "styles", "styles.xml");
  parts["_rels/.rels"] = "<Relationships>" + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>";
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + related + "</Relationships>";
  parts["xl/workbook.xml"] =
      "<?xml version=\"1.0\"?><workbook>" + properties + "<sheets>" + list + "</sheets></workbook>";
  parts["xl/sharedStrings.xml"] = "<sst>" + shared + "</sst>";
  parts["xl/styles.xml"] = "<styleSheet>" + styles + "</styleSheet>";
  return parts;
}

/// A sheet of texts, as many programs write it.
inline std::string sheet_of(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = "<sheetData>";
  for (const auto& row : rows) {
    xml += "<row>";
    for (const std::string& text : row) xml += "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    xml += "</row>";
  }
  return xml + "</sheetData>";
}

}  // namespace coinvest::tests
