// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/parallel.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

namespace coinvest {

void parallel_for(std::size_t tasks, const Context& context, const std::function<void(std::size_t)>& body) {
  const auto guarded = [&](std::size_t task) {
    if (!context.stopped()) body(task);
  };
  if (context.threads <= 1 || tasks <= 1) {
    for (std::size_t task = 0; task < tasks; ++task) guarded(task);
    return;
  }
  tbb::task_arena arena(static_cast<int>(context.threads));
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, tasks, guarded, tbb::simple_partitioner{}); });
}

}  // namespace coinvest
