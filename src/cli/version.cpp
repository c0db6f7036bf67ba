// SPDX-License-Identifier: Apache-2.0
#include "cli/version.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/version.h>
#include <openssl/opensslv.h>
#include <sqlite3.h>
#include <unicode/uvernum.h>
#include <zlib.h>
#include <zstd.h>
#include <CLI/Version.hpp>
#include <boost/version.hpp>

namespace coinvest::cli {

std::vector<std::pair<std::string, std::string>> libraries() {
  const auto numbered = [](auto... part) {
    return fmt::format("{}", fmt::join(std::vector<int>{static_cast<int>(part)...}, "."));
  };
  return {{"Boost", numbered(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
          {"cgraph", COINVEST_CGRAPH_VERSION},
          {"CLI11", CLI11_VERSION},
          {"fmt", numbered(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"ICU", U_ICU_VERSION},
          {"oneTBB", numbered(TBB_VERSION_MAJOR, TBB_VERSION_MINOR)},
          {"OpenSSL", OPENSSL_VERSION_STR},
          {"SQLite", sqlite3_libversion()},
          {"zlib", zlibVersion()},
          {"zstd", ZSTD_versionString()}};
}

std::string version_text() {
  std::string text;
  for (const auto& [name, version] : libraries())
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, version);
  return fmt::format("coinvest {}\n{}", COINVEST_VERSION, text);
}

}  // namespace coinvest::cli
