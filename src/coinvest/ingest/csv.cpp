// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/csv.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <future>
#include <optional>
#include <utility>
#include <vector>

namespace coinvest {
namespace {

constexpr std::array<char, 3> delimiters{',', ';', '\t'};

/// Records that stand one behind the other.
struct Block {
  struct Record {
    std::uint64_t line;
    std::size_t begin, end;  // in the text, without the line end
    std::size_t fields_end;  // in `fields`: they begin where those of the record before end
  };
  std::vector<Record> records;
  std::vector<std::string_view> fields;
  std::deque<std::string> unescaped;  // a deque: views into its strings stay valid while it grows
  std::optional<Error> error;         // what follows the records
  bool is_last = false;
};

/// Where in [begin, end) of a text the first of some characters stands; `end` if none does, `begin` if that lies
/// behind. Compares sixteen at a time.
template <typename... Char>
std::size_t find_any(std::string_view text, std::size_t begin, std::size_t end, Char... wanted) {
  using Bytes = signed char __attribute__((vector_size(16)));
  using Words = std::uint64_t __attribute__((vector_size(16)));
  const auto first = [](std::uint64_t found) {
    const bool little = std::endian::native == std::endian::little;
    return static_cast<std::size_t>(little ? std::countr_zero(found) : std::countl_zero(found)) / 8;
  };
  for (Bytes bytes; begin + sizeof bytes <= end; begin += sizeof bytes) {
    std::memcpy(&bytes, text.data() + begin, sizeof bytes);
    const auto found = std::bit_cast<Words>(((bytes == static_cast<signed char>(wanted)) | ...));
    if (found[0] != 0) return begin + first(found[0]);
    if (found[1] != 0) return begin + sizeof found[0] + first(found[1]);
  }
  while (begin < end && ((text[begin] != wanted) && ...)) ++begin;
  return begin;
}

class Splitter {
 public:
  Splitter(std::string_view text, std::string file, TableLimits limits, LargeFile* large)
      : text_(text),
        file_(std::move(file)),
        limits_(limits),
        large_(large),
        ready_(large == nullptr ? text.size() : 0) {}

  /// Finds the delimiter.
  Result<void> begin();
  /// The next records, of so many bytes or a little more, in the memory of others. Those of the block before stay
  /// readable.
  Block split(Block block, std::size_t bytes);
  std::string_view text() const { return text_; }
  char delimiter() const { return delimiter_; }

 private:
  Result<void> read_separator_line();
  void find_delimiter();
  bool at_end() const { return position_ >= text_.size(); }
  /// Makes sure that the longest field and what follows it can be read at the position.
  Result<void> make_ready();
  // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): it loses the values of a Splitter that is moved
  bool is_ready() const { return ready_ == text_.size() || position_ + limits_.field_bytes + 8 <= ready_; }
  /// Bytes of the line end at the position: 0 if there is none.
  std::size_t line_end() const;
  // These add to a block; false if they cannot, with its error unless that is the end.
  bool add_record(Block& block);
  bool add_quoted_field(Block& block);
  bool add_bare_field(Block& block);
  bool stop(Block& block, tl::unexpected<Error> error) const {
    block.error = std::move(error).value();
    return false;
  }
  tl::unexpected<Error> error(std::string message, std::uint64_t line) const;

  std::string_view text_;
  std::string file_;
  TableLimits limits_;
  LargeFile* large_;       // where the text comes from, unless all of it is there
  std::size_t ready_ = 0;  // so much of the text is there
  std::size_t kept_ = 0;   // what lies before is given up
  std::size_t block_begin_ = 0;
  char delimiter_ = ',';
  bool lone_cr_ = false;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
};

Result<void> Splitter::begin() {
  if (auto ready = make_ready(); !ready) return ready;
  lone_cr_ = text_.find('\n') == std::string_view::npos;
  if (text_.starts_with("sep=") || text_.starts_with("SEP=")) {
    if (auto read = read_separator_line(); !read) return read;
  } else {
    find_delimiter();
  }
  return {};
}

Result<void> Splitter::make_ready() {
  if (is_ready()) return {};
  const auto ready = large_->ready(kept_, position_ + limits_.field_bytes + 8);
  if (!ready) return tl::unexpected(ready.error());
  ready_ = *ready;
  return {};
}

Result<void> Splitter::read_separator_line() {
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

void Splitter::find_delimiter() {
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

std::size_t Splitter::line_end() const {
  if (at_end()) return 0;
  const char c = text_[position_];
  if (c == '\n') return 1;
  if (c != '\r') return 0;
  if (lone_cr_) return 1;
  return position_ + 1 < text_.size() && text_[position_ + 1] == '\n' ? 2 : 0;
}

tl::unexpected<Error> Splitter::error(std::string message, std::uint64_t line) const {
  return fail(ErrorKind::input, std::move(message), {file_, line, ""});
}

bool Splitter::add_quoted_field(Block& block) {
  const std::uint64_t opened = line_;
  const std::size_t begin = ++position_;
  std::string* copy = nullptr;  // only once a doubled quote is seen
  std::size_t run = begin;      // begin of what is not in the copy yet
  const std::size_t last = std::min(text_.size(), begin + limits_.field_bytes + 1);
  const char line_feed = lone_cr_ ? '\r' : '\n';
  while (true) {
    const std::size_t end = find_any(text_, position_, last, '"', line_feed);
    if (end - begin > limits_.field_bytes) {
      return stop(block, too_long("a quoted field (is its closing quote missing?)", limits_, {file_, opened, ""}));
    }
    if (end == text_.size()) return stop(block, error("the quote that opens here is never closed", opened));
    position_ = end + 1;
    if (text_[end] != '"') {
      ++line_;
    } else if (!at_end() && text_[position_] == '"') {
      if (copy == nullptr) copy = &block.unescaped.emplace_back();
      copy->append(text_.substr(run, position_ - run));
      run = ++position_;
    } else {
      const std::string_view rest = text_.substr(run, end - run);
      if (!at_end() && text_[position_] != delimiter_ && line_end() == 0) {
        return stop(block, error("text after a closing quote; inside quotes a quote is written twice", line_));
      }
      if (copy != nullptr) copy->append(rest);
      block.fields.push_back(copy == nullptr ? rest : *copy);
      return true;
    }
  }
}

bool Splitter::add_bare_field(Block& block) {
  const std::size_t begin = position_;
  const std::size_t last = std::min(text_.size(), begin + limits_.field_bytes + 1);
  position_ = find_any(text_, begin, last, delimiter_, '\n', '\r', '"');
  const char end = position_ < last ? text_[position_] : delimiter_;
  if (end == '\r' && line_end() == 0)
    return stop(block, error("a carriage return without line feed in a file whose lines end in line feeds", line_));
  if (end == '"')
    return stop(block,
                error("a quote inside a field that does not begin with one; put the whole field in quotes", line_));
  if (position_ - begin > limits_.field_bytes) return stop(block, too_long("a field", limits_, {file_, line_, ""}));
  block.fields.push_back(text_.substr(begin, position_ - begin));
  return true;
}

bool Splitter::add_record(Block& block) {
  while (true) {
    if (auto ready = make_ready(); !ready) return stop(block, tl::unexpected(ready.error()));
    const std::size_t end = line_end();
    if (end == 0) break;
    position_ += end;
    ++line_;
  }
  if (at_end()) return false;
  Block::Record record{line_, position_, position_, 0};
  const std::size_t first = block.fields.size();
  while (true) {
    if (block.fields.size() - first == limits_.columns)
      return stop(block, too_many_columns(limits_, {file_, record.line, ""}));
    if (!is_ready()) {
      if (auto ready = make_ready(); !ready) return stop(block, tl::unexpected(ready.error()));
    }
    const bool is_quoted = !at_end() && text_[position_] == '"';
    if (!(is_quoted ? add_quoted_field(block) : add_bare_field(block))) return false;
    record.end = position_;
    if (!at_end() && text_[position_] == delimiter_) {
      ++position_;
      continue;
    }
    if (!at_end()) {
      position_ += line_end();
      ++line_;
    }
    record.fields_end = block.fields.size();
    block.records.push_back(record);
    return true;
  }
}

Block Splitter::split(Block block, std::size_t bytes) {
  block.records.clear(), block.fields.clear(), block.unescaped.clear();
  kept_ = std::exchange(block_begin_, position_);
  while (position_ - block_begin_ < bytes) {
    block.is_last = !add_record(block);
    if (block.is_last) break;
  }
  return block;
}

}  // namespace

struct CsvReader::State {
  Splitter splitter;
  bool is_ahead = false;
  std::size_t record = 0;  // the next one, in the block
  Block block, spare;
  std::future<Block> behind;  // the last member: it is waited for before the others go

  void go_to_next_block() {
    // Small enough for the nearest cache; or so large that a thread is worth it, and seldom waited for where others
    // want the processors, too.
    constexpr std::size_t kib = 1024;
    const std::size_t bytes = is_ahead ? std::clamp(splitter.text().size() / 8, 64 * kib, 2048 * kib) : 16 * kib;
    Block next = behind.valid() ? behind.get() : splitter.split(std::move(spare), bytes);
    spare = std::exchange(block, std::move(next));
    record = 0;
    if (is_ahead && !block.is_last)
      behind = std::async(std::launch::async, [this, bytes] { return splitter.split(std::move(spare), bytes); });
  }
};

CsvReader::CsvReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(std::string_view text, std::string file, TableLimits limits) {
  auto state = std::make_unique<State>(Splitter(text, std::move(file), limits, nullptr));
  if (auto begun = state->splitter.begin(); !begun) return tl::unexpected(begun.error());
  return CsvReader(std::move(state));
}

Result<CsvReader> CsvReader::open(LargeFile& text, std::string file, TableLimits limits) {
  auto state = std::make_unique<State>(Splitter(text.text(), std::move(file), limits, &text));
  if (auto begun = state->splitter.begin(); !begun) return tl::unexpected(begun.error());
  return CsvReader(std::move(state));
}

void CsvReader::split_ahead() {
  state_->is_ahead = true;
}

std::size_t CsvReader::size() const {
  return state_->splitter.text().size();
}

char CsvReader::delimiter() const {
  return state_->splitter.delimiter();
}

Result<bool> CsvReader::next() {
  State& state = *state_;
  if (state.record == state.block.records.size() && !state.block.is_last) state.go_to_next_block();
  const Block& block = state.block;
  if (state.record == block.records.size()) {
    if (block.error) return tl::unexpected(*block.error);
    position_ = size();
    return false;
  }
  const Block::Record& record = block.records[state.record];
  const std::size_t first = state.record == 0 ? 0 : block.records[state.record - 1].fields_end;
  ++state.record;
  fields_ = std::span(block.fields).subspan(first, record.fields_end - first);
  record_ = state.splitter.text().substr(record.begin, record.end - record.begin);
  line_ = record.line;
  position_ = record.end;
  return true;
}

}  // namespace coinvest
