// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/database.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <type_traits>

#include "coinvest/ingest/database_cells.hpp"
#include "coinvest/model/records.hpp"

namespace coinvest {
namespace {

using namespace std::string_view_literals;
constexpr std::string_view magic = "SQLite format 3\0"sv;
/// In the header of each database that we write: "coiv", and the version of the schema.
constexpr std::uint32_t application_id = 0x636f6976, schema_version = 1;

template <typename T>
struct RecordOf;
template <typename T>
struct RecordOf<std::vector<T> Records::*> {
  using Type = T;
};

template <typename Record>
constexpr std::size_t cells_per_row() {
  std::size_t count = 1;  // the id
  each_column<Record>([&](const auto& column) {
    count += Stored<std::remove_reference_t<decltype(std::declval<Record>().*column.member)>>::parts.size();
  });
  return count;
}

/// Calls `visit(name, part, column)` for each column of the table in the database, but for its id.
template <typename Record, typename Visit>
void each_part(const Visit& visit) {
  each_column<Record>([&](const auto& column) {
    using Value = std::remove_reference_t<decltype(std::declval<Record>().*column.member)>;
    for (const StoredPart& part : Stored<Value>::parts)
      visit(fmt::format("{}{}", column.name, part.suffix), part, column);
  });
}

/// The table that a column's part refers to, with its column; "" for none.
template <typename Record, typename Value>
std::string referred(const RecordColumn<Record, Value>& column, const StoredPart& part) {
  if constexpr (std::is_same_v<Value, SourceRow>) return part.suffix == "_file" ? "files(id)" : "";
  if (column.refers_to.empty()) return "";
  if constexpr (!std::is_same_v<Value, std::string>) return fmt::format("{}(id)", column.refers_to);
  return fmt::format("{}({})", column.refers_to, column.refers_to == "companies" ? "company" : "investor");
}

/// The statements that make the tables and their indexes, as the database keeps them.
std::vector<std::string> schema() {
  std::vector<std::string> tables, indexes;
  Records::each_table([&](std::string_view table, auto member) {
    using Record = typename RecordOf<decltype(member)>::Type;
    std::string columns = "\n  id INTEGER PRIMARY KEY";
    each_part<Record>([&](const std::string& name, const StoredPart& part, const auto& column) {
      const std::string refers = referred(column, part);
      columns +=
          fmt::format(",\n  {} {}{}{}{}", name, part.type, column.need == Need::optional ? "" : " NOT NULL",
                      column.need == Need::unique ? " UNIQUE" : "", refers.empty() ? "" : " REFERENCES " + refers);
      const bool is_looked_up = !refers.empty() || name == "round_id" || name == "announced_low" || name == "of_id";
      if (is_looked_up && part.suffix != "_file")
        indexes.push_back(fmt::format("CREATE INDEX {}_by_{} ON {}({})", table, name, table, name));
    });
    tables.push_back(fmt::format("CREATE TABLE {}({}\n) STRICT", table, columns));
  });
  tables.insert(tables.end(), indexes.begin(), indexes.end());
  return tables;
}

template <typename Record>
Result<void> write_table(SqliteDatabase& database, std::string_view table, const std::vector<Record>& rows,
                         const Context& context) {
  constexpr std::size_t width = cells_per_row<Record>();
  auto insert = database.prepare(
      fmt::format("INSERT INTO {} VALUES ({})", table, fmt::join(std::vector<std::string_view>(width, "?"), ",")));
  if (!insert) return tl::unexpected(insert.error());
  std::vector<SqlCell> cells;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (context.stopped()) return cancelled();
    cells.assign(width, {});
    cells[0] = static_cast<std::int64_t>(row) + 1;
    SqlCell* next = cells.data() + 1;
    each_column<Record>([&](const auto& column) {
      const auto& value = rows[row].*column.member;
      using Value = Stored<std::remove_cvref_t<decltype(value)>>;
      Value::store(value, next);
      next += Value::parts.size();
    });
    if (auto written = insert->run(cells); !written) return written;
    context.advance();
  }
  return {};
}

template <typename Record>
Result<void> read_table(SqliteDatabase& database, std::string_view table, std::vector<Record>& rows,
                        const std::string& file, const Context& context) {
  std::vector<std::string> names{"id"};
  each_part<Record>([&](const std::string& name, const StoredPart&, const auto&) { names.push_back(name); });
  auto select =
      database.prepare(fmt::format("SELECT {} FROM {} NOT INDEXED ORDER BY id", fmt::join(names, ","), table));
  if (!select) return tl::unexpected(select.error());
  std::vector<SqlCell> cells;
  while (true) {
    const auto more = select->next(cells);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (context.stopped()) return cancelled();
    std::string wrong;
    const std::size_t id = rows.size() + 1;
    // Also what ends the reading of pages that lead in a circle.
    if (cells[0] != SqlCell(static_cast<std::int64_t>(id)))
      return fail(ErrorKind::input, fmt::format("table {}: id {} is missing", table, id), {file, 0, ""});
    Record& record = rows.emplace_back();
    const SqlCell* next = cells.data() + 1;
    each_column<Record>([&](const auto& column) {
      auto& value = record.*column.member;
      using Value = Stored<std::remove_cvref_t<decltype(value)>>;
      const bool empty = std::holds_alternative<std::monostate>(*next);
      if (!Value::load(next, value) || (empty && column.need != Need::optional)) wrong = column.name;
      next += Value::parts.size();
    });
    if (!wrong.empty())
      return fail(ErrorKind::input,
                  fmt::format("table {}, id {}: {} has no value that import writes", table, id, wrong), {file, 0, ""});
    context.advance();
  }
}

std::size_t size_of(const Records& records) {
  std::size_t size = 0;
  Records::each_table([&](std::string_view, auto member) { size += (records.*member).size(); });
  return size;
}

/// A number of the header, which stands in big-endian order.
std::uint32_t header_number(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4)) number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

/// Before SQLite sees it: is this a database of ours?
Result<void> check_header(std::string_view bytes, const std::string& file) {
  constexpr std::size_t header_size = 100, version_at = 60, application_at = 68;
  if (!is_database(bytes)) return fail(ErrorKind::input, "is no SQLite database", {file, 0, ""});
  if (bytes.size() < header_size || header_number(bytes, application_at) != application_id)
    return fail(ErrorKind::input, "this SQLite database was not made by coinvest import", {file, 0, ""});
  const std::uint32_t version = header_number(bytes, version_at);
  if (version == schema_version) return {};
  return fail(ErrorKind::input,
              fmt::format("this database is of version {}, and this program reads {}: import the data again", version,
                          schema_version),
              {file, 0, ""});
}

bool is_index(std::string_view sql) {
  return sql.starts_with("CREATE INDEX");
}

/// No more and no fewer tables, views and triggers than we make. Indexes are for others: none is used to read.
Result<void> check_schema(SqliteDatabase& database, const std::string& file) {
  auto select = database.prepare(
      "SELECT coalesce(sql, ''), name FROM sqlite_schema "
      "WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  if (!select) return tl::unexpected(select.error());
  std::vector<std::string> wanted = schema();
  std::erase_if(wanted, is_index);
  std::vector<SqlCell> row;
  while (true) {
    const auto more = select->next(row);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    const auto* sql = std::get_if<std::string>(&row[0]);
    if (sql == nullptr || std::erase(wanted, *sql) != 1)
      return fail(ErrorKind::input,
                  fmt::format("'{}' is not as coinvest import makes it; of a database, only its own tables are read",
                              std::holds_alternative<std::string>(row[1]) ? std::get<std::string>(row[1]) : ""),
                  {file, 0, ""});
  }
  if (wanted.empty()) return {};
  return fail(ErrorKind::input, fmt::format("this is missing: {}", wanted.front().substr(0, wanted.front().find('('))),
              {file, 0, ""});
}

}  // namespace

bool is_database(std::string_view bytes) {
  return bytes.starts_with(magic);
}

Result<std::string> database_bytes(const Dataset& data, const std::string& file, const Context& context) {
  auto database = SqliteDatabase::make(file);
  if (!database) return tl::unexpected(database.error());
  const Records records = records_of(data);
  context.start("writing", size_of(records));

  std::string begin =
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; BEGIN", application_id, schema_version);
  Result<void> done = database->run(begin);
  const auto run = [&](const auto& step) {
    if (done) done = step();
  };
  const std::vector<std::string> statements = schema();
  for (const std::string& sql : statements)
    if (!is_index(sql)) run([&] { return database->run(sql); });
  Records::each_table([&](std::string_view table, auto member) {
    run([&] { return write_table(*database, table, records.*member, context); });
  });
  for (const std::string& sql : statements)
    if (is_index(sql)) run([&] { return database->run(sql); });
  run([&] { return database->run("COMMIT"); });
  if (!done) return tl::unexpected(done.error());
  return database->bytes();
}

Result<Dataset> read_database(std::string bytes, const std::string& file, const Context& context) {
  if (auto ours = check_header(bytes, file); !ours) return tl::unexpected(ours.error());
  auto database = SqliteDatabase::read(bytes, file, context);
  if (!database) return tl::unexpected(database.error());
  Result<void> done = check_schema(*database, file);
  Records records;
  context.start("reading", 0);
  Records::each_table([&](std::string_view table, auto member) {
    if (done) done = read_table(*database, table, records.*member, file, context);
  });
  if (!done) return tl::unexpected(done.error());
  auto data = dataset_of(records);
  if (!data) data.error().where.file = file;
  return data;
}

}  // namespace coinvest
