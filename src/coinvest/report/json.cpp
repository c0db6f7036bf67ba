// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "coinvest/base/text.hpp"
#include "coinvest/report/format.hpp"
#include "coinvest/report/layout.hpp"
#include "coinvest/report/manifest.hpp"

namespace coinvest {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> Json {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>)
          return nullptr;
        else if constexpr (std::is_same_v<Value, double>)
          return std::isfinite(value) ? Json(value + 0.0) : Json(nullptr);
        else
          return value;
      },
      cell);
}

Json object_of(const Parameters& parameters) {
  Json object = Json::object();
  for (const auto& [name, value] : parameters) object[name] = value_of(value);
  return object;
}

Json tool(std::string_view version) {
  return {{"name", "coinvest"}, {"version", version}};
}

Json inputs(const std::vector<InputFile>& files) {
  Json list = Json::array();
  for (const InputFile& file : files)
    list.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}, {"rows", file.rows}});
  return list;
}

/// Appends the same JSON, fit to stand in a script element: all three characters occur within strings alone.
void add_for_script(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at, 3);
    if (text[at] == '<') {
      out += "\\u003c";
    } else if (rest == "\u2028" || rest == "\u2029") {
      out += rest == "\u2028" ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out += text[at];
    }
  }
}

/// A document written part by part, so that large tables are never held as JSON values. Values without parts stand on
/// one line, everything else part by part: a row of a table is a line that `diff` can show.
class Document {
 public:
  void open(char bracket) {
    out_ += bracket;
    ++depth_;
    is_empty_ = true;
  }

  void close(char bracket) {
    --depth_;
    if (!is_empty_) out_ += "\n" + std::string(depth_, ' ');
    out_ += bracket;
    is_empty_ = false;
  }

  /// Begins the next part of a list.
  Document& next() {
    out_ += (is_empty_ ? "\n" : ",\n") + std::string(depth_, ' ');
    is_empty_ = false;
    return *this;
  }

  /// Begins the next part of an object.
  Document& next(std::string_view key) {
    next().add_flat(key);
    out_ += ": ";
    return *this;
  }

  void add(const Json& json) {
    const auto nested = [](const Json& part) { return part.is_structured(); };
    if (!json.is_structured() || std::none_of(json.begin(), json.end(), nested)) {
      add_flat(json);
      return;
    }
    open(json.is_object() ? '{' : '[');
    add_parts(json);
    close(json.is_object() ? '}' : ']');
  }

  /// The parts of an object or list, each as one of what is open.
  void add_parts(const Json& json) {
    for (const auto& [key, part] : json.items()) (json.is_object() ? next(key) : next()).add(part);
  }

  /// The parts of the object that tells a table.
  void add_table_parts(const Table& table) {
    Json columns = Json::array();
    for (const ColumnHead& column : table.columns) columns.push_back(column.name);
    add_parts({{"data", object_of(table.data)},
               {"name", table.name},
               {"caption", table.caption},
               {"notes", table.notes},
               {"columns", std::move(columns)}});
    next("rows").open('[');
    Json values = Json::array();
    for (const auto& row : table.rows) {
      values.clear();
      for (const Cell& cell : row) values.push_back(value_of(cell));
      next().add_flat(values);
    }
    close(']');
  }

  void add_table(const PlacedTable& placed) {
    open('{');
    next("file").add_flat(placed.file);
    add_table_parts(*placed.table);
    close('}');
  }

  std::string finish() {
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void add_flat(const Json& json) {
    // Names are valid UTF-8 once read; an invalid byte from elsewhere must not cost the whole output.
    add_for_script(out_, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  }

  std::string out_;
  std::size_t depth_ = 0;
  bool is_empty_ = true;  // what is open has no parts yet
};

std::string document(const Json& json) {
  Document document;
  document.add(json);
  return document.finish();
}

/// What a manifest says of a report before its outputs are known.
Json manifest_head(const ReportContent& content, std::string_view version) {
  Json object{{"tool", tool(version)},
              {"title", content.title},
              {"datasets", content.datasets},
              {"options", content.options},
              {"parameters", object_of(content.parameters)},
              {"inputs", inputs(content.inputs)}};
  object["tool"]["graphviz"] = content.graphviz.empty() ? Json(nullptr) : Json(content.graphviz);
  object["tool"]["zlib"] = version_of_zlib();
  if (!content.reports.empty()) object["reports"] = Json::array();
  for (const SubReport& report : content.reports)
    object["reports"].push_back({{"folder", report.folder},
                                 {"datasets", report.datasets},
                                 {"options", report.options},
                                 {"sha256", report.sha256}});
  object["outputs"] = Json::array();
  return object;
}

// Parts of a manifest that somebody may have written by hand: what is not as it should be is empty.

std::string text_in(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string()) return {};
  return object[key].get<std::string>();
}

Json list_in(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_array() ? object[key] : Json::array();
}

std::vector<std::string> texts_in(const Json& object, const char* key) {
  std::vector<std::string> texts;
  for (const Json& text : list_in(object, key))
    if (text.is_string()) texts.push_back(text.get<std::string>());
  return texts;
}

std::vector<ListedFile> files_in(const Json& object, const char* key) {
  std::vector<ListedFile> files;
  for (const Json& file : list_in(object, key)) files.push_back({text_in(file, "name"), text_in(file, "sha256")});
  return files;
}

tl::unexpected<Error> stray(std::string_view what, std::string_view name) {
  return fail(ErrorKind::input,
              fmt::format("names the {} '{}', which would lead out of its folder", what, visible(name)));
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out;
  add_for_script(out, Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
  return out;
}

std::string write_tables_json(std::span<const Table> tables, const FormatOptions& options) {
  Document document;
  document.open('{');
  document.add_parts({{"tool", tool(options.tool_version)}, {"parameters", object_of(options.parameters)}});
  document.next("tables").open('{');
  for (const Table& table : tables) {
    document.next(table.name).open('{');
    document.add_table_parts(table);
    document.close('}');
  }
  document.close('}');
  document.close('}');
  return document.finish();
}

std::string write_json(const Table& table, const FormatOptions& options) {
  Document document;
  document.open('{');
  document.add_parts({{"tool", tool(options.tool_version)}, {"parameters", object_of(options.parameters)}});
  document.add_table_parts(table);
  document.close('}');
  return document.finish();
}

std::string report_json(const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  Json figures = Json::array();
  for (const KeyFigure& figure : content.figures)
    figures.push_back({{"label", figure.label},
                       {"value", figure.value},
                       {"table", figure.table.empty() ? Json(nullptr) : Json(figure.table)}});
  Document document;
  document.open('{');
  document.add_parts({{"tool", tool(layout.tool_version)},
                      {"title", content.title},
                      {"finding", content.finding},
                      {"figures", std::move(figures)},
                      {"parameters", object_of(content.parameters)},
                      {"methods", content.methods},
                      {"inputs", inputs(content.inputs)}});
  document.next("sections").open('[');
  for (const PlacedSection& placed : layout.sections) {
    Json drawings = Json::array();
    for (const PlacedDrawing& drawing : placed.drawings)
      drawings.push_back({{"name", drawing.drawing->name},
                          {"caption", fmt::format("{}", fmt::join(drawing.drawing->caption, " "))},
                          {"dot", drawing.dot_file.empty() ? Json(nullptr) : Json(drawing.dot_file)},
                          {"svg", drawing.svg_file.empty() ? Json(nullptr) : Json(drawing.svg_file)}});
    document.next().open('{');
    document.add_parts({{"id", placed.anchor},
                        {"heading", placed.section->heading},
                        {"intro", placed.section->intro},
                        {"drawings", std::move(drawings)}});
    document.next("tables").open('[');
    for (const PlacedTable& table : placed.tables) document.next().add_table(table);
    document.close(']');
    document.close('}');
  }
  document.close(']');
  if (layout.quality.table != nullptr) document.next("quality").add_table(layout.quality);
  if (layout.rejects.table != nullptr) document.next("rejects").add_table(layout.rejects);
  document.close('}');
  return document.finish();
}

std::string_view version_of_zlib() {
  return zlibVersion();
}

std::string manifest_json(const ReportLayout& layout, const std::vector<OutputFile>& outputs) {
  Json object = manifest_head(*layout.content, layout.tool_version);
  for (const OutputFile& output : outputs)
    object["outputs"].push_back(
        {{"name", output.name}, {"bytes", output.bytes.size()}, {"sha256", sha256_hex(output.bytes)}});
  return document(object);
}

bool manifest_is_of(std::string_view manifest, const ReportContent& content, std::string_view tool_version) {
  Json object = Json::parse(manifest, nullptr, false);
  if (!object.is_object()) return false;
  object["outputs"] = Json::array();
  // As text: what was read knows no difference between whole numbers and others.
  return document(object) == document(manifest_head(content, tool_version));
}

bool is_without_folders(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

std::optional<Manifest> read_manifest(std::string_view text) {
  auto manifest = checked_manifest(text);
  return manifest ? std::optional(std::move(*manifest)) : std::nullopt;
}

Result<Manifest> checked_manifest(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("outputs") || !json["outputs"].is_array() || !json.contains("tool") ||
      !json["tool"].is_object() || json["tool"].value("name", Json()) != "coinvest")
    return fail(ErrorKind::input, "is no manifest of a report");
  Manifest manifest;
  manifest.tool_version = text_in(json["tool"], "version");
  manifest.graphviz = text_in(json["tool"], "graphviz");
  manifest.zlib = text_in(json["tool"], "zlib");
  manifest.title = text_in(json, "title");
  manifest.datasets = texts_in(json, "datasets");
  manifest.options = texts_in(json, "options");
  manifest.inputs = files_in(json, "inputs");
  manifest.outputs = files_in(json, "outputs");
  for (const ListedFile& output : manifest.outputs) {
    std::string_view last = output.name;
    if (last.starts_with("tables/") || last.starts_with("graphs/")) last.remove_prefix(7);
    if (!is_without_folders(last) || last.starts_with('.')) return stray("file", output.name);
  }
  for (const Json& report : list_in(json, "reports")) {
    manifest.reports.push_back({text_in(report, "folder"), texts_in(report, "datasets"), texts_in(report, "options"),
                                text_in(report, "sha256")});
    const std::string& folder = manifest.reports.back().folder;
    if (!is_without_folders(folder) || folder.starts_with('.')) return stray("folder", folder);
  }
  return manifest;
}

}  // namespace coinvest
