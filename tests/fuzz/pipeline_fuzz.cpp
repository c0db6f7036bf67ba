// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "coinvest/centrality/measures.hpp"
#include "coinvest/clusters/methods.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/selection.hpp"

namespace {

using namespace coinvest;

constexpr std::size_t longest_input = 4096;

void require(bool holds) {
  if (!holds) std::abort();
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, {}, std::bit_cast<std::uint64_t, double>, std::bit_cast<std::uint64_t, double>);
}

Context with_threads(unsigned threads) {
  Context context;
  context.threads = threads;
  return context;
}

void check_measures(const GraphView& graph) {
  for (const Measure& measure : measures()) {
    if (!is_defined_on(measure.graphs, graph.kind)) continue;
    const auto one = measure.run(graph, {}, with_threads(1)), two = measure.run(graph, {}, with_threads(2));
    require(one.has_value() == two.has_value());
    if (!one) {
      require(one.error().kind == ErrorKind::numeric && !one.error().message.empty());
      continue;
    }
    require(one->values.size() == graph.vertices() && one->why == two->why);
    require(same_bits(one->values, two->values) && same_bits(one->normalised, two->normalised));
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      const bool explained = !one->why.empty() && one->why[v] != Why::none;
      require(one->values[v] >= 0 || (std::isnan(one->values[v]) && explained));
      if (one->normalised.empty()) continue;
      require((one->normalised[v] >= 0 && one->normalised[v] <= 1 + 1e-9) ||
              (std::isnan(one->normalised[v]) && explained));
    }
    const double sum = std::accumulate(one->values.begin(), one->values.end(), 0.0);
    if (measure.name == "degree") require(sum == 2.0 * static_cast<double>(graph.edges()));
    if (measure.name == "pagerank" && graph.vertices() > 0) require(std::abs(sum - 1) < 1e-9);
  }
}

void check_clusters(const GraphView& graph) {
  const Clustering whole = components(graph, {}, {}).value();
  for (const ClusterMethod& method : cluster_methods()) {
    if (!is_defined_on(method.graphs, graph.kind)) continue;
    const auto one = method.run(graph, {}, with_threads(1)), two = method.run(graph, {}, with_threads(2));
    require(one && two && one->cluster == two->cluster && one->cluster.size() == graph.vertices());
    std::vector<std::uint32_t> sizes(one->count, 0);
    for (const std::uint32_t cluster : one->cluster) ++sizes.at(cluster);
    require(std::ranges::is_sorted(sizes, std::ranges::greater{}) && (sizes.empty() || sizes.back() > 0));
    // No cluster reaches beyond a component.
    std::vector<std::uint32_t> component(one->count, whole.count);
    for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
      std::uint32_t& of_cluster = component[one->cluster[v]];
      require(of_cluster == whole.count || of_cluster == whole.cluster[v]);
      of_cluster = whole.cluster[v];
    }
    const double quality = method.modularity(graph, one->cluster, 1.0);
    require(graph.edges() == 0 ? std::isnan(quality) : quality >= -1 && quality <= 1 + 1e-12);
  }
  for (std::uint32_t v = 0; v < graph.vertices(); ++v) {
    for (const std::uint32_t neighbour : graph.neighbours_of(v))
      require(neighbour != v && whole.cluster[v] == whole.cluster[neighbour]);
  }
}

}  // namespace

/// The input follows the header of a table of deals. What theorems say holds for every graph that comes of it, every
/// measure and every method, and one thread and two give the same bits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > longest_input) return 0;
  std::string csv = "company,investor,round_id,date,amount,is_lead\n";
  csv.append(reinterpret_cast<const char*>(data), size);
  const auto read = read_bytes(csv, "x.csv", {}, {});
  if (!read) {
    require(!read.error().message.empty());
    return 0;
  }
  const Deals deals = select(*read, {});
  require(deals.offsets.size() == deals.size() + 1 && deals.offsets.back() == deals.investors.size());
  const Bipartite holdings = build_bipartite(deals);
  check_measures(holdings.view());
  check_clusters(holdings.view());
  for (const TieBy by : {TieBy::round, TieBy::company}) {
    TieOptions options;
    options.by = by;
    const auto ties = build_coinvestment(deals, holdings, options, with_threads(2));
    require(ties.has_value());
    require(count_ties(deals, holdings, by, {}).value() == ties->view().edges());
    check_measures(ties->view());
    check_clusters(ties->view());
  }
  return 0;
}
