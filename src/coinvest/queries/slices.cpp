// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/slices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "coinvest/base/text.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/sums.hpp"

namespace coinvest {
namespace {

/// Slices by a text of each round; spellings with one match key are one slice under the first of them by bytes.
std::vector<Slice> by_text(const Deals& deals, const std::string& (Deals::*text)(std::size_t) const,
                           std::vector<std::string> Selection::*words) {
  std::map<std::string, std::string> name_of_key;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const std::string& name = (deals.*text)(round);
    if (name.empty()) continue;
    const auto [known, added] = name_of_key.emplace(match_key(name), name);
    if (!added) known->second = std::min(known->second, name);
  }
  std::vector<Slice> slices;
  for (const auto& [key, name] : name_of_key) {
    slices.push_back({name, deals.selection, {}, 0});
    slices.back().selection.*words = {name};
  }
  return slices;
}

std::vector<Slice> by_year(const Deals& deals) {
  using std::chrono::year;
  std::set<year> years;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    const DateInterval date = deals.date(round);
    if (!date.known()) continue;
    for (year y = std::chrono::year_month_day(date.low).year(); y <= std::chrono::year_month_day(date.high).year(); ++y)
      years.insert(y);
  }
  std::vector<Slice> slices;
  for (const year y : years) {
    Selection selection = deals.selection;
    const Day first{y / std::chrono::January / 1}, last{y / std::chrono::December / 31};
    selection.from = std::max(selection.from.value_or(first), first);
    selection.to = std::min(selection.to.value_or(last), last);
    if (*selection.from > *selection.to) continue;
    slices.push_back({fmt::format("{}", static_cast<int>(y)), std::move(selection), {}, 0});
  }
  return slices;
}

Result<std::vector<Slice>> by_cluster(const Deals& deals, const TieOptions& ties, const Context& context) {
  const auto graph = build_coinvestment(deals, build_bipartite(deals), ties, context);
  if (!graph) return tl::unexpected(graph.error());
  const auto clustering = find_cluster_method("leiden")->run(graph->view(), {}, context);
  if (!clustering) return tl::unexpected(clustering.error());
  std::vector<Slice> slices;
  for (std::uint32_t cluster = 0; cluster < clustering->count; ++cluster)
    slices.push_back({std::to_string(cluster + 1), deals.selection, {}, 0});
  for (std::size_t vertex = 0; vertex < graph->investors.size(); ++vertex)
    slices[clustering->cluster[vertex]].members.push_back(graph->investors[vertex]);
  std::erase_if(slices, [](const Slice& slice) { return slice.members.size() < 2; });
  return slices;
}

}  // namespace

Deals select_members(const Dataset& data, const Selection& selection, const std::vector<InvestorId>& members) {
  Deals all = select(data, selection);
  if (members.empty()) return all;
  Deals kept = all;
  kept.rounds.clear();
  kept.offsets = {0};
  kept.investors.clear();
  kept.leads.clear();
  kept.rows.clear();
  for (std::size_t round = 0; round < all.size(); ++round) {
    for (std::uint64_t at = all.offsets[round]; at < all.offsets[round + 1]; ++at) {
      if (!std::binary_search(members.begin(), members.end(), all.investors[at])) continue;
      kept.investors.push_back(all.investors[at]);
      kept.leads.push_back(all.leads[at]);
      kept.rows.push_back(all.rows[at]);
    }
    if (kept.investors.size() == kept.offsets.back()) continue;
    kept.rounds.push_back(all.rounds[round]);
    kept.offsets.push_back(kept.investors.size());
  }
  return kept;
}

Result<Slicing> cut_into_slices(const Deals& deals, SliceBy by, const TieOptions& ties, const Context& context) {
  Slicing slicing;
  switch (by) {
    case SliceBy::sector:
      slicing.slices = by_text(deals, &Deals::sector, &Selection::sectors);
      break;
    case SliceBy::country:
      slicing.slices = by_text(deals, &Deals::country, &Selection::countries);
      break;
    case SliceBy::year:
      slicing.slices = by_year(deals);
      break;
    case SliceBy::cluster:
      auto clusters = by_cluster(deals, ties, context);
      if (!clusters) return tl::unexpected(clusters.error());
      slicing.slices = std::move(*clusters);
  }
  std::set<RoundId> covered;
  for (Slice& slice : slicing.slices) {
    const Deals part = select_members(*deals.data, slice.selection, slice.members);
    slice.rounds = part.size();
    covered.insert(part.rounds.begin(), part.rounds.end());
  }
  slicing.rounds_in_none = deals.size() - covered.size();
  std::erase_if(slicing.slices, [](const Slice& slice) { return slice.rounds == 0; });
  if (by != SliceBy::year)
    std::ranges::stable_sort(slicing.slices, std::greater(), [](const Slice& slice) { return slice.rounds; });
  return slicing;
}

std::vector<ColumnHead> size_columns() {
  std::vector<ColumnHead> columns{{"rounds"}, {"companies"}, {"investors"}};
  columns.insert(columns.end(), sum_columns.begin(), sum_columns.end());
  return columns;
}

Result<std::vector<Cell>> size_cells(const Deals& deals, std::string_view what) {
  const auto amounts = amounts_of(deals, {});
  if (!amounts) return tl::unexpected(amounts.error());
  Sum sum;
  std::set<CompanyId> companies;
  for (std::size_t round = 0; round < deals.size(); ++round) {
    companies.insert(deals.company(round));
    sum.add(amounts->amount[round], amounts->currency);
  }
  const std::set<InvestorId> investors(deals.investors.begin(), deals.investors.end());
  std::vector<Cell> cells{count_cell(deals.size()), count_cell(companies.size()), count_cell(investors.size())};
  if (auto added = sum.append_to(cells, amounts->currency, what); !added) return tl::unexpected(added.error());
  return cells;
}

}  // namespace coinvest
