// SPDX-License-Identifier: Apache-2.0
#include "coinvest/graph/coinvestment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "coinvest/base/parallel.hpp"
#include "coinvest/graph/recency.hpp"
#include "coinvest/graph/tie_groups.hpp"

namespace coinvest {
namespace {

/// Pairs of members of one group: no more ties than that.
std::uint64_t pairs_in(const TieGroups& groups) {
  std::uint64_t pairs = 0;
  for (std::size_t group = 0; group < groups.size(); ++group)
    pairs += groups.size_of(group) * (groups.size_of(group) - 1) / 2;
  return pairs;
}

/// Refuses a projection that would be too large, and says which groups make it so.
Result<void> check_size(const TieGroups& groups, const Deals& deals, const Bipartite& graph,
                        const TieOptions& options) {
  const std::uint64_t pairs = pairs_in(groups);
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

/// A weight that is no sum.
double weight_of(TieWeight weight, double shared, const Yardstick& measure, std::size_t a, std::size_t b) {
  const auto chosen = [&](std::size_t investor) { return static_cast<double>(measure.chosen[investor]); };
  switch (weight) {
    case TieWeight::binary:
      return 1;
    case TieWeight::jaccard:
      return shared / (chosen(a) + chosen(b) - shared);
    case TieWeight::overlap:
      return shared / std::min(chosen(a), chosen(b));
    case TieWeight::cosine:
      return shared / std::sqrt(chosen(a) * chosen(b));
    case TieWeight::lift:
      return shared * measure.total / (chosen(a) * chosen(b));
    case TieWeight::count:
    case TieWeight::newman:
    case TieWeight::recency:
      break;
  }
  return shared;
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

/// A set of vertices that hands them over ascending, without sorting: bits, with two levels of bits above that say
/// where any are set.
class AscendingSet {
 public:
  explicit AscendingSet(std::size_t n) {
    for (auto& level : levels_) level.resize(n = n / 64 + 1);
  }
  void insert(std::uint32_t vertex) {
    for (auto& level : levels_) {
      level[vertex / 64] |= std::uint64_t{1} << vertex % 64;
      vertex /= 64;
    }
  }
  /// Calls body(vertex) for each, and forgets it.
  template <typename Body>
  void empty_into(const Body& body) {
    const auto [low, middle, high] = std::array{levels_[0].data(), levels_[1].data(), levels_[2].data()};
    for (std::uint32_t top = 0; top < levels_[2].size(); ++top)
      take_bits(high[top], 64 * top, [&](std::uint32_t word) {
        take_bits(middle[word], 64 * word, [&](std::uint32_t lowest) { take_bits(low[lowest], 64 * lowest, body); });
      });
  }

 private:
  template <typename Body>
  static void take_bits(std::uint64_t& word, std::uint32_t first, const Body& body) {
    for (std::uint64_t bits = std::exchange(word, 0); bits != 0; bits &= bits - 1)
      body(first + static_cast<std::uint32_t>(std::countr_zero(bits)));
  }

  std::array<std::vector<std::uint64_t>, 3> levels_;
};

/// Work is done in blocks of investors, and handed over to one worker per thread, which has a counter of n entries.
class Blocks {
 public:
  static constexpr std::size_t investors = 1024;  ///< of one block

  Blocks(std::size_t n, const Context& context) : n_(n), context_(context) {}

  std::size_t size() const { return (n_ + investors - 1) / investors; }
  /// Calls make() once per thread; what it gives back is called with (block, investor), in ascending order of a block's
  /// investors.
  template <typename Make>
  void for_each(const Make& make) const {
    std::atomic<std::size_t> next = 0;
    parallel_for(std::min<std::size_t>(context_.threads, size()), context_, [&](std::size_t) {
      auto body = make();
      for (std::size_t block = next++; block < size(); block = next++) {
        const std::size_t end = std::min(n_, (block + 1) * investors);
        for (std::size_t investor = block * investors; investor < end && !context_.stopped(); ++investor)
          body(block, investor);
        context_.advance();
      }
    });
  }

 private:
  std::size_t n_;
  Context context_;
};

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
  const Day as_of = day_of_ages(deals);

  const Seats seats(groups, n);

  // What one shared group adds to a weight that is a sum.
  const auto part_of_sum = [&](std::uint32_t group, std::uint64_t a, std::uint64_t b) {
    if (options.weight == TieWeight::newman) return 1.0 / static_cast<double>(groups.size_of(group) - 1);
    const Day both_in = std::max(groups.came_in[a], groups.came_in[b]);
    if (both_in == Day::max()) return 0.0;
    return recency(both_in, as_of, options.half_life);
  };

  // Every tie is found once, from its lower end.
  struct Rows {
    std::vector<std::uint64_t> ends;  ///< per investor
    std::vector<std::uint32_t> others, shared;
    std::vector<double> sums;  ///< unless weights follow from what is shared
    std::uint64_t undated = 0;
  };
  const bool sums = options.weight == TieWeight::newman || options.weight == TieWeight::recency;
  const bool all_meet = options.by != TieBy::window;
  const Context sized = for_steps(context, 20 * static_cast<double>(pairs_in(groups)));
  const Blocks blocks(n, sized);
  std::vector<Rows> found(blocks.size());
  context.start("co-investment ties", blocks.size());
  blocks.for_each([&] {
    return [&, count = std::vector<std::uint32_t>(n, 0), sum = std::vector<double>(sums ? n : 0, 0.0),
            partners = AscendingSet(n)](std::size_t block, std::size_t investor) mutable {
      Rows& rows = found[block];
      for (const auto& [group, place] : seats[investor]) {
        for (std::uint64_t m = place + 1; m < groups.offsets[group + 1]; ++m) {  // members ascend
          const std::uint32_t other = groups.members[m];
          if (!all_meet && !met_within(groups, place, m, options.days, deals.selection.partial_date)) continue;
          if (count[other]++ == 0) partners.insert(other);
          if (sums) sum[other] += part_of_sum(group, place, m);
        }
      }
      partners.empty_into([&](std::uint32_t other) {
        const std::uint32_t shared = std::exchange(count[other], 0);
        const double total = sums ? std::exchange(sum[other], 0.0) : shared;
        if (shared < options.min_shared) return;
        if (total == 0) {
          ++rows.undated;
          return;
        }
        rows.others.push_back(other);
        rows.shared.push_back(shared);
        if (sums) rows.sums.push_back(total);
      });
      rows.ends.push_back(rows.others.size());
    };
  });
  if (context.stopped()) return cancelled();

  // Every thread makes the rows of some investors: first the lower ends, which come ascending, then the upper ones.
  const auto for_ties_into = [&](std::size_t first, std::size_t last, const auto& body) {
    std::size_t lower = 0;
    for (const Rows& rows : found) {
      if (context.stopped()) return;
      auto tie = rows.others.begin();
      for (const std::uint64_t end : rows.ends) {
        const auto end_of_row = rows.others.begin() + static_cast<std::ptrdiff_t>(end);
        if (first > 0) tie = std::lower_bound(tie, end_of_row, first);
        for (; tie != end_of_row && *tie < last; ++tie)
          body(lower, *tie, rows, static_cast<std::size_t>(tie - rows.others.begin()));
        tie = end_of_row;
        if (++lower == last) return;
      }
    }
  };
  const auto for_parts = [&](const auto& body) {
    const std::size_t parts = std::min<std::size_t>(sized.threads, n);
    parallel_for(parts, sized, [&](std::size_t part) { body(n * part / parts, n * (part + 1) / parts); });
  };
  // First the lengths of the rows, then, once these are added up, where the next neighbour of each goes.
  std::vector<std::uint64_t> next(n + 1, 0);
  for_parts([&](std::size_t first, std::size_t last) {
    for_ties_into(first, last, [&](std::size_t, std::uint32_t upper, const Rows&, std::size_t) { ++next[upper]; });
  });
  ties.offsets.assign(n + 1, 0);
  for (std::size_t block = 0, investor = 0; block < found.size(); ++block) {
    ties.undated_ties += found[block].undated;
    std::uint64_t begin = 0;
    for (const std::uint64_t end : found[block].ends) {
      ties.offsets[investor + 1] = ties.offsets[investor] + next[investor] + end - begin;
      next[investor] = ties.offsets[investor];
      begin = end;
      ++investor;
    }
  }
  ties.neighbours.resize(ties.offsets.back());
  ties.shared.resize(ties.offsets.back());
  ties.weights.resize(ties.offsets.back());
  for_parts([&](std::size_t first, std::size_t last) {
    const auto place = [&](std::size_t row, std::size_t neighbour, const Rows& rows, std::size_t tie) {
      const std::uint64_t at = next[row]++;
      ties.neighbours[at] = static_cast<std::uint32_t>(neighbour);
      ties.shared[at] = rows.shared[tie];
      if (sums) ties.weights[at] = rows.sums[tie];
    };
    for_ties_into(first, last, [&](std::size_t lower, std::uint32_t upper, const Rows& rows, std::size_t tie) {
      place(upper, lower, rows, tie);
    });
    for (std::size_t row = first; row < last && !context.stopped(); ++row) {
      const Rows& rows = found[row / Blocks::investors];
      const std::size_t number = row % Blocks::investors;
      for (std::size_t tie = number == 0 ? 0 : rows.ends[number - 1]; tie < rows.ends[number]; ++tie)
        place(row, rows.others[tie], rows, tie);
      if (sums) continue;
      for (std::uint64_t at = ties.offsets[row]; at < ties.offsets[row + 1]; ++at)
        ties.weights[at] = weight_of(options.weight, ties.shared[at], measure, row, ties.neighbours[at]);
    }
  });
  if (context.stopped()) return cancelled();
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
  const Blocks blocks(n, for_steps(context, 20 * static_cast<double>(pairs_in(groups))));
  std::vector<std::uint64_t> counts(blocks.size(), 0);
  blocks.for_each([&] {
    return [&, seen_from = std::vector<std::uint32_t>(n, static_cast<std::uint32_t>(n))](std::size_t block,
                                                                                         std::size_t investor) mutable {
      // Members ascend: those behind the investor in its largest group are partners, and are counted without a look.
      const auto behind = [&](const Seats::Seat& seat) {
        return std::span(groups.members).subspan(seat.place + 1, groups.offsets[seat.group + 1] - seat.place - 1);
      };
      std::span<const std::uint32_t> largest;
      for (const Seats::Seat& seat : seats[investor])
        if (behind(seat).size() > largest.size()) largest = behind(seat);
      counts[block] += largest.size();
      for (const Seats::Seat& seat : seats[investor]) {
        if (behind(seat).data() == largest.data()) continue;
        for (const std::uint32_t other : behind(seat)) {
          if (seen_from[other] == investor) continue;
          seen_from[other] = static_cast<std::uint32_t>(investor);
          if (!std::ranges::binary_search(largest, other)) ++counts[block];
        }
      }
    };
  });
  if (context.stopped()) return cancelled();
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace coinvest
