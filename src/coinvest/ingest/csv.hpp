// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/large_file.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/ingest/limits.hpp"

namespace coinvest {

/// Splits a text into records, strictly by RFC 4180, without guessing a dialect. Lines end in LF or CRLF, mixed as one
/// likes, or in lone CRs if no LF occurs in the whole text. Blank lines are skipped and counted. The delimiter is the
/// one of `,` `;` TAB that is most frequent in the first record, or that of a line `sep=;` before it.
/// Fields are views into the text, which must outlive the reader; only a field with doubled quotes is copied, and lives
/// until the next call. O(bytes) time; memory of one record.
/// Fails (input), naming the line: a quote that is never closed (the line where it opened), a quote inside a bare
/// field, text after a closing quote, a lone CR among LFs. Fails (limit): a longer field, more columns.
class CsvReader {
 public:
  /// Finds the delimiter; reads no record yet. `file` is used in messages alone.
  static Result<CsvReader> open(std::string_view text, std::string file, TableLimits limits = {});
  /// The same for a text that is brought to memory as it is read: fails (io) as it does.
  static Result<CsvReader> open(LargeFile& text, std::string file, TableLimits limits = {});

  /// Goes to the next record; false at the end.
  Result<bool> next();

  std::span<const std::string_view> fields() const { return fields_; }
  /// The record as it stands in the text, without its line end.
  std::string_view record() const { return text_.substr(record_begin_, record_end_ - record_begin_); }
  /// Physical line where the record begins, from 1.
  std::uint64_t line() const { return record_line_; }
  /// Physical line where a field of the record begins.
  std::uint64_t line_of(std::size_t field) const { return field_lines_[field]; }
  std::uint64_t blank_lines() const { return blank_lines_; }
  char delimiter() const { return delimiter_; }
  /// Bytes of the text behind us.
  std::size_t position() const { return position_; }
  std::size_t size() const { return text_.size(); }

 private:
  CsvReader(std::string_view text, std::string file, TableLimits limits);
  Result<void> begin();
  Result<void> read_separator_line();
  void find_delimiter();
  bool at_end() const { return position_ >= text_.size(); }
  /// The longest field and what follows it can be read at the position.
  bool is_ready() const { return ready_ == text_.size() || position_ + limits_.field_bytes + 8 <= ready_; }
  /// Makes it so; what lies before `kept` is given up.
  Result<void> make_ready(std::size_t kept);
  /// Bytes of the line end at the position: 0 if there is none.
  std::size_t line_end() const;
  Result<std::string_view> quoted_field();
  Result<std::string_view> bare_field();
  tl::unexpected<Error> error(std::string message, std::uint64_t line) const;

  std::string_view text_;
  std::string file_;
  TableLimits limits_;
  LargeFile* large_ = nullptr;  ///< where the text comes from, unless all of it is there
  std::size_t ready_ = 0;       ///< so much of the text is there
  char delimiter_ = ',';
  std::array<bool, 256> ends_bare_field_{};  ///< per byte: delimiter, line end, quote
  bool lone_cr_ = false;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 0;
  std::size_t record_begin_ = 0, record_end_ = 0;
  std::uint64_t blank_lines_ = 0;
  std::vector<std::string_view> fields_;
  std::vector<std::uint64_t> field_lines_;
  std::deque<std::string> unescaped_;  ///< a deque: views into its strings stay valid while it grows
};

}  // namespace coinvest
