// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/format.hpp"

#include "coinvest/base/text.hpp"

namespace coinvest {

const Format* find_format(std::string_view name) {
  for (const Format& format : table_formats)
    if (format.name == name) return &format;
  return nullptr;
}

const Format* format_of_path(std::string_view path) {
  const std::string lower = lower_ascii(path);
  for (const Format& format : table_formats)
    if (lower.ends_with(format.extension)) return &format;
  return nullptr;
}

}  // namespace coinvest
