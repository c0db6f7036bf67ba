// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace coinvest {

/// One cell of an SQLite table.
using SqlCell = std::variant<std::monostate, std::int64_t, double, std::string>;

/// A prepared statement. Must not outlive its database.
class SqlStatement {
 public:
  /// Runs a statement that gives no rows with these values in place of its `?`.
  Result<void> run(std::span<const SqlCell> values);
  /// The next row of a statement without `?`, into `row`; false behind the last one.
  Result<bool> next(std::vector<SqlCell>& row);

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit SqlStatement(sqlite3_stmt* statement, const std::string& file) : statement_(statement), file_(&file) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const std::string* file_;
};

/// An SQLite database in memory: an empty one to write, or the bytes of a file to read. Neither touches the disk.
class SqliteDatabase {
 public:
  /// Of a file to read nothing but rows of its tables can be had: it cannot be written, its triggers and views do not
  /// run, and its schema may call no functions. `bytes` and `file` must outlive the database; `file` is used in
  /// messages alone. Fails (input): no database, or a damaged one; this looks at every page. A raised stop flag ends
  /// any statement with `cancelled`.
  static Result<SqliteDatabase> read(std::string& bytes, const std::string& file, const Context& context);
  static Result<SqliteDatabase> make(const std::string& file);

  Result<void> run(const std::string& sql);
  Result<SqlStatement> prepare(const std::string& sql);
  /// What a file with this database would hold. Fails (limit): more than 2 GiB.
  Result<std::string> bytes() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit SqliteDatabase(sqlite3* database, const std::string& file) : database_(database), file_(&file) {}

  std::unique_ptr<sqlite3, Close> database_;
  const std::string* file_;
};

}  // namespace coinvest
