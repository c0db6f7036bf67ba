// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/review.hpp"

#include <fmt/format.h>

#include <array>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/strict_table.hpp"

namespace coinvest {

Result<std::vector<Reviewed>> read_review(const std::string& path) {
  constexpr std::array<StrictColumn, 4> columns{{{"a"}, {"b"}, {"decision"}, {"side", false}}};
  std::vector<Reviewed> reviewed;
  const auto read = read_strict_table(path, columns, [&](const StrictRow& row) -> Result<void> {
    const std::string decision = lower_ascii(row.cells[2]);
    if (decision != "" && decision != "same" && decision != "different")
      return fail(ErrorKind::input,
                  fmt::format("'{}' is no decision: same, different, or nothing", visible(clip(row.cells[2], 80))));
    if (decision.empty() || row.cells[3] == "company") return {};
    reviewed.push_back({std::string(row.cells[0]), std::string(row.cells[1]), decision == "same", row.where});
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return reviewed;
}

}  // namespace coinvest
