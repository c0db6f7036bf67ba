// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "coinvest/base/result.hpp"

namespace coinvest {

/// How far a long computation is; written by its threads, read by whoever draws the bar. Never waited for.
struct Progress {
  std::atomic<const char*> what{""};  ///< a string literal
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> total{0};  ///< 0: unknown

  void start(const char* name, std::uint64_t steps) {
    done = 0;
    what = name;
    total = steps;
  }
};

/// What libraries wrongly take from globals. Passed down by reference; outlives the call.
struct Context {
  const std::atomic<bool>* stop = nullptr;  ///< raised from a signal handler: the computation ends with `cancelled`
  unsigned threads = 1;                     ///< at most so many; results do not depend on it
  std::uint64_t seed = 1;                   ///< of every random part
  Progress* progress = nullptr;

  bool stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
  void start(const char* what, std::uint64_t steps) const {
    if (progress != nullptr) progress->start(what, steps);
  }
  void advance(std::uint64_t steps = 1) const {
    if (progress != nullptr) progress->done.fetch_add(steps, std::memory_order_relaxed);
  }
};

/// The error of a computation that saw the stop flag.
inline tl::unexpected<Error> cancelled() {
  return fail(ErrorKind::cancelled, "interrupted");
}

}  // namespace coinvest
