// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/csv.hpp"

#include <algorithm>
#include <array>

namespace coinvest {
namespace {

constexpr std::array<char, 3> delimiters{',', ';', '\t'};

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string file, TableLimits limits)
    : text_(text), file_(std::move(file)), limits_(limits), ready_(text.size()) {}

Result<CsvReader> CsvReader::open(std::string_view text, std::string file, TableLimits limits) {
  CsvReader reader(text, std::move(file), limits);
  if (auto begun = reader.begin(); !begun) return tl::unexpected(begun.error());
  return reader;
}

Result<CsvReader> CsvReader::open(LargeFile& text, std::string file, TableLimits limits) {
  CsvReader reader(text.text(), std::move(file), limits);
  reader.large_ = &text;
  reader.ready_ = 0;
  if (auto begun = reader.make_ready(0); !begun) return tl::unexpected(begun.error());
  if (auto begun = reader.begin(); !begun) return tl::unexpected(begun.error());
  return reader;
}

Result<void> CsvReader::begin() {
  lone_cr_ = text_.find('\n') == std::string_view::npos;
  if (text_.starts_with("sep=") || text_.starts_with("SEP=")) {
    if (auto read = read_separator_line(); !read) return read;
  } else {
    find_delimiter();
  }
  for (const char c : {delimiter_, '\n', '\r', '"'}) ends_bare_field_[static_cast<unsigned char>(c)] = true;
  return {};
}

Result<void> CsvReader::make_ready(std::size_t kept) {
  const auto end = large_->ready(kept, position_ + limits_.field_bytes + 8);
  if (!end) return tl::unexpected(end.error());
  ready_ = *end;
  return {};
}

Result<void> CsvReader::read_separator_line() {
  position_ = 4;
  const char separator = at_end() ? '\0' : text_[position_];
  if (std::ranges::find(delimiters, separator) == delimiters.end()) {
    return error("the line 'sep=' must name one of ',' ';' and TAB", 1);
  }
  delimiter_ = separator;
  ++position_;
  const std::size_t end = line_end();
  if (end == 0 && !at_end()) return error("the line 'sep=' must end after its delimiter", 1);
  position_ += end;
  ++line_;
  return {};
}

void CsvReader::find_delimiter() {
  std::array<std::size_t, delimiters.size()> counts{};
  bool quoted = false;
  bool any = false;  // leading blank lines are not the header
  for (const char c : text_) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (any) break;
      continue;
    }
    any = true;
    if (quoted) continue;
    const auto found = std::ranges::find(delimiters, c);
    if (found != delimiters.end()) ++counts[static_cast<std::size_t>(found - delimiters.begin())];
  }
  delimiter_ = delimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::size_t CsvReader::line_end() const {
  if (at_end()) return 0;
  const char c = text_[position_];
  if (c == '\n') return 1;
  if (c != '\r') return 0;
  if (lone_cr_) return 1;
  return position_ + 1 < text_.size() && text_[position_ + 1] == '\n' ? 2 : 0;
}

tl::unexpected<Error> CsvReader::error(std::string message, std::uint64_t line) const {
  return fail(ErrorKind::input, std::move(message), {file_, line, ""});
}

Result<std::string_view> CsvReader::quoted_field() {
  const std::uint64_t opened = line_;
  const std::size_t begin = ++position_;
  std::string* copy = nullptr;  // only once a doubled quote is seen
  std::size_t run = begin;      // begin of what is not in the copy yet
  const std::size_t last = std::min(text_.size(), begin + limits_.field_bytes + 1);
  const char line_feed = lone_cr_ ? '\r' : '\n';
  while (true) {
    std::size_t stop = position_;
    while (stop < last && text_[stop] != '"' && text_[stop] != line_feed) ++stop;
    if (stop - begin > limits_.field_bytes) {
      return too_long("a quoted field (is its closing quote missing?)", limits_, {file_, opened, ""});
    }
    if (stop == text_.size()) return error("the quote that opens here is never closed", opened);
    position_ = stop + 1;
    if (text_[stop] != '"') {
      ++line_;
    } else if (!at_end() && text_[position_] == '"') {
      if (copy == nullptr) copy = &unescaped_.emplace_back();
      copy->append(text_.substr(run, position_ - run));
      run = ++position_;
    } else {
      const std::string_view rest = text_.substr(run, stop - run);
      if (!at_end() && text_[position_] != delimiter_ && line_end() == 0) {
        return error("text after a closing quote; inside quotes a quote is written twice", line_);
      }
      if (copy == nullptr) return rest;
      copy->append(rest);
      return *copy;
    }
  }
}

Result<std::string_view> CsvReader::bare_field() {
  const std::size_t begin = position_;
  const std::size_t last = std::min(text_.size(), begin + limits_.field_bytes + 1);
  while (position_ < last && !ends_bare_field_[static_cast<unsigned char>(text_[position_])]) ++position_;
  const char stop = position_ < last ? text_[position_] : delimiter_;
  if (stop == '\r' && line_end() == 0)
    return error("a carriage return without line feed in a file whose lines end in line feeds", line_);
  if (stop == '"')
    return error("a quote inside a field that does not begin with one; put the whole field in quotes", line_);
  if (position_ - begin > limits_.field_bytes) return too_long("a field", limits_, {file_, line_, ""});
  return text_.substr(begin, position_ - begin);
}

Result<bool> CsvReader::next() {
  fields_.clear();
  field_lines_.clear();
  unescaped_.clear();
  while (true) {
    if (!is_ready()) {
      if (auto read = make_ready(position_); !read) return tl::unexpected(read.error());
    }
    const std::size_t end = line_end();
    if (end == 0) break;
    position_ += end;
    ++line_;
    ++blank_lines_;
  }
  if (at_end()) return false;
  record_line_ = line_;
  record_begin_ = position_;
  while (true) {
    if (fields_.size() == limits_.columns) return too_many_columns(limits_, {file_, record_line_, ""});
    if (!is_ready()) {
      if (auto read = make_ready(record_begin_); !read) return tl::unexpected(read.error());
    }
    field_lines_.push_back(line_);
    const auto field = !at_end() && text_[position_] == '"' ? quoted_field() : bare_field();
    if (!field) return tl::unexpected(field.error());
    fields_.push_back(*field);
    record_end_ = position_;
    if (at_end()) return true;
    if (const std::size_t end = line_end(); end != 0) {
      position_ += end;
      ++line_;
      return true;
    }
    ++position_;  // the delimiter
  }
}

}  // namespace coinvest
