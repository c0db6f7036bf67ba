// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/toml.hpp"

#include <array>

#include "catch.hpp"

namespace coinvest {

TEST_CASE("TOML errors name file and line") {
  const auto table = parse_toml("a = 1\nb = = 2\n", "claims.toml");
  REQUIRE_FALSE(table);
  CHECK(table.error().where.file == "claims.toml");
  CHECK(table.error().where.line == 2);
  CHECK_FALSE(parse_toml("a = \"\xff\"", "x.toml"));
}

TEST_CASE("An unknown TOML key is an error that names the nearest known one") {
  const auto table = parse_toml("alpha = 1\n\nbteta = 2\n", "x.toml");
  REQUIRE(table);
  const std::array<std::string_view, 2> known{"alpha", "beta"};
  const auto checked = check_keys(*table, known, "x.toml");
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message == "unknown key 'bteta'; did you mean 'beta'?");
  CHECK(checked.error().where.line == 3);
  CHECK(check_keys(*parse_toml("beta = 2", "x.toml"), known, "x.toml"));
}

}  // namespace coinvest
