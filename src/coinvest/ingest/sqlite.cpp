// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <new>

namespace coinvest {
namespace {

tl::unexpected<Error> trouble(sqlite3* database, int status, const std::string& file) {
  switch (status & 0xff) {
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_INTERRUPT:
      return cancelled();
    case SQLITE_TOOBIG:
    case SQLITE_FULL:
      return fail(ErrorKind::limit, fmt::format("too large for SQLite: {}", sqlite3_errmsg(database)), {file, 0, ""});
    default:
      return fail(ErrorKind::input, fmt::format("SQLite says: {}", sqlite3_errmsg(database)), {file, 0, ""});
  }
}

int bind(sqlite3_stmt* statement, int at, const SqlCell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return sqlite3_bind_int64(statement, at, *whole);
  if (const auto* number = std::get_if<double>(&cell)) return sqlite3_bind_double(statement, at, *number);
  // Whoever binds keeps the text until the statement has run.
  if (const auto* text = std::get_if<std::string>(&cell))
    return sqlite3_bind_text64(statement, at, text->data(), text->size(), nullptr, SQLITE_UTF8);
  return sqlite3_bind_null(statement, at);
}

SqlCell cell_of(sqlite3_stmt* statement, int at) {
  switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, at)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, at);
    case SQLITE_NULL:
      return {};
    default: {
      // A blob, too, counts as text: what is no text is refused where it is looked at.
      const void* bytes = sqlite3_column_blob(statement, at);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, at));
      return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }
  }
}

/// What keeps a file of unknown origin from doing anything.
void restrict_to_reading(sqlite3* database) {
  constexpr auto with = [](sqlite3* db, int option, int value) { sqlite3_db_config(db, option, value, nullptr); };
  with(database, SQLITE_DBCONFIG_DEFENSIVE, 1);
  with(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  with(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
  with(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0);
  with(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
  constexpr int longest_text = 16 << 20, longest_sql = 100'000, most_columns = 100, deepest = 20;
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, longest_text);
  sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, longest_sql);
  sqlite3_limit(database, SQLITE_LIMIT_COLUMN, most_columns);
  sqlite3_limit(database, SQLITE_LIMIT_EXPR_DEPTH, deepest);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
}

}  // namespace

void SqlStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void SqliteDatabase::Close::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

Result<void> SqlStatement::run(std::span<const SqlCell> values) {
  sqlite3_stmt* statement = statement_.get();
  int status = SQLITE_OK;
  for (std::size_t at = 0; at < values.size() && status == SQLITE_OK; ++at)
    status = bind(statement, static_cast<int>(at) + 1, values[at]);
  if (status == SQLITE_OK) status = sqlite3_step(statement);
  if (status != SQLITE_DONE) return trouble(sqlite3_db_handle(statement), status, *file_);
  sqlite3_reset(statement);
  return {};
}

Result<bool> SqlStatement::next(std::vector<SqlCell>& row) {
  sqlite3_stmt* statement = statement_.get();
  const int status = sqlite3_step(statement);
  if (status == SQLITE_DONE) return false;
  if (status != SQLITE_ROW) return trouble(sqlite3_db_handle(statement), status, *file_);
  row.clear();
  for (int at = 0; at < sqlite3_column_count(statement); ++at) row.push_back(cell_of(statement, at));
  return true;
}

Result<SqliteDatabase> SqliteDatabase::make(const std::string& file) {
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  SqliteDatabase database(handle, file);
  if (status != SQLITE_OK) return trouble(handle, status, file);
  return database;
}

Result<SqliteDatabase> SqliteDatabase::read(std::string& bytes, const std::string& file, const Context& context) {
  auto database = make(file);
  if (!database) return database;
  sqlite3* handle = database->database_.get();
  restrict_to_reading(handle);
  const auto stopped = [](void* of) { return static_cast<const Context*>(of)->stopped() ? 1 : 0; };
  constexpr int steps_between = 10'000;
  sqlite3_progress_handler(handle, steps_between, stopped, const_cast<Context*>(&context));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int status = sqlite3_deserialize(handle, "main", reinterpret_cast<unsigned char*>(bytes.data()), size, size,
                                         SQLITE_DESERIALIZE_READONLY);
  if (status != SQLITE_OK) return trouble(handle, status, file);
  for (const char* pragma : {"PRAGMA query_only = 1", "PRAGMA cell_size_check = 1"})
    if (auto set = database->run(pragma); !set) return tl::unexpected(set.error());

  auto check = database->prepare("PRAGMA quick_check(1)");
  if (!check) return tl::unexpected(check.error());
  std::vector<SqlCell> row;
  const auto answered = check->next(row);
  if (!answered) return tl::unexpected(answered.error());
  const std::string* verdict = *answered ? std::get_if<std::string>(&row.front()) : nullptr;
  if (verdict == nullptr || *verdict != "ok") {
    const std::string said = verdict != nullptr ? *verdict : "";  // a heading may stand above what is wrong
    return fail(ErrorKind::input, fmt::format("the database is damaged: {}", said.substr(said.rfind('\n') + 1)),
                {file, 0, ""});
  }
  return database;
}

Result<void> SqliteDatabase::run(const std::string& sql) {
  const int status = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return trouble(database_.get(), status, *file_);
  return {};
}

Result<SqlStatement> SqliteDatabase::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int status = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr);
  if (status != SQLITE_OK) return trouble(database_.get(), status, *file_);
  return SqlStatement(statement, *file_);
}

Result<std::string> SqliteDatabase::bytes() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> copy(
      sqlite3_serialize(database_.get(), "main", &size, 0), sqlite3_free);
  if (!copy) return fail(ErrorKind::limit, "a database of more than 2 GiB cannot be written", {*file_, 0, ""});
  return std::string(reinterpret_cast<const char*>(copy.get()), static_cast<std::size_t>(size));
}

}  // namespace coinvest
