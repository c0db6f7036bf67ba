// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "coinvest/report/format.hpp"
#include "coinvest/report/layout.hpp"

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

std::string document(const Json& json) {
  std::string text;
  print(text, json, 0);
  // All three occur within strings alone; escaped, the text may stand in a script element.
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at, 3);
    if (text[at] == '<') {
      out += "\\u003c";
    } else if (rest == "\u2028" || rest == "\u2029") {
      out += rest == "\u2028" ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out + "\n";
}

}  // namespace

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
    object["figures"].push_back({{"label", figure.label}, {"value", figure.value}});
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
  object["quality"] = table_in_report(layout.quality);
  object["rejects"] = table_in_report(layout.rejects);
  return document(object);
}

std::string manifest_json(const ReportLayout& layout, const std::vector<OutputFile>& outputs) {
  Json object{{"tool", tool(layout.tool_version)},
              {"title", layout.content->title},
              {"parameters", object_of(layout.content->parameters)},
              {"inputs", inputs(layout.content->inputs)},
              {"outputs", Json::array()}};
  for (const OutputFile& output : outputs)
    object["outputs"].push_back(
        {{"name", output.name}, {"bytes", output.bytes.size()}, {"sha256", sha256_hex(output.bytes)}});
  return document(object);
}

std::optional<std::vector<std::string>> manifest_outputs(std::string_view text) {
  const Json manifest = Json::parse(text, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("outputs") || !manifest["outputs"].is_array() ||
      !manifest.contains("tool") || !manifest["tool"].is_object() ||
      manifest["tool"].value("name", Json()) != "coinvest")
    return std::nullopt;
  std::vector<std::string> names;
  for (const Json& output : manifest["outputs"]) {
    if (!output.is_object() || !output.contains("name") || !output["name"].is_string()) return std::nullopt;
    const std::string name = output["name"].get<std::string>();
    // A manifest is a file like any other: what it names must not lead out of the folder.
    std::string_view last = name;
    if (last.starts_with("tables/") || last.starts_with("graphs/")) last.remove_prefix(7);
    if (last.empty() || last.starts_with('.') || last.find('/') != std::string_view::npos ||
        last.find('\0') != std::string_view::npos)
      return std::nullopt;
    names.push_back(name);
  }
  return names;
}

}  // namespace coinvest
