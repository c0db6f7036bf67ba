// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/coinvestment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "coinvest/base/parallel.hpp"
#include "coinvest/graph/tie_groups.hpp"

namespace coinvest {
namespace {

/// Refuses a projection that would be too large, and says which groups make it so.
Result<void> check_size(const TieGroups& groups, const Deals& deals, const Bipartite& graph,
                        const TieOptions& options) {
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

/// What weights are made of besides the shared rounds or companies.
struct Yardstick {
  std::vector<std::uint32_t> chosen;  ///< per investor: its rounds or companies
  double total = 0;                   ///< rounds or companies with a named investor
};

Yardstick yardstick(const Deals& deals, const Bipartite& graph, TieBy by) {
  Yardstick measure;
  const GraphView view = graph.view();
  measure.chosen.assign(view.investors, 0);
  if (by != TieBy::round) {
    for (std::uint32_t v = 0; v < view.investors; ++v) measure.chosen[v] = static_cast<std::uint32_t>(view.degree(v));
    measure.total = view.companies;
    return measure;
  }
  for (std::size_t round = 0; round < deals.size(); ++round) {
    if (!deals.participants(round).empty()) ++measure.total;
    for (const InvestorId investor : deals.participants(round))
      ++measure.chosen[static_cast<std::size_t>(std::ranges::lower_bound(graph.investors, investor) -
                                                graph.investors.begin())];
  }
  return measure;
}

double weight_of(TieWeight weight, double shared, double sum, double chosen_a, double chosen_b, double total) {
  switch (weight) {
    case TieWeight::binary:
      return 1;
    case TieWeight::count:
      return shared;
    case TieWeight::newman:
    case TieWeight::recency:
      return sum;
    case TieWeight::jaccard:
      return shared / (chosen_a + chosen_b - shared);
    case TieWeight::overlap:
      return shared / std::min(chosen_a, chosen_b);
    case TieWeight::cosine:
      return shared / std::sqrt(chosen_a * chosen_b);
    case TieWeight::lift:
      return shared * total / (chosen_a * chosen_b);
  }
  return 0;
}

/// The groups of each investor, ascending, and its place in each: both ends of a tie meet theirs in one order, so that
/// both get the same sum.
class Seats {
 public:
  struct Seat {
    std::uint32_t group;
    std::uint64_t place;  ///< in the members of all groups
  };

  Seats(const TieGroups& groups, std::size_t investors) : first_(investors + 1, 0), seats_(groups.members.size()) {
    for (const std::uint32_t member : groups.members) ++first_[member + std::size_t{1}];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t group = 0; group < groups.size(); ++group)
      for (std::uint64_t at = groups.offsets[group]; at < groups.offsets[group + 1]; ++at)
        seats_[next[groups.members[at]]++] = {group, at};
  }
  std::span<const Seat> operator[](std::size_t investor) const {
    return std::span(seats_).subspan(first_[investor], first_[investor + 1] - first_[investor]);
  }

 private:
  std::vector<std::uint64_t> first_;
  std::vector<Seat> seats_;
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
  if (!(options.half_life > 0))
    return fail(ErrorKind::usage, fmt::format("a half-life of {} years is not above 0", options.half_life));
  const TieGroups groups = tie_groups(deals, graph, options, ties.skipped_groups);
  if (auto fits = check_size(groups, deals, graph, options); !fits) return tl::unexpected(fits.error());
  const Yardstick measure = yardstick(deals, graph, options.by);
  const Day as_of = deals.selection.as_of.value_or(last_day(deals).value_or(Day{}));

  const Seats seats(groups, n);

  // What one shared group adds to a weight that is a sum.
  const auto part_of_sum = [&](std::uint32_t group, std::uint64_t a, std::uint64_t b) {
    if (options.weight == TieWeight::newman) return 1.0 / static_cast<double>(groups.size_of(group) - 1);
    const Day both_in = std::max(groups.came_in[a], groups.came_in[b]);
    if (both_in == Day::max()) return 0.0;
    const auto days = static_cast<double>(std::max(as_of - both_in, std::chrono::days(0)).count());
    return std::max(std::exp2(-days / 365.25 / options.half_life), std::numeric_limits<double>::min());
  };

  // Blocks of investors, each with a dense counter of its own; every tie is found once, from its lower end.
  struct Tie {
    std::uint32_t other, shared;
    double weight;
  };
  struct Block {
    std::vector<std::uint32_t> counts;  ///< per investor, of the ties below
    std::vector<Tie> found;
    std::uint64_t undated = 0;
  };
  const bool sums = options.weight == TieWeight::newman || options.weight == TieWeight::recency;
  const std::size_t per_block = investors_per_block(n);
  std::vector<Block> blocks((n + per_block - 1) / per_block);
  context.start("co-investment ties", blocks.size());
  parallel_for(blocks.size(), context, [&](std::size_t number) {
    Block& block = blocks[number];
    std::vector<std::uint32_t> count(n, 0);
    std::vector<double> sum(sums ? n : 0, 0.0);
    std::vector<std::uint32_t> touched;
    const std::size_t end = std::min(n, (number + 1) * per_block);
    for (std::size_t investor = number * per_block; investor < end && !context.stopped(); ++investor) {
      touched.clear();
      for (const auto& [group, place] : seats[investor]) {
        for (std::uint64_t m = place + 1; m < groups.offsets[group + 1]; ++m) {  // members ascend
          const std::uint32_t other = groups.members[m];
          if (options.by == TieBy::window && !met_within(groups, place, m, options.days, deals.selection.partial_date))
            continue;
          if (count[other]++ == 0) touched.push_back(other);
          if (sums) sum[other] += part_of_sum(group, place, m);
        }
      }
      const std::size_t before = block.found.size();
      for (const std::uint32_t other : touched) {
        const std::uint32_t shared = std::exchange(count[other], 0);
        const double weight = weight_of(options.weight, shared, sums ? std::exchange(sum[other], 0.0) : 0,
                                        measure.chosen[investor], measure.chosen[other], measure.total);
        if (shared < options.min_shared) continue;
        if (weight == 0)
          ++block.undated;
        else
          block.found.push_back({other, shared, weight});
      }
      block.counts.push_back(static_cast<std::uint32_t>(block.found.size() - before));
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();

  ties.offsets.assign(n + 1, 0);
  std::size_t lower = 0;
  for (const Block& block : blocks) {
    for (const std::uint32_t count : block.counts) ties.offsets[++lower] += count;
    for (const Tie& tie : block.found) ++ties.offsets[tie.other + std::size_t{1}];
    ties.undated_ties += block.undated;
  }
  std::partial_sum(ties.offsets.begin(), ties.offsets.end(), ties.offsets.begin());
  const std::size_t entries = ties.offsets.back();
  ties.neighbours.resize(entries);
  ties.shared.resize(entries);
  ties.weights.resize(entries);
  // Lower ends come in ascending order, so that each row's first part does; read in the order of those rows, the upper
  // ends ascend, too. Nothing is sorted.
  std::vector<std::uint64_t> next(ties.offsets.begin(), ties.offsets.end() - 1);
  const auto place = [&](std::uint32_t row, std::uint32_t neighbour, std::uint32_t shared, double weight) {
    const std::uint64_t at = next[row]++;
    ties.neighbours[at] = neighbour;
    ties.shared[at] = shared;
    ties.weights[at] = weight;
  };
  std::uint32_t investor = 0;
  for (const Block& block : blocks) {
    const Tie* tie = block.found.data();
    for (const std::uint32_t count : block.counts) {
      for (const Tie* end = tie + count; tie != end; ++tie) place(tie->other, investor, tie->shared, tie->weight);
      ++investor;
    }
  }
  for (std::uint32_t upper = 0; upper < n; ++upper) {
    const std::uint64_t end = next[upper];  // of the lower ends: the upper ones are placed from later rows
    for (std::uint64_t at = ties.offsets[upper]; at < end; ++at)
      place(ties.neighbours[at], upper, ties.shared[at], ties.weights[at]);
  }
  ties.leads = build_lead_ties(deals, ties.investors, options.max_syndicate);
  return ties;
}

Result<std::uint64_t> count_ties(const Deals& deals, const Bipartite& graph, TieBy by, const Context& context) {
  TieOptions options;
  options.by = by;
  std::uint64_t none_skipped = 0;
  const TieGroups groups = tie_groups(deals, graph, options, none_skipped);

  const std::size_t n = graph.investors.size();
  const Seats seats(groups, n);
  const std::size_t per_block = investors_per_block(n);
  std::vector<std::uint64_t> counts((n + per_block - 1) / per_block, 0);
  parallel_for(counts.size(), context, [&](std::size_t number) {
    std::vector<std::uint32_t> seen_from(n, static_cast<std::uint32_t>(n));
    const std::size_t end = std::min(n, (number + 1) * per_block);
    for (std::size_t investor = number * per_block; investor < end && !context.stopped(); ++investor) {
      // Members ascend: those behind the investor in its largest group are partners, and are counted without a look.
      const auto behind = [&](const Seats::Seat& seat) {
        return std::span(groups.members).subspan(seat.place + 1, groups.offsets[seat.group + 1] - seat.place - 1);
      };
      std::span<const std::uint32_t> largest;
      for (const Seats::Seat& seat : seats[investor])
        if (behind(seat).size() > largest.size()) largest = behind(seat);
      counts[number] += largest.size();
      for (const Seats::Seat& seat : seats[investor]) {
        if (behind(seat).data() == largest.data()) continue;
        for (const std::uint32_t other : behind(seat)) {
          if (seen_from[other] == investor) continue;
          seen_from[other] = static_cast<std::uint32_t>(investor);
          if (!std::ranges::binary_search(largest, other)) ++counts[number];
        }
      }
    }
  });
  if (context.stopped()) return cancelled();
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace coinvest
