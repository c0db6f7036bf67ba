// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "coinvest/base/text.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/queries/cells.hpp"
#include "coinvest/queries/identify.hpp"

namespace coinvest {
namespace {

/// Sets of investors that are one, each known by the smallest.
class Sets {
 public:
  explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t of(InvestorId investor) {
    auto at = static_cast<std::uint32_t>(investor);
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(InvestorId a, InvestorId b) {
    const auto [first, second] = std::minmax({of(a), of(b)});
    parent_[second] = first;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

std::string_view name_of(AliasLevel level) {
  return level == AliasLevel::fund ? "fund" : level == AliasLevel::manager ? "manager" : "group";
}

Cell bound_cell(Day day) {
  return day == Day::min() || day == Day::max() ? Cell{} : Cell{format_day(day)};
}

/// The investor of a name as reviewed, by the name that the alias table has for it.
Result<InvestorId> find_reviewed(const Dataset& data, const RollupMap& known, const std::string& name, Place where) {
  const auto investor = find_investor(data, name);
  if (!investor)
    return fail(ErrorKind::input, fmt::format("'{}' is no investor of the data set", visible(clip(name, 80))),
                std::move(where));
  return known.of(*investor, {});
}

}  // namespace

Result<Table> reviewed_aliases(const Dataset& data, std::span<const Reviewed> reviewed) {
  const RollupMap known(data, Rollup::manager);
  Sets sets(data.investors.size());
  std::vector<std::pair<InvestorId, InvestorId>> pairs;
  std::vector<const Reviewed*> said_of(data.investors.size(), nullptr);  // the first decision about a name
  for (const Reviewed& decision : reviewed) {
    const auto a = find_reviewed(data, known, decision.a, decision.where);
    if (!a) return tl::unexpected(a.error());
    const auto b = find_reviewed(data, known, decision.b, decision.where);
    if (!b) return tl::unexpected(b.error());
    pairs.emplace_back(*a, *b);
    if (!decision.same) continue;
    sets.join(*a, *b);
    for (const InvestorId one : {*a, *b})
      if (said_of[index(one)] == nullptr) said_of[index(one)] = &decision;
  }
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    if (reviewed[at].same || sets.of(pairs[at].first) != sets.of(pairs[at].second)) continue;
    return fail(ErrorKind::input,
                fmt::format("'{}' and '{}' are said to be different here, but other rows make them the same",
                            reviewed[at].a, reviewed[at].b),
                reviewed[at].where);
  }

  // Of each set the name under which the others go: a canonical one before others, then by participations.
  std::vector<std::uint64_t> rows(data.investors.size(), 0), aliases(data.investors.size(), 0);
  for (const InvestorId investor : data.participations.investor) ++rows[index(known.of(investor, {}))];
  for (const Alias& alias : data.aliases) ++aliases[index(alias.canonical)];
  std::vector<std::uint32_t> best(data.investors.size());
  for (std::uint32_t set = 0; set < best.size(); ++set) best[set] = set;
  const auto rank = [&](std::uint32_t investor) { return std::tuple(aliases[investor] > 0, rows[investor]); };
  for (std::uint32_t investor = 0; investor < best.size(); ++investor) {
    std::uint32_t& chosen = best[sets.of(InvestorId{investor})];
    if (rank(investor) > rank(chosen)) chosen = investor;
  }

  Table table;
  table.name = "aliases";
  table.columns = {{"alias"},    {"canonical"}, {"type", Shown::details}, {"level"}, {"valid_from"},
                   {"valid_to"}, {"basis"}};
  for (const Alias& alias : data.aliases)
    table.rows.push_back({data.name(alias.alias), data.name(alias.canonical),
                          text_or_nothing(data.investors.type[index(alias.canonical)]), text_cell(name_of(alias.level)),
                          bound_cell(alias.valid_from), bound_cell(alias.valid_to), data.place(alias.source)});
  const std::size_t before = table.rows.size();
  for (std::uint32_t investor = 0; investor < best.size(); ++investor) {
    const auto canonical = InvestorId{best[sets.of(InvestorId{investor})]};
    if (canonical == InvestorId{investor}) continue;
    const Place& where = said_of[investor]->where;
    table.rows.push_back({data.investors.name[investor], data.name(canonical),
                          text_or_nothing(data.investors.type[index(canonical)]), text_cell("manager"), Cell{}, Cell{},
                          fmt::format("reviewed, line {}", where.line)});
  }
  table.caption = fmt::format("{} aliases that were known, {} that were reviewed", before, table.rows.size() - before);
  return table;
}

}  // namespace coinvest
