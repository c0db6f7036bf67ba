// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/parallel.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>

namespace coinvest {

void parallel_for(std::size_t tasks, const Context& context, const std::function<void(std::size_t)>& body) {
  const auto guarded = [&](std::size_t task) {
    if (!context.stopped()) body(task);
  };
  if (context.threads <= 1 || tasks <= 1) {
    for (std::size_t task = 0; task < tasks; ++task) guarded(task);
    return;
  }
  // oneTBB orders all this, but inside its library, where the thread sanitizer sees nothing: these two say it again.
  std::atomic<bool> begun = false;
  std::atomic<std::size_t> ended = 0;
  const auto ordered = [&](std::size_t task) {
    if (begun.load(std::memory_order_acquire)) guarded(task);
    ended.fetch_add(1, std::memory_order_release);
  };
  begun.store(true, std::memory_order_release);
  tbb::task_arena arena(static_cast<int>(context.threads));
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, tasks, ordered, tbb::simple_partitioner{}); });
  ended.load(std::memory_order_acquire);
}

Context for_steps(const Context& context, double steps) {
  constexpr double fewest = 1e6;
  Context sized = context;
  if (steps < fewest) sized.threads = 1;
  return sized;
}

void parallel_in_order(std::size_t tasks, const Context& context, const std::function<void(std::size_t)>& make,
                       const std::function<bool(std::size_t)>& take) {
  if (context.threads <= 1 || tasks <= 1) {
    for (std::size_t task = 0; task < tasks && !context.stopped(); ++task) {
      make(task);
      if (!take(task)) return;
    }
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> made = 0, taken = 0;  // for the thread sanitizer, as above
  std::atomic<bool> ended = false;
  const auto number = [&](tbb::flow_control& flow) {
    if (next == tasks || ended || context.stopped()) flow.stop();
    return next++;
  };
  const auto make_one = [&](std::size_t task) {
    taken.load(std::memory_order_acquire);
    if (!ended && !context.stopped()) make(task);
    made.fetch_add(1, std::memory_order_release);
    return task;
  };
  const auto take_one = [&](std::size_t task) {
    made.load(std::memory_order_acquire);
    taken.load(std::memory_order_acquire);
    if (!ended && !context.stopped() && !take(task)) ended = true;
    taken.fetch_add(1, std::memory_order_release);
  };
  tbb::task_arena arena(static_cast<int>(context.threads));
  arena.execute([&] {
    tbb::parallel_pipeline(context.threads,
                           tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, number) &
                               tbb::make_filter<std::size_t, std::size_t>(tbb::filter_mode::parallel, make_one) &
                               tbb::make_filter<std::size_t, void>(tbb::filter_mode::serial_in_order, take_one));
  });
  taken.load(std::memory_order_acquire);
}

}  // namespace coinvest
