// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "coinvest/base/context.hpp"

namespace coinvest {

/// Calls body(0) ... body(tasks - 1), each once, on at most `context.threads` threads, in no promised order.
/// With one thread they run here and in order. Results must go to places of their own per task and be reduced in task
/// order afterwards: then the bytes do not depend on the number of threads. Tasks not yet begun are skipped once the
/// stop flag is raised; the caller asks `context.stopped()`. Exceptions of a body come out here.
void parallel_for(std::size_t tasks, const Context& context, const std::function<void(std::size_t)>& body);

}  // namespace coinvest
