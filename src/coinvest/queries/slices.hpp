// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// What the selected rounds are cut by.
enum class SliceBy : std::uint8_t { sector, year, country, cluster };

/// The rounds of one sector, year or country, or what the investors of one cluster took part in.
struct Slice {
  std::string name;  ///< "gpu", "2021", the number of the cluster as in clusters_table
  Selection selection;
  std::vector<InvestorId> members;  ///< of a cluster, ascending; else none
  std::uint64_t rounds = 0;
};

struct Slicing {
  std::vector<Slice> slices;         ///< years ascending, all others by rounds, then name
  std::uint64_t rounds_in_none = 0;  ///< of no known sector, year or country, or of no cluster of two or more
};

/// Cuts the selected rounds. Spellings of one sector or country make one slice. Clusters are those of Leiden on the
/// co-investment graph of these ties, of two investors or more; a round with members of two clusters is in both slices,
/// in each with its members alone. O(slices · rounds), clusters besides. Fails as build_coinvestment.
Result<Slicing> cut_into_slices(const Deals& deals, SliceBy by, const TieOptions& ties, const Context& context);

/// The rounds of a selection; of a cluster (`members` is not empty) those of its members, with them alone.
Deals select_members(const Dataset& data, const Selection& selection, const std::vector<InvestorId>& members);

/// rounds, companies, investors, and the columns of sums.
std::vector<ColumnHead> size_columns();
/// The cells that stand under them. Fails (limit), naming `what`, if a sum leaves 64 bits.
Result<std::vector<Cell>> size_cells(const Deals& deals, std::string_view what);

}  // namespace coinvest
