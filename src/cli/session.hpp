// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "coinvest/base/context.hpp"

namespace coinvest::cli {

/// What one run of the program has: the stop flag of the signal handler, threads, seed, and who may speak on stderr.
class Session {
 public:
  explicit Session(const std::atomic<bool>& stop);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Context context;
  bool quiet = false;
  std::vector<std::string>* heard = nullptr;  ///< takes what `say` is given in place of stderr, even if `quiet`

  /// Draws a progress bar on stderr once half a second has passed, if stderr is a terminal and not `quiet`.
  void show_progress();
  /// A sentence on stderr, never with `quiet`; clears the bar first.
  void say(std::string_view sentence);
  /// The same for good news: only where somebody watches, so that stderr stays empty in a pipe.
  void say_to_watcher(std::string_view sentence);

 private:
  void draw_until_done();
  void clear_bar();

  Progress progress_;
  std::atomic<bool> done_{false};
  std::atomic<bool> bar_shown_{false};
  std::thread painter_;
};

/// Columns of the terminal behind standard output; 80 if it is none.
std::size_t terminal_columns();
bool stdout_is_terminal();

}  // namespace coinvest::cli
