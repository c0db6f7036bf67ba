// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace coinvest::cli {

/// The libraries that this program was built with, and their versions.
std::vector<std::pair<std::string, std::string>> libraries();

/// What --version prints: the program and its libraries.
std::string version_text();

}  // namespace coinvest::cli
