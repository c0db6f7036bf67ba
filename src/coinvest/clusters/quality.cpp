// SPDX-License-Identifier: Apache-2.0
#include "coinvest/clusters/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "coinvest/base/parallel.hpp"
#include "coinvest/ties/randomise.hpp"

namespace coinvest {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

/// Calls body(key, count) for each distinct key.
template <typename Key, typename Body>
void count_keys(std::vector<Key> keys, const Body& body) {
  std::ranges::sort(keys);
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    while (end < keys.size() && keys[end] == keys[begin]) ++end;
    body(keys[begin], static_cast<double>(end - begin));
  }
}

/// Σ f(count) over the clusters of a, those of b, and their intersections.
template <typename F>
std::array<double, 3> sums(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b, const F& f) {
  std::array<double, 3> sum{};
  std::vector<Pair> both;
  for (std::size_t v = 0; v < a.size(); ++v) both.emplace_back(a[v], b[v]);
  count_keys(std::vector(a.begin(), a.end()), [&](std::uint32_t, double count) { sum[0] += f(count); });
  count_keys(std::vector(b.begin(), b.end()), [&](std::uint32_t, double count) { sum[1] += f(count); });
  count_keys(std::move(both), [&](const Pair&, double count) { sum[2] += f(count); });
  return sum;
}

Result<double> null_modularity(const Deals& deals, const GraphRecipe& recipe, const ClusterMethod& method,
                               const ClusterParams& params, std::uint64_t seed, const Context& context) {
  Bipartite bipartite;
  std::optional<Coinvestment> coinvestment;
  if (const auto* weighed = std::get_if<BipartiteOptions>(&recipe)) {
    const TieBy by = weighed->weight == BipartiteWeight::binary ? TieBy::company : TieBy::round;
    bipartite = build_bipartite(randomise(deals, by, seed, context), *weighed);
  } else {
    const TieOptions& options = std::get<TieOptions>(recipe);
    const Deals drawn = randomise(deals, options.by, seed, context);
    if (context.stopped()) return cancelled();
    bipartite = build_bipartite(drawn);
    auto made = build_coinvestment(drawn, bipartite, options, context);
    if (!made) return tl::unexpected(made.error());
    coinvestment = std::move(*made);
  }
  if (context.stopped()) return cancelled();
  const GraphView graph = coinvestment ? coinvestment->view() : bipartite.view();
  const auto clustering = method.run(graph, params, context);
  if (!clustering) return tl::unexpected(clustering.error());
  return method.modularity(graph, clustering->cluster, judged_resolution(params));
}

}  // namespace

double mutual_information(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  const auto n = static_cast<double>(a.size());
  const auto [of_a, of_b, of_both] = sums(a, b, [n](double count) { return -count / n * std::log(count / n); });
  return of_a + of_b == 0 ? 1 : std::clamp(2 * (of_a + of_b - of_both) / (of_a + of_b), 0.0, 1.0);
}

double adjusted_rand_index(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  const auto pairs = [](double count) { return count * (count - 1) / 2; };
  const auto [of_a, of_b, of_both] = sums(a, b, pairs);
  const double expected = a.size() < 2 ? 0 : of_a * of_b / pairs(static_cast<double>(a.size()));
  const double most = (of_a + of_b) / 2;
  return most == expected ? 1 : (of_both - expected) / (most - expected);
}

Result<Trust> trust(const Deals& deals, const GraphRecipe& recipe, const GraphView& graph, const ClusterMethod& method,
                    const ClusterParams& params, const TrustParams& trust_params, const Context& context) {
  Trust result;
  result.made = trust_params;
  if (method.seeded == Seeded::no) result.made.seeds = std::min(trust_params.seeds, 1U);
  if (graph.edges() == 0) return result;
  const std::size_t seeds = result.made.seeds, nulls = trust_params.randomisations;
  std::vector<Result<Clustering>> found(seeds, cancelled());
  std::vector<Result<double>> null(nulls, cancelled());
  ClusterParams brief = params;
  brief.passes = std::min(params.passes, trust_params.passes);
  Context alone = context;
  alone.threads = 1;
  alone.progress = nullptr;
  context.start("cluster quality", seeds + nulls);
  parallel_for(seeds + nulls, context, [&](std::size_t task) {
    Context own = alone;
    if (task < nulls) {
      null[task] = null_modularity(deals, recipe, method, brief, context.seed * 1'000'003 + task, own);
    } else {
      own.seed = context.seed + (task - nulls);
      found[task - nulls] = method.run(graph, brief, own);
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();

  std::vector<std::vector<std::uint32_t>> tied;  // per seed, without vertices that have no tie
  for (const auto& again : found) {
    if (!again) return tl::unexpected(again.error());
    tied.emplace_back();
    for (std::uint32_t v = 0; v < graph.vertices(); ++v)
      if (graph.degree(v) > 0) tied.back().push_back(again->cluster[v]);
  }
  std::vector<Pair> pairs;
  for (std::uint32_t a = 0; a < seeds; ++a)
    for (std::uint32_t b = a + 1; b < seeds; ++b) pairs.emplace_back(a, b);
  std::vector<std::pair<double, double>> agreement(pairs.size());
  parallel_for(pairs.size(), context, [&](std::size_t pair) {
    const auto& [a, b] = pairs[pair];
    agreement[pair] = {mutual_information(tied[a], tied[b]), adjusted_rand_index(tied[a], tied[b])};
  });
  if (context.stopped()) return cancelled();
  if (!pairs.empty()) {
    result.nmi = result.ari = 0;
    for (const auto& [nmi, ari] : agreement) {
      result.nmi += nmi / static_cast<double>(pairs.size());
      result.ari += ari / static_cast<double>(pairs.size());
    }
  }

  double sum = 0, squares = 0;
  for (const auto& value : null) {
    if (!value) return tl::unexpected(value.error());
    sum += *value;
  }
  if (nulls == 0) return result;
  result.null_mean = sum / static_cast<double>(nulls);
  for (const auto& value : null) squares += (*value - result.null_mean) * (*value - result.null_mean);
  if (nulls < 2) return result;
  result.null_deviation = std::sqrt(squares / static_cast<double>(nulls - 1));
  if (seeds > 0 && result.null_deviation > 1e-12)
    result.z = (method.modularity(graph, found.front()->cluster, judged_resolution(params)) - result.null_mean) /
               result.null_deviation;
  return result;
}

}  // namespace coinvest
