// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/graph/connected_components.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <utility>

#include "coinvest/centrality/brandes.hpp"
#include "coinvest/centrality/measures.hpp"
#include "coinvest/centrality/normalise.hpp"
#include "coinvest/centrality/sources.hpp"
#include "coinvest/centrality/weighted_brandes.hpp"
#include "coinvest/graph/boost.hpp"

namespace coinvest {
namespace {

/// A graph without its pendant trees: every vertex that is left stands for those that hung on it.
struct Folded {
  std::vector<std::uint8_t> kept;
  std::vector<double> stands_for;  ///< vertices, itself included
  std::vector<double> score;       ///< what paths that start or end in a tree at this vertex add to it
};

Folded fold_trees(const GraphView& graph) {
  const std::uint32_t n = graph.vertices();
  std::vector<std::uint32_t> component(n);
  const std::uint32_t components = boost::connected_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  std::vector<std::uint64_t> component_size(components, 0);
  for (const std::uint32_t c : component) ++component_size[c];

  std::vector<std::uint64_t> remaining(n), size(n, 1), branch_pairs(n, 0);
  std::vector<std::uint32_t> leaves;
  for (std::uint32_t v = 0; v < n; ++v) {
    remaining[v] = graph.degree(v);
    if (remaining[v] == 1) leaves.push_back(v);
  }
  Folded folded;
  folded.kept.assign(n, 1);
  for (std::size_t next = 0; next < leaves.size(); ++next) {
    const std::uint32_t leaf = leaves[next];
    if (remaining[leaf] == 0) continue;  // the other end of the last edge of a tree was folded first
    folded.kept[leaf] = 0;
    for (const std::uint32_t parent : graph.neighbours_of(leaf)) {
      if (folded.kept[parent] == 0) continue;
      branch_pairs[parent] += (size[parent] - 1) * size[leaf];
      size[parent] += size[leaf];
      if (--remaining[parent] == 1) leaves.push_back(parent);
    }
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    const std::uint64_t rest = component_size[component[v]] - size[v];
    folded.stands_for.push_back(static_cast<double>(size[v]));
    folded.score.push_back(static_cast<double>(branch_pairs[v] + (size[v] - 1) * rest));
  }
  return folded;
}

double pairs_of(double n) {
  return n * (n - 1) / 2;
}

/// Largest betweenness of a vertex among `own` on its side with `other` on the other one.
/// Source: Borgatti & Halgin 2011, Analyzing affiliation networks.
double bipartite_maximum(double own, double other) {
  if (own < 1 || other < 1) return 0;
  const double s = std::floor((own - 1) / other);
  const double t = own - 1 - s * other;
  return (other * other * (s + 1) * (s + 1) + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2;
}

/// The searches that are made, and out of how many.
struct Searches {
  std::vector<std::uint32_t> from;  ///< ascending: neighbouring sources are searched from together
  std::uint32_t all = 0;

  bool sampled() const { return from.size() < all; }
};

Searches choose_searches(const GraphView& graph, std::uint32_t vertices, const MeasureParams& params,
                         const Context& context) {
  Searches searches{std::vector<std::uint32_t>(vertices), vertices};
  std::iota(searches.from.begin(), searches.from.end(), 0U);
  std::uint64_t wanted = params.sources == 1 ? 2 : params.sources;  // one has no spread
  if (wanted == 0) {
    const double cost = static_cast<double>(graph.vertices()) * static_cast<double>(graph.edges());
    wanted = cost > params.betweenness_budget ? 1024 : vertices;
  }
  if (wanted >= vertices) return searches;
  std::mt19937_64 random(context.seed);
  for (std::size_t i = 0; i < wanted; ++i) std::swap(searches.from[i], searches.from[i + random() % (vertices - i)]);
  searches.from.resize(wanted);
  std::ranges::sort(searches.from);
  return searches;
}

std::string describe(const Searches& searches) {
  return searches.sampled() ? fmt::format(", estimated from {} of {} searches", searches.from.size(), searches.all)
                            : "";
}

/// Scores of the vertices that were searched from, each pair counted once, and the standard errors if only some were.
struct Scores {
  std::vector<double> values, errors;
};

/// The sums over all sources, estimated from those drawn without replacement, and their standard errors.
Scores estimate(const Searches& searches, std::span<const double> sums, std::span<const double> squares) {
  const double all = searches.all, drawn = static_cast<double>(searches.from.size());
  Scores scores;
  for (std::size_t v = 0; v < sums.size(); ++v) {
    // Every pair was met from both of its ends.
    scores.values.push_back(all / drawn * sums[v] / 2);
    if (!searches.sampled()) continue;
    const double variance = std::fmax(0, (squares[v] - sums[v] * sums[v] / drawn) / (drawn - 1)) / 4;
    scores.errors.push_back(all * std::sqrt((1 - drawn / all) * variance / drawn));
  }
  return scores;
}

/// Adds up what Search::add finds from all sources, `together` of them at once in so many steps.
template <typename Search>
Result<Scores> search_all(const Searches& searches, std::uint32_t vertices, double steps, std::size_t together,
                          const std::function<Search()>& make, const Context& context) {
  context.start("betweenness", searches.from.size());
  std::atomic<bool> overflow = false;
  const std::size_t batches = (searches.from.size() + together - 1) / together;
  const std::size_t width = searches.sampled() ? 2 : 1;  // the squares stand behind the sums
  const auto sums =
      sum_in_blocks(batches, width * vertices, steps, context, [&](std::size_t from, std::size_t to, auto part) {
        Search search = make();
        for (std::size_t batch = from; batch < to && !context.stopped() && !overflow; ++batch) {
          const std::size_t first = batch * together;
          const auto sources =
              std::span(searches.from).subspan(first, std::min(together, searches.from.size() - first));
          if (search.add(sources, part.first(vertices), part.subspan(vertices), context) == BrandesOutcome::overflow)
            overflow = true;
          context.advance(sources.size());
        }
      });
  if (context.stopped()) return cancelled();
  if (overflow) return fail(ErrorKind::numeric, "two vertices have more than 1e308 shortest paths between them");
  return estimate(searches, std::span(sums).first(vertices), std::span(sums).subspan(vertices));
}

Result<Scores> in_steps(const GraphView& graph, const MeasureParams& params, const Context& context,
                        std::string& sampled) {
  Folded folded = fold_trees(graph);
  const LocalGraph core = localize(graph, folded.kept);
  std::vector<double> stands_for;
  for (const std::uint32_t v : core.original) stands_for.push_back(folded.stands_for[v]);
  const Searches searches = choose_searches(graph, core.vertices(), params, context);
  sampled = describe(searches);
  auto of_core = search_all<Brandes>(
      searches, core.vertices(), static_cast<double>(Brandes::lanes * core.neighbours.size()), Brandes::lanes,
      [&] { return Brandes(core, stands_for); }, context);
  if (!of_core) return of_core;
  Scores scores{std::move(folded.score), {}};
  if (searches.sampled()) scores.errors.assign(graph.vertices(), 0.0);  // of what was folded: exact
  for (std::uint32_t v = 0; v < core.vertices(); ++v) {
    scores.values[core.original[v]] += of_core->values[v];
    if (searches.sampled()) scores.errors[core.original[v]] = of_core->errors[v];
  }
  return scores;
}

Result<Scores> in_lengths(const GraphView& graph, const MeasureParams& params, const Context& context,
                          std::string& sampled) {
  const Searches searches = choose_searches(graph, graph.vertices(), params, context);
  sampled = describe(searches);
  return search_all<WeightedBrandes>(
      searches, graph.vertices(), static_cast<double>(16 * graph.neighbours.size()), 1,
      [&] { return WeightedBrandes(graph); }, context);
}

}  // namespace

Result<Column> betweenness(const GraphView& graph, const MeasureParams& params, const Context& context) {
  const bool steps = params.edge_length == EdgeLength::step;
  std::string sampled;
  auto scores = (steps ? in_steps : in_lengths)(graph, params, context, sampled);
  if (!scores) return tl::unexpected(scores.error());
  Column column;
  column.variant = fmt::format("{}, each pair counted once{}", steps ? "unweighted" : "length 1/weight", sampled);
  column.values = std::move(scores->values);
  column.error = std::move(scores->errors);
  const double n = graph.investors, m = graph.companies;
  if (graph.kind == GraphKind::bipartite) {
    normalise(column, graph, {.investor = bipartite_maximum(n, m), .company = bipartite_maximum(m, n)});
  } else {
    normalise(column, graph, {.investor = pairs_of(n - 1), .company = 0});
  }
  return column;
}

}  // namespace coinvest
