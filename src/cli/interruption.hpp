// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace coinvest::cli {

/// Ends the program with 130 on SIGINT, SIGTERM and SIGHUP: the first one raises the flag that is given back, for which
/// computations look; what has not ended 60 ms later is ended, unless a Tidying lives. The second one ends it at once.
const std::atomic<bool>& handle_signals();

/// What computes has ended by itself: nothing is to be ended any more.
void stand_down();

/// While one lives, an end at once would leave a file or a process behind: the signal has to wait for it.
class Tidying {
 public:
  Tidying();
  ~Tidying();
  Tidying(const Tidying&) = delete;
  Tidying& operator=(const Tidying&) = delete;
};

}  // namespace coinvest::cli
