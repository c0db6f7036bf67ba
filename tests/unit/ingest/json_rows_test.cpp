// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/json_rows.hpp"

#include "catch.hpp"
#include "coinvest/ingest/read.hpp"
#include "ingest/grid_rows.hpp"

using namespace coinvest;

namespace {

std::vector<std::string> rows(std::string_view text) {
  return rows_of(read_json(text, "x.json"));
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("json: an array of objects, lines of objects, an object around an array") {
  const List expected{"1:a|b", "2:1|x", "3:2|"};
  CHECK(rows("[\n{\"a\":1,\"b\":\"x\"},\n{\"a\":2}]") == expected);
  CHECK(rows("\n{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n") == expected);
  CHECK(rows("{\"count\":2,\"data\":[\n{\"a\":1,\"b\":\"x\"},\n{\"a\":2}],\"meta\":{\"data\":[7]}}") == expected);
  CHECK(rows("{\"a\":1,\"tags\":[\"x\"]}") == List{"1:a|tags", "1:1|x"});
  const std::string record = R"({"company":"A","investors":[{"name":"X"},{"name":"Y"}]})";
  CHECK(rows(record) == List{"1:company|investors.name", "1:A|X; Y"});
  CHECK(rows(R"({"company":[{"a":1}]})") == List{"1:a", "1:1"});
  CHECK(rows("[]").empty());
  CHECK(rows("[{},\n{\"a\":1}]") == List{"1:a", "2:1"});
}

TEST_CASE("json: inner objects are dotted columns, inner arrays are lists") {
  CHECK(rows(R"([{"org":{"name":"A","hq":{"city":"北京"}},"investors":[{"name":"X","lead":true},{"name":"Y, Inc"}],)"
             R"("tags":["a","b"],"none":null,"empty":"","all":[]}])") ==
        List{"1:org.name|org.hq.city|investors.name|investors.lead|tags", "1:A|北京|X; Y, Inc|true|a; b"});
}

TEST_CASE("json: numbers keep their digits") {
  CHECK(
      rows(
          R"([{"a":123456789012345678901234567890,"b":1.10,"c":1e400,"d":1.5e7,"e":-3,"f":18446744073709551615,"g":1E-7}])") ==
      List{"1:a|b|c|d|e|f|g",
           "1:123456789012345678901234567890|1.10|1e400|15000000|-3|18446744073709551615|0.0000001"});
}

TEST_CASE("json: what is refused, and the line named") {
  struct Case {
    std::string text, said;
  };
  std::string deep = "[{\"a\":";
  for (int i = 0; i < 70; ++i) deep += "[";
  const std::vector<Case> cases{
      {"[\n{\"a\":1,\"a\":2}]", "x.json:2: the key 'a' is there twice in one object"},
      {"[{\"a.b\":1,\"a\":{\"b\":2}}]", "x.json:1: 'a.b' is there twice in one record"},
      {"[{\"a\":1},\n5]", "x.json:2: a record must be an object"},
      {"[{\"a\":1},\nnull]", "x.json:2: a record must be an object"},
      {"[[1]]", "x.json:1: a record must be an object"},
      {"{\"a\":1}\n[]", "x.json:2: a record must be an object"},
      {"{\"r\":[{\"a\":1},\n2]}", "x.json:2: a record must be an object"},
      {"[{\"a\":1}]\n{\"a\":2}", "x.json:2: something else follows the array"},
      {"{\"r\":[{\"a\":1}],\"s\":[{\"a\":1}]}", "x.json:1: the object holds 2 arrays of objects ('r', 's')"},
      {"[{\"a\":1},\n{\"a\" 2}]", "x.json:2: this is not JSON: syntax error"},
      {"[{\"a\":1}", "x.json:1: this is not JSON: "},
      {"[{\"a\":\"\\u0000\"}]", "x.json:1: a NUL in a string"},
      {"[{\"\\u0000\":1}]", "x.json:1: a NUL in a string"},
      {"[{\"a\":1e99999}]", "x.json:1: this is not JSON: number overflow"},
      {deep, "x.json:1: nested deeper than 64"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(rows(c.text).front().find(c.said) == 0);
  }
  std::string wide = "[{";
  for (int i = 0; i < 1025; ++i) wide += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
  CHECK(rows(wide + "}]") == List{"x.json:1: more than 1024 columns; --max-columns raises the limit"});
  CHECK(rows("[{\"a\":\"" + std::string(65'537, 'x') + "\"}]") ==
        List{"x.json:1: a field of more than 64 KiB; --max-field raises the limit"});
}

TEST_CASE("json: as a data set") {
  const Dataset data = read_bytes(
                           "{\"company\":{\"name\":\"A\"},\"investors\":[{\"name\":\"启明\"},{\"name\":\"X\"}],"
                           "\"amount\":\"3000万元\"}\n"
                           "{\"company\":{\"name\":\"B\"},\"investors\":[],\"date\":\"2021\",\"amount\":1e400}\n",
                           "x.jsonl", {}, {})
                           .value();
  CHECK(data.rounds.size() == 2);
  CHECK(data.participations.size() == 2);
  REQUIRE(data.problems.size() == 1);
  CHECK(data.problems[0].kind == ProblemKind::bad_amount);
  CHECK(data.place(data.problems[0].where) == "x.jsonl:2");
  CHECK(data.files[0].encoding == "UTF-8");
}
