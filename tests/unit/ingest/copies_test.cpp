// SPDX-License-Identifier: Apache-2.0
#include <unicode/unistr.h>
#include <zlib.h>

#include <algorithm>
#include <random>

#include "../../workbook.hpp"
#include "catch.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/graph/attributed.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/queries/summary.hpp"
#include "coinvest/report/format.hpp"
#include "coinvest/report/graph_format.hpp"
#include "ingest/encoded.hpp"

using namespace coinvest;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<unsigned char*>(in.data());
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = reinterpret_cast<unsigned char*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// Forty rounds of two to four of seven investors, with names of both scripts.
std::string rows() {
  const std::vector<std::string> investors{"启明创投", "红杉中国", "IDG资本", "Fund A", "Fund B & C", "招商局", "Café"};
  std::string text = "公司名称,投资方,融资时间,轮次,金额,行业\n";
  for (std::size_t round = 0; round < 40; ++round) {
    for (std::size_t i = 0; i < 2 + round % 3; ++i) {
      text += "公司" + std::to_string(round % 11) + "," + investors[(round * 3 + i * i) % investors.size()] + "," +
              std::to_string(2010 + round % 9) + "-0" + std::to_string(1 + round % 8) + "-15," +
              (round % 2 == 0 ? "A轮" : "B轮") + "," + (round % 5 == 0 ? "数千万人民币" : "3000万元") + ",芯片\n";
    }
  }
  return text;
}

std::vector<std::vector<std::string>> cells(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  for (const auto line : split(std::string_view(text).substr(0, text.size() - 1), '\n')) {
    rows.emplace_back();
    for (const auto cell : split(line, ',')) {
      rows.back().emplace_back();
      for (const char c : cell) rows.back().back() += c == '&' ? "&amp;" : std::string(1, c);
    }
  }
  return rows;
}

/// The rows as JSON objects, each on a line of its own; none of their texts needs an escape.
std::string json_lines(const std::string& text) {
  const auto lines = split(std::string_view(text).substr(0, text.size() - 1), '\n');
  const auto header = split(lines[0], ',');
  std::string result;
  for (std::size_t row = 1; row < lines.size(); ++row) {
    const auto fields = split(lines[row], ',');
    result += "{";
    for (std::size_t i = 0; i < fields.size(); ++i) {
      result += (i == 0 ? "\"" : ",\"") + std::string(header[i]) + "\":\"" + std::string(fields[i]) + "\"";
    }
    result += "}\n";
  }
  return result;
}

std::string json_array(const std::string& text) {
  std::string lines = json_lines(text);
  lines.pop_back();
  for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', end + 2))
    lines.insert(end, ",");
  return "{\"deals\": [" + lines + "]}";
}

std::string shuffled(const std::string& text) {
  auto lines = split(std::string_view(text).substr(0, text.size() - 1), '\n');
  std::shuffle(lines.begin() + 1, lines.end(), std::mt19937(7));
  std::string result;
  for (const auto line : lines) result += std::string(line) + "\n";
  return result;
}

/// All tables of the summary and both graphs in every format of files, as bytes.
std::string results(std::string bytes) {
  const Dataset data = read_bytes(std::move(bytes), "x.csv", {}, {}).value();
  const Deals deals = select(data, {});
  std::string text = write_csv(summary(deals, {}).value(), {});
  for (const Grouping& by : groupings()) text += write_csv(summary_by(deals, by.name).value(), {});
  const Bipartite graph = build_bipartite(deals);
  const Coinvestment ties = build_coinvestment(deals, graph, {}, {}).value();
  for (const NamedGraph& named : {NamedGraph(graph, data), NamedGraph(ties, data)}) {
    const AttributedGraph attributes = attributed(deals, named);
    const Sink sink = [&](std::string_view piece) { text += piece; };
    for (const GraphFormat& format : graph_formats())
      for (const GraphPart& part : format.parts) {
        Pieces out(sink);
        if (part.write != nullptr) part.write(attributes, out);
      }
  }
  return text;
}

std::string with_crlf(const std::string& text) {
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  return crlf;
}

}  // namespace

TEST_CASE("copies in other kinds of files, encodings, packings, line ends and orders give the same bytes") {
  const std::string plain = rows();
  const std::string workbook = tests::zipped(tests::workbook_parts({{"交易", tests::sheet_of(cells(plain))}}));
  const std::vector<std::pair<const char*, std::string>> copies{
      {"shuffled", shuffled(plain)},
      {"CRLF", with_crlf(plain)},
      {"GB18030", encoded(plain, "GB18030")},
      {"gzip", gzip(plain)},
      {"all four", gzip(encoded(with_crlf(shuffled(plain)), "GB18030"))},
      {"UTF-16LE", "\xff\xfe" + encoded(plain, "UTF-16LE")},
      {"UTF-16BE, CRLF", "\xfe\xff" + encoded(with_crlf(plain), "UTF-16BE")},
      {"JSON Lines", json_lines(plain)},
      {"JSON", json_array(plain)},
      {"JSON, shuffled, GB18030, gzip", gzip(encoded(json_array(shuffled(plain)), "GB18030"))},
      {"workbook", workbook},
      {"workbook, gzip", gzip(workbook)},
  };
  const std::string expected = results(plain);
  REQUIRE(expected.size() > 20000);
  for (const auto& [kind, copy] : copies) {
    INFO(kind);
    CHECK(copy != plain);
    CHECK((results(copy) == expected));  // no megabytes of difference
  }
}
