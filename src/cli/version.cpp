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

std::string version_text() {
  return fmt::format(
      "coinvest {}\n"
      "Boost {}.{}.{}, cgraph {}, CLI11 {}, fmt {}.{}.{}, ICU {}, oneTBB {}.{}, OpenSSL {}, "
      "SQLite {}, zlib {}, zstd {}",
      COINVEST_VERSION, BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100,
      COINVEST_CGRAPH_VERSION, CLI11_VERSION, FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100,
      U_ICU_VERSION, TBB_VERSION_MAJOR, TBB_VERSION_MINOR, OPENSSL_VERSION_STR, sqlite3_libversion(), zlibVersion(),
      ZSTD_versionString());
}

}  // namespace coinvest::cli
