// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

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

void add_table(Json& object, const Table& table) {
  object["data"] = object_of(table.data);
  object["name"] = table.name;
  object["caption"] = table.caption;
  object["notes"] = table.notes;
  object["columns"] = Json::array();
  for (const ColumnHead& column : table.columns) object["columns"].push_back(column.name);
  object["rows"] = Json::array();
  for (const auto& row : table.rows) {
    Json values = Json::array();
    for (const Cell& cell : row) values.push_back(value_of(cell));
    object["rows"].push_back(std::move(values));
  }
}

Json table_in_report(const PlacedTable& placed) {
  Json object{{"file", placed.file}};
  add_table(object, *placed.table);
  return object;
}

Json inputs(const std::vector<InputFile>& files) {
  Json list = Json::array();
  for (const InputFile& file : files)
    list.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}, {"rows", file.rows}});
  return list;
}

/// Values without parts on one line, everything else part by part: a row of a table is a line that `diff` can show.
void print(std::string& out, const Json& json, std::size_t depth) {
  const auto nested = [](const Json& part) { return part.is_structured(); };
  if (!json.is_structured() || std::none_of(json.begin(), json.end(), nested)) {
    // Names are valid UTF-8 once read; an invalid byte from elsewhere must not cost the whole output.
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  out += json.is_object() ? '{' : '[';
  bool first = true;
  for (const auto& [key, part] : json.items()) {
    out += (first ? "\n" : ",\n") + std::string(depth + 1, ' ');
    first = false;
    if (json.is_object()) out += Json(key).dump() + ": ";
    print(out, part, depth + 1);
  }
  out += "\n" + std::string(depth, ' ') + (json.is_object() ? '}' : ']');
}

/// The same JSON, fit to stand in a script element: all three characters occur within strings alone.
std::string in_script(std::string_view text) {
  std::string out;
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
  return out;
}

std::string document(const Json& json) {
  std::string text;
  print(text, json, 0);
  return in_script(text) + "\n";
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

bool is_plain_name(std::string_view name) {
  return !name.empty() && !name.starts_with('.') && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

}  // namespace

std::string json_string(std::string_view text) {
  return in_script(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string write_tables_json(std::span<const Table> tables, const FormatOptions& options) {
  Json object{
      {"tool", tool(options.tool_version)}, {"parameters", object_of(options.parameters)}, {"tables", Json::object()}};
  for (const Table& table : tables) add_table(object["tables"][table.name], table);
  return document(object);
}

std::string write_json(const Table& table, const FormatOptions& options) {
  Json object{{"tool", tool(options.tool_version)}, {"parameters", object_of(options.parameters)}};
  add_table(object, table);
  return document(object);
}

std::string report_json(const ReportLayout& layout) {
  const ReportContent& content = *layout.content;
  Json object{{"tool", tool(layout.tool_version)},
              {"title", content.title},
              {"finding", content.finding},
              {"figures", Json::array()},
              {"parameters", object_of(content.parameters)},
              {"methods", content.methods},
              {"inputs", inputs(content.inputs)},
              {"sections", Json::array()}};
  for (const KeyFigure& figure : content.figures)
    object["figures"].push_back({{"label", figure.label},
                                 {"value", figure.value},
                                 {"table", figure.table.empty() ? Json(nullptr) : Json(figure.table)}});
  for (const PlacedSection& placed : layout.sections) {
    Json section{{"id", placed.anchor},
                 {"heading", placed.section->heading},
                 {"intro", placed.section->intro},
                 {"drawings", Json::array()},
                 {"tables", Json::array()}};
    for (const PlacedDrawing& drawing : placed.drawings)
      section["drawings"].push_back({{"name", drawing.drawing->name},
                                     {"caption", drawing.drawing->caption},
                                     {"dot", drawing.dot_file.empty() ? Json(nullptr) : Json(drawing.dot_file)},
                                     {"svg", drawing.svg_file.empty() ? Json(nullptr) : Json(drawing.svg_file)}});
    for (const PlacedTable& table : placed.tables) section["tables"].push_back(table_in_report(table));
    object["sections"].push_back(std::move(section));
  }
  if (layout.quality.table != nullptr) object["quality"] = table_in_report(layout.quality);
  if (layout.rejects.table != nullptr) object["rejects"] = table_in_report(layout.rejects);
  return document(object);
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

std::optional<Manifest> read_manifest(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("outputs") || !json["outputs"].is_array() || !json.contains("tool") ||
      !json["tool"].is_object() || json["tool"].value("name", Json()) != "coinvest")
    return std::nullopt;
  Manifest manifest;
  manifest.tool_version = text_in(json["tool"], "version");
  manifest.graphviz = text_in(json["tool"], "graphviz");
  manifest.title = text_in(json, "title");
  manifest.datasets = texts_in(json, "datasets");
  manifest.options = texts_in(json, "options");
  manifest.inputs = files_in(json, "inputs");
  manifest.outputs = files_in(json, "outputs");
  for (const ListedFile& output : manifest.outputs) {
    std::string_view last = output.name;
    if (last.starts_with("tables/") || last.starts_with("graphs/")) last.remove_prefix(7);
    if (!is_plain_name(last)) return std::nullopt;
  }
  for (const Json& report : list_in(json, "reports")) {
    manifest.reports.push_back({text_in(report, "folder"), texts_in(report, "datasets"), texts_in(report, "options"),
                                text_in(report, "sha256")});
    if (!is_plain_name(manifest.reports.back().folder)) return std::nullopt;
  }
  return manifest;
}

}  // namespace coinvest
