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

/// The context with which work of so many elementary steps, about a nanosecond each, is done: with one thread if it is
/// over in a fraction of a millisecond, which is what starting threads costs. Results do not depend on threads.
Context for_steps(const Context& context, double steps);

/// Calls make(0) ... make(tasks - 1) as parallel_for does, and take(task) for each in order, one at a time, as soon as
/// it is made. At most `context.threads` tasks are made and not yet taken. Ends early when `take` answers false.
void parallel_in_order(std::size_t tasks, const Context& context, const std::function<void(std::size_t)>& make,
                       const std::function<bool(std::size_t)>& take);

}  // namespace coinvest
