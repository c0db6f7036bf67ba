// SPDX-License-Identifier: Apache-2.0
// graphblas projection GRAPH [RUNS]: the ties of investors by SuiteSparse:GraphBLAS, the triangle below the diagonal of
// B·Bᵀ; OMP_NUM_THREADS says how many threads. Prints WALL,CPU,LARGEST.
extern "C" {
#include <GraphBLAS.h>
}
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include "../graph_file.hpp"

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || std::string(argv[1]) != "projection") {
    fmt::print(stderr, "usage: graphblas projection GRAPH [RUNS]\n");
    return 2;
  }
  const auto list = coinvest::bench::read_edges(argv[2]);
  const int runs = argc > 3 ? std::stoi(argv[3]) : 1;
  GrB_init(GrB_NONBLOCKING);
  std::vector<GrB_Index> rows, columns;
  for (const auto& [investor, company] : list.edges) {
    rows.push_back(investor);
    columns.push_back(company - list.investors);
  }
  GrB_Matrix holdings = nullptr, ones = nullptr;
  GrB_Matrix_new(&holdings, GrB_UINT32, list.investors, list.companies);
  const std::vector<std::uint32_t> values(rows.size(), 1);
  GrB_Matrix_build_UINT32(holdings, rows.data(), columns.data(), values.data(), rows.size(), GrB_PLUS_UINT32);
  GrB_Matrix_wait(holdings, GrB_MATERIALIZE);

  std::vector<double> wall, cpu;
  GrB_Index ties = 0;
  for (int run = 0; run < runs; ++run) {
    const double cpu_before = cpu_seconds();
    const auto before = std::chrono::steady_clock::now();
    GrB_Matrix_new(&ones, GrB_UINT32, list.investors, list.investors);
    GrB_mxm(ones, nullptr, nullptr, GxB_PLUS_PAIR_UINT32, holdings, holdings, GrB_DESC_T1);
    GrB_Matrix_select_INT64(ones, nullptr, nullptr, GrB_TRIL, ones, -1, nullptr);
    GrB_Matrix_wait(ones, GrB_MATERIALIZE);
    GrB_Matrix_nvals(&ties, ones);
    GrB_Matrix_free(&ones);
    wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
    cpu.push_back(cpu_seconds() - cpu_before);
  }
  std::ranges::sort(wall);
  std::ranges::sort(cpu);
  const auto middle = static_cast<std::size_t>(runs) / 2;
  fmt::print("{:.6f},{:.6f},{}\n", wall[middle], cpu[middle], ties);
  GrB_finalize();
}
