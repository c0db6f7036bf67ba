// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "coinvest/centrality/measure.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/ingest/read.hpp"
#include "graph_file.hpp"

namespace coinvest::bench {
namespace {

constexpr const char* usage = R"(Usage:
  coinvest_bench KERNEL GRAPH [THREADS [RUNS]]   time a measure, or `projection`, on a graph file
  coinvest_bench graph DATASET GRAPH [COPIES]    write the graph of a data set, COPIES times as large
  coinvest_bench project GRAPH PROJECTION        write its projection onto the investors, by shared company
  coinvest_bench threads GRAPH [RUNS]            time every measure with one thread and with four

A timing is one line: KERNEL,VERTICES,EDGES,THREADS,RUNS,MEGABYTES,ERROR,WALL,CPU,LARGEST: the most memory that the
process held, the standard error of the largest value, the medians over the runs, in seconds inside the process with the
graph in memory, and the largest value that came out. betweenness-N is estimated from N searches. `threads` prints
MEASURE,ONE,FOUR,CPU_ONE,CPU_FOUR: seconds, the best of the runs, and ends with 1 if four threads take 1.25 times as long
somewhere: on a busy machine that is no verdict, but the processor seconds are.
)";

/// Of the whole process: all its threads.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

/// The most memory that this process has held.
double megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

Coinvestment project(const Bipartite& graph, const Context& context) {
  const Dataset nothing;  // ties by company come from the graph alone
  Deals deals;
  deals.data = &nothing;
  deals.offsets = {0};
  TieOptions options;
  options.by = TieBy::company;
  options.max_ties = 1'000'000'000;
  return must(build_coinvestment(deals, graph, options, context));
}

GraphView view_of(const Bipartite& graph) {
  GraphView view = graph.view();
  if (view.companies == 0) view.kind = GraphKind::coinvest;
  return view;
}

void time_kernel(const std::string& kernel, const std::string& path, unsigned threads, int runs) {
  const Bipartite graph = graph_of(read_edges(path));
  const GraphView view = view_of(graph);
  Context context;
  context.threads = threads;
  MeasureParams params;
  if (kernel == "pagerank") params.tolerance = 1e-10;  // as the others were asked
  const std::size_t dash = kernel.find('-');
  if (dash != std::string::npos) params.sources = std::stoull(kernel.substr(dash + 1));
  const Measure* measure = find_measure(kernel.substr(0, dash));
  if (measure == nullptr && kernel != "projection") throw std::runtime_error("no kernel '" + kernel + "'");

  std::vector<double> wall, cpu;
  double largest = 0, error = 0;
  for (int run = 0; run < runs; ++run) {
    const double cpu_before = cpu_seconds();
    const auto before = std::chrono::steady_clock::now();
    Column column;
    if (measure != nullptr)
      column = must(measure->run(view, params, context));
    else
      column.values = {static_cast<double>(project(graph, context).neighbours.size()) / 2};
    wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
    cpu.push_back(cpu_seconds() - cpu_before);
    const auto top = std::ranges::max_element(column.values, {}, [](double value) { return std::fmax(value, 0); });
    largest = *top;
    if (!column.error.empty()) error = column.error[static_cast<std::size_t>(top - column.values.begin())];
  }
  fmt::print("{},{},{},{},{},{:.0f},{},{:.6f},{:.6f},{}\n", kernel, view.vertices(), view.edges(), threads, runs,
             megabytes(), error, median(wall), median(cpu), largest);
}

/// 0 if four threads are nowhere slower than one, beyond noise.
int compare_threads(const std::string& path, int runs) {
  const Bipartite graph = graph_of(read_edges(path));
  const GraphView view = view_of(graph);
  int slower = 0;
  for (const Measure& measure : measures()) {
    if (!is_defined_on(measure.graphs, view.kind)) continue;
    std::array<double, 2> best{1e300, 1e300}, cpu = best;
    for (int run = 0; run < runs; ++run) {
      for (const std::size_t four : {0U, 1U}) {  // in turns: what else the machine does meets both
        Context context;
        context.threads = four == 1 ? 4 : 1;
        const double cpu_before = cpu_seconds();
        const auto before = std::chrono::steady_clock::now();
        must(measure.run(view, {}, context));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - before;
        best[four] = std::min(best[four], taken.count());
        cpu[four] = std::min(cpu[four], cpu_seconds() - cpu_before);
      }
    }
    fmt::print("{},{:.6f},{:.6f},{:.6f},{:.6f}\n", measure.name, best[0], best[1], cpu[0], cpu[1]);
    if (best[1] > 1.25 * best[0] && best[1] - best[0] > 50e-6) slower = 1;
  }
  return slower;
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 2) {
    fmt::print(stderr, "{}", usage);
    return 2;
  }
  const auto number = [&](std::size_t at, int otherwise) {
    return at < words.size() ? std::stoi(words[at]) : otherwise;
  };
  if (words[0] == "graph") {
    ReadOptions options;
    options.cleaning = Cleaning::raw;
    const Dataset data = must(read_dataset(std::span(&words[1], 1), options, Context{}));
    const Bipartite graph = build_bipartite(select(data, {}));
    const int copies = number(3, 1);
    write_edges(words.at(2),
                copies == 1 ? edges_of(graph.view()) : grown(graph.view(), static_cast<std::uint32_t>(copies), 1));
  } else if (words[0] == "threads") {
    return compare_threads(words[1], number(2, 5));
  } else if (words[0] == "project") {
    write_edges(words.at(2), edges_of(project(graph_of(read_edges(words[1])), Context{}).view()));
  } else {
    time_kernel(words[0], words[1], static_cast<unsigned>(number(2, 1)), number(3, 1));
  }
  return 0;
}

}  // namespace
}  // namespace coinvest::bench

int main(int argc, char** argv) {
  try {
    return coinvest::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "coinvest_bench: {}\n", error.what());
    return 1;
  }
}
