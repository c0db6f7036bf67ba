// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/report.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/resource.h>
#include <zlib.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "coinvest/report/escape.hpp"
#include "coinvest/report/manifest.hpp"
#include "csv_reader.hpp"
#include "folder.hpp"
#include "html_balance.hpp"

namespace fs = std::filesystem;
using coinvest::Overwrite;
using coinvest::ReportContent;
using coinvest::Shown;
using coinvest::Table;
using coinvest::tests::Folder;

namespace {

constexpr const char* drawing =
    R"(<svg width="20pt" height="10pt" viewBox="0 0 20 10"><g class="graph"><title>g</title><text>红杉中国</text></g></svg>)";

/// A report whose every text is `name`.
ReportContent report_of(const std::string& name) {
  const Table table{
      name,
      name,
      {{"rank"}, {"name"}, {"source", Shown::details}},
      {{std::int64_t{1}, name, name}, {std::int64_t{2}, std::string("红杉中国"), std::string("rounds.csv:2")}},
      {{name, 0.5}},
      {name}};
  ReportContent content;
  content.title = content.finding = name;
  content.figures = {{name, name}};
  content.sections = {{name, name, {name}, {{name, {name}, "graph {}\n", drawing}}, {table, table}},
                      {name, name, {}, {{name, {name}, "graph {}\n", ""}}, {}, coinvest::Folding::folded}};
  content.parameters = {{"tie", std::string("round")}, {name, name}};
  content.methods = {name};
  content.quality = Table{"quality", name, {{"share"}}, {{0.123456789}}, {}, {}};
  content.inputs = {{"rounds.csv", "/somewhere/rounds.csv", coinvest::sha256_hex("x"), 1, 12345}};
  content.rejects = Table{"rejects", "", {{"file"}, {"line"}, {"text"}}, {}, {}, {}};
  return content;
}

std::map<std::string, std::string> files_below(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_directory())
      files[fs::relative(entry.path(), folder).string()] = coinvest::read_file(entry.path().string()).value();
  return files;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

/// The data of the first long table of a page, as its script reads it.
nlohmann::json packed_data(const std::string& page) {
  const std::string letters = between(page, "<script type=\"application/zlib\">", "</script>");
  std::string packed(letters.size(), '\0'), text(std::size_t{1} << 27U, '\0');
  EVP_DecodeBlock(reinterpret_cast<unsigned char*>(packed.data()),
                  reinterpret_cast<const unsigned char*>(letters.data()), static_cast<int>(letters.size()));
  uLongf size = text.size();
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(packed.data()),
                     packed.size()) == Z_OK);
  text.resize(size);
  return nlohmann::json::parse(text);
}

std::string page_of(const ReportContent& content) {
  const auto files = coinvest::report_files(content, "9.9").value();
  for (const coinvest::OutputFile& file : files)
    if (file.name == "index.html") return file.bytes;
  return "";
}

coinvest::Result<void> write(const ReportContent& content, const std::string& folder, Overwrite overwrite) {
  const auto files = coinvest::report_files(content, "9.9");
  if (!files) return tl::unexpected(files.error());
  return coinvest::write_report(*files, folder, overwrite, {});
}

}  // namespace

TEST_CASE("a report is written whole, and its manifest is true") {
  const Folder folder;
  REQUIRE(write(report_of("ranking"), folder / "a/b", Overwrite::refuse));
  auto files = files_below(folder / "a/b");
  const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
  CHECK(manifest.at("tool").at("version") == "9.9");
  CHECK(manifest.at("parameters").at("tie") == "round");
  CHECK(manifest.at("inputs").at(0).at("rows") == 12345);
  CHECK(manifest.at("inputs").at(0).at("bytes") == 1);
  CHECK(files.at("manifest.json").find("somewhere") == std::string::npos);
  for (const auto& output : manifest.at("outputs")) {
    const std::string& bytes = files.at(output.at("name"));
    CHECK(output.at("bytes") == bytes.size());
    CHECK(output.at("sha256") == coinvest::sha256_hex(bytes));
    files.erase(output.at("name").get<std::string>());
  }
  CHECK(files.size() == 1);
  CHECK(manifest.at("outputs").size() == 11);
  for (const char* name :
       {"index.html", "report.md", "report.json", "report.xlsx", "tables/ranking.csv", "tables/ranking-2.csv",
        "tables/quality.csv", "tables/rejects.csv", "graphs/ranking.svg", "graphs/ranking-2.dot"})
    CHECK(fs::exists(folder / (std::string("a/b/") + name)));
}

TEST_CASE("the same content gives the same bytes") {
  const Folder folder;
  REQUIRE(write(report_of("x"), folder / "a", Overwrite::refuse));
  REQUIRE(write(report_of("x"), folder / "b", Overwrite::refuse));
  CHECK(files_below(folder / "a") == files_below(folder / "b"));
}

TEST_CASE("an empty folder is filled, a full one refused and left as it is") {
  const Folder folder;
  REQUIRE(write(report_of("x"), folder.path(), Overwrite::refuse));
  const auto before = files_below(folder.path());
  const auto again = write(report_of("y"), folder.path(), Overwrite::refuse);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == coinvest::ErrorKind::io);
  CHECK(files_below(folder.path()) == before);
  REQUIRE(coinvest::write_file(folder / "file", "x", Overwrite::refuse));
  CHECK_FALSE(write(report_of("x"), folder / "file", Overwrite::replace));
}

TEST_CASE("a folder with nothing but the rest of an interrupted run counts as empty") {
  const Folder folder;
  REQUIRE(coinvest::make_folder(folder / "r/.coinvest-1.tmp/tables"));
  CHECK(write(report_of("x"), folder / "r", Overwrite::refuse));
}

TEST_CASE("a replaced report takes its old files with it and leaves those of others") {
  const Folder folder;
  REQUIRE(write(report_of("old"), folder.path(), Overwrite::refuse));
  REQUIRE(coinvest::write_file(folder / "tables/mine.csv", "mine", Overwrite::refuse));
  REQUIRE(write(report_of("new"), folder.path(), Overwrite::replace));
  const Folder fresh;
  REQUIRE(write(report_of("new"), fresh.path(), Overwrite::refuse));
  auto files = files_below(folder.path());
  CHECK(files.at("tables/mine.csv") == "mine");
  files.erase("tables/mine.csv");
  CHECK(files == files_below(fresh.path()));
}

TEST_CASE("files of others are never replaced") {
  const Folder folder;
  REQUIRE(coinvest::write_file(folder / "index.html", "a site", Overwrite::refuse));
  CHECK_FALSE(write(report_of("x"), folder.path(), Overwrite::replace));
  CHECK(files_below(folder.path()).size() == 1);

  const Folder other;
  REQUIRE(write(report_of("x"), other.path(), Overwrite::refuse));
  REQUIRE(coinvest::write_file(other / "tables/y.csv", "mine", Overwrite::refuse));
  const auto before = files_below(other.path());
  CHECK_FALSE(write(report_of("y"), other.path(), Overwrite::replace));
  CHECK(files_below(other.path()) == before);
}

TEST_CASE("a manifest cannot name files outside its folder") {
  for (const char* name : {"../precious", "/precious", "tables/../../precious", "tables/..", "..", ".hidden", ""}) {
    const Folder folder;
    REQUIRE(coinvest::make_folder(folder / "report"));
    REQUIRE(coinvest::write_file(folder / "precious", "precious", Overwrite::refuse));
    const nlohmann::json manifest{{"tool", {{"name", "coinvest"}}}, {"outputs", {{{"name", name}}}}};
    REQUIRE(coinvest::write_file(folder / "report/manifest.json", manifest.dump(), Overwrite::refuse));
    CHECK_FALSE(write(report_of("x"), folder / "report", Overwrite::replace));
    CHECK(coinvest::read_file(folder / "precious") == std::string("precious"));
    CHECK(files_below(folder / "report").size() == 1);
  }
}

TEST_CASE("a folder of a report that leads elsewhere is not followed") {
  const Folder folder, elsewhere;
  REQUIRE(write(report_of("x"), folder.path(), Overwrite::refuse));
  fs::remove_all(folder / "tables");
  fs::create_directory_symlink(elsewhere.path(), folder / "tables");
  CHECK_FALSE(write(report_of("x"), folder.path(), Overwrite::replace));
  CHECK(fs::is_empty(elsewhere.path()));
}

TEST_CASE("a write that breaks off leaves the old report, or nothing") {
  const Folder folder;
  REQUIRE(write(report_of("old"), folder / "old", Overwrite::refuse));
  const auto before = files_below(folder.path());
  struct rlimit usual {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = usual;
  small.rlim_cur = 12'000;  // the page is larger, the workbook that is made before it is not
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto replaced = write(report_of("new"), folder / "old", Overwrite::replace);
  const auto created = write(report_of("new"), folder / "new", Overwrite::refuse);
  ::setrlimit(RLIMIT_FSIZE, &usual);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(replaced);
  REQUIRE_FALSE(created);
  CHECK(created.error().where.file == folder / "new/index.html");
  CHECK(files_below(folder.path()) == before);
  CHECK_FALSE(fs::exists(folder / "new"));
}

TEST_CASE("a report that is stopped while it is written leaves nothing") {
  const Folder folder;
  const std::atomic<bool> stop{true};
  coinvest::Context context;
  context.stop = &stop;
  const auto files = coinvest::report_files(report_of("x"), "9.9").value();
  const auto written = coinvest::write_report(files, folder / "r", Overwrite::refuse, context);
  REQUIRE(!written);
  CHECK(written.error().kind == coinvest::ErrorKind::cancelled);
  CHECK(!fs::exists(folder / "r"));
}

TEST_CASE("what an interrupted run left is gone on with, and only that") {
  const Folder folder;
  REQUIRE(write(report_of("x"), folder / "whole", Overwrite::refuse));
  fs::copy(folder / "whole", folder / "r", fs::copy_options::recursive);
  fs::rename(folder / "r/manifest.json", folder / "r/.coinvest-manifest.tmp");
  fs::remove(folder / "r/report.md");
  REQUIRE(coinvest::make_folder(folder / "r/.coinvest-1.tmp/tables"));
  // Another report must be asked for, the same one need not be.
  CHECK_FALSE(write(report_of("y"), folder / "r", Overwrite::refuse));
  fs::copy(folder / "r", folder / "other", fs::copy_options::recursive);
  REQUIRE(write(report_of("x"), folder / "r", Overwrite::refuse));
  CHECK(files_below(folder / "r") == files_below(folder / "whole"));
  REQUIRE(write(report_of("y"), folder / "other", Overwrite::replace));
  const Folder fresh;
  REQUIRE(write(report_of("y"), fresh.path(), Overwrite::refuse));
  CHECK(files_below(folder / "other") == files_below(fresh.path()));
}

TEST_CASE("a report is current until its head or any of its files changes") {
  const Folder folder;
  const ReportContent content = report_of("x");
  const auto current = [&](const ReportContent& head) { return coinvest::is_current(head, folder.path(), "9.9"); };
  CHECK_FALSE(current(content));
  REQUIRE(write(content, folder.path(), Overwrite::refuse));
  CHECK(current(content));
  CHECK_FALSE(coinvest::is_current(content, folder.path(), "10.0"));
  for (const auto& change : std::vector<std::function<void(ReportContent&)>>{
           [](ReportContent& head) { head.title = "y"; }, [](ReportContent& head) { head.graphviz = "2.43.0"; },
           [](ReportContent& head) { head.options = {"--sector=gpu"}; },
           [](ReportContent& head) { head.inputs.front().sha256 = "0"; },
           [](ReportContent& head) { head.parameters.front().second = std::string("company"); }}) {
    ReportContent other = content;
    change(other);
    CHECK_FALSE(current(other));
  }
  for (const auto& [name, bytes] : files_below(folder.path())) {
    REQUIRE(coinvest::write_file(folder / name, bytes + " ", Overwrite::replace));
    CHECK(current(content) == (name == "manifest.json"));  // white space after it says nothing else
    REQUIRE(coinvest::write_file(folder / name, bytes, Overwrite::replace));
  }
}

TEST_CASE("an index takes the reports with it that it lists no more") {
  const Folder folder;
  ReportContent index = report_of("index");
  index.reports = {{"a", {"x"}, {}, "1"}, {"b", {"x"}, {}, "2"}};
  REQUIRE(write(report_of("a"), folder / "a", Overwrite::refuse));
  REQUIRE(write(report_of("b"), folder / "b", Overwrite::refuse));
  REQUIRE(coinvest::write_file(folder / "b/mine", "mine", Overwrite::refuse));
  REQUIRE(write(index, folder.path(), Overwrite::refuse));
  index.reports.pop_back();
  REQUIRE(write(index, folder.path(), Overwrite::replace));
  CHECK(fs::exists(folder / "a/index.html"));
  CHECK(files_below(folder / "b") == std::map<std::string, std::string>{{"mine", "mine"}});
}

TEST_CASE("names never become markup") {
  const std::vector<std::string> hostile{
      "<script>alert(1)</script>", "</title><script>",    "\"><img src=x onerror=alert(1)>",
      "'><svg/onload=alert(1)>",   "</style><script>",    "&lt;b&gt; &amp;",
      "javascript:alert(1)",       "../../etc/passwd",    "]]>--><!--",
      "a\x1b[2J\x07\x01",          "\u202egnp.\u2069exe", "`|*_[x](javascript:y)",
      "{{x}} ${x} %s {}",          "</td></table>",       "=HYPERLINK(\"x\")"};
  for (const std::string& name : hostile) {
    INFO(name);
    const std::string page = page_of(report_of(name));
    CHECK(coinvest::tests::html_problem(page) == "");
    CHECK(count(page, "<script") == 1);
    CHECK(count(page, "<style") == 1);
    CHECK(count(page, "<img") == 0);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("http:") == std::string::npos);
    CHECK(page.find("https:") == std::string::npos);
    const Folder folder;
    REQUIRE(write(report_of(name), folder / "r", Overwrite::refuse));
    for (const auto& [file, bytes] : files_below(folder.path())) {
      CHECK(file.starts_with("r/"));
      if (file.ends_with(".json")) CHECK(nlohmann::json::accept(bytes));
      if (!file.ends_with(".csv")) continue;
      for (const auto& row : coinvest::tests::read_csv(bytes))
        for (const std::string& cell : row)
          CHECK((cell.empty() || std::string("=+-@\t\r").find(cell[0]) == std::string::npos));
    }
  }
}

TEST_CASE("the page is whole without a network and allows its own script and style alone") {
  const std::string page = page_of(report_of("x"));
  const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
  const auto hash = [](const std::string& text) {
    unsigned char digest[32], base64[64];
    EVP_Digest(text.data(), text.size(), digest, nullptr, EVP_sha256(), nullptr);
    return std::string(base64, base64 + EVP_EncodeBlock(base64, digest, 32));
  };
  const std::string script = between(page, "<script>", "</script>");
  CHECK(policy == fmt::format("default-src 'none'; style-src 'sha256-{}'; img-src data:; script-src 'sha256-{}'; "
                              "base-uri 'none'; form-action 'none'",
                              hash(between(page, "<style>", "</style>")), hash(script)));
  CHECK(page.find("style=") == std::string::npos);
  CHECK(script.size() > 1000);
  CHECK(page.find(" on") == page.find(" on", page.find("<style>")));  // no handler before the style begins
  CHECK(page.find("<html lang=\"en\">") != std::string::npos);
  CHECK(page.find("src=") == std::string::npos);
}

TEST_CASE("of long tables the page shows the first rows and has all as data, the text has fewer, the CSV all") {
  ReportContent content = report_of("x");
  Table& table = content.sections[0].tables[0];
  for (int row = 0; row < 30'000; ++row)
    table.rows.push_back({std::int64_t{row}, fmt::format("row {}.", row), coinvest::Cell{}});
  const auto files = coinvest::report_files(content, "9.9").value();
  for (const coinvest::OutputFile& file : files) {
    if (file.name == "index.html") {
      CHECK(coinvest::tests::html_problem(file.bytes) == "");
      CHECK(count(file.bytes, "<td class=\"n\">97</td><td>row 97.</td>") == 1);
      CHECK(count(file.bytes, "<td>row 98.</td>") == 0);
      const auto data = packed_data(file.bytes);
      CHECK(data["shown"].size() == 3);
      for (const auto& column : data["shown"]) CHECK(column.size() == 30'002);
      CHECK(data["shown"][0][1] == "2");
      CHECK(data["shown"][1][30'001] == "row 29999.");
      CHECK(count(file.bytes, "The first 100 of 30,002 rows; all of them are in <a href=\"tables/x.csv\">") == 1);
      CHECK(count(file.bytes, "The first ") == 1);
    }
    if (file.name == "report.md") CHECK(file.bytes.find("The first 50 of 30,002 rows: ") != std::string::npos);
    if (file.name == "tables/x.csv") CHECK(coinvest::tests::read_csv(file.bytes).size() == 30'003);
    if (file.name == "report.json")
      CHECK(nlohmann::json::parse(file.bytes)["sections"][0]["tables"][0]["rows"].size() == 30'002);
  }
}

TEST_CASE("of a table of more than three million cells the page has the first rows, and says so") {
  ReportContent content = report_of("x");
  content.quality = {"quality", "", std::vector<coinvest::ColumnHead>(1'000, {"a"}), {}, {}, {}};
  content.quality.rows.assign(3'001, std::vector<coinvest::Cell>(1'000));
  const std::string page = page_of(content);
  CHECK(packed_data(page)["shown"][999].size() == 3'000);
  for (const char* rows : {"100", "3,000"})
    CHECK(count(page, fmt::format("The first {} of 3,001 rows; all of them are in ", rows)) == 1);
}

TEST_CASE("numbers that look alike when rounded keep their order for sorting") {
  ReportContent content = report_of("x");
  content.quality.rows = {{0.123456789}, {0.1}, {0.123451}, {coinvest::Cell{}}};
  const std::string page = page_of(content);
  CHECK(page.find(
            "<tr><td class=\"n\" data-v=\"2\">0.1235</td></tr>\n<tr><td class=\"n\" data-v=\"0\">0.1000</td></tr>\n"
            "<tr><td class=\"n\" data-v=\"1\">0.1235</td></tr>\n<tr><td class=\"n\"></td></tr>") != std::string::npos);
  content.quality.columns = {{"share"}, {"name"}, {"small", Shown::faint}};
  for (auto& row : content.quality.rows) row.insert(row.end(), {std::string("x"), true});
  content.quality.rows.resize(101, {0.5, std::string("y"), false});
  const auto data = packed_data(page_of(content));
  CHECK(data["places"][0][0] == 2);
  CHECK(data["places"][0][2] == 1);
  CHECK(data["places"][0][3].is_null());
  CHECK(data["places"][0][4] == 3);
  CHECK(data["places"][1].is_null());
  CHECK(data["faint"] == nlohmann::json{0, 1, 2, 3});
}

TEST_CASE("names in the data of long tables never become markup") {
  for (const std::string name : {"</script><script>alert(1)</script>", "<!--<script>", "a\u202eb\x1b\u2028"}) {
    ReportContent content = report_of("x");
    for (int row = 0; row < 200; ++row) content.sections[0].tables[0].rows.push_back({std::int64_t{row}, name, name});
    const std::string page = page_of(content);
    INFO(name);
    CHECK(coinvest::tests::html_problem(page) == "");
    CHECK(count(page, "<script") == 2);
    CHECK(page.find('\x1b') == std::string::npos);
    const auto data = packed_data(page);
    CHECK(data["shown"][1].size() == 202);
    CHECK(data["shown"][1][201] == coinvest::visible_text(name));
  }
}

TEST_CASE("a key figure leads to the table of its rows") {
  ReportContent content = report_of("x");
  content.figures = {{"Rounds", "7", "x"}, {"Ties", "8", "not there"}};
  const std::string page = page_of(content);
  CHECK(page.find("<dd><a href=\"#table-x\">7</a></dd>") != std::string::npos);
  CHECK(page.find("<dd>8</dd>") != std::string::npos);
  CHECK(page.find("id=\"table-x\"") != std::string::npos);
}

TEST_CASE("only details wait until all columns are asked for") {
  ReportContent content = report_of("x");
  content.quality = Table{"quality",
                          "",
                          {{"a"}, {"b", Shown::wrapped}, {"c", Shown::details}, {"d", Shown::faint}},
                          {{coinvest::Cell{}, coinvest::Cell{}, coinvest::Cell{}, false}},
                          {},
                          {}};
  const std::string page = page_of(content);
  for (const char* head : {"col\" data-column=\"a\"", "col\" data-column=\"b\"", "col\" class=\"d\" data-column=\"c\"",
                           "col\" class=\"d\" data-column=\"d\""}) {
    INFO(head);
    CHECK(page.find(head) != std::string::npos);
  }
}

TEST_CASE("a page in Chinese says so, and what is its own is in Chinese") {
  ReportContent content = report_of("x");
  content.language = coinvest::Language::zh;
  const std::string page = page_of(content);
  CHECK(coinvest::tests::html_problem(page) == "");
  CHECK(page.find("<html lang=\"zh-Hans\">") != std::string::npos);
  for (const char* phrase : {"跳到正文", ">方法</h2>", ">数据质量</h2>", ">被拒绝的行</h2>", "没有数据行。",
                             "显示全部列", "data-column=\"rank\">排名</th>", "由 coinvest 9.9 根据下列文件生成。"}) {
    INFO(phrase);
    CHECK(page.find(phrase) != std::string::npos);
  }
  CHECK(page.find("Methods") == std::string::npos);
  CHECK(page.find("<p class=\"note\" lang=\"en\">x</p>") != std::string::npos);
}

TEST_CASE("a drawing that is more than a drawing stops the report") {
  ReportContent content = report_of("x");
  content.sections[0].drawings[0].svg = "<svg><script>alert(1)</script></svg>";
  const Folder folder;
  const auto result = write(content, folder / "r", Overwrite::refuse);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == coinvest::ErrorKind::engine);
  CHECK_FALSE(fs::exists(folder / "r"));
}

TEST_CASE("escaping: entities, pictures of controls, isolates that hold") {
  CHECK(coinvest::escape_html("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;");
  CHECK(coinvest::escape_html("智驭\x1b\x7f\n") == "智驭\u241b\u2421 ");
  CHECK(coinvest::escape_html("a\u202eb") == "\u2068a\u202eb\u2069");
  CHECK(coinvest::escape_html("a\u2069\u202eb") == "\u2068a\u202eb\u2069");
  CHECK(coinvest::escape_html("a\u2067b") == "\u2068a\u2067b\u2069\u2069");
  CHECK(coinvest::escape_html("\u05d0") == "\u2068\u05d0\u2069");
  CHECK(coinvest::escape_html("\xff") == "\uFFFD");
}
