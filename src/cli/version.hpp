// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace coinvest::cli {

/// "coinvest 0.1.0" and one line per library that results depend on.
std::string version_text();

}  // namespace coinvest::cli
