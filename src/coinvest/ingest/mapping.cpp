// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/base/toml.hpp"

namespace coinvest {
namespace {

/// The error of a word that is no field.
Error no_field(std::string_view word, ErrorKind kind, Place where) {
  std::vector<std::string_view> words;
  std::string names;
  for (const Header& header : common_headers()) {
    words.push_back(header.text);
    if (name_of(header.field) == header.text) names += fmt::format("{}{}", names.empty() ? "" : ", ", header.text);
  }
  return {kind,
          fmt::format("'{}' is no field that a column can mean{}", visible(word),
                      did_you_mean(lower_ascii(word), words, "; there are " + names)),
          std::move(where)};
}

/// A value that must be a text; nothing if the key is not there.
Result<std::string> text_at(const toml::table& table, std::string_view key, const std::string& file) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return "";
  if (const auto text = node->value_exact<std::string>()) return *text;
  return fail(ErrorKind::input, fmt::format("'{}' must be a text", key), place_of(*node, file));
}

}  // namespace

Result<MappedColumn> parse_mapped_column(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  const std::string_view column = trim(text.substr(0, equals));
  if (equals == std::string_view::npos || column.empty()) {
    return fail(ErrorKind::usage, fmt::format("'{}' is not COLUMN=FIELD", visible(text)));
  }
  const std::string_view word = trim(text.substr(equals + 1));
  if (const auto field = field_called(word)) return MappedColumn{std::string(column), *field};
  return tl::unexpected(no_field(word, ErrorKind::usage, {}));
}

Result<InputFile> read_mapping(ReadOptions& options) {
  const std::string& path = options.mapping;
  const auto bytes = read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto table = parse_toml(*bytes, path);
  if (!table) return tl::unexpected(table.error());
  constexpr std::array<std::string_view, 5> keys{"columns", "date_order", "encoding", "layout", "sheet"};
  if (auto known = check_keys(*table, keys, path); !known) return tl::unexpected(known.error());

  for (const auto& [key, target] : {std::pair("layout", &options.input_format), std::pair("sheet", &options.sheet),
                                    std::pair("encoding", &options.encoding)}) {
    auto text = text_at(*table, key, path);
    if (!text) return tl::unexpected(text.error());
    if (target->empty()) *target = std::move(*text);
  }
  const auto order = text_at(*table, "date_order", path);
  if (!order) return tl::unexpected(order.error());
  if (!order->empty() && *order != "dmy" && *order != "mdy") {
    return fail(ErrorKind::input, fmt::format("date_order '{}' is none of dmy, mdy", visible(*order)),
                place_of(*table->get("date_order"), path));
  }
  if (options.date_order == DateOrder::unstated && !order->empty()) {
    options.date_order = *order == "dmy" ? DateOrder::day_first : DateOrder::month_first;
  }
  const toml::node* columns = table->get("columns");
  if (columns != nullptr && !columns->is_table()) {
    return fail(ErrorKind::input, "'columns' must be a table of COLUMN = \"FIELD\"", place_of(*columns, path));
  }
  if (columns != nullptr) {
    const std::vector<MappedColumn> said = options.map;
    for (const auto& [key, value] : *columns->as_table()) {
      const auto word = value.value_exact<std::string>();
      const auto field = word ? field_called(trim(*word)) : std::nullopt;
      if (!field) {
        return tl::unexpected(no_field(word.value_or(std::string(key.str())), ErrorKind::input, place_of(value, path)));
      }
      const std::string column = folded_header(key.str());
      const bool is_said = std::ranges::any_of(
          said, [&](const MappedColumn& m) { return folded_header(m.column) == column || m.field == *field; });
      if (!is_said) options.map.push_back({std::string(key.str()), *field});
    }
  }
  return InputFile{std::filesystem::path(path).filename().string(), path, sha256_hex(*bytes), bytes->size(), 0};
}

}  // namespace coinvest
