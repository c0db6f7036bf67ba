// SPDX-License-Identifier: Apache-2.0
// boost_graph KERNEL GRAPH: one kernel of Boost.Graph on a compressed sparse row graph; prints WALL,CPU,LARGEST.
#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/core_numbers.hpp>
#include <chrono>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "../graph_file.hpp"

namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
using Edge = boost::graph_traits<Graph>::edge_descriptor;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Graph read_graph(const std::string& path) {
  const auto list = coinvest::bench::read_edges(path);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs = list.edges;
  for (const auto& [a, b] : list.edges) arcs.emplace_back(b, a);
  return {boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), list.investors + list.companies};
}

template <typename Values>
auto by_vertex(Values& values, const Graph& graph) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
}

std::vector<double> betweenness(const Graph& graph) {
  const std::size_t n = num_vertices(graph);
  std::vector<double> centrality(n), dependency(n), paths(n);  // path counts as doubles: integers overflow
  std::vector<std::size_t> distance(n);
  std::vector<std::vector<Edge>> incoming(n);
  boost::brandes_betweenness_centrality(graph, by_vertex(centrality, graph), boost::dummy_property_map(),
                                        by_vertex(incoming, graph), by_vertex(distance, graph),
                                        by_vertex(dependency, graph), by_vertex(paths, graph),
                                        get(boost::vertex_index, graph));
  for (double& value : centrality) value /= 2;  // every edge stands in both directions
  return centrality;
}

std::vector<double> harmonic(const Graph& graph) {
  const std::size_t n = num_vertices(graph);
  std::vector<double> sums(n, 0.0);
  std::vector<std::uint32_t> distance(n);
  std::vector<boost::default_color_type> colour(n);
  for (std::size_t source = 0; source < n; ++source) {
    std::ranges::fill(distance, 0U);
    boost::breadth_first_search(graph, source,
                                boost::color_map(by_vertex(colour, graph))
                                    .visitor(boost::make_bfs_visitor(
                                        boost::record_distances(by_vertex(distance, graph), boost::on_tree_edge()))));
    for (const std::uint32_t steps : distance)
      if (steps > 0) sums[source] += 1.0 / steps;
  }
  return sums;
}

std::vector<double> core(const Graph& graph) {
  std::vector<std::uint32_t> numbers(num_vertices(graph));
  boost::core_numbers(graph, by_vertex(numbers, graph));
  return {numbers.begin(), numbers.end()};
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, std::function<std::vector<double>(const Graph&)>> kernels{
      {"betweenness", betweenness}, {"harmonic", harmonic}, {"core", core}};
  if (argc != 3 || !kernels.contains(argv[1])) {
    fmt::print(stderr, "usage: boost_graph betweenness|harmonic|core GRAPH\n");
    return 2;
  }
  const Graph graph = read_graph(argv[2]);
  const double cpu_before = cpu_seconds();
  const auto before = std::chrono::steady_clock::now();
  const std::vector<double> values = kernels.at(argv[1])(graph);
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  fmt::print("{:.6f},{:.6f},{:.9g}\n", wall, cpu_seconds() - cpu_before, *std::ranges::max_element(values));
}
