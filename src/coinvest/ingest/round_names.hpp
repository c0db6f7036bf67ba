// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "coinvest/model/dataset.hpp"

namespace coinvest {

/// What a round's name means.
struct RoundName {
  std::string stage;       ///< canonical: seed, angel, pre_a, a, a_plus, ...; unknown; `other:<raw>`; "" for no name
  std::int16_t order = 0;  ///< place among the stages; 0: none
  RoundKind kind = RoundKind::primary;
  bool recognised() const { return !stage.starts_with("other:"); }
};

/// Reads a round's name as Chinese and Western sources write it: `Pre-A+`, `A轮`, `series_b`, `天使轮(数据库口径)`,
/// `IPO(科创板688795)`, `战略融资/老股转让` (the first of several counts), `A1-A4`. Case, blanks, full-width forms,
/// remarks in parentheses and the words 轮, 融资, round do not matter. A name that is not in the table stays as
/// `other:<raw>` and is taken for primary.
RoundName read_round_name(std::string_view raw);

}  // namespace coinvest
