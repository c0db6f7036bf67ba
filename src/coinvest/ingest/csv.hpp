// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/large_file.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/ingest/limits.hpp"

namespace coinvest {

/// Splits a text into records, strictly by RFC 4180, without guessing a dialect. Lines end in LF or CRLF, mixed as one
/// likes, or in lone CRs if no LF occurs in the whole text. Blank lines are skipped. The delimiter is the one of
/// `,` `;` TAB that is most frequent in the first record, or that of a line `sep=;` before it.
/// Fields are views into the text, which must outlive the reader; only a field with doubled quotes is copied. They live
/// until the next call. O(bytes) time; memory of some MiB.
/// Fails (input), naming the line: a quote that is never closed (the line where it opened), a quote inside a bare
/// field, text after a closing quote, a lone CR among LFs. Fails (limit): a longer field, more columns.
class CsvReader {
 public:
  /// Finds the delimiter; reads no record yet. `file` is used in messages alone.
  static Result<CsvReader> open(std::string_view text, std::string file, TableLimits limits = {});
  /// The same for a text that is brought to memory as it is read: fails (io) as it does.
  static Result<CsvReader> open(LargeFile& text, std::string file, TableLimits limits = {});

  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  /// From here on a thread splits the records that come next while those before them are used. What comes out is the
  /// same.
  void split_ahead();

  /// Goes to the next record; false at the end. An error stays.
  Result<bool> next();

  std::span<const std::string_view> fields() const { return fields_; }
  /// The record as it stands in the text, without its line end.
  std::string_view record() const { return record_; }
  /// Physical line where the record begins, from 1.
  std::uint64_t line() const { return line_; }
  /// Bytes of the text behind us.
  std::size_t position() const { return position_; }
  std::size_t size() const;
  char delimiter() const;

 private:
  struct State;
  explicit CsvReader(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
  std::span<const std::string_view> fields_;
  std::string_view record_;
  std::uint64_t line_ = 0;
  std::size_t position_ = 0;
};

}  // namespace coinvest
