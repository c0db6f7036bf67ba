// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/coinvestment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "coinvest/base/parallel.hpp"

namespace coinvest {
namespace {

/// The rounds or companies that make ties: members are vertices of the co-investment graph, ascending.
struct Groups {
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint32_t> members;
  std::vector<std::size_t> origin;  ///< position of the round in the deals, or company vertex

  std::size_t size() const { return offsets.size() - 1; }
  std::uint64_t size_of(std::size_t group) const { return offsets[group + 1] - offsets[group]; }
  std::span<const std::uint32_t> members_of(std::size_t group) const {
    return std::span(members).subspan(offsets[group], size_of(group));
  }
};

/// Adds a group unless it makes no tie; returns false if it is larger than allowed.
bool add_group(Groups& groups, std::vector<std::uint32_t>& members, std::size_t origin, std::uint32_t largest) {
  if (largest != 0 && members.size() > largest) return false;
  if (members.size() > 1) {
    groups.members.insert(groups.members.end(), members.begin(), members.end());
    groups.offsets.push_back(groups.members.size());
    groups.origin.push_back(origin);
  }
  return true;
}

Groups groups_of(const Deals& deals, const Bipartite& graph, const TieOptions& options, std::uint64_t& skipped) {
  Groups groups;
  std::vector<std::uint32_t> members;
  if (options.by == TieBy::round) {
    for (std::size_t round = 0; round < deals.size(); ++round) {
      members.clear();
      for (const InvestorId investor : deals.participants(round))
        members.push_back(static_cast<std::uint32_t>(
            std::lower_bound(graph.investors.begin(), graph.investors.end(), investor) - graph.investors.begin()));
      if (!add_group(groups, members, round, options.max_syndicate)) ++skipped;
    }
  } else {
    const GraphView view = graph.view();
    for (std::uint32_t company = view.investors; company < view.vertices(); ++company) {
      const auto holders = view.neighbours_of(company);
      members.assign(holders.begin(), holders.end());
      if (!add_group(groups, members, company, options.max_syndicate)) ++skipped;
    }
  }
  return groups;
}

/// Refuses a projection that would be too large, and says which groups make it so.
Result<void> check_size(const Groups& groups, const Deals& deals, const Bipartite& graph, const TieOptions& options) {
  std::uint64_t pairs = 0;
  for (std::size_t group = 0; group < groups.size(); ++group)
    pairs += groups.size_of(group) * (groups.size_of(group) - 1) / 2;
  if (pairs <= options.max_ties) return {};

  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t shown = std::min<std::size_t>(3, order.size());
  std::partial_sort(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
      [&](std::size_t a, std::size_t b) { return std::pair(groups.size_of(b), a) < std::pair(groups.size_of(a), b); });
  std::string culprits;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t origin = groups.origin[order[i]];
    const Dataset& data = *deals.data;
    const std::string& name = options.by == TieBy::round ? data.text(data.rounds.id[index(deals.rounds[origin])])
                                                         : data.name(graph.companies[origin - graph.investors.size()]);
    culprits += fmt::format("{}{} ({} investors)", i == 0 ? "" : ", ", name, groups.size_of(order[i]));
  }
  return fail(ErrorKind::limit,
              fmt::format("up to {} ties are more than --max-ties {}; the largest {}: {}; leave large ones out with "
                          "--max-syndicate",
                          pairs, options.max_ties, options.by == TieBy::round ? "rounds" : "companies", culprits));
}

/// The groups of each investor, ascending: both ends of a tie meet theirs in one order, so that both get the same sum.
class GroupsOf {
 public:
  GroupsOf(const Groups& groups, std::size_t investors) : first_(investors + 1, 0), groups_(groups.members.size()) {
    for (const std::uint32_t member : groups.members) ++first_[member + std::size_t{1}];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t group = 0; group < groups.size(); ++group)
      for (const std::uint32_t member : groups.members_of(group)) groups_[next[member]++] = group;
  }
  std::span<const std::uint32_t> operator[](std::size_t investor) const {
    return std::span(groups_).subspan(first_[investor], first_[investor + 1] - first_[investor]);
  }

 private:
  std::vector<std::uint64_t> first_;
  std::vector<std::uint32_t> groups_;
};

/// Work is done in blocks of investors; there are few, since each costs a counter of n entries.
std::size_t investors_per_block(std::size_t n) {
  constexpr std::size_t most_blocks = 64;
  return std::max<std::size_t>(1024, (n + most_blocks - 1) / most_blocks);
}

}  // namespace

GraphView Coinvestment::view() const {
  return {GraphKind::coinvest, static_cast<std::uint32_t>(investors.size()), 0, offsets, neighbours, weights,
          leads.view()};
}

Result<Coinvestment> build_coinvestment(const Deals& deals, const Bipartite& graph, const TieOptions& options,
                                        const Context& context) {
  Coinvestment ties;
  ties.investors = graph.investors;
  const std::size_t n = ties.investors.size();
  const Groups groups = groups_of(deals, graph, options, ties.skipped_groups);
  if (auto fits = check_size(groups, deals, graph, options); !fits) return tl::unexpected(fits.error());

  const GroupsOf groups_of_investor(groups, n);

  // Blocks of investors, each with a dense counter of its own; rows are joined in investor order.
  struct Block {
    std::vector<std::uint64_t> degrees;
    std::vector<std::uint32_t> neighbours, shared;
    std::vector<double> weights;
  };
  const std::size_t per_block = investors_per_block(n);
  std::vector<Block> blocks((n + per_block - 1) / per_block);
  context.start("co-investment ties", blocks.size());
  parallel_for(blocks.size(), context, [&](std::size_t number) {
    Block& block = blocks[number];
    std::vector<std::uint32_t> count(n, 0);
    std::vector<double> newman(options.weight == TieWeight::newman ? n : 0, 0.0);
    std::vector<std::uint32_t> touched;
    const std::size_t end = std::min(n, (number + 1) * per_block);
    for (std::size_t investor = number * per_block; investor < end && !context.stopped(); ++investor) {
      touched.clear();
      for (const std::uint32_t group : groups_of_investor[investor]) {
        const double share = 1.0 / static_cast<double>(groups.size_of(group) - 1);
        for (const std::uint32_t other : groups.members_of(group)) {
          if (other == investor) continue;
          if (count[other]++ == 0) touched.push_back(other);
          if (!newman.empty()) newman[other] += share;
        }
      }
      std::sort(touched.begin(), touched.end());
      const std::size_t before = block.neighbours.size();
      for (const std::uint32_t other : touched) {
        if (count[other] >= options.min_shared) {
          block.neighbours.push_back(other);
          block.shared.push_back(count[other]);
          block.weights.push_back(options.weight == TieWeight::binary  ? 1.0
                                  : options.weight == TieWeight::count ? static_cast<double>(count[other])
                                                                       : newman[other]);
        }
        count[other] = 0;
        if (!newman.empty()) newman[other] = 0;
      }
      block.degrees.push_back(block.neighbours.size() - before);
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();

  ties.offsets.reserve(n + 1);
  ties.offsets.push_back(0);
  for (Block& block : blocks) {
    for (const std::uint64_t degree : block.degrees) ties.offsets.push_back(ties.offsets.back() + degree);
    ties.neighbours.insert(ties.neighbours.end(), block.neighbours.begin(), block.neighbours.end());
    ties.shared.insert(ties.shared.end(), block.shared.begin(), block.shared.end());
    ties.weights.insert(ties.weights.end(), block.weights.begin(), block.weights.end());
    block = {};
  }
  ties.leads = build_lead_ties(deals, ties.investors, options.max_syndicate);
  return ties;
}

Result<std::uint64_t> count_ties(const Deals& deals, const Bipartite& graph, TieBy by, const Context& context) {
  TieOptions options;
  options.by = by;
  std::uint64_t none_skipped = 0;
  const Groups groups = groups_of(deals, graph, options, none_skipped);
  if (auto fits = check_size(groups, deals, graph, options); !fits) return tl::unexpected(fits.error());

  const std::size_t n = graph.investors.size();
  const GroupsOf groups_of_investor(groups, n);
  const std::size_t per_block = investors_per_block(n);
  std::vector<std::uint64_t> counts((n + per_block - 1) / per_block, 0);
  parallel_for(counts.size(), context, [&](std::size_t number) {
    std::vector<std::uint32_t> seen_from(n, static_cast<std::uint32_t>(n));
    const std::size_t end = std::min(n, (number + 1) * per_block);
    for (std::size_t investor = number * per_block; investor < end && !context.stopped(); ++investor)
      for (const std::uint32_t group : groups_of_investor[investor])
        for (const std::uint32_t other : groups.members_of(group)) {
          if (other <= investor || seen_from[other] == investor) continue;
          seen_from[other] = static_cast<std::uint32_t>(investor);
          ++counts[number];
        }
  });
  if (context.stopped()) return cancelled();
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace coinvest
