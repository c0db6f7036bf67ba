// SPDX-License-Identifier: Apache-2.0
// What ties and clusters of the Crunchbase snapshot of 2013 cost, in processor seconds of one thread inside the kernel:
// cmake --preset release -DCOINVEST_BUILD_TESTS=ON && ninja -C build/release bench_ties
#include <ctime>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "coinvest/clusters/methods.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/ties/bicm.hpp"
#include "coinvest/ties/hypergeometric.hpp"

using namespace coinvest;

namespace {

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t n = values.size();
  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

template <typename Work>
double seconds_of(const Work& work) {
  const double begin = processor_seconds();
  work();
  return processor_seconds() - begin;
}

}  // namespace

int main() {
  const std::vector<std::string> paths{std::string(COINVEST_SOURCE_DIR) + "/graphs/crunchbase-2013"};
  ReadOptions raw;
  raw.cleaning = Cleaning::raw;
  raw.identity = Identity::exact;
  const Dataset data = read_dataset(paths, raw, Context{}).value();
  const Deals deals = select(data, {});
  const Bipartite bipartite = build_bipartite(deals);
  TieOptions wide;
  wide.by = TieBy::company;
  Coinvestment graph;
  std::vector<double> seconds;
  for (int run = 0; run < 9; ++run)
    seconds.push_back(seconds_of([&] { graph = build_coinvestment(deals, bipartite, wide, Context{}).value(); }));
  fmt::print("projection by company       {:.4f} s\n", median(seconds));

  for (const auto& [name, method] : {std::pair{"leiden", &leiden}, std::pair{"louvain", &louvain}}) {
    std::vector<double> found;
    seconds.clear();
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      Context context;
      context.seed = seed;
      Clustering clustering;
      seconds.push_back(seconds_of([&] { clustering = method(graph.view(), {}, context).value(); }));
      found.push_back(modularity(graph.view(), clustering.cluster));
    }
    fmt::print("{:<27} {:.4f} s, median modularity {:.4f} ({:.4f} to {:.4f}) over ten seeds\n", name, median(seconds),
               median(found), *std::ranges::min_element(found), *std::ranges::max_element(found));
  }

  std::vector<Tie> rows;
  fmt::print("ties                        {:.4f} s\n",
             seconds_of([&] { rows = ties(deals, graph, Context{}).value(); }));
  ValidateOptions options;
  options.by = TieBy::company;
  for (const auto& [name, validate] :
       {std::pair{"hypergeometric", &validate_hypergeometric}, std::pair{"bicm", &validate_bicm}}) {
    TieTests tests;
    const double taken = seconds_of([&] { tests = validate(deals, rows, options, Context{}).value(); });
    fmt::print("{:<27} {:.4f} s, {} of {} ties validated, {} tests\n", name, taken, tests.validated, rows.size(),
               tests.tests);
  }
}
