// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "coinvest/base/text.hpp"

namespace coinvest {

/// Gives out names of files, folders and anchors, each once: the name itself if it is a plain one, else its slug.
class UniqueNames {
 public:
  std::string unique(const std::string& wanted) {
    const std::string base = is_plain(wanted) ? wanted : slug(wanted);
    std::string name = base;
    // Some file systems do not tell capitals from small letters.
    for (unsigned count = 2; !taken_.insert(lower_ascii(name)).second; ++count)
      name = fmt::format("{}-{}", base, count);
    return name;
  }

 private:
  static bool is_plain(std::string_view name) {
    const auto plain = [](char letter) {
      return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
             letter == '_' || letter == '-';
    };
    return !name.empty() && name.size() <= 80 && name.front() != '-' && std::all_of(name.begin(), name.end(), plain);
  }

  std::set<std::string> taken_;
};

}  // namespace coinvest
