// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/date.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/model/dataset.hpp"
#include "coinvest/model/dataset_builder.hpp"

namespace coinvest {

enum class Change : std::uint8_t { added, changed, gone };
std::string_view name_of(Change change);

/// What a newer source says otherwise.
struct Difference {
  Change change{};
  std::string_view table;  ///< rounds, investments, ...
  std::string id;          ///< what tells the fact from others of its table
  std::string field;       ///< "" for the fact as a whole
  std::string before, after;
  std::string source;  ///< file:line of what was added or changed, and where the gone was last read; "" for names
};

struct Update {
  Dataset data;
  std::vector<Difference> differences;  ///< by table; within it in the order of the newer source, what is gone last
};

/// Brings a data set up to date with a newer source. Rounds are the same by their ids; where the source has none, by
/// company, date, name and kind; other facts by what docs/formats.md lists. What the newer source adds comes in, known
/// from `first_seen` on unless it says otherwise itself or happened later; what it changes is replaced, but stays known
/// since when it was, with the amount printed then; what it leaves empty stays; what it does not have stays and is
/// gone. Under Identity::safe names that meet under one match key are one. O(data · log data). Fails (input): as
/// `dataset_of`.
Result<Update> update(const Dataset& data, const Dataset& newer, std::optional<Day> first_seen, Identity identity);

}  // namespace coinvest
