// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/csv.hpp"

#include <fstream>

#include "../../folder.hpp"
#include "catch.hpp"
#include "coinvest/base/file.hpp"

using namespace coinvest;

namespace {

struct Record {
  std::uint64_t line;
  std::vector<std::string> fields;
  bool operator==(const Record&) const = default;
};

Result<std::vector<Record>> records(std::string_view text, TableLimits limits = {}) {
  auto reader = CsvReader::open(text, "x.csv", limits);
  if (!reader) return tl::unexpected(reader.error());
  std::vector<Record> all;
  while (true) {
    const auto more = reader->next();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return all;
    all.push_back({reader->line(), {reader->fields().begin(), reader->fields().end()}});
  }
}

void write(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("csv: a text that is read piece by piece has the records of the whole") {
  const tests::Folder folder;
  const std::string path = folder / "large.csv";
  std::string text;
  for (int row = 0; text.size() < (std::size_t{13} << 20); ++row)
    text += "公司" + std::to_string(row) + ",\"said \"\"数千万\"\",\nand\"," +
            std::string(static_cast<std::size_t>(row % 97), 'x') + "\r\n";
  write(path, text);
  const auto ahead = GENERATE(false, true);
  auto large = LargeFile::open(path, 1, ahead ? 4 : 1);
  REQUIRE(large);
  auto piecewise = CsvReader::open(*large, path).value();
  if (ahead) piecewise.split_ahead();
  auto whole = CsvReader::open(text, path).value();
  while (whole.next().value()) {
    REQUIRE(piecewise.next().value());
    REQUIRE(std::ranges::equal(piecewise.fields(), whole.fields()));
    REQUIRE(piecewise.record() == whole.record());
    REQUIRE(piecewise.line() == whole.line());
  }
  CHECK_FALSE(piecewise.next().value());
  CHECK(large->sha256() == sha256_hex(text));

  auto changed = LargeFile::open(path, 1);
  auto reader = CsvReader::open(*changed, path).value();
  write(path, "gone\n");
  Result<bool> more = true;
  while (more && *more) more = reader.next();
  REQUIRE_FALSE(more);
  CHECK(more.error().kind == ErrorKind::io);
}

TEST_CASE("csv: a large text is plain UTF-8 also where it is looked at in pieces") {
  const tests::Folder folder;
  const std::string path = folder / "large.csv";
  constexpr std::size_t piece = std::size_t{256} << 10;
  const auto is_plain = [&](std::string_view bytes, std::size_t before) {
    std::string text = "a,b\n";
    text.append(piece - before - text.size(), 'x').append(bytes).append(piece, 'y');
    write(path, text);
    return LargeFile::open(path, 1, 4).has_value();
  };
  for (std::size_t before = 0; before <= 5; ++before) {
    INFO(before);
    CHECK(is_plain("\xf0\x9f\x92\xb0", before));
    CHECK_FALSE(is_plain("\xf0\x9f\x92", before));
    CHECK_FALSE(is_plain("\xf0\x9f\x92\xb0\xb0", before));
    CHECK_FALSE(is_plain("\xb0", before));
    CHECK_FALSE(is_plain(std::string_view("\0", 1), before));
  }
}

TEST_CASE("csv: a doubled quote at the limit of a field is beyond it") {
  constexpr TableLimits limits{.field_bytes = 20};
  for (std::size_t length = 0; length < 40; ++length) {
    INFO(length);
    const auto read = records("a\n\"" + std::string(length, 'x') + "\"\"y\"\n" + std::string(15, 'z') + "\n", limits);
    CHECK(read.has_value() == (length + 3 <= limits.field_bytes));
    if (!read) CHECK(read.error().kind == ErrorKind::limit);
  }
}

TEST_CASE("csv: an error comes behind the records before it, and stays, whoever splits them") {
  std::string text = "a,b\n";
  constexpr std::uint64_t good = 200'000;
  for (std::uint64_t row = 0; row < good; ++row) text += "\"x\"\"y\"," + std::to_string(row) + "\n";
  text += "1,2\"\n3,4\n";
  for (const bool ahead : {false, true}) {
    auto opened = CsvReader::open(text, "x.csv").value();
    REQUIRE(opened.next().value());
    if (ahead) opened.split_ahead();
    REQUIRE(opened.next().value());
    CsvReader reader = std::move(opened);  // while the records behind are split
    CHECK(reader.fields()[0] == "x\"y");
    std::uint64_t rows = 1;
    auto more = reader.next();
    for (; more && *more; more = reader.next()) {
      REQUIRE(reader.fields()[1] == std::to_string(rows));
      REQUIRE(reader.line() == ++rows + 1);
    }
    CHECK(rows == good);
    for (int again = 0; again < 2; ++again, more = reader.next()) {
      REQUIRE_FALSE(more);
      CHECK(more.error().where.line == good + 2);
    }
  }
  auto unused = CsvReader::open(text, "x.csv").value();
  unused.split_ahead();
  CHECK(unused.next().value());
}

TEST_CASE("csv: what has to be read whole is no large file") {
  const tests::Folder folder;
  const std::string path = folder / "x.csv";
  using namespace std::string_view_literals;
  for (const auto bytes : {"\xEF\xBB\xBF"
                           "a,b\n"sv,
                           "a,\0\n"sv, "\xD6\xC7,b\n"sv, "{\"a\":1}\n"sv, "<html>\n"sv, "a,b\r"sv, "\x1f\x8b\n"sv}) {
    write(path, bytes);
    CHECK_FALSE(LargeFile::open(path, 1));
  }
  write(path, "a,b\n");
  CHECK(LargeFile::open(path, 4));
  CHECK_FALSE(LargeFile::open(path, 5));
  CHECK_FALSE(LargeFile::open(folder.path(), 1));
  CHECK_FALSE(LargeFile::open(folder / "none", 1));
}

TEST_CASE("csv: what is accepted") {
  struct Case {
    std::string_view text;
    std::vector<Record> expected;
  };
  const std::vector<Case> cases{
      {"", {}},
      {"\n\r\n\n", {}},
      {"a,b\n1,2", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
      {"a,b\r\n1,2\n", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
      {"a,b\r1,2\r", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
      {"a;b\n1,5;2\n", {{1, {"a", "b"}}, {2, {"1,5", "2"}}}},
      {"a\tb\n1\t\n", {{1, {"a", "b"}}, {2, {"1", ""}}}},
      {"sep=;\na,b;c\n", {{2, {"a,b", "c"}}}},
      {"sep=\t\r\na,b\tc", {{2, {"a,b", "c"}}}},
      {"SEP=,\ra;b,c\r1,2", {{2, {"a;b", "c"}}, {3, {"1", "2"}}}},
      {"sep=;", {}},
      {"\"a;b;c\",d\n", {{1, {"a;b;c", "d"}}}},
      {"\n\na,b\n\n\"x\ny\",2\n\n3,4\n", {{3, {"a", "b"}}, {5, {"x\ny", "2"}}, {8, {"3", "4"}}}},
      {"a\n\"x \"\"y\"\" z\"\n\"\"\n\"\"\"\"\n", {{1, {"a"}}, {2, {"x \"y\" z"}}, {3, {""}}, {4, {"\""}}}},
      {"a,\n,\n", {{1, {"a", ""}}, {2, {"", ""}}}},
      {"a\r\"x\ry\"\rb", {{1, {"a"}}, {2, {"x\ry"}}, {4, {"b"}}}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto got = records(c.text);
    REQUIRE(got);
    CHECK(*got == c.expected);
  }
}

TEST_CASE("csv: what is refused, and the line named") {
  struct Case {
    std::string_view text;
    ErrorKind kind;
    std::uint64_t line;
  };
  const std::vector<Case> cases{
      {"a,b\n1,\"2\n3,\n", ErrorKind::input, 2},    // never closed: where it opened
      {"a,b\n1,x\"2\n", ErrorKind::input, 2},       // inside a bare field
      {"a,b\n1,\"2\"x\n", ErrorKind::input, 2},     // after the closing quote
      {"a,b\n\"1\n2\" ,x\n", ErrorKind::input, 3},  // a blank is text too
      {"a,b\n1\r2,3\n", ErrorKind::input, 2},       // a lone CR among LFs
      {"sep=|\na|b\n", ErrorKind::input, 1},        // not one of ours
      {"sep=;x\na;b\n", ErrorKind::input, 1},          {"a,b\nlong text,2\n", ErrorKind::limit, 2},
      {"a,b\n\"long text\",2\n", ErrorKind::limit, 2}, {"a,b\n1,2,3,4,5\n", ErrorKind::limit, 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto got = records(c.text, {8, 4});
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == c.kind);
    CHECK(got.error().where.line == c.line);
    CHECK(got.error().where.file == "x.csv");
  }
}

TEST_CASE("csv: lines of records, blank lines, and views without copies") {
  const std::string text = "a,b,c\n\n\"1\n1\",\"2\",3\n";
  auto reader = CsvReader::open(text, "").value();
  REQUIRE(reader.next().value());
  REQUIRE(reader.next().value());
  CHECK(reader.line() == 3);
  CHECK(reader.delimiter() == ',');
  for (const std::string_view field : reader.fields()) {
    CHECK(field.data() >= text.data());
    CHECK(field.data() + field.size() <= text.data() + text.size());
  }
  CHECK_FALSE(reader.next().value());
  CHECK(reader.position() == text.size());
}

TEST_CASE("csv: the error of a limit names the option that raises it") {
  CHECK(records("a,b\nlong text,2\n", {8, 4}).error().message ==
        "a field of more than 8 bytes; --max-field raises the limit");
  CHECK(records("a,b\n\"long text\",2\n", {8, 4}).error().message ==
        "a quoted field (is its closing quote missing?) of more than 8 bytes; --max-field raises the limit");
  CHECK(records("1,2,3,4,5\n", {8, 4}).error().message == "more than 4 columns; --max-columns raises the limit");
}

TEST_CASE("csv: a longer field than the limit may not be read as shorter ones") {
  const std::string text = "a,b\n" + std::string(65536, 'x') + ",1\n";
  CHECK(records(text).value()[1].fields[0].size() == 65536);
  CHECK(records("a,b\n" + std::string(65537, 'x') + ",1\n").error().kind == ErrorKind::limit);
  CHECK(records(std::string(1023, ',') + "\n").value()[0].fields.size() == 1024);
  CHECK(records(std::string(1024, ',') + "\n").error().kind == ErrorKind::limit);
}
