// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/rank_intervals.hpp"
#include "coinvest/queries/ranking.hpp"

namespace coinvest {
namespace {

struct Variant {
  const char* name;
  TieBy ties;
  Rollup rollup;
  PartialDate dates;
};

constexpr std::array variants{
    Variant{"round_none_strict", TieBy::round, Rollup::none, PartialDate::strict},
    Variant{"round_none_overlap", TieBy::round, Rollup::none, PartialDate::overlap},
    Variant{"round_manager_strict", TieBy::round, Rollup::manager, PartialDate::strict},
    Variant{"round_manager_overlap", TieBy::round, Rollup::manager, PartialDate::overlap},
    Variant{"company_none_strict", TieBy::company, Rollup::none, PartialDate::strict},
    Variant{"company_none_overlap", TieBy::company, Rollup::none, PartialDate::overlap},
    Variant{"company_manager_strict", TieBy::company, Rollup::manager, PartialDate::strict},
    Variant{"company_manager_overlap", TieBy::company, Rollup::manager, PartialDate::overlap},
};

/// Do both make the same graph?
bool same_deals(const Deals& one, const Deals& other) {
  return one.rounds == other.rounds && one.offsets == other.offsets && one.investors == other.investors;
}

Result<Table> rank_by_partners(const Deals& deals, const TieOptions& ties, const Context& context) {
  const Bipartite graph = build_bipartite(deals);
  const auto coinvestment = build_coinvestment(deals, graph, ties, context);
  if (!coinvestment) return tl::unexpected(coinvestment.error());
  const std::array degree{find_measure("degree")};
  return ranking({*coinvestment, *deals.data}, degree, RankedSide::investors, Normalised::no, {}, context);
}

}  // namespace

Result<Table> sensitivity_table(const Deals& deals, const TieOptions& ties, std::size_t top, const Context& context) {
  auto asked = rank_by_partners(deals, ties, context);
  if (!asked) return asked;
  Table table;
  table.name = "sensitivity";
  table.columns = {{"rank"}, {"id", Shown::details}, {"name"}, {"rank_low"}, {"rank_high"}, {"absent"}};
  std::array<RankOf, variants.size()> ranks;
  std::array<Deals, variants.size()> selected;
  for (std::size_t number = 0; number < variants.size(); ++number) {
    const Variant& variant = variants[number];
    table.columns.push_back({variant.name});
    Selection selection = deals.selection;
    selection.rollup = variant.rollup;
    selection.partial_date = variant.dates;
    selected[number] = select(*deals.data, selection);
    std::size_t same = 0;
    while (variants[same].ties != variant.ties || !same_deals(selected[same], selected[number])) ++same;
    if (same < number) {
      ranks[number] = ranks[same];
      continue;
    }
    TieOptions options = ties;
    options.by = variant.ties;
    auto ranked = rank_by_partners(selected[number], options, context);
    if (ranked)
      ranks[number] = ranks_of(*ranked);
    else if (ranked.error().kind == ErrorKind::limit)
      table.notes.push_back(fmt::format("{}: {}", variant.name, ranked.error().message));
    else
      return ranked;
  }

  asked->rows.resize(std::min(top, asked->rows.size()));
  for (const auto& row : asked->rows) {
    std::vector<Cell>& out = table.rows.emplace_back(row.begin(), row.begin() + 3);
    std::vector<std::optional<std::int64_t>> of_variants;
    std::optional<std::int64_t> low, high;
    std::uint64_t absent = 0;
    for (const RankOf& of : ranks) {
      const auto found = of.find(std::get<std::string>(row[1]));
      of_variants.push_back(found == of.end() ? std::nullopt : std::optional(found->second));
      if (found == of.end()) {
        ++absent;
        continue;
      }
      low = std::min(low.value_or(found->second), found->second);
      high = std::max(high.value_or(found->second), found->second);
    }
    out.push_back(optional_cell(low));
    out.push_back(optional_cell(high));
    out.push_back(count_cell(absent));
    for (const auto& rank : of_variants) out.push_back(optional_cell(rank));
  }
  table.caption = fmt::format(
      "Ranks of the first {} by co-investors, under ties by round or company, names as written or counted to managers, "
      "imprecise dates strict or overlapping",
      table.rows.size());
  table.notes.push_back("absent: in how many of the eight variants no investor of this name has a rank");
  return table;
}

}  // namespace coinvest
