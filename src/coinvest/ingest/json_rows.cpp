// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/json_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/layout.hpp"
#include "coinvest/ingest/words.hpp"

namespace coinvest {
namespace {

/// Numbers are only passed on as texts; long double keeps the parser from refusing 1e400.
using Json = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t, long double>;

constexpr std::size_t deepest = 64;
constexpr std::string_view blanks = " \t\r\n";

/// Where the parser is in the text; it takes character by character, so that the line of every value is known.
struct Cursor {
  std::string_view rest;
  std::uint64_t line = 1;

  void skip_blanks() {
    while (!rest.empty() && blanks.find(rest.front()) != std::string_view::npos) step();
  }
  void step() {
    if (rest.front() == '\n') ++line;
    rest.remove_prefix(1);
  }
};

/// The characters before a cursor, which moves along; without one: their end.
struct Characters {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor* cursor = nullptr;
  bool at_end() const { return cursor == nullptr || cursor->rest.empty(); }
  reference operator*() const { return cursor->rest.front(); }
  Characters& operator++() {
    cursor->step();
    return *this;
  }
  bool operator==(const Characters& other) const { return at_end() == other.at_end(); }
};

/// Where the records are.
struct Shape {
  std::size_t depth = 0;  ///< how many objects and arrays are open around each of them
  std::string key = {};   ///< of depth 2: the member that holds them
};

Result<Shape> shape_of(std::string_view text, const std::string& file) {
  Cursor cursor{text};
  cursor.skip_blanks();
  if (cursor.rest.front() == '[') return Shape{1};
  const std::uint64_t line = cursor.line;
  std::string key;
  bool in_array = false;
  std::set<std::string> arrays, companies;  // members that hold records, and that name a company
  const Json::parser_callback_t look = [&](int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth == 1 && event == Event::key) {
      key = parsed.get<std::string>();
      if (field_called(key) == Field::company) companies.insert(key);
    }
    if (depth == 1 && event == Event::array_start) in_array = true;
    if (depth == 1 && event == Event::array_end) in_array = false;
    if (depth == 2 && event == Event::object_start && in_array) arrays.insert(key);
    return depth < 2;  // nothing deeper is kept
  };
  const bool whole = !Json::parse(Characters{&cursor}, Characters{}, look, false).is_discarded();
  std::erase_if(companies, [&](const std::string& member) { return arrays.contains(member); });
  if (!whole || arrays.empty() || !companies.empty()) return Shape{0};
  if (arrays.size() == 1) return Shape{2, *arrays.begin()};
  return fail(ErrorKind::input,
              fmt::format("the object holds {} arrays of objects ('{}'); give a file with one of them", arrays.size(),
                          visible(clip(fmt::format("{}", fmt::join(arrays, "', '")), 200))),
              {file, line, ""});
}

/// What the parser says without its own error number and place.
std::string reason_of(const std::string& what) {
  std::string_view reason = what;
  if (const auto tag = reason.find("] "); tag != std::string_view::npos) reason.remove_prefix(tag + 2);
  if (reason.starts_with("parse error")) reason.remove_prefix(std::min(reason.find(": ") + 2, reason.size()));
  return fmt::format("this is not JSON: {}", clip(reason, 300));
}

/// What the parser calls; makes rows of the records.
class Records {
 public:
  Records(Shape shape, const Cursor& cursor, const std::string& file, TableLimits limits)
      : shape_(std::move(shape)), cursor_(cursor), file_(file), limits_(limits) {}

  bool null() { return !at_record_place() || no_object(); }
  bool boolean(bool value) { return add(value ? "true" : "false"); }
  bool number_integer(std::int64_t value) { return add(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) { return add(std::to_string(value)); }
  bool number_float(long double, const std::string& text) { return add(without_exponent(text)); }
  bool string(const std::string& text) { return add(text); }
  bool binary(const std::vector<std::uint8_t>&) { return true; }  // not in texts

  bool start_object(std::size_t) {
    if (at_record_place()) {
      in_record_ = true;
      record_line_ = cursor_.line;
    }
    return open(Kind::object);
  }
  bool start_array(std::size_t) {
    if (at_record_place()) return no_object();
    if (in_record_) ++arrays_;
    return open(Kind::array);
  }
  bool key(const std::string& key) {
    if (has_nul(key)) return false;
    if (in_record_) {
      path_.resize(open_.back().path_size);
      path_ += (path_.empty() ? "" : ".") + key;
    } else {
      outer_key_ = key;
    }
    if (open_.back().keys.insert(key).second) return true;
    return stop(ErrorKind::input, fmt::format("the key '{}' is there twice in one object", visible(clip(key, 80))));
  }
  bool end_object() {
    close();
    return !in_record_ || open_.size() > shape_.depth || end_record();
  }
  bool end_array() {
    if (in_record_) --arrays_;
    close();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    return stop(ErrorKind::input, reason_of(error.what()));
  }

  const std::optional<Error>& error() const { return error_; }
  Grid& grid() { return grid_; }
  const std::vector<std::string>& columns() const { return columns_; }

 private:
  enum class Kind : std::uint8_t { object, array };
  struct Open {
    Kind kind = Kind::object;
    std::size_t path_size = 0;
    std::set<std::string> keys = {};
  };

  bool stop(ErrorKind kind, std::string message) { return stop(fail(kind, std::move(message), here())); }
  bool stop(tl::unexpected<Error> error) {
    error_ = std::move(error).value();
    return false;
  }
  Place here() const { return {file_, cursor_.line, ""}; }
  bool has_nul(const std::string& text) {
    return text.find('\0') != std::string::npos && !stop(ErrorKind::input, "a NUL in a string; text has none");
  }
  bool no_object() { return stop(ErrorKind::input, "a record must be an object, such as {\"company\": \"...\"}"); }
  bool at_record_place() const {
    if (open_.size() != shape_.depth) return false;
    return shape_.depth < 2 || (open_.back().kind == Kind::array && outer_key_ == shape_.key);
  }
  bool open(Kind kind) {
    if (open_.size() == deepest) return stop(ErrorKind::limit, fmt::format("nested deeper than {}", deepest));
    open_.push_back({kind, path_.size()});
    return true;
  }
  void close() {
    path_.resize(open_.back().path_size);
    open_.pop_back();
  }

  bool add(const std::string& value) {
    if (!in_record_) return !at_record_place() || no_object();
    if (value.empty()) return true;
    if (has_nul(value)) return false;
    const auto [column, is_new] = column_of_.try_emplace(path_, columns_.size());
    if (is_new) {
      if (columns_.size() == limits_.columns) return stop(too_many_columns(limits_, here()));
      columns_.push_back(path_);
    }
    const auto [cell, first] = record_.try_emplace(column->second, value);
    if (first) return true;
    if (arrays_ == 0) {
      return stop(ErrorKind::input, fmt::format("'{}' is there twice in one record", visible(clip(path_, 80))));
    }
    cell->second += "; " + value;
    return cell->second.size() <= limits_.field_bytes || stop(too_long("a list", limits_, here()));
  }

  bool end_record() {
    in_record_ = false;
    cells_.clear();
    for (const auto& [column, text] : record_) cells_.push_back({column, grid_.store(text)});
    record_.clear();
    const auto added = grid_.add_row(record_line_, cells_, file_, limits_);
    if (!added) error_ = added.error();
    return added.has_value();
  }

  Shape shape_;
  const Cursor& cursor_;
  const std::string& file_;
  TableLimits limits_;
  Grid grid_;
  std::vector<std::string> columns_;
  std::map<std::string, std::size_t> column_of_;
  std::vector<Open> open_;
  std::string path_;       ///< within the record, of the value that comes next: keys joined by dots
  std::string outer_key_;  ///< the last one outside of records
  bool in_record_ = false;
  std::size_t arrays_ = 0;  ///< open within the record
  std::uint64_t record_line_ = 0;
  std::map<std::size_t, std::string> record_;
  std::vector<Grid::Cell> cells_;
  std::optional<Error> error_;
};

}  // namespace

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

Result<Grid> read_json(std::string_view text, const std::string& file, TableLimits limits) {
  auto shape = shape_of(text, file);
  if (!shape) return tl::unexpected(shape.error());
  Cursor cursor{text};
  const bool array = shape->depth == 1;
  Records records(std::move(*shape), cursor, file, limits);
  cursor.skip_blanks();
  while (!cursor.rest.empty()) {
    Json::sax_parse(Characters{&cursor}, Characters{}, &records, Json::input_format_t::json, false);
    if (records.error()) return tl::unexpected(*records.error());
    cursor.skip_blanks();
    if (array && !cursor.rest.empty()) {
      return fail(ErrorKind::input, "something else follows the array", {file, cursor.line, ""});
    }
  }
  Grid grid = std::move(records.grid());
  std::vector<Grid::Cell> header;
  for (const std::string& column : records.columns()) header.push_back({header.size(), grid.store(column)});
  if (auto added = grid.add_row(1, header, file, limits); !added) return tl::unexpected(added.error());
  std::rotate(grid.rows.begin(), grid.rows.end() - (header.empty() ? 0 : 1), grid.rows.end());
  return grid;
}

}  // namespace coinvest
