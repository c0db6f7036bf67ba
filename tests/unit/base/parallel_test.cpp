// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/parallel.hpp"

#include <atomic>
#include <numeric>
#include <vector>

#include "catch.hpp"

using namespace coinvest;

TEST_CASE("tasks are taken in order, and never more than threads are made and not taken") {
  for (const unsigned threads : {1U, 2U, 4U}) {
    Context context;
    context.threads = threads;
    constexpr std::size_t tasks = 200;
    std::vector<std::size_t> made(tasks, 0), taken;
    std::atomic<std::size_t> waiting = 0, most = 0;
    const auto make = [&](std::size_t task) {
      const std::size_t now = ++waiting;
      std::size_t seen = most;
      while (seen < now && !most.compare_exchange_weak(seen, now)) continue;
      made[task] = task * task;
    };
    const auto take = [&](std::size_t task) {
      CHECK(made[task] == task * task);
      taken.push_back(task);
      --waiting;
      return task != 150;
    };
    parallel_in_order(tasks, context, make, take);
    CHECK(most <= threads);
    std::vector<std::size_t> expected(151);
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    CHECK(taken == expected);
  }
}

TEST_CASE("nothing is made or taken once the stop flag is raised") {
  std::atomic<bool> stop = false;
  for (const unsigned threads : {1U, 3U}) {
    stop = false;
    Context context;
    context.stop = &stop;
    context.threads = threads;
    std::size_t taken = 0;
    parallel_in_order(
        100, context, [](std::size_t) {},
        [&](std::size_t) {
          if (++taken == 10) stop = true;
          return true;
        });
    CHECK(taken == 10);
  }
}

TEST_CASE("little work stays on one thread") {
  Context context;
  context.threads = 4;
  CHECK(for_steps(context, 1e4).threads == 1);
  CHECK(for_steps(context, 1e9).threads == 4);
}
